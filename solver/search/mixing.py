"""Where a person may have two duties on a day: at the desk and on call the night after."""

from collections import defaultdict

import numpy as np

from solver.search.entries import Flags, Ints, Small

Meetings = tuple[Small, Small, Small, Ints]
"""Of tables: `meet_first`, `meet`, `pair_first`, `pair`."""


def mixed(duty: Small, day: Small, choices: tuple[Small, Small], meetings: Meetings, *, level: int) -> Flags:
    """By person x day, whether pairs of a level leave any two cells together. `duty` is by cell, `day` by duty."""
    (first, choice), (meet_first, meet, pair_first, pair) = choices, meetings
    days = (len(first) - 1) // (len(meet_first) - 1)
    within = _numbered(day)
    sets, one = np.divmod(np.repeat(np.arange(len(pair_first) - 1), np.diff(pair_first)), len(day))
    strict = (pair[:, 2] == level) & (day[one] == day[pair[:, 0]])
    apart: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for k, earlier, later in zip(sets[strict], one[strict], pair[strict, 0], strict=True):
        apart[int(k), int(day[earlier])].append((int(within[earlier]), int(within[later])))
    sizes, together = np.bincount(day, minlength=days), dict[tuple[bytes, int], Flags]()
    found = np.zeros(len(first) - 1, dtype=np.bool_)
    for place in range(len(found)):
        person, when = divmod(place, days)
        said = meet[meet_first[person] : meet_first[person + 1]]
        key = said.tobytes(), when
        if key not in together:
            together[key] = ~np.eye(sizes[when], dtype=np.bool_)
            for k in said:
                together[key][tuple(np.array(apart[int(k), when], dtype=np.int64).reshape(-1, 2).T)] = False
        mine = within[duty[choice[first[place] : first[place + 1]]]]
        found[place] = together[key][np.ix_(mine, mine)].any()
    return found


def _numbered(day: Small) -> Small:
    """The duties of each day, numbered from 0."""
    order = np.argsort(day, kind="stable")
    within = np.empty(len(day), dtype=np.int32)
    within[order] = np.arange(len(day)) - np.searchsorted(day[order], day[order])
    return within
