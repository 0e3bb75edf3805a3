"""Synthetic history of the Shanghai scenario: `python -m sample_data.synthetic_history OUT.csv --seed N`.

No interval data of a Chinese hotline is public, and the tender gives yearly volumes only. This history is
therefore made up, from a seed, for 2024-07-01 to 2024-12-29 in 15-minute intervals of Asia/Shanghai. Opening
hours are the tender's; sizes are chosen so that the tender's staffing (12 operations, 6 reception, 3 window
agents) is busy but sufficient; shapes follow what is usual in such queues: weekday, time of day, early days
of the month, rebound after holidays, the base-adjustment season of July and August, days that are busier or
quieter as a whole, Poisson counts. Holidays and make-up workdays are those of the State Council's notice for
2024.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from roster.staffing.erlang_a import erlang_a
from roster.staffing.figures import Floats

FIRST, LAST = date(2024, 7, 1), date(2024, 12, 29)
HOLIDAYS = frozenset(
    [date(2024, 9, day) for day in (15, 16, 17)] + [date(2024, 10, day) for day in range(1, 8)],
)
MAKE_UP = frozenset([date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12)])
SEASON = (date(2024, 7, 1), date(2024, 8, 31))
INTERVAL_MINUTES = 15
_WEEKDAY = (1.14, 1.04, 1.0, 0.97, 0.93, 0.9, 0.9)  # the last two for make-up days
_HUMPS = (
    (10.0, 0.9, 1.0),
    (12.4, 0.5, -0.3),
    (14.7, 1.1, 0.75),
)  # hour, width in hours, height over the base
_BASE = 0.35


@dataclass(frozen=True)
class QueueShape:
    """What the generator knows of a queue.

    `hours`: opening as (first, last) in hours, half-open. `peak_load`: erlangs in the busiest interval of a
    usual midweek day. `people`: those whose absence or presence decides how many give up (patience in s).
    `season_factor` multiplies July and August.
    """

    name: str
    hours: tuple[tuple[float, float], ...]
    peak_load: float
    aht_s: float
    acw_share: float
    people: int
    patience_s: float
    season_factor: float
    day_cv: float
    interval_cv: float


_WINDOWS = ((9.0, 11.5), (13.5, 16.5))
QUEUES = (
    QueueShape("direct-link", ((9.0, 17.5),), 6.2, 300, 0.2, 12, 180, 1.4, 0.07, 0.06),
    QueueShape("online-help", _WINDOWS, 3.3, 420, 0.12, 6, 240, 1.15, 0.08, 0.06),
    QueueShape("virtual-window", _WINDOWS, 1.1, 900, 0.15, 3, 600, 1.1, 0.1, 0.08),
)


def synthetic_history(seed: int) -> pd.DataFrame:
    """Columns `start,queue,offered,answered,abandoned,aht_s,acw_s`, a row for each open interval.

    `start`: local time of Asia/Shanghai, naive ISO text; times in s, missing where nobody was answered.
    """
    streams = np.random.default_rng(seed).spawn(len(QUEUES))
    rows = [row for shape, stream in zip(QUEUES, streams, strict=True) for row in _queue_rows(shape, stream)]
    columns = ["start", "queue", "offered", "answered", "abandoned", "aht_s", "acw_s"]
    return pd.DataFrame(rows, columns=columns).sort_values(["start", "queue"], ignore_index=True)


@lru_cache(maxsize=1)
def open_days() -> tuple[date, ...]:
    """Days on which all three queues are open."""
    span = [FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1)]
    return tuple(day for day in span if day in MAKE_UP or (day.weekday() < 5 and day not in HOLIDAYS))


def expected_contacts(shape: QueueShape, day: date) -> Floats:
    """Mean contacts of each open interval of an open day, in the order of `open_minutes`."""
    peak = shape.peak_load * INTERVAL_MINUTES * 60 / shape.aht_s
    middle = (open_minutes(shape) + INTERVAL_MINUTES / 2) / 60
    bumps = [height * np.exp(-0.5 * ((middle - at) / width) ** 2) for at, width, height in _HUMPS]
    return peak * (_BASE + np.sum(bumps, axis=0)) / (_BASE + 1.0) * _day_effect(shape, day)


def open_minutes(shape: QueueShape) -> Floats:
    """Starts of the open intervals in minutes after midnight."""
    return np.concatenate([np.arange(first * 60, last * 60, INTERVAL_MINUTES) for first, last in shape.hours])


def _day_effect(shape: QueueShape, day: date) -> float:
    month = 1 + 0.12 * float(np.exp(-(day.day - 1) / 4)) - 0.04 * (day.day > 25)
    season = shape.season_factor if SEASON[0] <= day <= SEASON[1] else 1.0
    return _WEEKDAY[day.weekday()] * month * season * _holiday_effect(day)


def _holiday_effect(day: date) -> float:
    """Busier after a holiday (25, 12, 5 %), quieter on the last day before one."""
    opened = open_days()
    position = opened.index(day)
    for back, lift in ((0, 1.25), (1, 1.12), (2, 1.05)):
        if position > back:
            earlier, later = opened[position - back - 1], opened[position - back]
            if any(earlier < holiday < later for holiday in HOLIDAYS):
                return lift
    ends = position + 1 < len(opened) and any(day < holiday < opened[position + 1] for holiday in HOLIDAYS)
    return 0.88 if ends else 1.0


def _queue_rows(shape: QueueShape, stream: np.random.Generator) -> Iterator[tuple[object, ...]]:
    starts = [timedelta(minutes=minute) for minute in open_minutes(shape).tolist()]
    for day in open_days():
        rate = expected_contacts(shape, day) * _gamma(stream, shape.day_cv, 1)
        rate = rate * _gamma(stream, shape.interval_cv, len(rate))
        offered = stream.poisson(rate)
        per_hour = rate * 60 / INTERVAL_MINUTES
        giving_up = erlang_a(per_hour, shape.aht_s, shape.patience_s, shape.people, 0).p_abandon
        abandoned = stream.binomial(offered, giving_up)
        for start, came, left in zip(starts, offered.tolist(), abandoned.tolist(), strict=True):
            when = (datetime.combine(day, time()) + start).isoformat()
            yield (when, shape.name, came, came - left, left, *_handling(shape, came - left, stream))


def _gamma(stream: np.random.Generator, cv: float, size: int) -> Floats:
    return stream.gamma(cv**-2, cv**2, size)


def _handling(shape: QueueShape, answered: int, stream: np.random.Generator) -> tuple[float | None, float | None]:
    """Mean handling and wrap-up of `answered` lognormal contacts (coefficient of variation about 1)."""
    if answered == 0:
        return None, None
    sigma = 0.83
    aht = float(stream.lognormal(np.log(shape.aht_s) - sigma**2 / 2, sigma, answered).mean())
    return round(aht, 1), round(aht * shape.acw_share, 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the history as CSV."""
    parser = argparse.ArgumentParser(description="Write a synthetic interval history.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args(arguments)
    synthetic_history(options.seed).to_csv(options.out, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
