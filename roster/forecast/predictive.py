"""The distribution of an interval's contacts around its mean."""

import numpy as np
import pandas as pd
from scipy import special

from roster.forecast.base import QUANTILES
from roster.forecast.day_matrix import Floats


def quantile_columns(mean: Floats, cv: Floats | float) -> pd.DataFrame:
    """Quantiles of contacts (QUANTILES), the rate being `mean` times a Gamma factor of mean 1 and `cv`.

    A Poisson count of such a rate is negative binomial with size 1 / cv^2; Poisson for cv 0; all 0 where mean
    is 0. Each count is spread evenly over the half contacts beside it, and none lies below 0: so quantiles need
    not be whole, and [q10, q90] holds 80 % of counts on the mean of many intervals, where whole quantiles hold more.
    """
    levels = np.array(list(QUANTILES.values()))
    expected = np.asarray(mean, dtype=float)[:, None]
    some = np.where(expected > 0, expected, 1.0)
    size = np.maximum(np.broadcast_to(np.asarray(cv, dtype=float), np.shape(mean)), 1e-5)[:, None] ** -2.0
    chance = size / (size + some)
    none = np.maximum(special.betainc(size, 1.0, chance), 1e-12)
    with np.errstate(invalid="ignore"):
        counts = np.nan_to_num(special.nbdtrik(levels, size, chance)) + 0.5
    counts = np.where(levels < none, np.maximum(levels / none - 0.5, 0.0), counts)
    return pd.DataFrame(np.where(expected > 0, counts, 0.0), columns=list(QUANTILES))
