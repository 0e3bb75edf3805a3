"""Column generation over a part of a roster: some people, on some or all days; the rest stays as it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from solver.person.kernels import FAR
from solver.search.columns.counts import Floats, Ints
from solver.search.columns.crew import Crew
from solver.search.columns.master import Column, Master, Prices

SMOOTHING = 0.7
"""How far prices are drawn towards those of the best bound."""
EPS = 1e-6
CELL_S, COLUMN_S = 5e-9, 3e-4
"""What a cell of a program and a roster in the master take, in seconds, about: the work of a part is counted in it."""
FEW_ROUNDS = 3
"""Rounds of pricing after rosters have been fixed."""
SURE = 0.95
"""A roster used so far by the LP is fixed along with the best one."""


@dataclass(frozen=True)
class Part:
    """Whose rosters are open, and on which days (None for all)."""

    people: tuple[int, ...]
    days: frozenset[int] | None = None

    def holds(self, day: int) -> bool:
        """Whether a day is open."""
        return self.days is None or day in self.days


class Generation:
    """The master of one part and its pricing. `value` is what the part costs now, `bound` what it costs at least."""

    def __init__(self, crew: Crew, part: Part, *, until: Callable[[], bool]) -> None:
        self.crew, self.part, self._until = crew, part, until
        days = range(max(crew.day_of, default=0) + 1) if part.days is None else part.days
        self._open = np.isin(crew.day_of, list(days))
        rows = crew.rows
        self.held = {p: [k for k in crew.given[p] if self._open[k]] for p in part.people}
        base = crew.counts_without([k for cells in self.held.values() for k in cells])
        spans = [np.arange(rows.first[p], rows.first[p + 1]) for p in part.people]
        mine = np.concatenate(spans)
        self._touched = np.unique(rows.weight[mine[self._open[mine]]].indices)
        tables = {int(r): rows.table[rows.start[r] + base[r] : rows.start[r + 1]] for r in self._touched}
        self.master = Master(part.people, tables, len(rows.most))
        self._tables = tables
        self._flat = np.concatenate([*tables.values()]) if tables else np.zeros(1)
        self._lengths = np.array([len(table) for table in tables.values()], dtype=np.int64)
        self._steps = np.concatenate([np.arange(n) for n in self._lengths]) if tables else np.zeros(1)
        self._forced = {p: self._closed(p) for p in part.people}
        for person, cells in self.held.items():
            self.master.add(crew.column(person, cells))
        self.value = self._worth(self.held)
        self.bound = -FAR
        self.prices = np.zeros(len(rows.most))
        self.floors: dict[int, float] = {}
        self._floors: dict[int, float] = {}
        self.effort = 0.0

    def _closed(self, person: int) -> Ints | None:
        """What the person's program has to leave as it is."""
        if self.part.days is None:
            return None
        first = int(self.crew.rows.first[person])
        return self.crew.programs[person].forced([k - first for k in self.crew.given[person]], self.part.days)

    def _worth(self, held: dict[int, list[int]]) -> float:
        """What the part costs with these open cells."""
        counts = dict.fromkeys(self._tables, 0)
        for cells in held.values():
            for row, weight in self.crew.rows.of(cells).items():
                counts[row] += weight
        return float(
            sum(self._tables[row][k] for row, k in counts.items())
            + sum(self.crew.own_cost(person, cells) for person, cells in held.items())
        )

    def _priced(self, rows: Floats, people: Sequence[int]) -> tuple[float, list[Column]]:
        """A bound at the rows' prices, and each person's best roster against them."""
        crew, prices = self.crew, self.crew.rows.own - self.crew.rows.weight @ rows
        prices[~self._open] = 0.0
        columns: list[Column] = []
        self._floors = {}
        for person in people:
            first, last = crew.rows.first[person], crew.rows.first[person + 1]
            best = crew.programs[person].best(prices[first:last], self._forced[person])
            self.effort += crew.programs[person].size * CELL_S + COLUMN_S
            self._floors[person] = best.bound
            if best.cells is not None:
                cells = sorted(first + k for k in best.cells if self._open[first + k])
                columns.append(crew.column(person, [int(k) for k in cells]))
        return sum(self._floors.values()) + float(self._least(rows).sum()), columns

    def _least(self, rows: Floats) -> Floats:
        """What each row's count costs at least when each unit pays the row's price."""
        if not self._tables:
            return np.zeros(0)
        priced = self._flat + np.repeat(rows[self._touched], self._lengths) * self._steps
        starts = np.concatenate([[0], np.cumsum(self._lengths)[:-1]])
        return np.minimum.reduceat(priced, starts)

    def shares(self) -> tuple[dict[int, float], Floats]:
        """How the present roster's distance from the bound is made up: by person, and by row (of the whole)."""
        crew, counts = self.crew, self.crew.counts
        people = {
            person: _worth_at(crew.column(person, crew.given[person]), self.prices) - floor
            for person, floor in self.floors.items()
        }
        rows = np.zeros(len(counts))
        held = crew.rows.costs(counts) + self.prices * counts
        rows[self._touched] = held[self._touched] - self._least(self.prices)
        return people, rows

    def converge(self, *, cutoff: float, rounds: int, close: float) -> Floats:
        """Prices until the LP is within `close` of its bound, or the bound passes `cutoff`. Returns the LP's use."""
        smoothing = 0.0
        prices, used = self.master.solve()
        for _ in range(rounds):
            if self._until():
                break
            rows = smoothing * self.prices + (1 - smoothing) * prices.rows
            bound, columns = self._priced(rows, self.part.people)
            if bound > self.bound:
                self.bound, self.prices, self.floors = bound, rows, self._floors
            if self.bound >= cutoff or prices.value - self.bound <= close:
                break
            added = [self.master.add(column) for column in columns if _gain(column, prices) > EPS]
            if not any(added):
                if smoothing == 0:
                    break
                smoothing = 0.0
                continue
            smoothing = SMOOTHING
            prices, used = self.master.solve()
        return used

    def dive(self, used: Floats, *, steps: int) -> dict[int, list[int]]:
        """Fixes whole rosters, those used most first, pricing the others anew in between. All open cells chosen."""
        fixed: dict[int, Column] = {}
        share = max(len(self.part.people) // steps, 1)
        while len(fixed) < len(self.part.people):
            order = sorted(range(len(used)), key=lambda k: (-used[k], k))
            candidates = [k for k in order if self.master.columns[k].person not in fixed and used[k] > EPS]
            taken: list[int] = []
            for k in candidates:
                person = self.master.columns[k].person
                if person not in fixed and (len(taken) < share or used[k] >= SURE):
                    fixed[person] = self.master.columns[k]
                    taken.append(k)
                    self.master.fix(k)
            left = [person for person in self.part.people if person not in fixed]
            for _ in range(FEW_ROUNDS if left else 0):
                prices, used = self.master.solve()
                _, columns = self._priced(prices.rows, left)
                added = [self.master.add(column) for column in columns if _gain(column, prices) > EPS]
                if self._until() or not any(added):
                    break
            if left:
                _, used = self.master.solve()
        return {person: list(column.cells) for person, column in fixed.items()}


def _worth_at(column: Column, rows: Floats) -> float:
    """What a roster costs when each unit of a row earns its price."""
    return column.cost - sum(float(rows[row]) * weight for row, weight in column.adds)


def _gain(column: Column, prices: Prices) -> float:
    """By how much a column would better the LP, by its prices."""
    return prices.people[column.person] - _worth_at(column, prices.rows)
