"""What methods would have expected of the last weeks, each from what was known at the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_features import is_special
from roster.forecast.day_matrix import DayMatrix, Floats
from roster.forecast.method import Method

_LEAST_DAYS = 14
"""Span of days a method needs before it is judged."""


@dataclass(frozen=True)
class PastForecasts:
    """`actual` and `expected[method]`: contacts of recorded past days, shape (days, intervals).

    A method that does not know special days expects NaN of them.
    """

    actual: Floats
    expected: tuple[Floats, ...]


def past_forecasts(
    matrix: DayMatrix, calendar: DayCalendar, methods: Sequence[Method], *, lead_days: int, weeks: int
) -> PastForecasts:
    """Forecasts of each of the last weeks of the matrix, `lead_days` from the last known day to the week's last.

    A week's forecast knows the days that end `lead_days` before its own last day. Weeks with less than two weeks
    before them are left out.
    """
    actual: list[Floats] = []
    expected: list[list[Floats]] = [[] for _ in methods]
    for back in range(weeks):
        last = matrix.days[-1] - timedelta(days=7 * back)
        known = matrix.before(last - timedelta(days=max(lead_days, 7) - 1))
        if not known.days or (known.days[-1] - known.days[0]).days < _LEAST_DAYS - 1:
            break
        rows = [i for i, day in enumerate(matrix.days) if last - timedelta(days=7) < day <= last]
        days = [matrix.days[i] for i in rows]
        if days:
            actual.append(matrix.offered[rows])
            for method, made in zip(methods, expected, strict=True):
                made.append(ordinary_means(method, known, calendar, days))
    none = np.zeros((0, matrix.offered.shape[1]))
    return PastForecasts(np.concatenate([none, *actual]), tuple(np.concatenate([none, *made]) for made in expected))


def ordinary_means(method: Method, matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
    """The means of a method; one that does not know special days learns from the others and says NaN of them."""
    if method.knows_special_days:
        return method.means(matrix, calendar, days)
    ordinary = matrix.only([not is_special(day, matrix.queue, calendar) for day in matrix.days])
    if not ordinary.days:
        return np.full((len(days), matrix.offered.shape[1]), np.nan)
    special = np.array([is_special(day, matrix.queue, calendar) for day in days])
    return np.where(special[:, None], np.nan, method.means(ordinary, calendar, days))
