"""A centre of 10,000 calls a day round the clock, busy by day, for the benchmarks of staffing and simulation."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from roster.forecast.base import Forecast
from roster.simulation.arrays import Floats
from roster.simulation.by_number import play_by_number
from roster.simulation.draws import contacts
from roster.simulation.scene import Scene, Stream, Watch
from roster.staffing.targets import ServiceTargets

CALLS, SLOTS, OPENS = 10_000, 48, 0
TARGETS = ServiceTargets(patience_s=180, service_level=0.8, answer_within_s=20)


def day_of_calls(*, aht_s: float, calls: float = CALLS) -> tuple[Floats, Floats]:
    """Calls an hour and handling time of each half-hour: a trickle at night, a hump before and one after noon."""
    hour = np.arange(SLOTS) / 2 + 0.25
    shape = 0.03 + np.exp(-(((hour - 10.5) / 3) ** 2)) + 0.8 * np.exp(-(((hour - 16) / 3) ** 2))
    return 2 * calls * shape / shape.sum(), np.full(SLOTS, aht_s)


def scene_of(rate: Floats, aht_s: Floats, people: np.ndarray, *, handling_cv: float = 1.0, days: int = 1) -> Scene:
    """Days with `people` by half-hour: person k is there while more than k are asked for."""
    expected, handling = np.zeros((days, 48)), np.ones((days, 48))
    open_slots = slice(OPENS, OPENS + SLOTS)
    expected[:, open_slots], handling[:, open_slots] = rate / 2, aht_s
    stream = Stream(
        "calls", expected.ravel(), handling.ravel(), expected.ravel() > 0, TARGETS, handling_cv=handling_cv
    )  # fmt: skip
    return Scene(datetime(2025, 3, 3, tzinfo=UTC), days, 30, (stream,), watch_of(people, days))


def forecast_of(rate: Floats, aht_s: Floats) -> Forecast:
    """The open half-hours of one day as a forecast."""
    starts = [datetime(2025, 3, 3, tzinfo=UTC) + timedelta(minutes=30 * (OPENS + k)) for k in range(SLOTS)]
    frame = pd.DataFrame({"start": starts, "queue": "calls", "mean": rate / 2, "aht_s": aht_s})
    return Forecast(frame, 30, {})


def watch_of(people: np.ndarray, days: int) -> Watch:
    """Stretches of the people asked for, unbroken half-hours as one."""
    rows = []
    for k in range(int(people.max())):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], people > k, [0]])))
        for day in range(days):
            for start, end in zip(edges[::2], edges[1::2], strict=True):
                rows.append((k, day, (48 * day + OPENS + start) * 1800.0, (48 * day + OPENS + end) * 1800.0))
    agent, day, start, end = (np.array(column) for column in zip(*rows, strict=True))
    staff = tuple(f"P{k}" for k in range(int(people.max())))
    return Watch(staff, agent, day, start, end, np.ones(len(agent), dtype=np.int64))


def played(rate: Floats, aht_s: Floats, people: np.ndarray, *, runs: int) -> Floats:
    """Answered in time over offered of each half-hour, with as many people as asked for and no more."""
    scene = scene_of(rate, aht_s, people)
    expected, served, offered = scene.streams[0].expected[None], np.zeros(48), np.zeros(48)
    for run in range(runs):
        callers = contacts(scene, expected, run=run, seed=1)
        waits = play_by_number(callers, people, interval_s=1800.0) - callers.arrival
        slot = (callers.arrival // 1800.0).astype(np.int64)
        offered += np.bincount(slot, minlength=48)
        served += np.bincount(slot[waits <= (TARGETS.answer_within_s or 0.0)], minlength=48)
    return np.array([served.sum() / offered.sum(), *(served / offered)])
