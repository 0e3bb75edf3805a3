"""What every forecasting method takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple, Protocol, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from roster.forecast.history import History

Floats = npt.NDArray[np.float64]
DayType = Literal["workday", "makeup", "weekend", "statutory", "bridge"]
WORKING: frozenset[str] = frozenset({"workday", "makeup"})
QUANTILES: Mapping[str, float] = {
    "q025": 0.025, "q05": 0.05, "q10": 0.1, "q25": 0.25, "q50": 0.5,
    "q75": 0.75, "q90": 0.9, "q95": 0.95, "q975": 0.975,
}  # fmt: skip
FORECAST_COLUMNS = ("start", "queue", "mean", *QUANTILES, "aht_s")


class LoadEvent(NamedTuple):
    """Days on which a queue ("" for all) is expected at `factor` times its usual volume; `end` is inclusive.

    Events of one name are one phenomenon: what it did in the history is what it will do.
    """

    start: date
    end: date
    queue: str
    factor: float
    name: str

    def touches(self, day: date, queue: str) -> bool:
        """Whether the event holds for `queue` on `day`."""
        return self.start <= day <= self.end and self.queue in ("", queue)


@dataclass(frozen=True)
class DayCalendar:
    """Day types by date and the known events; without an entry, Monday to Friday are workdays.

    Raises:
        ValueError: an unknown day type, an event that ends before it starts, a factor not above 0.
    """

    day_types: Mapping[date, str] = field(default_factory=dict)
    events: tuple[LoadEvent, ...] = ()

    def __post_init__(self) -> None:
        unknown = {kind for kind in self.day_types.values() if kind not in get_args(DayType)}
        if unknown:
            raise ValueError(f"day types must be of {get_args(DayType)}, not {sorted(unknown)}")
        for event in self.events:
            if event.end < event.start or not 0 < event.factor < float("inf"):
                raise ValueError(f"start <= end and 0 < factor < inf is broken by event {event}")

    def day_type(self, day: date) -> str:
        """Type of `day`."""
        return self.day_types.get(day, "workday" if day.weekday() < 5 else "weekend")

    def is_working(self, day: date) -> bool:
        """Workday or make-up workday."""
        return self.day_type(day) in WORKING

    def place_by_holiday(self, day: date) -> str:
        """Where a working day stands: "after1", "after2", "after3", "before" beside a holiday, else "".

        A holiday is a run of days off that holds a statutory day or a bridge; the days after win over the day
        before.
        """
        if not self.is_working(day):
            return ""
        for back in range(1, 4):
            earlier = day - timedelta(days=back)
            if not self.is_working(earlier):
                if self._in_holiday(earlier, -1):
                    return f"after{back}"
                break
        return "before" if self._in_holiday(day + timedelta(days=1), 1) else ""

    def _in_holiday(self, day: date, step: int) -> bool:
        """Whether the days off that begin with `day`, going by `step`, hold a statutory day or a bridge."""
        while (kind := self.day_type(day)) == "weekend":
            day += timedelta(days=step)
        return kind in ("statutory", "bridge")


@dataclass(frozen=True)
class Forecast:
    """The distribution of contacts by interval and queue.

    `frame`: FORECAST_COLUMNS in order of queue and start; `start` tz-aware, the interval is [start, start +
    interval_minutes); `mean` and quantiles in contacts of the interval, `aht_s` in s (NaN where the history
    has none). `day_cv`: coefficient of variation of a whole day's volume around its mean, by queue; it is
    common to all intervals of the day. `interval_cv`: that of an interval's rate beyond the day's, by queue.
    """

    frame: pd.DataFrame
    interval_minutes: int
    day_cv: Mapping[str, float]
    interval_cv: Mapping[str, float] = field(default_factory=dict)

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


class Forecaster(Protocol):
    """A forecasting method."""

    @property
    def name(self) -> str:
        """Name in backtest tables."""
        ...

    def forecast(self, history: History, calendar: DayCalendar, *, start: date, days: int) -> Forecast:
        """Forecast the days [start, start + days) in the history's time zone from all rows of `history`."""
        ...
