"""The domain of Lunban: contracts, people, calendar, rules, demand and the judgement of rosters. No solver."""

import os

# Our matrices are small: several threads of linear algebra only wait for each other, most of all on a busy machine.
# NumPy reads this once, when it is loaded; so it stands before any of our modules can load it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
