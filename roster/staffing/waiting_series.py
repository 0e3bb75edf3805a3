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

_TINY = 1e-200  # below it the incomplete gamma function nears underflow, and the series needs few terms
_CELLS = 2_000_000  # numbers held at once by `mean_wait_weight`


def log_waiting_series(x: Floats, y: Floats) -> Floats:
    """log A(x, y) for arrays of equal shape, x > 0, y >= 0; finite for any load.

    A = Gamma(x+1) e^y y^-x P(x, y), P the regularised lower incomplete gamma function; the large terms are
    joined before they are subtracted, so that the error stays near 1e-16 (|y - x| + 1).
    """
    lower = special.gammainc(x, y)
    plain = lower > _TINY
    kept = np.where(plain, y, x)
    closed = _stirling(x) + (kept - x) - x * np.log(kept / x) + np.log(np.where(plain, lower, 1.0))
    if plain.all():
        return closed
    result = np.array(closed)
    result[~plain] = np.log(_summed(x[~plain], y[~plain]))
    return result


def _stirling(x: Floats) -> Floats:
    """log Gamma(x+1) - x log x + x, without the cancellation that large x would bring."""
    large = np.maximum(x, 30.0)
    asymptotic = 0.5 * np.log(2 * np.pi * large) + 1 / (12 * large) - 1 / (360 * large**3) + 1 / (1260 * large**5)
    return np.where(x > 30, asymptotic, special.gammaln(x + 1) - x * np.log(x) + x)


def _summed(x: Floats, y: Floats) -> Floats:
    total, term, j = np.ones(x.shape), np.ones(x.shape), 0
    while np.any(term > 1e-17 * total):
        j += 1
        term = term * (y / (x + j))
        total = total + term
    return total


def mean_wait_weight(x: Floats, y: Floats) -> Floats:
    """Sum of t_j H_j over A, H_j = 1/(x+1) + ... + 1/(x+j), for flat arrays x > 0, y > 0.

    H_j / theta is the expected wait of somebody who is answered after j - 1 others, all terms positive.
    """
    terms = np.maximum(y - x, 0) + 9 * np.sqrt(y) + 60  # beyond: below e^-40 of the largest term
    width = 2 ** np.ceil(np.log2(terms)).astype(int)
    result = np.empty(x.shape)
    for size in np.unique(width):
        rows = np.flatnonzero(width == size)
        for part in np.array_split(rows, max(1, len(rows) * int(size) // _CELLS)):
            result[part] = _weighted(x[part, None], y[part, None], int(size))
    return result


def _weighted(x: Floats, y: Floats, size: int) -> Floats:
    step = x + np.arange(1, size + 1)
    log_term = np.cumsum(np.log(y / step), axis=1)
    peak = np.maximum(log_term.max(axis=1, keepdims=True), 0)
    term = np.exp(log_term - peak)
    return (term * np.cumsum(1 / step, axis=1)).sum(axis=1) / (term.sum(axis=1) + np.exp(-peak[:, 0]))
