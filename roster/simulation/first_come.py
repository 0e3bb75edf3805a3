"""One queue, one contact at a time: each caller goes to whoever is free first, in order of arrival.

With patient enough callers the k-th caller starts with the agent whose next free moment on duty comes first, whatever
later callers do. So the whole day is one pass: no event list, no clock. Exact for first come, first served.

Source: Kiefer & Wolfowitz (1955), doi:10.1090/S0002-9947-1955-0066587-8 [the recursion]; Baccelli & Hebuterne (1981)
[with impatience: who would wait longer than the patience leaves no trace].
"""

import numpy as np
from numba import njit

from roster.simulation.arrays import Contacts, Duties, Floats, Ints, Played


def play_first_come(contacts: Contacts, duties: Duties) -> Played:
    """What becomes of contacts of one queue. A contact begun on a stretch is finished, past its end if need be."""
    first = _own(duties.first, np.int64)
    free = np.where(np.diff(first) > 0, np.append(duties.start, np.inf)[first[:-1]], np.inf)
    begun, agent, stretch = _answer(
        _own(contacts.arrival), _own(contacts.patience), _own(contacts.work), first, _own(duties.start),
        _own(duties.end), free, _own(np.argsort(free, kind="stable"), np.int64),
    )  # fmt: skip
    answered = np.flatnonzero(agent >= 0)
    ended = begun[answered] + contacts.work[answered]
    everyone = np.arange(len(begun))
    return Played(everyone, contacts.arrival, begun, agent, begun[answered], ended, stretch[answered])


def _own(values: np.ndarray, kind: type = np.float64) -> np.ndarray:
    """A copy of one layout, so that the loop is compiled once."""
    return np.array(values, dtype=kind, order="C")


@njit(cache=True)
def _answer(
    arrival: Floats, patience: Floats, work: Floats, first: Ints, start: Floats, end: Floats, free: Floats, heap: Ints
) -> tuple[Floats, Ints, Ints]:
    """`heap` keeps the agents by `free`, when each is free and on duty next; the root is free longest."""
    agents, calls = len(first) - 1, len(arrival)
    begun, agent, stretch = np.full(calls, np.inf), np.full(calls, -1), np.full(calls, -1)
    if agents == 0:
        return begun, agent, stretch
    here = first[:-1].copy()
    for c in range(calls):
        j = _first_free(arrival[c], heap, free, here, first, start, end)
        begin = max(free[j], arrival[c])
        if begin < np.inf and begin - arrival[c] <= patience[c]:
            begun[c], agent[c], stretch[c] = begin, j, here[j]
            free[j] = begin + work[c]
            _sink(heap, free)
    return begun, agent, stretch


@njit(cache=True)
def _first_free(moment: float, heap: Ints, free: Floats, here: Ints, first: Ints, start: Floats, end: Floats) -> int:
    """The agent who can begin first from `moment` on; stretches that end before are left behind."""
    while True:
        j = heap[0]
        begin, k = max(free[j], moment), here[j]
        while k < first[j + 1] and end[k] <= begin:
            k += 1
        if k == here[j]:
            return j
        here[j] = k
        free[j] = np.inf if k == first[j + 1] else max(free[j], start[k])
        _sink(heap, free)


@njit(cache=True)
def _sink(heap: Ints, free: Floats) -> None:
    """Puts the root where it belongs after its key has grown."""
    size, hole, moving = len(heap), 0, heap[0]
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and free[heap[child + 1]] < free[heap[child]]:
            child += 1
        if free[heap[child]] >= free[moving]:
            break
        heap[hole] = heap[child]
        hole = child
    heap[hole] = moving
