"""The distribution of an interval's contacts around its mean."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from roster.forecast.base import QUANTILES
from roster.forecast.day_matrix import Floats


def quantile_columns(mean: Floats, cv: float) -> pd.DataFrame:
    """Quantiles of contacts (QUANTILES), the rate being `mean` times a Gamma factor of mean 1 and `cv`.

    A Poisson count of such a rate is negative binomial with size 1 / cv^2; Poisson for cv 0; all 0 where mean
    is 0.
    """
    levels = np.array(list(QUANTILES.values()))
    expected = np.asarray(mean, dtype=float)[:, None]
    some = np.where(expected > 0, expected, 1.0)
    counts = _negative_binomial(levels, cv**-2, some) if cv > 1e-6 else _poisson(levels, some)
    return pd.DataFrame(np.where(expected > 0, counts, 0.0), columns=list(QUANTILES))


def _negative_binomial(levels: Floats, size: float, mean: Floats) -> Floats:
    """Smallest k with P(X <= k) >= level, where P(X <= k) = I_p(size, k + 1) and p = size / (size + mean)."""
    p = size / (size + mean)
    near = np.ceil(special.nbdtrik(levels, size, p))
    return _smallest(near, lambda k: special.betainc(size, k + 1, p) >= levels)


def _poisson(levels: Floats, mean: Floats) -> Floats:
    """Smallest k with P(X <= k) >= level."""
    return _smallest(np.ceil(special.pdtrik(levels, mean)), lambda k: special.pdtr(k, mean) >= levels)


def _smallest(near: Floats, reached: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
    """The first count to reach its level: 0, where no search is needed, else `near` or the one before it."""
    before = np.maximum(near - 1, 0)
    return np.where(reached(np.zeros_like(near)), 0.0, np.where(reached(before), before, near))


def interval_cv(offered: Floats, fitted: Floats) -> float:
    """Coefficient of variation of interval rates around `fitted` (means), beyond Poisson noise.

    By moments, over intervals with fitted > 0: sum((y - m)^2 - m) / sum(m^2), 0 where the noise is Poisson or
    less.
    """
    some = fitted > 0
    excess = ((offered - fitted)[some] ** 2 - fitted[some]).sum()
    scale = (fitted[some] ** 2).sum()
    return float(np.sqrt(max(excess / scale, 0.0))) if scale > 0 else 0.0
