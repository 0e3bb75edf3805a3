"""The master: one roster a person out of those known, at the least cost of counts. An LP that grows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.math_opt.python import mathopt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """A roster: who, which cells (global), what it costs by itself, and what it adds to each row."""

    person: int
    cells: tuple[int, ...]
    cost: float
    adds: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Prices:
    """An LP answer: its value, the dual of each row of `rows`, and of each person's choice."""

    value: float
    rows: Floats
    people: dict[int, float]


class NoAnswer(RuntimeError):
    """The LP solver gave no optimum."""


class Master:
    """Rows are convex costs of counts, in pieces of equal slope; columns are added as they come."""

    def __init__(self, people: Sequence[int], tables: dict[int, Floats], row_count: int) -> None:
        """`tables[row]` is what each further count costs in the row, from what is given already."""
        self.columns: list[Column] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._row_count = row_count
        self._model = mathopt.Model()
        self._choice = {person: self._model.add_linear_constraint(lb=1, ub=1) for person in people}
        self._row = {row: self._model.add_linear_constraint(lb=0, ub=0) for row in tables}
        self._used: list[mathopt.Variable] = []
        self._constant = 0.0
        for row, table in tables.items():
            self._pieces(row, table)
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._parameters = mathopt.SolveParameters(presolve=mathopt.Emphasis.OFF, threads=1)

    def _pieces(self, row: int, table: Floats) -> None:
        """A convex cost as pieces that an LP takes in order of slope."""
        self._constant += float(table[0])
        slopes = np.diff(table)
        ends = np.nonzero(np.append(np.diff(slopes) != 0, len(slopes) > 0))[0] if len(slopes) else []
        begin = 0
        for end in ends:
            piece = self._model.add_variable(lb=0, ub=float(end + 1 - begin))
            self._model.objective.set_linear_coefficient(piece, float(slopes[end]))
            self._row[row].set_coefficient(piece, -1.0)
            begin = int(end) + 1

    def add(self, column: Column) -> bool:
        """Adds a roster; False where it is known."""
        key = (column.person, column.cells)
        if key in self._known:
            return False
        self._known.add(key)
        used = self._model.add_variable(lb=0)
        self._model.objective.set_linear_coefficient(used, column.cost)
        self._choice[column.person].set_coefficient(used, 1.0)
        for row, weight in column.adds:
            self._row[row].set_coefficient(used, float(weight))
        self.columns.append(column)
        self._used.append(used)
        return True

    def fix(self, chosen: int) -> None:
        """Makes a column the one of its person."""
        self._used[chosen].lower_bound = 1.0

    def solve(self) -> tuple[Prices, Floats]:
        """The LP's prices, and how much of each column it uses. Raises NoAnswer."""
        result = self._solver.solve(params=self._parameters)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            raise NoAnswer(f"master LP: {result.termination.reason}")
        rows = np.zeros(self._row_count)
        rows[list(self._row)] = result.dual_values(list(self._row.values()))
        people = dict(zip(self._choice, result.dual_values(list(self._choice.values())), strict=True))
        value = result.objective_value() + self._constant
        return Prices(value, rows, people), np.array(result.variable_values(self._used))
