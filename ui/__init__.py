"""The front end in a browser: the only package that knows Streamlit."""

import roster  # noqa: F401 - before NumPy: it settles how many threads linear algebra takes
