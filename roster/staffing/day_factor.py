"""The factor by which a whole day is busier or quieter than forecast, as a few weighted points."""

from functools import lru_cache

import numpy as np
from scipy.linalg import eigh_tridiagonal

from roster.staffing.figures import Floats


@lru_cache(maxsize=256)
def day_factor_points(cv: float, points: int = 9) -> tuple[Floats, Floats]:
    """Values and weights (summing to 1) of a Gamma factor of mean 1 and coefficient of variation `cv` >= 0.

    Gauss quadrature for the weight g^(k-1) e^(-k g), k = 1 / cv^2: exact for polynomials up to degree 2
    points - 1. `cv` 0 gives the single value 1. Both arrays are read-only.

    Raises:
        ValueError: cv below 0, or fewer than one point.

    Source: Golub & Welsch (1969), doi:10.1090/S0025-5718-69-99647-1.
    """
    if not (0 <= cv < float("inf") and points >= 1):
        raise ValueError(f"0 <= cv < inf and 1 <= points is broken by cv = {cv}, points = {points}")
    if cv == 0:
        values, weights = np.ones(1), np.ones(1)
    else:
        shape = cv**-2
        order = np.arange(points, dtype=float)
        beside = np.sqrt(order[1:] * (order[1:] + shape - 1))
        values, vectors = eigh_tridiagonal(2 * order + shape, beside)
        values, weights = np.maximum(values, 0) / shape, vectors[0] ** 2
    values.setflags(write=False)
    weights.setflags(write=False)
    return values, weights
