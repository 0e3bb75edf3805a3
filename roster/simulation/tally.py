"""Counting what became of the contacts of one run, by queue and interval."""

import numpy as np

from roster.simulation.arrays import Contacts, Duties, Floats, Ints, Played
from roster.simulation.scene import Scene
from roster.staffing.definitions import COUNTS, Count

PLACE = {count: place for place, count in enumerate(COUNTS)}


def tally(scene: Scene, contacts: Contacts, duties: Duties, played: Played) -> Floats:
    """Shape (streams, intervals, len(COUNTS)). A contact counts in the interval in which it arrives.

    Time on duty counts in service hours only, time busy where the agent is on duty (a contact finished after the end
    of a stretch counts up to that end). Where contacts may wait, waits are in service time, and who is not yet due at
    the end of the horizon counts as in time.
    """
    counts = np.zeros((len(scene.streams), scene.intervals, len(COUNTS)))
    queue = contacts.queue[played.contact]
    interval = np.minimum(played.at // scene.interval_s, scene.intervals - 1).astype(np.int64)
    end_of_horizon = scene.intervals * scene.interval_s
    patience = np.minimum(contacts.patience[played.contact], np.maximum(end_of_horizon - played.at, 0.0))
    answered = played.agent >= 0
    wait = np.where(answered, played.begun - played.at, patience)
    for q, stream in enumerate(scene.streams):
        mine = queue == q
        waited, due = wait[mine], stream.targets.deferrable
        if due:
            at = played.at[mine]
            waited = _open_s(scene, q, at + np.minimum(waited, end_of_horizon - at)) - _open_s(scene, q, at)
        _contacts(counts[q], interval[mine], waited, answered[mine], stream.targets.answer_within_s, may_wait=due)
        counts[q, :, PLACE["busy_s"]], counts[q, :, PLACE["on_duty_s"]] = _time(scene, q, duties, played)
    return counts


def _open_s(scene: Scene, q: int, moment: Floats) -> Floats:
    """Seconds for which queue q has been open until each moment."""
    so_far = np.concatenate([[0.0], np.cumsum(scene.streams[q].is_open * scene.interval_s)])
    return np.interp(moment, scene.interval_s * np.arange(scene.intervals + 1), so_far)


def _contacts(
    counts: Floats, interval: Ints, wait: Floats, answered: np.ndarray, within_s: float | None, *, may_wait: bool
) -> None:
    early = wait <= (0.0 if within_s is None else within_s)
    columns: dict[Count, np.ndarray] = {
        "offered": np.ones(len(wait)),
        "answered": answered,
        "in_time": (answered | may_wait) & early,
        "abandoned": ~answered,
        "abandoned_early": ~answered & early,
        "waited_answered_s": np.where(answered, wait, 0.0),
        "waited_s": wait,
    }
    for name, values in columns.items():
        counts[:, PLACE[name]] = np.bincount(interval, weights=values, minlength=len(counts))


def _time(scene: Scene, q: int, duties: Duties, played: Played) -> tuple[Floats, Floats]:
    """Seconds busy and on duty in each interval, of those who answer queue q."""
    until = np.minimum(played.busy_to, duties.end[played.busy_stretch])
    serving = duties.queues >> q & 1 == 1
    mine = serving[played.busy_stretch]
    busy = covered(played.busy_from[mine], until[mine], step=scene.interval_s, count=scene.intervals)
    there = covered(duties.start[serving], duties.end[serving], step=scene.interval_s, count=scene.intervals)
    return busy * scene.streams[q].is_open, there * scene.streams[q].is_open


def covered(start: Floats, end: Floats, *, step: float, count: int) -> Floats:
    """How much of [start, end) lies in each of `count` steps from 0 on, summed over all."""
    return np.diff(_passed(start, step, count) - _passed(end, step, count))


def _passed(moment: Floats, step: float, count: int) -> Floats:
    """At each of the count + 1 edges: the time since each moment that lies before it, summed."""
    edge = np.clip(np.ceil(moment / step), 0, count + 1).astype(np.int64)
    before = np.cumsum(np.bincount(edge, minlength=count + 2))[:-1]
    total = np.cumsum(np.bincount(edge, weights=moment, minlength=count + 2))[:-1]
    return before * (step * np.arange(count + 1)) - total
