"""The fewest people for each of many loads by Erlang A, compiled.

Source: Halfin & Whitt (1981), doi:10.1287/opre.29.3.567 [n = a + beta sqrt(a), beta of neighbouring loads alike: where
the search starts].
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from roster.staffing.figures import Floats
from roster.staffing.state_sums import Share, share_of, wait_of_answered

Ints = npt.NDArray[np.int64]


class Asked(NamedTuple):
    """Goals in the order answer rate, service level, loss rate, mean wait, occupancy, nan where not asked, and which
    definition of each is meant."""

    goals: Floats
    within_s: float
    patience_s: float
    level_of_patient: bool
    loss_of_answered: bool
    wait_of_all: bool


@njit(cache=True, error_model="numpy")
def _failing(load: float, aht_s: float, n: int, points: Floats, weights: Floats, asked: Asked) -> int:
    """The first goal that n people miss, -1 where none: figures over `points`, by how much busier each is."""
    answered = in_time = staying = waited = busy = 0.0
    for k in range(len(points)):
        calls, share = weights[0, k], Share(1.0, 1.0, 1.0, 0.0, 0.0, 0.0)
        if points[k] > 0:
            share = share_of(load * points[k], aht_s, asked.patience_s, n, asked.within_s)
        answered += calls * share.answered
        in_time += calls * share.in_time
        staying += calls * share.staying
        if asked.wait_of_all:
            waited += calls * share.waited_s
        elif share.waiting > 0 and not np.isnan(asked.goals[3]):
            ratio = asked.patience_s / aht_s
            waited += calls * asked.patience_s * share.waiting * wait_of_answered(n * ratio, load * points[k] * ratio)
        busy += weights[1, k] * share.busy
    lost, goals = 1 - answered, asked.goals
    if answered < goals[0]:
        return 0
    if (in_time / staying if asked.level_of_patient else in_time) < goals[1]:
        return 1
    if (lost / answered if asked.loss_of_answered else lost) > goals[2]:
        return 2
    if (waited if asked.wait_of_all else waited / answered) > goals[3]:
        return 3
    return 4 if busy > goals[4] else -1


@njit(cache=True, error_model="numpy")
def fewest_people(
    load: Floats, aht_s: Floats, points: Floats, weights: Floats, asked: Asked, most: int
) -> tuple[Ints, Ints]:
    """People for each load in erlangs, and the first goal that one fewer misses (-1 where nobody calls).

    `points`: shape (loads, points), by how much busier each is than the load; `weights` of the points, by contacts and
    by time. At least one goal is asked. most + 1 people where not even `most` are enough. In order of size every
    second of the loads left is sized between its neighbours, from the middle one on: where those are alike, what they
    need bounds it, and often says it.
    """
    people, binding = np.zeros(len(load), dtype=np.int64), np.full(len(load), -1, dtype=np.int64)
    order, first, step = np.argsort(load), _of_nobody(asked), 1
    while step < len(load):
        step *= 2
    while step > 0:
        for at in range(step - 1, len(load), 2 * step):
            i, low, high, beside = order[at], 0, most + 1, -1
            if load[i] == 0:
                continue
            if at + step < len(load):
                beside = order[at + step]
                high = people[beside] if _alike(aht_s, points, i, beside) else high
            if at >= step and binding[order[at - step]] >= 0:
                beside = order[at - step]
                if binding[beside] == first and _alike(aht_s, points, i, beside):
                    low = people[beside] - 1
            people[i], binding[i] = high, first
            if high - low > 1:
                beta = (people[beside] - 0.5 - load[beside]) / np.sqrt(load[beside]) if beside >= 0 else 0.5
                near = int(np.ceil(load[i] + beta * np.sqrt(load[i])))
                people[i], binding[i] = _between(load[i], aht_s[i], points[i], weights, asked, low, near, high)
        step //= 2
    return people, binding


@njit(cache=True, error_model="numpy")
def _between(
    load: float, aht_s: float, points: Floats, weights: Floats, asked: Asked, low: int, near: int, high: int
) -> tuple[int, int]:
    """The fewest people, low < people <= high, and the first goal that one fewer misses: steps that double away from
    `near` until the answer lies between, then halves. Whoever knows a low above 0 knows that it misses the first."""
    missed, step = _of_nobody(asked), 1
    trial = min(max(near, low + 1), high - 1)
    while high - low > 1:
        missing = _failing(load, aht_s, trial, points, weights, asked)
        if missing < 0:
            high = trial
            trial = max((low + high) // 2, high - step)
        else:
            low, missed = trial, missing
            trial = min((low + high) // 2, low + step)
        step *= 2
    return high, missed


@njit(cache=True, error_model="numpy")
def _alike(aht_s: Floats, points: Floats, one: int, other: int) -> bool:
    """Whether the busier of two loads needs no fewer people: of one handling time and one course."""
    same = 0
    for k in range(points.shape[1]):
        same += points[one, k] == points[other, k]
    return same == points.shape[1] and aht_s[one] == aht_s[other]


@njit(cache=True, error_model="numpy")
def _of_nobody(asked: Asked) -> int:
    """Nobody on duty misses every goal that is asked: the first."""
    for k in range(len(asked.goals)):
        if not np.isnan(asked.goals[k]):
            return k
    return -1
