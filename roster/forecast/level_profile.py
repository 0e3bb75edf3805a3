"""Day level times intraday profile: the default method for leads of a week and more."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from roster.forecast.base import DayCalendar, Forecast
from roster.forecast.day_kind import Opening
from roster.forecast.day_level import DayLevelSettings, fit_day_level
from roster.forecast.day_matrix import DayMatrix, day_matrix
from roster.forecast.handling_time import handling_times
from roster.forecast.history import History
from roster.forecast.interval_frame import days_from, forecast_rows, interval_starts
from roster.forecast.intraday import fit_profile
from roster.forecast.predictive import interval_cv


@dataclass(frozen=True)
class LevelProfile:
    """Forecaster: volume of the day (`day_level`) spread by the profile of its kind (`intraday`).

    `profile_half_life`: age in days at which a day counts half in profiles and handling times. `pooled_days`,
    `pooled_contacts`: days, and contacts an interval, by which a kind's profile is shrunk towards its pool;
    400 contacts are as noisy as a true difference of 5 % between weekdays. `aht_shrink_contacts`: contacts by
    which an interval's handling time is shrunk towards the mean of all.
    """

    name: str = "level x profile"
    level: DayLevelSettings = field(default_factory=DayLevelSettings)
    profile_half_life: float = 56
    pooled_days: float = 1
    pooled_contacts: float = 400
    aht_shrink_contacts: float = 50

    def forecast(self, history: History, calendar: DayCalendar, *, start: date, days: int) -> Forecast:
        """Forecast every interval of the day the queue has ever known, for each day of [start, start + days).

        Closed days and intervals have mean 0. No trend is carried forward; events by what they did in the
        history, else by their factor.

        Raises:
            ValueError: no day to forecast, or a queue without a single contact in the history.
        """
        parts = [
            self._queue(day_matrix(history, queue), history, calendar, days_from(start, days))
            for queue in history.queues
        ]
        frame = pd.concat([rows for rows, *_ in parts], ignore_index=True)
        day_cv = {queue: cv for queue, (_, cv, _) in zip(history.queues, parts, strict=True)}
        interval_cv = {queue: cv for queue, (*_, cv) in zip(history.queues, parts, strict=True)}
        return Forecast(frame, history.interval_minutes, day_cv, interval_cv)

    def _queue(
        self, matrix: DayMatrix, history: History, calendar: DayCalendar, days: list[date]
    ) -> tuple[pd.DataFrame, float, float]:
        if not matrix.days:
            raise ValueError(f"the history has no contact of queue {matrix.queue!r}")
        lead = max(1, (days[-1] - matrix.days[-1]).days)
        level = fit_day_level(matrix, calendar, lead_days=lead, settings=self.level)
        profile = fit_profile(
            matrix,
            calendar,
            level.kept,
            half_life=self.profile_half_life,
            pooled_days=self.pooled_days,
            pooled_contacts=self.pooled_contacts,
        )
        aht = handling_times(
            matrix,
            half_life=self.profile_half_life,
            shrink_contacts=self.aht_shrink_contacts,
            outlier_mads=self.level.outlier_mads,
        )
        opening = Opening(matrix, calendar)
        volume = level.volume(days) * [opening.is_open(day) for day in days]
        mean = volume[:, None] * profile.shares(days)
        past = matrix.offered[level.kept]
        spread = interval_cv(past, past.sum(axis=1, keepdims=True) * profile.shares(matrix.days)[level.kept])
        cv = float(np.hypot(np.hypot(level.day_cv, spread), level.day_cv * spread))
        starts = interval_starts(days, matrix.minutes, history.timezone)
        rows = forecast_rows(matrix.queue, starts, mean.ravel(), np.tile(aht, len(days)), cv)
        return rows, level.day_cv, spread
