"""Simulated annealing over single people's days, exchanges and moved days, one level at a time (compiled by numba).

A move is kept where no settled level becomes worse and the level at hand becomes no worse, or worse by little while the
search is hot (Kirkpatrick, Gelatt and Vecchi 1983). A settled level that becomes better is always welcome.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from solver.search.tables import BROKEN, Flags, Ints, Small, Tables
from solver.search.tally import State, put

LONGEST = 7
"""Most days in a row that two people exchange."""


class Best(NamedTuple):
    """The best roster met so far."""

    used: Flags
    cost: Ints


class Trail(NamedTuple):
    """The changes of the move at hand, so that it can be taken back."""

    cell: Small
    sign: Small
    length: Small
    """One number: how many changes."""


def trail() -> Trail:
    """An empty trail."""
    return Trail(np.zeros(512, dtype=np.int32), np.zeros(512, dtype=np.int32), np.zeros(1, dtype=np.int32))


@njit(cache=True, inline="always")
def _note(trail: Trail, cell: int, sign: int) -> None:
    at = trail.length[0]
    trail.cell[at], trail.sign[at] = cell, sign
    trail.length[0] = at + 1


@njit(cache=True)
def _make(t: Tables, s: State, trail: Trail, sign: int) -> None:
    """Makes the changes of the trail, or takes them back with sign -1."""
    for k in range(trail.length[0]):
        at = k if sign > 0 else trail.length[0] - 1 - k
        put(t, s, trail.cell[at], sign * trail.sign[at])


@njit(cache=True)
def _clear(t: Tables, s: State, trail: Trail, place: int) -> None:
    """Takes what a person has on a day."""
    for k in range(t.choice_first[place], t.choice_first[place + 1]):
        if s.used[t.choice[k]]:
            _note(trail, t.choice[k], -1)


@njit(cache=True)
def _draw(t: Tables, place: int) -> int:
    """One of the cells of a person's day, or -1 where there are none."""
    first, last = t.choice_first[place], t.choice_first[place + 1]
    return t.choice[np.random.randint(first, last)] if last > first else -1


@njit(cache=True)
def _held(t: Tables, s: State, place: int) -> int:
    """A used cell of a person's day, or -1."""
    for k in range(t.choice_first[place], t.choice_first[place + 1]):
        if s.used[t.choice[k]]:
            return t.choice[k]
    return -1


@njit(cache=True)
def _reassign(t: Tables, s: State, trail: Trail, place: int) -> bool:
    """Another duty, or none, for a person's day."""
    cell = _draw(t, place)
    if cell < 0:
        return False
    if s.used[cell]:
        _note(trail, cell, -1)
        return True
    _clear(t, s, trail, place)
    _note(trail, cell, 1)
    return True


@njit(cache=True)
def _move_day(t: Tables, s: State, trail: Trail, place: int, days: int) -> bool:
    """A person's duty goes to another day."""
    other = place - place % days + np.random.randint(days)
    cell = _draw(t, other)
    if other == place or cell < 0 or s.used[cell] or _held(t, s, place) < 0:
        return False
    _clear(t, s, trail, place)
    _clear(t, s, trail, other)
    _note(trail, cell, 1)
    return True


@njit(cache=True)
def _fits(t: Tables, s: State, giver: int, taker: int) -> bool:
    """Whether what one has on a day may go to another person."""
    days = (len(t.choice_first) - 1) // t.own.shape[0]
    person = taker // days
    for k in range(t.choice_first[giver], t.choice_first[giver + 1]):
        cell = t.choice[k]
        if s.used[cell]:
            other = t.own[person, t.duty[cell]]
            if other < 0 or not t.free[other]:
                return False
    return True


@njit(cache=True)
def _exchange(t: Tables, s: State, trail: Trail, one: int, two: int, length: int) -> bool:
    """Two people exchange what they have on some days in a row."""
    days = (len(t.choice_first) - 1) // t.own.shape[0]
    for k in range(length):
        a, b = one + k, two + k
        if not (_fits(t, s, a, b) and _fits(t, s, b, a)):
            return False
    for k in range(length):
        a, b = one + k, two + k
        begun = trail.length[0]
        _clear(t, s, trail, a)
        middle = trail.length[0]
        _clear(t, s, trail, b)
        end = trail.length[0]
        for j in range(begun, end):
            to = (b if j < middle else a) // days
            _note(trail, t.own[to, t.duty[trail.cell[j]]], 1)
    return trail.length[0] > 0


@njit(cache=True)
def _partner(t: Tables, s: State, place: int) -> int:
    """A person who may have what this person has on the day, or anybody where that is nothing."""
    cell = _held(t, s, place)
    if cell < 0:
        return np.random.randint(t.own.shape[0])
    duty = t.duty[cell]
    first, last = t.holder_first[duty], t.holder_first[duty + 1]
    return t.holder[np.random.randint(first, last)]


@njit(cache=True)
def _propose(t: Tables, s: State, trail: Trail, alone: float) -> bool:
    """One random change of the roster, of one person with the chance `alone`; False where it came to nothing."""
    trail.length[0] = 0
    people = t.own.shape[0]
    days = (len(t.choice_first) - 1) // people
    place = np.random.randint(people * days)
    kind = np.random.random()
    if kind < 0.6 * alone:
        return _reassign(t, s, trail, place)
    if kind < alone:
        return _move_day(t, s, trail, place, days)
    other = _partner(t, s, place)
    length = 1 if kind < (1 + alone) / 2 else np.random.randint(1, LONGEST + 1)
    length = min(length, days - place % days)
    if other == place // days:
        return False
    return _exchange(t, s, trail, place, other * days + place % days, length)


@njit(cache=True, inline="always")
def _compared(cost: Ints, other: Ints, level: int) -> int:
    """-1 where the cost is better than the other up to a level, 1 where it is worse, 0 where it is the same."""
    for k in range(BROKEN, level + 1):
        if cost[k] != other[k]:
            return -1 if cost[k] < other[k] else 1
    return 0


@njit(cache=True, inline="always")
def _chance(rise: float, heat: float) -> float:
    return np.exp(-rise / heat) if heat > 0 else 0.0


@njit(cache=True, nogil=True)
def anneal(
    t: Tables, s: State, best: Best, trail: Trail, level: int, moves: int, heat: float, alone: float, seed: int
) -> float:
    """Tries so many moves at one temperature, in points of the level; at 0 the level never becomes worse.

    A move changes one person with the chance `alone`, else two people exchange. Returns the mean rise of the level
    among the moves that no settled level forbade.
    """
    np.random.seed(seed)
    before = s.cost.copy()
    risen, rises = 0.0, 0
    for _ in range(moves):
        if not _propose(t, s, trail, alone):
            continue
        before[:] = s.cost
        _make(t, s, trail, 1)
        change = _compared(s.cost, before, level - 1)
        rise = s.cost[level] - before[level]
        if change == 0 and rise > 0:
            risen, rises = risen + rise, rises + 1
        if change < 0 or (change == 0 and (rise <= 0 or np.random.random() < _chance(rise, heat))):
            if _compared(s.cost, best.cost, level) < 0:
                best.cost[:] = s.cost
                best.used[:] = s.used
        else:
            _make(t, s, trail, -1)
    return risen / max(rises, 1)
