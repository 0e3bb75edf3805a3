"""How inner loops are compiled by numba: kept on disk, and without counting references, as they allocate nothing.

Each array taken out of a tuple is counted otherwise, which costs many times what a change of a few cells does.
"""

from numba import njit

kernel = njit(cache=True, _nrt=False)
inlined = njit(cache=True, _nrt=False, inline="always")
