"""What each cell is worth beside a given roster: group statements as convex functions of weighted counts."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from roster.base import CONTRACT, FAIRNESS, SERVICE, Cell
from solver import statements as said
from solver.recorder import Recorder

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WEIGHTS: Mapping[int, int] = {CONTRACT: 10**10, SERVICE: 10**4, FAIRNESS: 1}
"""What a point of a level counts for in a price: levels far apart, so that a lower one only breaks ties."""


class Prices:
    """Counts of every group statement under a roster that grows and shrinks by whole people.

    Cells are named by their index in `free`, in which a person's cells stand together. Rows are convex functions f(S)
    of a weighted count S: a table, or points for each unit below or above an amount.
    """

    def __init__(self, recorder: Recorder, free: Sequence[Cell]) -> None:
        self._index = {cell: k for k, cell in enumerate(free)}
        rows = list(self._rows(recorder))
        tables = [table for _, table, *_ in rows]
        self._start = np.cumsum([0, *(len(table) for table in tables)])[:-1]
        self._length = np.array([len(table) for table in tables], dtype=np.int64)
        self._flat = np.concatenate([*map(np.asarray, tables), np.zeros(1)]).astype(np.float64)
        hinges = np.array([row[2:] for row in rows], dtype=np.float64).reshape(-1, 3)
        self._amount, self._under, self._over = hinges.T
        entries = [
            (k, self._index[cell], weight)
            for k, (cells, *_) in enumerate(rows)
            for cell, weight in cells.items()
            if not cell.fixed and weight
        ]
        order = sorted(entries, key=lambda entry: entry[1])
        self._row, self._cell, self._weight = np.array(order, dtype=np.int64).reshape(-1, 3).T
        self._first = np.searchsorted(self._cell, np.arange(len(free) + 1))
        self.counts = np.array(
            [sum(w for cell, w in cells.items() if cell.fixed) for cells, *_ in rows], dtype=np.int64
        )

    def _rows(self, recorder: Recorder) -> Iterator[tuple[Mapping[Cell, int], Sequence[float], float, float, float]]:
        """Each group statement: its cells, a table (may be empty), an amount, points a unit under and over it."""
        for stated in recorder.stated:
            scale, statement = WEIGHTS.get(stated.level, 0), stated.statement
            if not scale:
                continue
            match statement:
                case said.Cover(cells, lost):
                    yield dict.fromkeys(cells, 1), [scale * points for points in lost], 0, 0, 0
                case said.AtLeast(cells, amount, points):
                    yield cells, (), amount, scale * points, 0
                case said.AtMost(cells, amount, points):
                    yield cells, (), amount, 0, scale * points
                case said.Price(cells):
                    yield cells, (), 0, 0, scale

    def value(self) -> float:
        """What the present roster costs, all levels weighed."""
        rows = np.arange(len(self.counts))
        return float(self._cost(rows, self.counts).sum())

    def _cost(self, rows: Ints, counts: Ints) -> Floats:
        """f(S) of the rows at the counts."""
        length = self._length[rows]
        inside = np.clip(counts, 0, np.maximum(length - 1, 0))
        table = np.where(length > 0, self._flat[self._start[rows] + inside], 0.0)
        off = counts - self._amount[rows]
        return table + self._under[rows] * np.maximum(-off, 0) + self._over[rows] * np.maximum(off, 0)

    def _entries(self, cells: Collection[int]) -> Ints:
        """The positions of the cells' entries."""
        spans = [np.arange(self._first[cell], self._first[cell + 1]) for cell in cells]
        return np.concatenate([np.zeros(0, dtype=np.int64), *spans])

    def add(self, cells: Collection[int], sign: int = 1) -> None:
        """Puts the cells in, or takes them out with sign -1."""
        entries = self._entries(cells)
        np.add.at(self.counts, self._row[entries], sign * self._weight[entries])

    def of(self, cells: Sequence[int]) -> Floats:
        """The price of each cell beside the present counts."""
        first, last = self._first[cells[0]], self._first[cells[-1] + 1]
        rows, weight = self._row[first:last], self._weight[first:last]
        counts = self.counts[rows]
        change = self._cost(rows, counts + weight) - self._cost(rows, counts)
        found = np.zeros(len(cells))
        np.add.at(found, self._cell[first:last] - cells[0], change)
        return found


def own(statement: said.Statement) -> str | None:
    """Of whom alone a count with a convex cost speaks (a person's nights): part of the person's program.

    Fine counts such as half-hours worked are left out: their steps would make the program ten times slower.
    """
    if not isinstance(statement, said.Spread) or max(map(abs, statement.cells.values()), default=0) > 1:
        return None
    people = {cell.person.staff_id for cell in statement.cells}
    return people.pop() if len(people) == 1 else None
