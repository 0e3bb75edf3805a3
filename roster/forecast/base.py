"""What every forecasting method takes and gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.history import History
from roster.forecast.unusual import Unusual

Floats = npt.NDArray[np.float64]
QUANTILES: Mapping[str, float] = {
    "q025": 0.025, "q05": 0.05, "q10": 0.1, "q25": 0.25, "q50": 0.5,
    "q75": 0.75, "q90": 0.9, "q95": 0.95, "q975": 0.975,
}  # fmt: skip
FORECAST_COLUMNS = ("start", "queue", "mean", *QUANTILES, "aht_s")


@dataclass(frozen=True)
class Forecast:
    """The distribution of contacts by interval and queue.

    `frame`: FORECAST_COLUMNS in order of queue and start; `start` tz-aware, the interval is [start, start +
    interval_minutes); `mean` and quantiles in contacts of the interval, `aht_s` in s (NaN where the history
    has none). `day_cv`: coefficient of variation of a whole day's volume around its mean, by queue; it is
    common to all intervals of the day. `interval_cv`: that of an interval's rate beyond the day's, by queue.
    `unusual`: stretches of the history that were left out of what was learnt. `heavier`: factors on the load people are
    sized for, by queue and interval in the order of `rows(queue)`, where simulation shows that formulas size too few.
    """

    frame: pd.DataFrame
    interval_minutes: int
    day_cv: Mapping[str, float]
    interval_cv: Mapping[str, float] = field(default_factory=dict)
    unusual: tuple[Unusual, ...] = ()
    heavier: Mapping[str, Floats] = field(default_factory=dict)

    def rows(self, queue: str) -> pd.DataFrame:
        """The rows of one queue in order of time."""
        return pd.DataFrame(self.frame[self.frame["queue"] == queue].sort_values("start"))

    def rates(self, queue: str, rng: np.random.Generator, runs: int) -> Floats:
        """Drawn contact rates of every interval of the queue, contacts an interval, shape (runs, intervals).

        rate = mean x G_day x G_interval, both Gamma with mean 1: one G_day of `day_cv` for all intervals of a
        local day, one G_interval of `interval_cv` for each. Columns are in the order of `rows(queue)`. Runs and
        days are independent, and so are queues.
        """
        rows = self.rows(queue)
        _, day_of = np.unique(rows["start"].dt.date.to_numpy(), return_inverse=True)
        of_day = _gamma(rng, self.day_cv.get(queue, 0.0), (runs, int(day_of.max(initial=-1)) + 1))
        of_interval = _gamma(rng, self.interval_cv.get(queue, 0.0), (runs, len(rows)))
        return rows["mean"].to_numpy() * of_day[:, day_of] * of_interval

    def sample(self, queue: str, rng: np.random.Generator, runs: int) -> npt.NDArray[np.int64]:
        """Drawn contacts of every interval of the queue, shape (runs, intervals): Poisson counts of `rates`."""
        return rng.poisson(self.rates(queue, rng, runs)).astype(np.int64)


def _gamma(rng: np.random.Generator, cv: float, shape: tuple[int, int]) -> Floats:
    """Gamma factors of mean 1; all 1 for `cv` 0."""
    return rng.gamma(cv**-2, cv**2, shape) if cv > 0 else np.ones(shape)


def joined(parts: Sequence[Forecast]) -> Forecast:
    """Forecasts of different queues on one grid as one. Raises ValueError where the grids differ."""
    lengths = {part.interval_minutes for part in parts}
    if len(lengths) != 1:
        raise ValueError(f"one interval length is broken by {sorted(lengths)}")
    return Forecast(
        pd.concat([part.frame for part in parts], ignore_index=True),
        lengths.pop(),
        {queue: cv for part in parts for queue, cv in part.day_cv.items()},
        {queue: cv for part in parts for queue, cv in part.interval_cv.items()},
        tuple(found for part in parts for found in part.unusual),
    )


class Forecaster(Protocol):
    """A forecasting method."""

    @property
    def name(self) -> str:
        """Name in backtest tables."""
        ...

    def forecast(self, history: History, calendar: DayCalendar, *, start: date, days: int) -> Forecast:
        """Forecast the days [start, start + days) in the history's time zone from all rows of `history`."""
        ...
