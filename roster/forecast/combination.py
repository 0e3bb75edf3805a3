"""The default forecaster: methods weighed by each queue's own recent backtest, with what they missed as spread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from roster.forecast.base import Forecast
from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import Opening
from roster.forecast.day_matrix import DayMatrix, Floats, day_matrix
from roster.forecast.handling_time import handling_times
from roster.forecast.history import History
from roster.forecast.interval_frame import days_from, forecast_rows, interval_starts
from roster.forecast.level_profile import LevelProfile
from roster.forecast.method import Method
from roster.forecast.rolling import PastForecasts, ordinary_means, past_forecasts
from roster.forecast.same_weekday import SameWeekdayMean
from roster.forecast.spread import Spread, spread_of
from roster.forecast.svd_profile import SvdProfile
from roster.forecast.unusual import Unusual, repaired, without_far_days

METHODS: tuple[Method, ...] = (
    SameWeekdayMean(6, trimmed=True),
    LevelProfile(day_of_month=False),
    LevelProfile(),
    SvdProfile(),
)
_WEEK = 7
_NO_ERROR = 0.005
"""Share of the mean below which errors tell methods apart no more."""
_MOST_LEAD = 35
"""Days beyond which errors are taken to grow no more."""


@dataclass(frozen=True)
class Combined:
    """Forecaster: a weighted mean of `methods`, its weights and its spread from the last `weeks` weeks.

    Each queue is judged at the lead that is asked for: the weight of a method goes with its mean absolute error to
    the power of -`sharpness`. Days are forecast a week at a time, each with its own lead. With one method it gives
    that method its intervals by the same protocol. `repairs`: whether outages and one-off stretches are left out of
    what is learnt.
    """

    methods: Sequence[Method] = field(default=METHODS)
    name: str = "combined"
    weeks: int = 8
    sharpness: float = 16
    repairs: bool = True

    def forecast(self, history: History, calendar: DayCalendar, *, start: date, days: int) -> Forecast:
        """Forecast every interval of the day the queue has ever known, for each day of [start, start + days).

        Closed days and intervals, and queues that no contact ever reached, have mean 0. No trend is carried
        forward; events by what they did in the history, else by their factor.

        Raises:
            ValueError: no day to forecast.
        """
        wanted = days_from(start, days)
        made = [self._queue(history, queue, calendar, wanted) for queue in history.queues]
        return Forecast(
            pd.concat([frame for frame, _, _ in made], ignore_index=True),
            history.interval_minutes,
            {queue: spread.day_cv for queue, (_, spread, _) in zip(history.queues, made, strict=True)},
            {queue: spread.interval_cv for queue, (_, spread, _) in zip(history.queues, made, strict=True)},
            tuple(found for _, _, unusual in made for found in unusual),
        )

    def _queue(
        self, history: History, queue: str, calendar: DayCalendar, days: list[date]
    ) -> tuple[pd.DataFrame, Spread, tuple[Unusual, ...]]:
        recorded = day_matrix(history, queue)
        if not recorded.days:
            starts = interval_starts(days, recorded.minutes, history.timezone)
            nothing = np.zeros(len(starts))
            return forecast_rows(queue, starts, nothing, nothing * np.nan, 0.0), Spread(), ()
        calendar = calendar.followed_by(recorded.days, recorded.offered.sum(axis=1))
        matrix, unusual = repaired(recorded, calendar, history.interval_minutes) if self.repairs else (recorded, ())
        methods = [method.tuned(matrix, calendar) for method in self.methods]
        if self.repairs and (levels := [method for method in methods if isinstance(method, LevelProfile)]):
            matrix, far = without_far_days(matrix, levels[-1].fit(matrix, calendar)[0], history.interval_minutes)
            unusual += far
        opening = Opening(recorded, calendar)
        frames, spread = [], Spread()
        for ahead in _weeks(days):
            mean, spread = self._ahead(matrix, calendar, methods, ahead)
            mean *= np.array([opening.is_open(day) for day in ahead])[:, None]
            starts = interval_starts(ahead, matrix.minutes, history.timezone)
            aht = handling_times(matrix, calendar, ahead)
            frames.append(forecast_rows(queue, starts, mean.ravel(), aht.ravel(), spread.total_cv))
        return pd.concat(frames, ignore_index=True), spread, unusual

    def _ahead(
        self, matrix: DayMatrix, calendar: DayCalendar, methods: Sequence[Method], days: list[date]
    ) -> tuple[Floats, Spread]:
        """Means of some days of one week, shape (days, intervals), and the spread around them."""
        lead = min((days[-1] - matrix.days[-1]).days, _MOST_LEAD)
        past = past_forecasts(matrix, calendar, methods, lead_days=lead, weeks=self.weeks)
        weights = self.weights(past)
        made = [ordinary_means(method, matrix, calendar, days) for method in methods]
        return _mixed(weights, made), spread_of(past.actual, _mixed(weights, past.expected))

    def weights(self, past: PastForecasts) -> Floats:
        """Weight of each method, summing to 1; the same for all where nothing could be judged."""
        if len(self.methods) == 1 or not past.actual.size:
            return np.full(len(self.methods), 1 / len(self.methods))
        judged = np.isfinite(past.expected).all(axis=(0, 2))
        if not judged.any():
            return np.full(len(self.methods), 1 / len(self.methods))
        error = np.array([np.abs(past.actual - expected)[judged].mean() for expected in past.expected])
        least = max(_NO_ERROR * float(past.actual[judged].mean()), 1e-9)
        weight = (np.maximum(error, least) / max(error.min(), least)) ** -self.sharpness
        return weight / weight.sum()


def _mixed(weights: Floats, parts: Sequence[Floats]) -> Floats:
    """Weighted mean of those parts that are known; 0 where none is."""
    values = np.array(parts)
    known = np.isfinite(values) * weights[:, None, None]
    total = known.sum(axis=0)
    return (known * np.nan_to_num(values)).sum(axis=0) / np.where(total > 0, total, 1.0)


def _weeks(days: list[date]) -> Iterator[list[date]]:
    """The days in blocks of seven from the first."""
    for first in range(0, len(days), _WEEK):
        yield days[first : first + _WEEK]


def alone(method: Method) -> Combined:
    """One method as a forecaster, on the raw history, with intervals by the same protocol as all others."""
    return Combined((method,), name=method.name, repairs=False)
