"""Several queues, or several contacts at a time, or callers who call again: one event after the other.

A contact goes to the agent on duty who holds the fewest contacts, among these to the one longest without a new one.
An agent who gets room takes the queue that comes first by priority, within a queue whoever waits longest; sessions by
appointment go to the head of their line. An agent holds contacts of one queue at a time. Each of k contacts held
together is worked on `slower[k]` times as slowly.
"""

import heapq
from typing import cast

import numpy as np
import numpy.typing as npt
from numba import njit

from roster.simulation.arrays import Contacts, Duties, Floats, Ints, Lines, Played

NOBODY = -1
_TRY = np.dtype([("contact", "i8"), ("number", "i8"), ("at", "f8"), ("begun", "f8"), ("agent", "i8"), ("next", "i8")])
"""One entry a try; `next` chains those that stand in one line."""
_CALL = np.dtype(
    [(name, "f8" if name in ("arrival", "patience", "work", "again") else "i8") for name in Contacts._fields]
)
_STRETCH = np.dtype([("start", "f8"), ("end", "f8"), ("queues", "i8")])
_AGENT = np.dtype(
    [("here", "i8"), ("last", "i8"), ("busy", "i8"), ("queue", "i8"), ("changed", "f8"), ("since", "f8"), ("due", "f8"),
     ("spell_from", "f8"), ("spell_stretch", "i8")]
)  # fmt: skip
"""One entry an agent. `here`: the stretch; `busy`: contacts held, all of `queue`; `changed`: when what is left of
them was true; `since`: when the latest was taken or ended; `due`: when the next ends, or a stretch, or one begins."""
_SPELL = np.dtype([("begun", "f8"), ("ended", "f8"), ("stretch", "i8")])
Records = npt.NDArray[np.void]
Recalls = list[tuple[float, int]]


def play_routed(contacts: Contacts, duties: Duties, lines: Lines) -> Played:
    """What becomes of contacts of any queues. A contact begun on a stretch is finished, past its end if need be."""
    agents, most = len(duties.first) - 1, int(contacts.tries.sum())
    calls, stretches = _blank(len(contacts.arrival), _CALL), _blank(len(duties.start), _STRETCH)
    for records, columns in ((calls, contacts), (stretches, duties)):
        for name in records.dtype.names or ():
            records[name] = getattr(columns, name)
    tries, spells, people = _blank(most, _TRY), _blank(most, _SPELL), _blank(agents, _AGENT)
    left = np.zeros((agents, int(lines.most.max(initial=1))))
    people["here"], people["last"], people["since"] = duties.first[:-1], duties.first[1:], -np.inf
    ends = np.full((2, len(lines.order)), NOBODY)
    made, spelled = _play(calls, stretches, _own(lines), tries, people, left, spells, ends, np.zeros(2, dtype=np.int64))
    done, busy = tries[:made], spells[:spelled]
    return Played(
        done["contact"], done["at"], done["begun"], done["agent"], busy["begun"], busy["ended"], busy["stretch"]
    )


def _own(lines: Lines) -> Lines:
    """A copy whose arrays are of one layout, so that the loop is compiled once."""
    order, most = (np.array(values, dtype=np.int64, order="C") for values in (lines.order, lines.most))
    return Lines(order, most, np.array(lines.slower, dtype=np.float64, order="C"))


def _blank(size: int, fields: np.dtype) -> Records:
    return cast("Records", np.zeros(size, dtype=fields))


@njit(cache=True)
def _play(
    calls: Records, stretches: Records, lines: Lines, tries: Records, people: Records, left: Floats, spells: Records,
    ends: Ints, count: Ints,
) -> tuple[int, int]:  # fmt: skip
    """Returns the number of tries and of spells, which `count` holds; `ends` are head and tail of the lines."""
    recalls = [(np.inf, NOBODY)]
    for j in range(len(people)):
        _take(j, -np.inf, calls, stretches, lines, tries, people, left, ends)
    coming = 0
    while True:
        someone = _first_due(people)
        fresh = calls[coming].arrival if coming < len(calls) else np.inf
        caller = min(fresh, recalls[0][0])
        if someone != NOBODY and people[someone].due <= caller:
            t = people[someone].due
            _finish(someone, t, lines, people, left, spells, count)
            _take(someone, t, calls, stretches, lines, tries, people, left, ends)
            continue
        if caller == np.inf:
            return count[0], count[1]
        r = count[0]
        tries[r].at, tries[r].begun, tries[r].agent, tries[r].next = caller, np.inf, NOBODY, NOBODY
        if fresh <= recalls[0][0]:
            tries[r].contact, tries[r].number = coming, 1
            coming += 1
        else:
            _, earlier = heapq.heappop(recalls)
            if tries[earlier].agent != NOBODY:
                continue
            tries[r].contact, tries[r].number = tries[earlier].contact, tries[earlier].number + 1
        count[0] += 1
        if _arrive(r, calls, stretches, lines, tries, people, left, ends):
            continue
        call = calls[tries[r].contact]
        if tries[r].number < call.tries:
            heapq.heappush(recalls, (caller + call.patience + call.again, r))


@njit(cache=True)
def _first_due(people: Records) -> int:
    best, due = NOBODY, np.inf
    for j in range(len(people)):
        if people[j].due < due:
            best, due = j, people[j].due
    return best


