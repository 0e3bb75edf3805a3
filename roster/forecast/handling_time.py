"""Average handling time by interval and kind of day."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import DayKind, day_kind
from roster.forecast.day_matrix import DayMatrix, Floats

_HALF_LIFE = 56.0
_INTERVAL_CONTACTS = 50.0
_KIND_CONTACTS = 500.0
_FAR = 4.0
_LEAST_SPREAD = 0.05
"""Of the log means of days: a history without noise has no outliers within a few percent."""


def handling_times(matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
    """Expected handling time in s, shape (days, intervals of the day), NaN where the history has none at all.

    A mean for each interval of the day times a factor for the kind of day. Means weigh each interval by its contacts
    and exponentially by age (half-life 56 days); an interval is shrunk towards the mean of all as if that had been
    seen on 50 contacts, the factor of a kind of day towards 1 as if on 500. Days whose log mean is beyond four scaled
    median absolute deviations of their kind's are left out.
    """
    if matrix.handled.sum() == 0:
        return np.full((len(days), len(matrix.minutes)), np.nan)
    kinds = [day_kind(calendar, day) for day in matrix.days]
    weight = _weights(matrix, kinds)
    taken = weight * matrix.aht_s
    overall = float(taken.sum() / weight.sum())
    usual = (taken.sum(axis=0) + _INTERVAL_CONTACTS * overall) / (weight.sum(axis=0) + _INTERVAL_CONTACTS)
    factors: dict[DayKind, float] = {}
    for kind in set(kinds):
        own = np.array([other == kind for other in kinds])
        shrunk = _KIND_CONTACTS * overall
        factors[kind] = float((taken[own].sum() + shrunk) / ((weight[own] * usual).sum() + shrunk))
    return np.array([factors.get(day_kind(calendar, day), 1.0) for day in days])[:, None] * usual


def _weights(matrix: DayMatrix, kinds: Sequence[DayKind]) -> Floats:
    """Contacts by age, 0 on days with none and on days whose mean is like no other's of their kind."""
    contacts = matrix.handled.sum(axis=1)
    day_mean = (matrix.handled * matrix.aht_s).sum(axis=1) / np.maximum(contacts, 1e-9)
    usable = (contacts > 0) & (day_mean > 0)
    log_mean = np.log(np.where(usable, day_mean, 1.0))
    alike = {kind: usable & np.array([other == kind for other in kinds]) for kind in set(kinds)}
    middle = {kind: float(np.median(log_mean[own])) if own.any() else 0.0 for kind, own in alike.items()}
    distance = np.abs(log_mean - [middle[kind] for kind in kinds])
    usable &= distance <= _FAR * 1.4826 * max(float(np.median(distance[usable])), _LEAST_SPREAD)
    return (0.5 ** (matrix.ages(matrix.days[-1]) / _HALF_LIFE) * usable)[:, None] * matrix.handled
