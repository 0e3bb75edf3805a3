"""The distribution of an interval's contacts around its mean."""

import numpy as np
import pandas as pd
from scipy import stats

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
    if cv > 1e-6:
        size = cv**-2
        counts = stats.nbinom.ppf(levels, size, size / (size + some))
    else:
        counts = stats.poisson.ppf(levels, some)
    return pd.DataFrame(np.where(expected > 0, counts, 0.0), columns=list(QUANTILES))


def interval_cv(offered: Floats, fitted: Floats) -> float:
    """Coefficient of variation of interval rates around `fitted` (means), beyond Poisson noise.

    By moments, over intervals with fitted > 0: sum((y - m)^2 - m) / sum(m^2), 0 where the noise is Poisson or
    less.
    """
    some = fitted > 0
    excess = ((offered - fitted)[some] ** 2 - fitted[some]).sum()
    scale = (fitted[some] ** 2).sum()
    return float(np.sqrt(max(excess / scale, 0.0))) if scale > 0 else 0.0
