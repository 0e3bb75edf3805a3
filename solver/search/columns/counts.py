"""What is said of people together, as convex functions of weighted counts of cells."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

import numba as nb
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from roster.base import CONTRACT, Cell
from solver import statements as said
from solver.linear import Assembly
from solver.recorder import Recorder
from solver.statements import Stated

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Adds = tuple[Ints, Ints]
"""Rows, and how much is added to each."""


class Pieces(NamedTuple):
    """Convex costs of rows as pieces of equal slope: the row of each, its slope, and how many units it is long."""

    rows: Ints
    slopes: Floats
    units: Ints


class NoSuchForm(ValueError):
    """A statement that is no convex function of a count."""


@dataclass(frozen=True)
class _Row:
    """Cells, by index and in order, their weights, and the cost of each count; the fixed cells are counted in."""

    cells: Small
    weights: Ints
    cost: Floats

    @property
    def key(self) -> tuple[bytes, bytes]:
        """The same for rows of the same cells."""
        return self.cells.tobytes(), self.weights.tobytes()

    def __add__(self, other: "_Row") -> "_Row":
        return _Row(self.cells, self.weights, self.cost + other.cost)


class Counts:
    """Rows f(S) over the free cells `cells`; a person's cells stand together, from `first` on.

    `weights[level]` is what a point of a level counts; other levels are left out. Where they are `relaxed`, so is what
    has no such form: what the rows cost is then a bound.

    `weight[cell, row]` is what a cell adds to a count; `table[start[row] + k]` what a count of k costs, for k up to
    `most[row]`; `own` what a cell costs by itself.
    """

    def __init__(self, recorder: Recorder, weights: Mapping[int, int], *, relaxed: bool = False) -> None:
        by_person: dict[str, list[Cell]] = defaultdict(list)
        for cell in recorder.world:
            if not cell.fixed:
                by_person[cell.person.staff_id].append(cell)
        self.people = list(by_person)
        self.cells = [cell for mine in by_person.values() for cell in mine]
        self.first = np.cumsum([0, *(len(mine) for mine in by_person.values())])
        self._index = {cell: k for k, cell in enumerate(self.cells)}
        self._numbers: dict[tuple[Cell, ...], Small] = {}
        self.own = np.zeros(len(self.cells))
        self.constant = 0.0
        merged: dict[tuple[bytes, bytes], _Row] = {}
        for stated in recorder.stated:
            if stated.level in weights:
                with suppress(*[NoSuchForm] if relaxed else []):
                    for row in self._rows(stated, weights[stated.level]):
                        other = merged.get(row.key)
                        merged[row.key] = row if other is None else row + other
        self._numbers.clear()
        self._tabulate([row for row in merged.values() if not self._single(row)])

    def _rows(self, stated: Stated, scale: int) -> Iterator[_Row]:
        """The statement as rows; prices of single cells and constants are taken at once."""
        match stated.statement:
            case said.Given(points):
                self.constant += scale * points
            case said.Price(cells):
                for cell, points in cells.items():
                    self.constant += scale * points if cell.fixed else 0
                    if not cell.fixed:
                        self.own[self._index[cell]] += scale * points
            case said.AtLeast(cells, amount, points):
                yield self._row(cells, lambda k: scale * points * np.maximum(amount - k, 0))
            case said.AtMost(cells, amount, points):
                yield self._row(cells, lambda k: scale * points * np.maximum(k - amount, 0))
            case said.Cover(cells, lost):
                yield self._row(dict.fromkeys(cells, 1), lambda k: scale * _extended(lost, 0, k))
            case said.Spread(cells, cost):
                rise = cost[-1] - cost[-2] if len(cost) > 1 else 0
                yield self._row(cells, lambda k: scale * _extended(cost, rise, k))
            case said.Forbid() if not stated.statement.cells:
                return
            case _ if said.subjects(stated.statement) and stated.level <= CONTRACT:
                return
            case _:
                raise NoSuchForm(type(stated.statement).__name__)

    def _row(self, cells: Mapping[Cell, int], cost_of: Callable[[Ints], Ints]) -> _Row:
        at = self._numbered(tuple(cells))
        weights = np.fromiter(cells.values(), dtype=np.int64, count=len(cells))
        if np.any(weights[at >= 0] < 0):
            raise NoSuchForm("a negative weight")
        fixed = int(weights[at < 0].sum())
        free = np.flatnonzero((at >= 0) & (weights > 0))
        free = free[np.argsort(at[free])]
        counts = fixed + np.arange(int(weights[free].sum()) + 1)
        return _Row(at[free], weights[free], cost_of(counts).astype(np.float64))

    def _numbered(self, cells: tuple[Cell, ...]) -> Small:
        """The numbers of cells, -1 for fixed ones; the same cells are mostly spoken of more than once."""
        if cells not in self._numbers:
            self._numbers[cells] = np.fromiter(map(self._index.get, cells, repeat(-1)), np.int32, len(cells))
        return self._numbers[cells]

    def _single(self, row: _Row) -> bool:
        """Takes a row of one cell or none as a price."""
        if len(row.cells) > 1:
            return False
        self.constant += float(row.cost[0])
        self.own[row.cells] += row.cost[-1] - row.cost[0]
        return True

    def _tabulate(self, rows: Sequence[_Row]) -> None:
        self.most = np.array([len(row.cost) - 1 for row in rows], dtype=np.int64)
        self.start = np.concatenate([[0], np.cumsum(self.most + 1)]).astype(np.int64)
        self.table = np.concatenate([*(row.cost for row in rows), [] if rows else [0.0]])
        cells = np.concatenate([np.zeros(0, dtype=np.int32), *(row.cells for row in rows)])
        weights = np.concatenate([np.zeros(0), *(row.weights for row in rows)])
        first = np.cumsum([0, *(len(row.cells) for row in rows)])
        self.weight = sp.csc_matrix((weights, cells, first), shape=(len(self.cells), len(rows))).tocsr()
        self.weight.sort_indices()
        self._cut()

    def _cut(self) -> None:
        """Every row's cost as pieces of equal slope, each with the count it begins at."""
        rows = np.repeat(np.arange(len(self.most)), self.most)
        at = np.arange(len(rows)) + rows  # a row has one count more than units
        slopes = self.table[at + 1] - self.table[at]
        changes = (np.diff(rows) != 0) | (np.diff(slopes) != 0)
        ends = np.flatnonzero(np.append(changes, len(rows) > 0))
        self._pieces = Pieces(rows[ends], slopes[ends], np.diff(ends, prepend=-1))
        self._first_piece = np.searchsorted(self._pieces.rows, np.arange(len(self.most) + 1))
        passed = np.cumsum(self._pieces.units) - self._pieces.units
        self._begin = passed - (self.start[:-1] - np.arange(len(self.most)))[self._pieces.rows]

    def beside(self, sets: Sequence[Ints]) -> "Counts":
        """The same, with counts of further sets of cells that cost nothing."""
        more = copy(self)
        first, cells = np.cumsum([0, *map(len, sets)]), np.concatenate([np.zeros(0, np.int64), *sets])
        added = sp.csc_matrix((np.ones(len(cells)), cells, first), shape=(len(self.cells), len(sets)))
        more.weight = sp.hstack([self.weight, added]).tocsr()
        more.weight.sort_indices()
        more.most = np.concatenate([self.most, np.diff(first)])
        more.start = np.concatenate([[0], np.cumsum(more.most + 1)])
        more.table = np.concatenate([self.table, np.zeros(len(cells) + len(sets))])
        more._cut()
        return more

    def costs(self, counts: Ints) -> Floats:
        """f of every row."""
        return self.table[self.start[:-1] + counts]

    def of(self, cells: Sequence[int]) -> Adds:
        """The rows that cells touch, each once, and what they add to them."""
        weight = self.weight
        listed = np.array(cells, dtype=np.int64)
        return _added(listed, weight.indptr, weight.indices, weight.data, weight.shape[1])

    def enter(self, program: Assembly, shared: Ints) -> None:
        """Enters every row's convex cost: units of equal slope, which the LP takes cheapest first, as -1 in `shared`.

        What no units cost is paid whatever is chosen.
        """
        program.offset += self.constant + float(self.table[self.start[:-1]].sum())
        rows, slopes, units = self._pieces
        program.meet(shared[rows], program.add_columns(slopes, units.astype(np.float64)), -1.0)

    def pieces(self, rows: Ints, base: Ints) -> Pieces:
        """What further units in `rows` cost, from `base` of each on; `rows` of the pieces are places in `rows`."""
        first = self._first_piece[rows]
        lengths = self._first_piece[rows + 1] - first
        of_row = np.repeat(np.arange(len(rows)), lengths)
        at = np.arange(len(of_row)) + np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
        passed = np.maximum(base[of_row] - self._begin[at], 0)
        left = self._pieces.units[at] - passed
        some = left > 0
        return Pieces(of_row[some], self._pieces.slopes[at[some]], left[some])

    def marginal(self, counts: Ints | Floats, person: int) -> Floats:
        """What each of the person's cells would change beside the counts; between whole counts costs are straight."""
        span = slice(self.weight.indptr[self.first[person]], self.weight.indptr[self.first[person + 1]])
        rows, weights = self.weight.indices[span], self.weight.data[span].astype(np.int64)
        change = self._at(rows, counts[rows] + weights) - self._at(rows, counts[rows])
        lengths = np.diff(self.weight.indptr[self.first[person] : self.first[person + 1] + 1])
        found = self.own[self.first[person] : self.first[person + 1]].copy()
        np.add.at(found, np.repeat(np.arange(len(found)), lengths), change)
        return found

    def _at(self, rows: Ints, counts: Ints | Floats) -> Floats:
        """What counts of rows cost."""
        start, most = self.start[rows], self.most[rows]
        inside = np.clip(counts, 0, most).astype(np.float64)
        whole = np.floor(inside).astype(np.int64)
        low = self.table[start + whole]
        return low + (inside - whole) * (self.table[start + np.minimum(whole + 1, most)] - low)


def _extended(cost: Sequence[int], rise: int, counts: Ints) -> Ints:
    """The cost of counts; beyond its end it goes on rising by so much."""
    last = len(cost) - 1
    return np.asarray(cost)[np.minimum(counts, last)] + np.maximum(counts - last, 0) * rise


@nb.njit(cache=True)
def _added(cells: Ints, first: Ints, rows: Ints, weights: Floats, count: int) -> Adds:
    """What cells add to `count` rows: the rows touched, in order, and the weights."""
    whole = np.zeros(count, dtype=np.int64)
    for cell in cells:
        for k in range(first[cell], first[cell + 1]):
            whole[rows[k]] += int(weights[k])
    touched = np.flatnonzero(whole)
    return touched, whole[touched]
