"""The fewest people that hold, for many loads at once and with few trials."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from roster.staffing.figures import Floats

Ints = npt.NDArray[np.int64]
Holds = Callable[[Ints, Ints], npt.NDArray[np.bool_]]
"""Whether the given numbers of people are enough for the loads at the given places."""
_EVERY = 16
"""Every 16th load, in order of size, is searched from its erlangs; the others start from what their neighbours need."""


def fewest(holds: Holds, erlangs: Floats, most: int) -> Ints:
    """Fewest people n, 0 <= n <= `most`, from which on `holds`; most + 1 where not even `most` are enough.

    Loads of one kind need about a + beta sqrt(a) people with one beta, which changes slowly with the load a: where a
    neighbour's is known, two or three trials suffice.

    Source: Halfin & Whitt (1981), doi:10.1287/opre.29.3.567 [square-root staffing].
    """
    if not erlangs.size:
        return np.zeros(0, dtype=np.int64)
    some = np.argsort(erlangs, kind="stable")[::_EVERY]
    spread = np.sqrt(erlangs)
    found = _searched(holds, some, erlangs[some], np.ceil(spread[some]), most)
    beta = (found - erlangs[some]) / np.maximum(spread[some], 1e-9)
    near = erlangs + np.interp(erlangs, erlangs[some], beta) * spread
    return _searched(holds, np.arange(len(erlangs)), near, np.ones(len(erlangs)), most)


def _searched(holds: Holds, places: Ints, near: Floats, first: Floats, most: int) -> Ints:
    """Steps, the `first` of them given, that double away from `near` until the answer lies between, then halves:
    `low` fails, `high` holds."""
    low, high = np.full(len(places), -1, dtype=np.int64), np.full(len(places), most + 1, dtype=np.int64)
    trial, step = np.clip(np.rint(near), 0, most).astype(np.int64), np.maximum(first, 1).astype(np.int64)
    down = holds(places, trial)
    low, high = np.where(down, low, trial), np.where(down, trial, high)
    while (left := np.flatnonzero(high - low > 1)).size:
        middle = (low[left] + high[left]) // 2
        up = np.minimum(middle, low[left] + step[left])
        trial = np.where(down[left], np.maximum(middle, high[left] - step[left]), up)
        enough = holds(places[left], trial)
        high[left[enough]], low[left[~enough]] = trial[enough], trial[~enough]
        step *= 2
    return high
