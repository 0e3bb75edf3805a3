"""The yardsticks: last week again, or a mean of the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import day_kind
from roster.forecast.day_matrix import DayMatrix, Floats


@dataclass(frozen=True)
class SameWeekdayMean:
    """Method: mean of the last `weeks` recorded days of the same kind; 1 is the seasonal naive method.

    `trimmed`: without the largest and the smallest value of each interval, where there are four or more. Knows
    neither events nor the day of the month. Of a kind of day the history lacks it knows nothing: NaN.
    """

    weeks: int = 4
    trimmed: bool = False

    @property
    def name(self) -> str:
        """Name in backtest tables."""
        if self.weeks == 1:
            return "seasonal naive"
        return f"trimmed mean of last {self.weeks}" if self.trimmed else f"mean of last {self.weeks}"

    @property
    def knows_special_days(self) -> bool:
        """It does not."""
        return False

    def tuned(self, matrix: DayMatrix, calendar: DayCalendar) -> Self:  # noqa: ARG002
        """Itself: nothing to fix."""
        return self

    def means(self, matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
        """Expected contacts, shape (days, intervals)."""
        kinds = [day_kind(calendar, day) for day in matrix.days]
        made = []
        for day in days:
            wanted = day_kind(calendar, day)
            rows = [i for i, kind in enumerate(kinds) if kind == wanted]
            made.append(self._mean(matrix.offered[rows[-self.weeks :]]))
        return np.array(made)

    def _mean(self, past: Floats) -> Floats:
        if not len(past):
            return np.full(past.shape[1], np.nan)
        if self.trimmed and len(past) >= 4:
            past = np.sort(past, axis=0)[1:-1]
        return past.mean(axis=0)