@njit(cache=True)
def _arrive(
    r: int, calls: Records, stretches: Records, lines: Lines, tries: Records, people: Records, left: Floats, ends: Ints
) -> bool:
    """A try goes to an agent with room, else into the queue's line. Returns whether it has begun."""
    t, q = tries[r].at, calls[tries[r].contact].queue
    j = _with_room(q, t, stretches, lines, people)
    if j != NOBODY:
        _begin(r, j, t, calls, stretches, lines, tries, people, left)
        return True
    _line_up(r, q, calls, tries, ends)
    return False


@njit(cache=True)
def _line_up(r: int, q: int, calls: Records, tries: Records, ends: Ints) -> None:
    """At the end of the line; with an appointment behind the last who has one."""
    before, after = NOBODY, ends[0, q]
    if calls[tries[r].contact].booked:
        while after != NOBODY and calls[tries[after].contact].booked:
            before, after = after, tries[after].next
    elif after != NOBODY:
        before, after = ends[1, q], NOBODY
    tries[r].next = after
    if before == NOBODY:
        ends[0, q] = r
    else:
        tries[before].next = r
    if after == NOBODY:
        ends[1, q] = r


@njit(cache=True)
def _with_room(q: int, t: float, stretches: Records, lines: Lines, people: Records) -> int:
    """The agent on duty for q with the fewest calls, then the one longest without a new one."""
    best, fewest, longest = NOBODY, 0, 0.0
    for j in range(len(people)):
        busy = people[j].busy
        if busy >= lines.most[q] or (busy > 0 and people[j].queue != q):
            continue
        k = _stretch(j, t, stretches, people)
        if k == people[j].last or stretches[k].start > t or not stretches[k].queues >> q & 1:
            continue
        since = max(people[j].since, stretches[k].start)
        if best == NOBODY or busy < fewest or (busy == fewest and since < longest):
            best, fewest, longest = j, busy, since
    return best


@njit(cache=True)
def _stretch(j: int, t: float, stretches: Records, people: Records) -> int:
    """The stretch of j that holds t or comes next; one past the last where none is left."""
    k = people[j].here
    while k < people[j].last and stretches[k].end <= t:
        k += 1
    people[j].here = k
    return k


@njit(cache=True)
def _take(
    j: int, t: float, calls: Records, stretches: Records, lines: Lines, tries: Records, people: Records, left: Floats,
    ends: Ints,
) -> None:  # fmt: skip
    """Takes from the lines while there is room, then notes when something happens to j next."""
    while True:
        k = _stretch(j, t, stretches, people)
        change = np.inf
        if k < people[j].last:
            change = stretches[k].start
            if change <= t:
                r = _next_in_line(stretches[k].queues, j, t, calls, lines, tries, people, ends)
                if r != NOBODY:
                    _begin(r, j, t, calls, stretches, lines, tries, people, left)
                    continue
                change = stretches[k].end
        people[j].due = min(change, _next_end(j, lines, people, left))
        return


@njit(cache=True)
def _next_in_line(
    queues: int, j: int, t: float, calls: Records, lines: Lines, tries: Records, people: Records, ends: Ints
) -> int:
    """Takes the first who still waits off the lines that j may take from now."""
    busy = people[j].busy
    for q in lines.order:
        if not queues >> q & 1 or busy >= lines.most[q] or (busy > 0 and people[j].queue != q):
            continue
        while ends[0, q] != NOBODY:
            r = ends[0, q]
            ends[0, q] = tries[r].next
            if t - tries[r].at <= calls[tries[r].contact].patience:
                return r
    return NOBODY


@njit(cache=True)
def _begin(
    r: int, j: int, t: float, calls: Records, stretches: Records, lines: Lines, tries: Records, people: Records,
    left: Floats,
) -> None:  # fmt: skip
    tries[r].begun, tries[r].agent = t, j
    _work_until(j, t, lines, people, left)
    busy = people[j].busy
    if busy == 0:
        people[j].queue = calls[tries[r].contact].queue
        people[j].spell_from, people[j].spell_stretch = t, people[j].here
    left[j, busy] = calls[tries[r].contact].work
    people[j].busy, people[j].since = busy + 1, t
    people[j].due = min(stretches[people[j].here].end, _next_end(j, lines, people, left))


@njit(cache=True)
def _work_until(j: int, t: float, lines: Lines, people: Records, left: Floats) -> None:
    busy = people[j].busy
    for i in range(busy):
        left[j, i] -= (t - people[j].changed) / lines.slower[people[j].queue, busy]
    people[j].changed = t


@njit(cache=True)
def _next_end(j: int, lines: Lines, people: Records, left: Floats) -> float:
    """When j is done with the first of the calls held, should nothing come between; inf where none is."""
    busy = people[j].busy
    if busy == 0:
        return np.inf
    least = left[j, 0]
    for i in range(1, busy):
        if left[j, i] < least:
            least = left[j, i]
    return people[j].changed + least * lines.slower[people[j].queue, busy]


@njit(cache=True)
def _finish(j: int, t: float, lines: Lines, people: Records, left: Floats, spells: Records, count: Ints) -> None:
    """Lets the contact go that is done at t, if one is, and notes the spell of work that ends with it."""
    if _next_end(j, lines, people, left) > t:
        return
    _work_until(j, t, lines, people, left)
    done, last = 0, people[j].busy - 1
    for i in range(1, last + 1):
        if left[j, i] < left[j, done]:
            done = i
    left[j, done] = left[j, last]
    people[j].busy, people[j].since = last, t
    if last == 0:
        k = count[1]
        spells[k].begun, spells[k].ended, spells[k].stretch = people[j].spell_from, t, people[j].spell_stretch
        count[1] += 1
