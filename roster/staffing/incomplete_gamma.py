"""Parts of the incomplete gamma functions that stay finite and exact where SciPy's underflow or cancel."""

import numpy as np
from scipy import special

from roster.staffing.figures import Floats

TINY = 1e-200
"""Below it SciPy's incomplete gamma functions near underflow, and their series need few terms."""


def stirling(x: Floats) -> Floats:
    """log Gamma(x+1) - x log x + x for x > 0, without the cancellation that large x would bring."""
    large = np.maximum(x, 30.0)
    asymptotic = 0.5 * np.log(2 * np.pi * large) + 1 / (12 * large) - 1 / (360 * large**3) + 1 / (1260 * large**5)
    if np.all(x > 30):
        return asymptotic
    return np.where(x > 30, asymptotic, special.gammaln(x + 1) - x * np.log(x) + x)


def log_upper(s: Floats, a: Floats) -> Floats:
    """log Q(s, a), Q the regularised upper incomplete gamma function, for whole s >= 1 and a > 0 of one shape.

    Far below underflow it is the sum of its s terms, Q(s, a) = e^-a a^(s-1) / (s-1)! (1 + (s-1)/a + ...).
    Source: DLMF 8.4.10.
    """
    upper = special.gammaincc(s, a)
    plain = upper > TINY
    logs = np.array(np.log(np.where(plain, upper, 1.0)))
    if not plain.all():
        logs[~plain] = _log_summed(s[~plain], a[~plain])
    return logs


def _log_summed(s: Floats, a: Floats) -> Floats:
    k = s - 1
    total, term, j = np.ones(s.shape), np.ones(s.shape), 0
    while np.any(term > 1e-17 * total):
        term = term * (np.maximum(k - j, 0) / a)
        total, j = total + term, j + 1
    some = np.maximum(k, 1)
    first = np.where(k > 0, k * np.log(a / some) - (a - k) - stirling(some), -a)
    return first + np.log(total)
