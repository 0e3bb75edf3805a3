"""Average handling time by interval of the day."""

import numpy as np

from roster.forecast.day_matrix import DayMatrix, Floats


def handling_times(matrix: DayMatrix, *, half_life: float, shrink_contacts: float, outlier_mads: float) -> Floats:
    """Expected handling time in s of each interval of the day, NaN where the history has none at all.

    Means weigh each interval by its contacts and exponentially by age (half-life in days). An interval is
    shrunk towards the mean of all as if that had been seen on `shrink_contacts` contacts. Days whose log mean
    is beyond `outlier_mads` scaled median absolute deviations are left out.
    """
    contacts = matrix.handled.sum(axis=1)
    if contacts.sum() == 0:
        return np.full(len(matrix.minutes), np.nan)
    day_mean = (matrix.handled * matrix.aht_s).sum(axis=1) / np.maximum(contacts, 1e-9)
    usable = (contacts > 0) & (day_mean > 0)
    log_mean = np.log(np.where(usable, day_mean, 1.0))
    distance = np.abs(log_mean - np.median(log_mean[usable]))
    usable &= distance <= outlier_mads * 1.4826 * max(float(np.median(distance[usable])), 1e-3)
    weight = (0.5 ** (matrix.ages(matrix.days[-1]) / half_life) * usable)[:, None] * matrix.handled
    overall = float((weight * matrix.aht_s).sum() / weight.sum())
    return ((weight * matrix.aht_s).sum(axis=0) + shrink_contacts * overall) / (weight.sum(axis=0) + shrink_contacts)
