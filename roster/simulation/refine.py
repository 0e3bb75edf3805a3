"""Loads made heavier where the formulas size too few people: simulate, look where the target is missed, repeat.

Calls as long as an interval leave no steady state to reckon with: where fewer people are wanted than before, those who
finish their calls still take the places, and the next callers wait. Each round sizes the intervals by formula, plays
the contacts against that many people, and raises the load of the intervals that miss the target. Steps shrink from
round to round, and the second half of the rounds is averaged, so that chance is not followed.

Source: Feldman, Mandelbaum, Massey & Whitt (2008), doi:10.1287/mnsc.1070.0821 [iterative staffing by simulation].
"""

from dataclasses import replace

import numpy as np

from roster.simulation.arrays import Floats, Ints
from roster.simulation.by_number import play_by_number
from roster.simulation.draws import contacts
from roster.simulation.scene import Scene
from roster.staffing.queue_load import QueueLoad
from roster.staffing.requirement import requirement

ROUNDS, CONTACTS, MOST_RUNS = 12, 300_000, 200
"""Rounds, contacts played in each, and how often the horizon is played at most for them."""


def heavier(scene: Scene, load: QueueLoad) -> Floats:
    """Factors of at least 1 on the loads of the only stream of a scene, one an open interval, in order of time.

    The target is the service level, where none is asked the answer rate. Days are as expected, none busier: what busy
    days ask for is in the formulas.

    Raises ValueError where neither target is asked.
    """
    (stream,) = scene.streams
    targets = replace(stream.targets, unplanned_absence=0.0)
    goal = targets.service_level if targets.service_level is not None else targets.answer_rate
    if goal is None:
        raise ValueError("a service level or an answer rate is needed")
    places = np.flatnonzero(stream.is_open)
    within = np.inf if targets.service_level is None else targets.answer_within_s or 0.0
    root = np.sqrt(np.maximum(load.per_hour * load.aht_s / 3600, 1.0))
    factor, late = np.ones(len(places)), []
    for turn in range(ROUNDS):
        sized = requirement(load.per_hour * factor, load.aht_s, targets, course=load.course).people
        missed = goal - _served(scene, places, sized, within, seed=turn)
        factor = np.clip(factor * (1 + 2 / (1 + turn / 4) * missed / root), 1.0, 2.0)
        if turn >= ROUNDS // 2:
            late.append(factor)
    return np.mean(late, axis=0)


def _served(scene: Scene, places: Ints, people: Ints, within_s: float, *, seed: int) -> Floats:
    """Served over offered of each open interval, the goal of intervals without contacts met."""
    (stream,) = scene.streams
    there = np.zeros(scene.intervals, dtype=np.int64)
    there[places] = people
    runs = int(np.clip(CONTACTS / max(stream.expected.sum(), 1.0), 20, MOST_RUNS))
    served, offered = np.zeros(scene.intervals), np.zeros(scene.intervals)
    for run in range(runs):
        callers = contacts(scene, stream.expected[None], run=run, seed=seed)
        waits = play_by_number(callers, there, interval_s=scene.interval_s) - callers.arrival
        interval = (callers.arrival // scene.interval_s).astype(np.int64)
        good = (waits < np.inf) & (waits <= within_s)
        offered += np.bincount(interval, minlength=scene.intervals)
        served += np.bincount(interval[good], minlength=scene.intervals)
    return np.where(offered > 0, served / np.maximum(offered, 1), 1.0)[places]
