"""The waits of those who are answered where others give up."""

import numpy as np

from roster.staffing.figures import Floats

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
_SPAN = 40.0
"""What lies e^-40 below the peak is left out."""
_STEPS = 16


def mean_wait_weight(x: Floats, y: Floats, log_series: Floats) -> Floats:
    """y / A times the integral over u > 0 of u e^g(u), g(u) = y (1 - e^-u) - (x + 1) u; flat arrays, x, y > 0.

    With u = theta v this is the density of the offered wait v times the chance e^-u to sit it out. g is concave, with
    its peak at log(y / (x + 1)) or at 0: Gauss-Legendre between the points where it has fallen by 40 is exact to about
    1e-9, whatever the load.

    Source: Mandelbaum & Zeltyn (2007), section 4, doi:10.1007/978-3-540-29860-1_2 [density of the offered wait].
    """
    peak = np.maximum(np.log(y / (x + 1)), 0.0)
    top = _exponent(peak, x, y)
    right = _fallen((_SPAN + y - top) / (x + 1), top, x, y)
    late = top > _SPAN
    left = np.where(late, _fallen(np.where(late, 0.0, right), top, x, y), 0.0)
    half = (right - left) / 2
    u = (left + half)[:, None] + half[:, None] * _NODES
    heights = u * np.exp(_exponent(u, x[:, None], y[:, None]) - top[:, None])
    return y * half * (heights @ _WEIGHTS) * np.exp(top - log_series)


def _exponent(u: Floats, x: Floats, y: Floats) -> Floats:
    return -y * np.expm1(-u) - (x + 1) * u


def _fallen(outside: Floats, top: Floats, x: Floats, y: Floats) -> Floats:
    """Where g = top - 40, by Newton's steps from further out: a concave function lies below its tangents, so that
    none goes too far."""
    for _ in range(_STEPS):
        slope = y * np.exp(-outside) - (x + 1)
        outside = outside - (_exponent(outside, x, y) - (top - _SPAN)) / slope
    return outside
