"""The front end in a browser: the only package that knows Streamlit."""
