"""Synthetic history of a scenario: `python -m sample_data.synthetic_history SCENARIO OUT.csv --seed N`.

No interval data of a Chinese hotline is public, and tenders give yearly volumes at most. The histories are
therefore made up, from a seed, for the days, the grid and the queues of the scenario's spec, in local time.
Opening hours are the tender's; sizes are chosen so that the tender's staffing is busy but sufficient; shapes
follow what is usual in such queues: weekday, time of day, day of the month, rebound after holidays, seasons,
days that are busier or quieter as a whole, Poisson counts. Workdays are those of the State Council calendar.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from roster.calendar import Calendar
from roster.staffing.erlang_a import erlang_a
from roster.staffing.figures import Floats
from sample_data.spec import HistorySpec, QueueShape, load_spec

_CALENDAR = Calendar()


def synthetic_history(spec: HistorySpec, seed: int) -> pd.DataFrame:
    """Columns `start,queue,offered,answered,abandoned,aht_s,acw_s`, a row for each open interval.

    `start`: local time, naive ISO text; times in s, missing where nobody was answered.
    """
    streams = np.random.default_rng(seed).spawn(len(spec.queues))
    pairs = zip(spec.queues, streams, strict=True)
    rows = [row for shape, stream in pairs for row in _queue_rows(spec, shape, stream)]
    columns = ["start", "queue", "offered", "answered", "abandoned", "aht_s", "acw_s"]
    return pd.DataFrame(rows, columns=columns).sort_values(["start", "queue"], ignore_index=True)


def open_days(spec: HistorySpec, shape: QueueShape) -> list[date]:
    """Days on which the queue is open: workdays, and all others where `day_off` is above 0."""
    span = [spec.first + timedelta(days=i) for i in range((spec.last - spec.first).days + 1)]
    return [day for day in span if shape.day_off > 0 or _CALENDAR.is_workday(day)]


def open_minutes(spec: HistorySpec, shape: QueueShape) -> Floats:
    """Starts of the open intervals in minutes after midnight."""
    return np.concatenate([np.arange(first * 60, last * 60, spec.interval_minutes) for first, last in shape.hours])


def expected_contacts(spec: HistorySpec, shape: QueueShape, day: date) -> Floats:
    """Mean contacts of each open interval of an open day, in the order of `open_minutes`."""
    peak = shape.peak_load * spec.interval_minutes * 60 / shape.aht_s
    middle = (open_minutes(spec, shape) + spec.interval_minutes / 2) / 60
    bumps = [hump.height * np.exp(-0.5 * ((middle - hump.at) / hump.width) ** 2) for hump in shape.humps]
    return peak * (shape.base + np.sum(bumps, axis=0)) / (shape.base + 1.0) * _day_effect(spec, shape, day)


def _day_effect(spec: HistorySpec, shape: QueueShape, day: date) -> float:
    effect = shape.weekday[day.weekday()] * shape.month(day)
    for lift in shape.lifts:
        effect *= lift.factor if lift.first <= day <= lift.last else 1.0
    return effect * (_holiday_effect(spec, day) if _CALENDAR.is_workday(day) else shape.day_off)


def _holiday_effect(spec: HistorySpec, day: date) -> float:
    """Busier after a holiday (25, 12, 5 %), quieter on the last day before one."""
    opened = _workdays(spec.first, spec.last)
    position = opened.index(day)
    for back, lift in ((0, 1.25), (1, 1.12), (2, 1.05)):
        if position > back and _holiday_between(opened[position - back - 1], opened[position - back]):
            return lift
    ends = position + 1 < len(opened) and _holiday_between(day, opened[position + 1])
    return 0.88 if ends else 1.0


def _holiday_between(earlier: date, later: date) -> bool:
    return any(_CALENDAR.is_statutory(earlier + timedelta(days=k)) for k in range(1, (later - earlier).days))


@lru_cache(maxsize=8)
def _workdays(first: date, last: date) -> tuple[date, ...]:
    return _CALENDAR.workdays(first, last + timedelta(days=1))


def _queue_rows(spec: HistorySpec, shape: QueueShape, stream: np.random.Generator) -> Iterator[tuple[object, ...]]:
    minutes = open_minutes(spec, shape)
    starts = [timedelta(minutes=minute) for minute in minutes.tolist()]
    people = shape.people if isinstance(shape.people, int) else np.take(shape.people, (minutes // 60).astype(int))
    for day in open_days(spec, shape):
        rate = expected_contacts(spec, shape, day) * _gamma(stream, shape.day_cv, 1)
        rate = rate * _gamma(stream, shape.interval_cv, len(rate))
        offered = stream.poisson(rate)
        per_hour = rate * 60 / spec.interval_minutes
        giving_up = erlang_a(per_hour, shape.aht_s, shape.patience_s, people, 0).p_abandon
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
    parser.add_argument("scenario", metavar="SCENARIO")
    parser.add_argument("out", type=Path, metavar="OUT.csv")
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args(arguments)
    frame = synthetic_history(load_spec(options.scenario).history, options.seed)
    frame.to_csv(options.out, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
