"""The master: one roster a person out of those known, at the least cost of counts. An LP that grows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solver.growing import GrowingProgram
from solver.search.columns.counts import Adds, Floats, Ints, Pieces
from solver.search.columns.limits import Limits


@dataclass(frozen=True)
class Column:
    """A roster: who, which cells (global), what it costs by itself, and what it adds to each row."""

    person: int
    cells: tuple[int, ...]
    cost: float
    adds: Adds


@dataclass(frozen=True)
class Prices:
    """An LP answer: its value, the dual of each row of `rows`, and of each person's choice."""

    value: float
    rows: Floats
    people: dict[int, float]


class Master:
    """Rows are convex costs of counts, in pieces of equal slope; columns are added as they come."""

    def __init__(
        self,
        people: Sequence[int],
        rows: Ints,
        pieces: Pieces,
        row_count: int,
        constant: float,
        *,
        dear: float = 0.0,
    ) -> None:
        """`pieces` are what further units of `rows` cost; `constant` is what they cost as they are.

        Where it is `dear`, each unit missing from a row or a person costs so much: limits then always have an answer.
        """
        self.columns: list[Column] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._entered = 0
        self._rows = rows
        self._place = np.full(row_count, -1)
        self._place[rows] = np.arange(len(rows))
        self._choice = {person: len(rows) + k for k, person in enumerate(people)}
        self._constant = constant
        self._lp = GrowingProgram(np.repeat([0.0, 1.0], [len(rows), len(people)]))
        at, slopes, units = pieces.rows, pieces.slopes, pieces.units.astype(np.float64)
        self._lp.add(slopes, units, (at, np.arange(len(at)), np.full(len(at), -1.0)))
        self._row_of_piece, self._units = rows[at], units
        passed = np.cumsum(units) - units
        self._before = passed - passed[np.searchsorted(at, at)]
        if dear:
            self._add_missing(dear)
        self._pieces = self._lp.columns

    def _add_missing(self, dear: float) -> None:
        """Units that make up for rows and people that the limits leave without."""
        rows = np.concatenate([np.arange(len(self._rows) + len(self._choice)), np.arange(len(self._rows))])
        weights = np.where(np.arange(len(rows)) < len(self._rows) + len(self._choice), 1.0, -1.0)
        self._lp.add(np.full(len(rows), dear), np.full(len(rows), np.inf), (rows, np.arange(len(rows)), weights))

    def keep_to(self, limits: Limits) -> None:
        """From now on counts are within the limits, and only rosters that keep to them are used."""
        self._enter()
        low, high = limits.low[self._row_of_piece], limits.high[self._row_of_piece]
        least, most = (np.clip(limit - self._before, 0.0, self._units) for limit in (low, high))
        self._lp.hold(0, least, most)
        allowed = np.where([limits.allow(column.person, column.cells) for column in self.columns], np.inf, 0.0)
        self._lp.hold(self._pieces, np.zeros(len(allowed)), allowed)

    def add(self, column: Column) -> bool:
        """Adds a roster; False where it is known."""
        key = (column.person, column.cells)
        if key in self._known:
            return False
        self._known.add(key)
        self.columns.append(column)
        return True

    def _enter(self) -> None:
        """Hands the rosters to the LP that it does not know yet."""
        new = self.columns[self._entered :]
        if not new:
            return
        chosen = np.array([self._choice[column.person] for column in new])
        rows = np.concatenate([chosen, *(self._place[column.adds[0]] for column in new)])
        weights = np.concatenate([np.ones(len(new)), *(column.adds[1] for column in new)])
        lengths = np.array([len(column.adds[0]) for column in new])
        columns = np.concatenate([np.arange(len(new)), np.repeat(np.arange(len(new)), lengths)])
        cost = np.array([column.cost for column in new])
        self._lp.add(cost, np.full(len(new), np.inf), (rows, columns, weights))
        self._entered = len(self.columns)

    def fix(self, chosen: int) -> None:
        """Makes a column the one of its person."""
        self._enter()
        self._lp.raise_to([self._pieces + chosen], 1.0)

    def solve(self, seconds: float | None = None, *, dual: bool = False) -> tuple[Prices, Floats]:
        """The LP's prices, and how much of each column it uses. Raises NoAnswer, also after so many `seconds`."""
        self._enter()
        value, used, duals = self._lp.solve(seconds, dual=dual)
        rows = np.zeros(len(self._place))
        rows[self._rows] = duals[: len(self._rows)]
        people = {person: float(duals[at]) for person, at in self._choice.items()}
        return Prices(value + self._constant, rows, people), used[self._pieces :]
