"""Simulated annealing over single people's days, exchanges and moved days, one level at a time (compiled by numba).

A move is kept where no settled level becomes worse and the level at hand becomes no worse, or worse by little while the
search is hot (Kirkpatrick, Gelatt and Vecchi 1983). A settled level that becomes better is always welcome.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from solver.search.kernel import inlined, kernel
from solver.search.tables import BROKEN, LEVELS, Flags, Ints, Small, Tables
from solver.search.tally import State, put_alone, put_duty

LONGEST = 7
"""Most days in a row that two people exchange."""
NOTHING, CHANGED, EXCHANGED = 0, 1, 2
"""What came of a proposal. An exchange leaves every duty as often as it is."""


class Best(NamedTuple):
    """The best roster met so far."""

    used: Flags
    cost: Ints


class Trail(NamedTuple):
    """The changes of the move at hand, so that it can be taken back."""

    cell: Small
    sign: Small
    length: Small
    """How many changes; how many of them are the first person's."""
    before: Ints
    """What the roster cost before them."""


def trail() -> Trail:
    """An empty trail."""
    return Trail(
        np.zeros(512, dtype=np.int32),
        np.zeros(512, dtype=np.int32),
        np.zeros(2, dtype=np.int32),
        np.zeros(LEVELS, dtype=np.int64),
    )


@inlined
def _note(trail: Trail, cell: int, sign: int) -> None:
    at = trail.length[0]
    trail.cell[at], trail.sign[at] = cell, sign
    trail.length[0] = at + 1


@kernel
def _make(t: Tables, s: State, trail: Trail, first: int, after: int) -> None:
    """Makes some changes of the trail; what duties enter apart."""
    for k in range(first, after):
        put_alone(t, s, trail.cell[k], trail.sign[k])


@kernel
def _unmake(t: Tables, s: State, trail: Trail, after: int) -> None:
    """Takes the first changes of the trail back."""
    for k in range(after - 1, -1, -1):
        put_alone(t, s, trail.cell[k], -trail.sign[k])


@kernel
def _make_duties(t: Tables, s: State, trail: Trail, sign: int) -> None:
    """Counts the duties of the trail, or takes them back with sign -1."""
    for k in range(trail.length[0]):
        put_duty(t, s, t.duty[trail.cell[k]], sign * trail.sign[k])


@kernel
def _clear(t: Tables, s: State, trail: Trail, place: int) -> None:
    """Takes what a person has on a day."""
    for k in range(t.choice_first[place], t.choice_first[place + 1]):
        if s.used[t.choice[k]]:
            _note(trail, t.choice[k], -1)


@kernel
def _draw(t: Tables, place: int) -> int:
    """One of the cells of a person's day, or -1 where there are none."""
    first, last = t.choice_first[place], t.choice_first[place + 1]
    return t.choice[np.random.randint(first, last)] if last > first else -1


@kernel
def _held(t: Tables, s: State, place: int) -> int:
    """A used cell of a person's day, or -1."""
    for k in range(t.choice_first[place], t.choice_first[place + 1]):
        if s.used[t.choice[k]]:
            return t.choice[k]
    return -1


@kernel
def _reassign(t: Tables, s: State, trail: Trail, place: int) -> bool:
    """Another duty, or none, for a person's day."""
    cell = _draw(t, place)
    if cell < 0:
        return False
    if s.used[cell]:
        _note(trail, cell, -1)
        return True
    if not t.mixed[place] or np.random.random() < 0.5:
        _clear(t, s, trail, place)
    _note(trail, cell, 1)
    return True


@kernel
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


@kernel
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


@kernel
def _take(t: Tables, s: State, trail: Trail, place: int, person: int) -> None:
    """Gives a person what another has on a day."""
    for k in range(t.choice_first[place], t.choice_first[place + 1]):
        if s.used[t.choice[k]]:
            _note(trail, t.own[person, t.duty[t.choice[k]]], 1)


