"""A good shift catalogue fast: people are moved between shifts, and shifts along the day, as long as that helps.

CP-SAT alone is slow where a catalogue is small and candidates are many: its relaxation spreads people thinly over
all of them. These descents give it a start; it then polishes and proves.

Source: Musliu, Schaerf & Slany (2004), European Journal of Operational Research 153:51 [neighbourhoods: another start,
another length, exchange and removal of shifts].
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt

from solver.shift_question import Counts, Question

Numbers = npt.NDArray[np.int64]
TRIED = 25
"""Exchanges of whole shifts whose people are placed anew before one is given up as no better."""


def descend(question: Question, counts: Counts, most: int, minutes: int) -> Counts:
    """Counts that no move makes better: at most `most` counted shifts, at most `minutes` paid, as `counts` has."""
    board = _Board(question, most, minutes)
    x = board.load(counts)
    while len(board.used(x)) > most:
        x = min(board.mergers(x), key=board.points)
    x = board.settled(x)
    while (better := board.exchanged(x)) is not None:
        x = better
    return board.unload(x)


class _Board:
    """The question as arrays: x[shift, kind] people, people in each interval, the price of each number of them."""

    def __init__(self, question: Question, most: int, minutes: int) -> None:
        self.question, self.most, self.minutes = question, most, minutes
        self.shape = (len(question.paid), len(question.dates))
        self.allowed = np.zeros(self.shape, dtype=bool)
        self.allowed[tuple(zip(*question.uses, strict=True))] = True
        self.counted = np.isin(np.arange(self.shape[0]), sorted(question.counted))
        tables = list(question.tables(2 * max(question.people)))
        self.price = np.array([prices for _, prices in tables], dtype=np.int64)
        self.serves = np.zeros((len(tables), *self.shape), dtype=np.int64)
        for row, (uses, _) in enumerate(tables):
            if not uses:
                continue
            self.serves[(row, *zip(*uses, strict=True))] = 1
        self.cost = np.outer(question.paid, question.dates)

    def load(self, counts: Counts) -> Numbers:
        """Counts as an array."""
        x = np.zeros(self.shape, dtype=np.int64)
        for use, people in counts.items():
            x[use] = people
        return x

    def unload(self, x: Numbers) -> Counts:
        """An array as counts without zeros."""
        return {(int(s), int(k)): int(x[s, k]) for s, k in np.argwhere(x)}

    def used(self, x: Numbers) -> list[int]:
        """The counted shifts in use."""
        return [int(s) for s in np.flatnonzero(x.any(axis=1) & self.counted)]

    def points(self, x: Numbers) -> int:
        """What the counts cost."""
        return int(self._price(np.tensordot(self.serves, x, axes=2)[:, None])[0])

    def _price(self, people: Numbers) -> Numbers:
        """Points of each column of `people`, shape (intervals, columns)."""
        return np.take_along_axis(self.price, np.minimum(people, self.price.shape[1] - 1), axis=1).sum(axis=0)

    def _replaced(self, x: Numbers, taken: Numbers, targets: list[int]) -> Numbers:
        """Points where the people `taken` (by kind, of one shift whose row in x is less by them) start each target."""
        there = np.tensordot(self.serves, x, axes=2)[:, None] + self.serves[:, targets, :] @ taken
        points = self._price(there)
        too_dear = (self.cost * x).sum() + self.cost[targets] @ taken > self.minutes
        points[too_dear | (~self.allowed[targets] & (taken > 0)).any(axis=1)] = np.iinfo(np.int64).max
        return points

    def _moved(self, x: Numbers, shift: int, taken: Numbers, targets: list[int]) -> Iterator[tuple[int, Numbers]]:
        """(points, counts) with the people taken from a shift to each target that may have them, best first."""
        rest = x.copy()
        rest[shift] -= taken
        points = self._replaced(rest, taken, targets)
        for at in np.argsort(points, kind="stable"):
            if points[at] < np.iinfo(np.int64).max:
                made = rest.copy()
                made[targets[at]] += taken
                yield int(points[at]), made

    def mergers(self, x: Numbers) -> Iterator[Numbers]:
        """One shift less: its people start another one in use, or go home."""
        used = self.used(x)
        for shift in used:
            home = x.copy()
            home[shift] = 0
            yield home
            others = [other for other in used if other != shift]
            yield from (made for _, made in self._moved(x, shift, x[shift], others))

    def settled(self, x: Numbers) -> Numbers:
        """One person of a kind of day moved or set to work while that helps; the catalogue grows up to `most`."""
        points = self.points(x)
        while True:
            best = min(self._single(x), key=lambda found: found[0], default=(points, x))
            if best[0] >= points:
                return x
            points, x = best

    def _single(self, x: Numbers) -> Iterator[tuple[int, Numbers]]:
        """The best place for one person more, and for each person who is there."""
        used = self.used(x)
        free = range(self.shape[0]) if len(used) < self.most else [*used, *np.flatnonzero(~self.counted)]
        targets = [int(shift) for shift in free]
        for kind in range(self.shape[1]):
            one = np.zeros(self.shape[1], dtype=np.int64)
            one[kind] = 1
            for shift in np.flatnonzero(x[:, kind]):
                yield from islice(self._moved(x, int(shift), one, targets), 1)
            if x[:, kind].sum() < self.question.people[kind]:
                points = self._replaced(x, one, targets)
                at = int(points.argmin())
                if points[at] < np.iinfo(np.int64).max:
                    made = x.copy()
                    made[targets[at]] += one
                    yield int(points[at]), made

    def exchanged(self, x: Numbers) -> Numbers | None:
        """A whole shift exchanged for a better one and its people placed anew; None where that never helps."""
        points, used = self.points(x), self.used(x)
        targets = [s for s in range(self.shape[0]) if self.counted[s] and s not in used]
        found = (made for shift in used for made in self._moved(x, shift, x[shift], targets))
        for _, made in sorted(found, key=lambda entry: entry[0])[:TRIED]:
            again = self.settled(made)
            if self.points(again) < points:
                return again
        return None
