"""The yardsticks: last week again, or the mean of the last weeks."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from roster.forecast.base import DayCalendar, Forecast
from roster.forecast.day_kind import DayKind, day_kind
from roster.forecast.day_matrix import DayMatrix, Floats, day_matrix
from roster.forecast.handling_time import handling_times
from roster.forecast.history import History
from roster.forecast.interval_frame import days_from, forecast_rows, interval_starts


@dataclass(frozen=True)
class SameWeekdayMean:
    """Forecaster: mean of the last `weeks` recorded days of the same kind; 1 is the seasonal naive method.

    Knows neither events nor the day of the month. A kind of day the history lacks has mean 0. The day's
    coefficient of variation is that of its own one-step errors.
    """

    weeks: int = 4

    @property
    def name(self) -> str:
        """Name in backtest tables."""
        return "seasonal naive" if self.weeks == 1 else f"mean of last {self.weeks}"

    def forecast(self, history: History, calendar: DayCalendar, *, start: date, days: int) -> Forecast:
        """Forecast the days [start, start + days)."""
        wanted = days_from(start, days)
        frames: list[pd.DataFrame] = []
        day_cv: dict[str, float] = {}
        for queue in history.queues:
            matrix = day_matrix(history, queue)
            kinds = [day_kind(calendar, day) for day in matrix.days]
            mean = np.array([self._mean(matrix, kinds, day_kind(calendar, day)) for day in wanted])
            day_cv[queue] = self._day_cv(matrix, kinds)
            aht = handling_times(matrix, half_life=56, shrink_contacts=50, outlier_mads=4)
            starts = interval_starts(wanted, matrix.minutes, history.timezone)
            frames.append(forecast_rows(queue, starts, mean.ravel(), np.tile(aht, days), day_cv[queue]))
        return Forecast(pd.concat(frames, ignore_index=True), history.interval_minutes, day_cv)

    def _mean(self, matrix: DayMatrix, kinds: list[DayKind], wanted: DayKind) -> Floats:
        rows = [i for i, kind in enumerate(kinds) if kind == wanted]
        return matrix.offered[rows[-self.weeks :]].mean(axis=0) if rows else np.zeros(len(matrix.minutes))

    def _day_cv(self, matrix: DayMatrix, kinds: list[DayKind]) -> float:
        total = matrix.offered.sum(axis=1)
        errors: list[float] = []
        for i, kind in enumerate(kinds):
            earlier = [j for j in range(i) if kinds[j] == kind][-self.weeks :]
            if earlier:
                expected = total[earlier].mean()
                errors.append((total[i] / expected - 1) ** 2 - 1 / expected)
        return float(np.sqrt(max(np.mean(errors), 0.0))) if errors else 0.0