@kernel
def _exchange(t: Tables, s: State, trail: Trail, one: int, two: int, length: int) -> bool:
    """Two people exchange what they have on some days in a row."""
    days = (len(t.choice_first) - 1) // t.own.shape[0]
    for k in range(length):
        a, b = one + k, two + k
        if not (_fits(t, s, a, b) and _fits(t, s, b, a)):
            return False
    for k in range(length):
        _clear(t, s, trail, one + k)
        _take(t, s, trail, two + k, one // days)
    trail.length[1] = trail.length[0]
    for k in range(length):
        _clear(t, s, trail, two + k)
        _take(t, s, trail, one + k, two // days)
    return trail.length[0] > 0


@kernel
def _used(t: Tables, s: State, place: int) -> int:
    """One of the used cells of a person's day, drawn, or -1."""
    count = 0
    for k in range(t.choice_first[place], t.choice_first[place + 1]):
        count += s.used[t.choice[k]]
    if count == 0:
        return -1
    left = np.random.randint(count)
    for k in range(t.choice_first[place], t.choice_first[place + 1]):
        if s.used[t.choice[k]]:
            if left == 0:
                return t.choice[k]
            left -= 1
    return -1


@kernel
def _hand_over(t: Tables, s: State, trail: Trail, place: int, days: int) -> bool:
    """One of the duties of a person's day goes to another person, beside what that one has; maybe one comes back."""
    cell = _used(t, s, place)
    if cell < 0:
        return False
    first, last = t.holder_first[t.duty[cell]], t.holder_first[t.duty[cell] + 1]
    person, other = place // days, t.holder[np.random.randint(first, last)]
    theirs = t.own[other, t.duty[cell]]
    if other == person or s.used[theirs] or not t.free[theirs]:
        return False
    back = _used(t, s, other * days + place % days) if np.random.random() < 0.5 else -1
    mine = t.own[person, t.duty[back]] if back >= 0 else -1
    if back >= 0 and (mine < 0 or s.used[mine] or not t.free[mine]):
        return False
    _note(trail, cell, -1)
    if back >= 0:
        _note(trail, mine, 1)
    trail.length[1] = trail.length[0]
    if back >= 0:
        _note(trail, back, -1)
    _note(trail, theirs, 1)
    return True


@kernel
def _partner(t: Tables, s: State, place: int) -> int:
    """A person who may have what this person has on the day, or anybody where that is nothing."""
    cell = _held(t, s, place)
    if cell < 0:
        return np.random.randint(t.own.shape[0])
    duty = t.duty[cell]
    first, last = t.holder_first[duty], t.holder_first[duty + 1]
    return t.holder[np.random.randint(first, last)]


@kernel
def _propose(t: Tables, s: State, trail: Trail, alone: float) -> int:
    """One random change of the roster, of one person with the chance `alone`; what came of it."""
    trail.length[0] = 0
    people = t.own.shape[0]
    days = (len(t.choice_first) - 1) // people
    place = np.random.randint(people * days)
    kind = np.random.random()
    if kind < 0.6 * alone:
        return CHANGED if _reassign(t, s, trail, place) else NOTHING
    if kind < alone:
        return CHANGED if _move_day(t, s, trail, place, days) else NOTHING
    if t.mixed[place] and kind < (1 + alone) / 2:
        return EXCHANGED if _hand_over(t, s, trail, place, days) else NOTHING
    other = _partner(t, s, place)
    length = 1 if kind < (1 + alone) / 2 else np.random.randint(1, LONGEST + 1)
    length = min(length, days - place % days)
    if other == place // days or not _exchange(t, s, trail, place, other * days + place % days, length):
        return NOTHING
    return EXCHANGED


@inlined
def _compared(cost: Ints, other: Ints, level: int) -> int:
    """-1 where the cost is better than the other up to a level, 1 where it is worse, 0 where it is the same."""
    for k in range(BROKEN, level + 1):
        if cost[k] != other[k]:
            return -1 if cost[k] < other[k] else 1
    return 0


@inlined
def _copy(given: Ints | Flags, to: Ints | Flags) -> None:
    for k in range(len(given)):
        to[k] = given[k]


@inlined
def _chance(rise: float, heat: float) -> float:
    return np.exp(-rise / heat) if heat > 0 else 0.0


@njit(cache=True, _nrt=False, nogil=True)
def anneal(
    t: Tables, s: State, best: Best, trail: Trail, level: int, moves: int, heat: float, alone: float, seed: int
) -> float:
    """Tries so many moves at one temperature, in points of the level; at 0 the level never becomes worse.

    A move changes one person with the chance `alone`, else two people exchange. Returns the mean rise of the level
    among the moves that no settled level forbade.
    """
    np.random.seed(seed)
    before = trail.before
    risen, rises = 0.0, 0
    for _ in range(moves):
        kind = _propose(t, s, trail, alone)
        if kind == NOTHING:
            continue
        _copy(s.cost, before)
        length = trail.length[0]
        first = trail.length[1] if kind == EXCHANGED else length
        _make(t, s, trail, 0, first)
        if t.strict_alone and before[BROKEN] == 0 and s.cost[BROKEN] > 0:  # whatever the other person gets
            _unmake(t, s, trail, first)
            continue
        _make(t, s, trail, first, length)
        if kind == CHANGED:
            _make_duties(t, s, trail, 1)
        change = _compared(s.cost, before, level - 1)
        rise = s.cost[level] - before[level]
        if change == 0 and rise > 0:
            risen, rises = risen + rise, rises + 1
        if change < 0 or (change == 0 and (rise <= 0 or np.random.random() < _chance(rise, heat))):
            if _compared(s.cost, best.cost, level) < 0:
                _copy(s.cost, best.cost)
                _copy(s.used, best.used)
        else:
            if kind == CHANGED:
                _make_duties(t, s, trail, -1)
            _unmake(t, s, trail, length)
    return risen / max(rises, 1)
