"""The fewest people for work that may wait: each piece is done between its arrival and its deadline.

Work that arrives from interval s on and is due by e needs at least ceil(work) person-intervals in [s, e]. Where later
work is never due earlier, these needs are also enough. Their matrix has consecutive ones, so whole people are no harder
than fractions, and taking the intervals from the last to the first, each short need met as early as it may be, gives
the fewest.

Source: Veinott & Wagner (1962), doi:10.1287/opre.10.4.518 [covering by consecutive periods]; Fulkerson & Gross (1965),
doi:10.2140/pjm.1965.15.835 [interval matrices].
"""

import numpy as np
import numpy.typing as npt

from roster.staffing.figures import Floats

Ints = npt.NDArray[np.int64]
_EVEN = 1e-9
"""Work this close to a whole number of people is that number."""


def fewest_by_deadline(work: Floats, due: Ints, beside: Ints) -> Ints:
    """People of each interval: fewest person-intervals, of these the lowest peak, of these the earliest.

    `work[i]` person-intervals arrive in interval i and are done within i .. due[i]; i <= due[i], and later work is
    never due earlier; due[i] past the end means by the end. `beside[i]` people are needed anyway: the peak is that of
    both together. All of one length.

    Raises ValueError for negative work or deadlines out of order.
    """
    due = np.minimum(due, len(work) - 1)
    if np.any(work < 0) or np.any(due < np.arange(len(work))) or np.any(np.diff(due) < 0):
        raise ValueError("0 <= work, i <= due[i] <= due[i + 1] is broken")
    if len(work) == 0:
        return np.zeros(0, dtype=np.int64)
    fewest = _covered(work, due, np.full(len(work), int(work.sum()) + 1))
    if fewest is None:  # cannot be: there is room for all of the work in every interval
        raise AssertionError("work without a limit of people fits")
    return _levelled(work, due, beside, fewest)


def _levelled(work: Floats, due: Ints, beside: Ints, fewest: Ints) -> Ints:
    """As few people as `fewest` at the lowest peak, by bisection: `low` does not do, `high` does."""
    low, high = int(beside.max()) - 1, int((beside + fewest).max())
    while high - low > 1:
        peak = (low + high) // 2
        found = _covered(work, due, np.maximum(peak - beside, 0))
        if found is not None and found.sum() == fewest.sum():
            high, fewest = peak, found
        else:
            low = peak
    return fewest


def _covered(work: Floats, due: Ints, room: Ints) -> Ints | None:
    """The fewest with at most `room` people in each interval, each as early as may be; None where they do not fit."""
    people = np.zeros(len(work), dtype=np.int64)
    so_far = np.concatenate([[0.0], np.cumsum(work)])
    done_by = so_far[np.searchsorted(due, np.arange(len(work)), side="right")]
    for first in range(len(work) - 1, -1, -1):
        needed = np.ceil(done_by[first:] - so_far[first] - _EVEN).astype(np.int64)
        short = needed - np.cumsum(people[first:])
        most = int(short.max())
        if most > 0:
            added = np.minimum(np.cumsum(room[first:] - people[first:]), most)
            if np.any(added < short):
                return None
            people[first:] += np.diff(added, prepend=0)
    return people
