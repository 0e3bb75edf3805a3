"""What cells enter, rows or parts, with which weight: flat, as there may be millions of them.

A row that counts everybody who may have a duty alike is entered by the duty, once, however many people those are.
"""

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Entries:
    """What is entered by single cells (or by whole duties), one row or part after the other."""

    def __init__(self) -> None:
        self._members, self._weights, self._lengths = array("i"), array("q"), array("i")

    def add(self, members: Iterable[int], weights: Iterable[int]) -> None:
        """What enters the next row or part, with which weights."""
        before = len(self._members)
        self._members.extend(members)
        self._weights.extend(weights)
        self._lengths.append(len(self._members) - before)

    def listed(self, count: int) -> tuple[Small, Ints]:
        """By member, from 0 to count - 1: first positions, and what it enters with which weight."""
        members, weights = np.frombuffer(self._members, dtype=np.int32), np.frombuffer(self._weights, dtype=np.int64)
        order = np.argsort(members, kind="stable")
        order = order[weights[order] != 0]
        found = np.empty((len(order), 2), dtype=np.int64)
        found[:, 0] = np.repeat(np.arange(len(self._lengths), dtype=np.int32), self._lengths)[order]
        found[:, 1] = weights[order]
        return np.searchsorted(members[order], np.arange(count + 1)).astype(np.int32), found


class Holders:
    """Who may have each duty. `duty` is that of each cell."""

    def __init__(self, duty: Small) -> None:
        self._duty, self._count = duty, int(duty.max(initial=-1)) + 1
        self._number = np.bincount(duty, minlength=self._count)

    def whole(self, cells: Small, weights: Ints) -> tuple[Ints, Ints, Flags]:
        """The duties all of whose cells are there with one weight, that weight, and which cells are left."""
        duty = self._duty[cells]
        weight = np.zeros(self._count, dtype=np.int64)
        weight[duty] = weights
        alike = np.bincount(duty[weights == weight[duty]], minlength=self._count)
        whole = (alike == self._number) & (alike > 0)
        duties = np.flatnonzero(whole)
        return duties, weight[duties], ~whole[duty]
