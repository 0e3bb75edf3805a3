"""The fewest people for each of many loads by Erlang A, in one compiled pass over the states of each queue.

The weight of a state against that of "all busy, nobody waiting": a step down with k busy multiplies by k / a, the
j-th caller who waits by y / (x + j), x = n mu / theta and y = lambda / theta. Sums of a few hundred weights give every
figure at once, where `erlang_a` asks for an incomplete gamma function each; a test holds both together.

Source: Mandelbaum & Zeltyn (2007), section 4, doi:10.1007/978-3-540-29860-1_2; Halfin & Whitt (1981),
doi:10.1287/opre.29.3.567 [n = a + beta sqrt(a), beta of neighbouring loads alike: where the search starts].
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from roster.staffing.figures import Floats

Ints = npt.NDArray[np.int64]
_SMALL = 1e-14
"""Weights below this share of their sum are left out."""
_HUGE = 1e250
_LOG_HUGE = float(np.log(_HUGE))


class Share(NamedTuple):
    """Of one queue, over the offered: answered, answered in time, not given up in time, seconds waited by the answered
    and by all; and the share of time busy."""

    answered: float
    in_time: float
    staying: float
    waited_answered_s: float
    waited_s: float
    busy: float


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
def share_of(load: float, aht_s: float, patience_s: float, n: int, within_s: float) -> Share:
    """Figures of `load` > 0 erlangs with n >= 1 people.

    Answered late: x / (x + 1) exp(y - f - (x + 1) theta T) A(x + 1, f) over the weight of all states, f = y
    e^(-theta T), A as in `waiting_series`; still waiting after T, of those who would: the same with x for x + 1.
    """
    x, y = n * patience_s / aht_s, load * patience_s / aht_s
    idle = _idle(load, n)
    if idle > _HUGE:
        return Share(1.0, 1.0, 1.0, 0.0, 0.0, load / n)
    theta_t = within_s / patience_s
    faded = y * np.exp(-theta_t)
    waiting, given_up, waited, log_scale, late, still, log_late = _waiting(x, y, faded)
    total = idle * np.exp(-log_scale) + waiting
    lost = min(given_up / y / total, 1.0)
    beyond = np.exp(log_late - log_scale + y - faded - (x + 1) * theta_t) / total
    in_time = max(1 - lost - x / (x + 1) * late * beyond, 0.0)
    staying = min(in_time + still * beyond, 1.0)
    return Share(
        1 - lost, in_time, staying, patience_s * waited / total, lost * patience_s, min(load / n * (1 - lost), 1)
    )


@njit(cache=True, error_model="numpy")
def _waiting(x: float, y: float, faded: float) -> tuple[float, float, float, float, float, float, float]:
    """Sums over j >= 0 waiting: the weight t_j, j t_j, and t_j times the wait, in units of patience, of who then comes
    and is answered, x / (x + j + 1) (1 / (x + 1) + ... + 1 / (x + j + 1)), all to be multiplied by e^(4th). Then
    A(x + 1, faded) and A(x, faded), to be multiplied by e^(7th)."""
    down = 1 / (x + 1)
    term, ahead, late_term, still_term = 1.0, down, 1.0, 1.0
    total, given_up, waited, log_scale = 1.0, 0.0, x * down * down, 0.0
    late, still, log_late, j = 1.0, 1.0, 0.0, 0
    while term > _SMALL * total or x + j < y:
        j += 1
        term *= y * down
        still_term *= faded * down
        down = 1 / (x + j + 1)
        late_term *= faded * down
        ahead += down
        total += term
        given_up += j * term
        waited += term * x * down * ahead
        still += still_term
        late += late_term
        if total > _HUGE:
            term, total, given_up, waited = term / _HUGE, total / _HUGE, given_up / _HUGE, waited / _HUGE
            log_scale += _LOG_HUGE
        if still > _HUGE:
            still_term, still, late_term, late = still_term / _HUGE, still / _HUGE, late_term / _HUGE, late / _HUGE
            log_late += _LOG_HUGE
    return total, given_up, waited, log_scale, late, still, log_late


@njit(cache=True, error_model="numpy")
def _idle(load: float, n: int) -> float:
    """The weight of the states in which somebody is free; beyond 1e250 it does not matter how much."""
    term, total, busy, each = 1.0, 0.0, n, 1 / load
    while busy > 0 and (term > _SMALL * total or busy > load) and total <= _HUGE:
        term *= busy * each
        total += term
        busy -= 1
    return total


@njit(cache=True, error_model="numpy")
def _failing(load: float, aht_s: float, n: int, points: Floats, weights: Floats, asked: Asked) -> int:
    """The first goal that n people miss, -1 where none: figures over `points`, by how much busier each is."""
    answered = in_time = staying = waited_answered = waited = busy = 0.0
    for k in range(len(points)):
        calls, share = weights[0, k], Share(1.0, 1.0, 1.0, 0.0, 0.0, 0.0)
        if points[k] > 0:
            share = share_of(load * points[k], aht_s, asked.patience_s, n, asked.within_s)
        answered += calls * share.answered
        in_time += calls * share.in_time
        staying += calls * share.staying
        waited_answered += calls * share.waited_answered_s
        waited += calls * share.waited_s
        busy += weights[1, k] * share.busy
    lost, goals = 1 - answered, asked.goals
    if answered < goals[0]:
        return 0
    if (in_time / staying if asked.level_of_patient else in_time) < goals[1]:
        return 1
    if (lost / answered if asked.loss_of_answered else lost) > goals[2]:
        return 2
    if (waited if asked.wait_of_all else waited_answered / answered) > goals[3]:
        return 3
    return 4 if busy > goals[4] else -1


@njit(cache=True, error_model="numpy")
def fewest_people(
    load: Floats, aht_s: Floats, points: Floats, weights: Floats, asked: Asked, most: int
) -> tuple[Ints, Ints]:
    """People for each load in erlangs, and the first goal that one fewer misses (-1 where nobody calls).

    `points`: shape (loads, points), by how much busier each is than the load; `weights` of the points, by contacts and
    by time. At least one goal is asked. most + 1 people where not even `most` are enough.
    """
    people, binding = np.zeros(len(load), dtype=np.int64), np.full(len(load), -1, dtype=np.int64)
    beta = 0.5
    for i in np.argsort(load):
        a = load[i]
        if a == 0:
            continue
        low, high, step, missed = 0, most + 1, 1, -1
        trial = min(max(int(np.ceil(a + beta * np.sqrt(a))), 1), most)
        while True:
            missing = _failing(a, aht_s[i], trial, points[i], weights, asked)
            if missing < 0:
                high = trial
            else:
                low, missed = trial, missing
            if high - low <= 1:
                break
            middle = (low + high) // 2
            trial = max(middle, high - step) if missing < 0 else min(middle, low + step)
            step *= 2
        people[i], beta = high, beta + 0.2 * ((high - 0.5 - a) / np.sqrt(a) - beta)
        binding[i] = missed if low > 0 else _of_nobody(asked)
    return people, binding


@njit(cache=True, error_model="numpy")
def _of_nobody(asked: Asked) -> int:
    """Nobody on duty misses every goal that is asked: the first."""
    for k in range(len(asked.goals)):
        if not np.isnan(asked.goals[k]):
            return k
    return -1
