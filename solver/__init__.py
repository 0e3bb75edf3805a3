"""CP-SAT and the search around it: reads statements of rules, returns rosters with proofs of quality."""

import roster  # noqa: F401 - before NumPy: it settles how many threads linear algebra takes
