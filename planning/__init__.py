"""Use cases: plan, check, forecast, staff, new; the command line. No CP-SAT and no front end in here."""

import roster  # noqa: F401 - before NumPy: it settles how many threads linear algebra takes
