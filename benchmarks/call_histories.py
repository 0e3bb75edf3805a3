"""Made-up call histories for the forecast benchmark, and call logs of one's own read for it.

A large centre, Monday to Friday from 7 to 21, with busy days around paydays and the end of the month; and a small
noisy one round the clock. Levels wander, days are busier or quieter as a whole, intervals are over-dispersed, a few
days are outages. Sizes and shapes were set once, before any figure was looked at.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from roster.forecast.history import History

FIRST = date(2024, 1, 1)
MINUTES = 30


@dataclass(frozen=True)
class Centre:
    """What a made-up centre is like; `weekday` holds a factor for each weekday, 0 for closed."""

    name: str
    volume: float
    weekday: tuple[float, ...]
    hours: tuple[int, int]
    paydays: dict[int, float]
    day_cv: float
    interval_cv: float
    wander: float
    outages: float = 0.01


LARGE = Centre(
    "large", 20_000, (1.15, 1.05, 1.0, 0.97, 0.95, 0, 0), (7, 21),
    {1: 0.15, 2: 0.08, 10: 0.12, 15: 0.15, 16: 0.08, 25: 0.15, -1: 0.12, -2: 0.06}, 0.035, 0.03, 0.006,
)  # fmt: skip
SMALL = Centre("small", 1_200, (1.1, 1.05, 1.0, 1.0, 0.95, 0.6, 0.55), (0, 24), {}, 0.10, 0.10, 0.015)


def made_up(centre: Centre, seed: int, days: int = 365) -> History:
    """A history of the centre, from a seed."""
    stream = np.random.default_rng(seed)
    profiles = [_profile(centre) * stream.lognormal(0, 0.05, 24 * 60 // MINUTES) for _ in range(7)]
    rows = [row for day, contacts in _days(centre, profiles, stream, days) for row in _rows(centre, day, contacts)]
    return History(pd.DataFrame(rows, columns=["start", "queue", "offered"]), MINUTES)


def call_log(file: Path, timezone: str) -> History:
    """A call log in the layout of history.csv, summed to half-hours."""
    frame = pd.read_csv(file)
    frame["start"] = pd.to_datetime(frame["start"]).dt.floor(f"{MINUTES}min")
    summed = frame.groupby(["start", "queue"], as_index=False)["offered"].sum()
    return History(summed.assign(start=summed["start"].dt.tz_localize(ZoneInfo(timezone))), MINUTES)


def _profile(centre: Centre) -> np.ndarray:
    hour = (np.arange(24 * 60 // MINUTES) + 0.5) * MINUTES / 60
    humps = [(1.0, 10.5, 2.2), (0.8, 15.5, 2.5), (0.35, 20.0, 2.0)]
    shape = 0.08 + sum(height * np.exp(-0.5 * ((hour - at) / width) ** 2) for height, at, width in humps)
    return np.where((centre.hours[0] <= hour) & (hour < centre.hours[1]), shape, 0.0)


def _days(
    centre: Centre, profiles: Sequence[np.ndarray], stream: np.random.Generator, days: int
) -> Iterator[tuple[date, np.ndarray]]:
    level, week, busy = 0.0, 0.0, 0.0
    for day in (FIRST + timedelta(days=k) for k in range(days)):
        level += centre.wander * stream.standard_normal()
        week = 0.02 * stream.standard_normal() if day.weekday() == 0 else week
        busy = 0.4 * busy + np.sqrt(1 - 0.4**2) * centre.day_cv * stream.standard_normal()
        last = monthrange(day.year, day.month)[1]
        payday = centre.paydays.get(day.day, 0.0) + centre.paydays.get(day.day - last - 1, 0.0)
        share = profiles[day.weekday()] / profiles[day.weekday()].sum()
        rate = centre.volume * centre.weekday[day.weekday()] * np.exp(level + week + busy + payday) * share
        rate = rate * stream.gamma(centre.interval_cv**-2, centre.interval_cv**2, len(rate))
        down = stream.random() < centre.outages
        if centre.weekday[day.weekday()]:
            yield day, stream.poisson(rate * (stream.uniform(0, 0.4) if down else 1.0))


def _rows(centre: Centre, day: date, contacts: np.ndarray) -> Iterator[tuple[pd.Timestamp, str, int]]:
    for at in range(centre.hours[0] * 60 // MINUTES, centre.hours[1] * 60 // MINUTES):
        start = pd.Timestamp(day, tz="Asia/Shanghai") + pd.Timedelta(minutes=at * MINUTES)
        yield start, centre.name, int(contacts[at])
