"""The series of the states in which somebody waits, on which every Erlang A figure rests.

A(x, y) = sum over j >= 0 of t_j with t_0 = 1, t_j = y^j / ((x+1) ... (x+j)): the weight of "all busy, j
waiting" against "all busy, none waiting" when x = n mu / theta (service against patience) and y = lambda /
theta.

Source: Palm (1957); Mandelbaum & Zeltyn (2007), section 4, doi:10.1007/978-3-540-29860-1_2 [series];
DLMF 8.5.1 and 8.7.1 [its relation to the incomplete gamma function].
"""

import numpy as np
from scipy import special

from roster.staffing.figures import Floats
from roster.staffing.incomplete_gamma import TINY, stirling


def log_waiting_series(x: Floats, y: Floats) -> Floats:
    """log A(x, y) for arrays of equal shape, x > 0, y >= 0; finite for any load.

    A = Gamma(x+1) e^y y^-x P(x, y), P the regularised lower incomplete gamma function; the large terms are
    joined before they are subtracted, so that the error stays near 1e-16 (|y - x| + 1).
    """
    lower = special.gammainc(x, y)
    plain = lower > TINY
    kept = np.where(plain, y, x)
    closed = stirling(x) + (kept - x) - x * np.log(kept / x) + np.log(np.where(plain, lower, 1.0))
    if plain.all():
        return closed
    result = np.array(closed)
    result[~plain] = np.log(_summed(x[~plain], y[~plain]))
    return result


def _summed(x: Floats, y: Floats) -> Floats:
    total, term, j = np.ones(x.shape), np.ones(x.shape), 0
    while np.any(term > 1e-17 * total):
        j += 1
        term = term * (y / (x + j))
        total = total + term
    return total
