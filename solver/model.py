"""Compiles statements into a CP-SAT model: one Boolean a free cell, one linear objective a level.

Statements about one person at the law and contract levels are kept strictly; those about groups may fall short
at the contract level and below, at their points. Where cells that are already fixed (history, locks) break a
strict statement by themselves, the statement yields just that far: the judge reports it, the plan goes on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import singledispatchmethod
from itertools import pairwise
from math import gcd
from typing import NamedTuple

from ortools.sat.python import cp_model

from roster.base import CONTRACT, Cell, Cells
from solver import statements as said
from solver.literals import Literal, Literals, Terms
from solver.recorder import ONE_DAY, Recorder
from solver.statements import Stated
from solver.stints import too_short

MODEL_S = 3e-4
"""Seconds that making a model takes, a cell, at most: where fewer are left it is not begun."""


class _Row(NamedTuple):
    """A linear row in the making: level, '>=' or '<=', amount, sorted (variable index, weight)."""

    level: int
    sense: str
    amount: int
    terms: tuple[tuple[int, int], ...]


class Model(Literals):
    """The CP-SAT model of a recorder's world.

    `x` holds the variable of each free cell; `objective[level]` its terms, `constant[level]` what no roster
    changes. With `strict`, nothing may fall short and nothing priced may be used: the exact set of rosters
    that keep every statement.
    """

    def __init__(self, recorder: Recorder, *, strict: bool = False) -> None:
        super().__init__()
        self.recorder = recorder
        self.strict = strict
        self.x: dict[Cell, Literal] = {
            cell: self.cp.new_bool_var(f"x{k}") for k, cell in enumerate(recorder.world) if not cell.fixed
        }
        self.objective: dict[int, Terms] = defaultdict(list)
        self.constant: dict[int, int] = defaultdict(int)
        self._literals = list(self.x.values())
        self._merged: dict[_Row, int] = defaultdict(int)
        self._covers: dict[tuple[int, tuple[int, ...]], list[int]] = {}
        self.state(recorder.stated)

    def state(self, stated: Iterable[Stated]) -> None:
        """Adds statements together: those about the same cells are merged into stronger forms."""
        for said_once in stated:
            self.add(said_once.statement, said_once)
        self._emit_merged()
        self._merged.clear()
        self._covers.clear()

    def linear(self, cells: Iterable[tuple[Cell, int]]) -> tuple[Terms, int]:
        """The free terms and the fixed amount of a weighted sum of cells."""
        terms: Terms = []
        fixed = 0
        for cell, weight in cells:
            if cell.fixed:
                fixed += weight
            elif weight:
                terms.append((self.x[cell], weight))
        return terms, fixed

    def _slack(self, level: int, points: int, most: int) -> Terms:
        """A variable that pays `points` a unit in the level; nothing where the statement is strict."""
        if self.strict or level < CONTRACT or most <= 0:
            return []
        slack = self.cp.new_int_var(0, most, "")
        self.objective[level].append((slack, points))
        return [(slack, 1)]

    @singledispatchmethod
    def add(self, statement: object, stated: Stated) -> None:
        """Adds one statement to the model."""
        raise TypeError(f"{stated.owner}: no encoding for {type(statement).__name__}")

    @add.register
    def _(self, statement: said.Forbid, _: Stated) -> None:
        for cell in statement.cells:
            if not cell.fixed:
                self.cp.add(self.x[cell] == 0)

    @add.register
    def _(self, statement: said.OneOf, _: Stated) -> None:
        self.cp.add_exactly_one(self.x[cell] for cell in statement.cells)

    @add.register
    def _(self, statement: said.Pair, stated: Stated) -> None:
        cells = self.recorder.cells_of(statement.person)
        place = {cell.duty: k for k, cell in enumerate(cells)}
        clashes: dict[Cell, dict[Cell, int]] = {}
        for k, earlier in enumerate(cells):
            after = ((place.get(duty, k), points) for duty, points in self.recorder.followers(statement, earlier.duty))
            clashes[earlier] = {cells[n]: points for n, points in after if n > k}
        if stated.level > CONTRACT and not self.strict:
            self._price_meetings(clashes, stated.level)
        else:
            self._part(clashes)

    def _part(self, clashes: Mapping[Cell, Mapping[Cell, int]]) -> None:
        """Keeps clashing cells apart; two fixed ones are a fact."""
        for first, others in clashes.items():
            free = [self.x[second] for second in others if not second.fixed]
            if first.fixed:
                for second in free:
                    self.cp.add(second == 0)
                continue
            self.clash(self.x[first], free)
            if len(free) < len(others):
                self.cp.add(self.x[first] == 0)

    def _price_meetings(self, clashes: Mapping[Cell, Mapping[Cell, int]], level: int) -> None:
        """Prices clashing pairs. Cells of a day that clash alike share one literal."""
        alike: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
        for first, others in clashes.items():
            for points in set(others.values()):
                seconds = tuple(cell for cell, cost in others.items() if cost == points)
                by_day: dict[date, list[Cell]] = defaultdict(list)
                for cell in seconds:
                    by_day[cell.duty.day].append(cell)
                for group in by_day.values():
                    alike[first.duty.day, points, tuple(group)].append(first)
        for (_, points, seconds), firsts in alike.items():
            both = [self._used(firsts), self._used(seconds)]  # ty: ignore[invalid-argument-type]
            self._price_both(level, both, points)  # ty: ignore[invalid-argument-type]

    def _price_both(self, level: int, both: Sequence[Literal | bool], points: int) -> None:
        free = [v for v in both if not isinstance(v, bool)]
        if not free:
            self.constant[level] += points
            return
        meeting = self.cp.new_bool_var("")
        self.cp.add_bool_or(meeting, *(~v for v in free))
        self.objective[level].append((meeting, points))

    def _used(self, cells: Cells) -> Literal | bool:
        """Whether one of the cells is used."""
        return True if any(c.fixed for c in cells) else self.any([self.x[c] for c in cells])

    @add.register
    def _(self, statement: said.Weighed, _: Stated) -> None:
        cells = self.recorder.cells_of(statement.person)
        weighed = [(c, statement.weigh(c.duty)) for c in cells if c.duty.day in statement.days]
        terms, fixed = self.linear(weighed)
        left = max(statement.at_most - fixed, 0)
        if all(2 * weight > left for _, weight in terms):
            self.at_most_one([literal for literal, weight in terms if weight <= left])
            for literal in (literal for literal, weight in terms if weight > left):
                self.cp.add(literal == 0)
        elif sum(max(weight, 0) for _, weight in terms) > left:
            unit = gcd(*(weight for _, weight in terms))  # 20.67 days of 8 h hold 20 shifts of 8 h
            self.cp.add(self.total([(literal, weight // unit) for literal, weight in terms]) <= left // unit)

    @add.register
    def _(self, statement: said.Excess, _: Stated) -> None:
        """Sum over days of max(0, weights - allowance); each day's part is a variable of its own."""
        by_day: dict[date, list[tuple[Cell, int]]] = defaultdict(list)
        for cell in self.recorder.cells_of(statement.person):
            if cell.duty.day in statement.days:
                by_day[cell.duty.day].append((cell, statement.weigh(cell.duty)))
        parts: Terms = []
        settled = alone = 0
        for weighed in by_day.values():
            terms, fixed = self.linear(weighed)
            base = fixed - statement.allowance
            settled += max(base, 0)
            most = base + sum(max(w, 0) for _, w in terms)
            if not terms:
                alone += max(base, 0)
            elif most > 0:
                part = self.cp.new_int_var(0, most, "")
                self.cp.add_max_equality(part, [0, self.total(terms) + base])
                parts.append((part, 1))
        if parts:
            self.cp.add(self.total(parts) <= max(statement.at_most, settled) - alone)

    @add.register
    def _(self, statement: said.Run, _: Stated) -> None:
        busy = self._busy_days([c for c in self.recorder.cells_of(statement.person) if statement.counts(c.duty)])
        for day in sorted(busy):
            block = [busy.get(day + k * ONE_DAY) for k in range(statement.at_most + 1)]
            free = [v for v in block if v is not None and not isinstance(v, bool)]
            if free and all(v is not None for v in block):
                self.cp.add_bool_or(~v for v in free)

    @add.register
    def _(self, statement: said.LeastStint, _: Stated) -> None:
        busy = self._busy_days([c for c in self.recorder.cells_of(statement.person) if statement.counts(c.duty)])
        for used, unused in too_short(statement, busy, self.recorder.problem.horizon.dates[-1]):
            self._not_all(used, unused)

    def _not_all(self, used: Sequence[Literal | bool], unused: Sequence[Literal | bool]) -> None:
        """Not all of these used and all of those unused at once; where all are facts, nothing is asked."""
        open_used = [v for v in used if not isinstance(v, bool)]
        open_unused = [v for v in unused if not isinstance(v, bool)]
        if not any(v is False for v in used) and not any(v is True for v in unused) and open_used + open_unused:
            self.cp.add_bool_or(*(~v for v in open_used), *open_unused)

    @add.register
    def _(self, statement: said.Owed, _: Stated) -> None:
        cells = self.recorder.cells_of(statement.person)
        terms, fixed = self.linear((c, statement.weigh(c.duty)) for c in cells if c.duty.day in statement.days)
        if statement.at_least > fixed:
            unit = gcd(*(weight for _, weight in terms)) or 1
            scaled = [(literal, weight // unit) for literal, weight in terms]
            self.cp.add(self.total(scaled) >= -(-(statement.at_least - fixed) // unit))

    @add.register
    def _(self, statement: said.Sets, _: Stated) -> None:
        mine = [c for c in self.recorder.cells_of(statement.person) if statement.counts(c.duty)]
        groups = [[cell for cell in mine if cell.duty.day in days] for days in statement.sets]
        held = [self._used(group) for group in groups if group]
        free = [v for v in held if not isinstance(v, bool)]
        left = max(statement.at_most - (len(held) - len(free)), 0)
        if len(free) > left:
            self.cp.add(cp_model.LinearExpr.sum(free) <= left)

    def _busy_days(self, cells: Cells) -> dict[date, Literal | bool]:
        """For each day with such cells, whether one of them is used."""
        by_day: dict[date, list[Cell]] = defaultdict(list)
        for cell in cells:
            by_day[cell.duty.day].append(cell)
        return {day: self._used(group) for day, group in by_day.items()}

    @add.register
    def _(self, statement: said.FreeDay, _: Stated) -> None:
        touching: dict[date, list[Cell]] = {day: [] for day in statement.days}
        for cell in self.recorder.cells_of(statement.person):
            for day in statement.busy(cell.duty):
                if day in touching:
                    touching[day].append(cell)
        open_days = [group for group in touching.values() if not any(c.fixed for c in group)]
        if open_days and all(open_days):
            taken = [self.any([self.x[c] for c in group]) for group in open_days]
            self.cp.add_bool_or(~v for v in taken)

    @add.register
    def _(self, statement: said.AtLeast, stated: Stated) -> None:
        self._merge(stated.level, statement.cells, statement.amount, statement.points, ">=")

    @add.register
    def _(self, statement: said.AtMost, stated: Stated) -> None:
        self._merge(stated.level, statement.cells, statement.amount, statement.points, "<=")

    def _merge(self, level: int, cells: Mapping[Cell, int], amount: int, points: int, sense: str) -> None:
        """Statements about the same sum share one row and one slack; their points add up."""
        terms, fixed = self.linear(cells.items())
        row = _Row(level, sense, amount - fixed, tuple(sorted((v.index, w) for v, w in terms)))
        self._merged[row] += points

    def _emit_merged(self) -> None:
        self.tell_exclusions()
        for row, points in self._merged.items():
            terms = [(self._literals[k], w) for k, w in row.terms]
            if row.sense == ">=":
                self._row_at_least(row.level, terms, row.amount, points)
            else:
                self._row_at_most(row.level, terms, row.amount, points)
        for (level, indices), lost in self._covers.items():
            self._steps(level, [self._literals[k] for k in indices], lost)

    def _row_at_least(self, level: int, terms: Terms, amount: int, points: int) -> None:
        if amount > 0:
            self.cp.add(self.total(terms + self._slack(level, points, amount)) >= amount)

    def _row_at_most(self, level: int, terms: Terms, amount: int, points: int) -> None:
        over = max(-amount, 0)
        most = sum(w for _, w in terms)
        if self.strict:
            self.cp.add(self.total(terms) <= amount)
            return
        self.constant[level] += over * points
        if most > max(amount, 0):
            slack = self._slack(level, points, most)
            self.cp.add(self.total(terms + [(v, -w) for v, w in slack]) <= max(amount, 0))

    @add.register
    def _(self, statement: said.DaysAtLeast, stated: Stated) -> None:
        reached: Terms = []
        done = 0
        for cells, count in statement.days:
            terms, fixed = self.linear((cell, 1) for cell in cells)
            if fixed >= count:
                done += 1
            elif terms:
                day = self.cp.new_bool_var("")
                self.cp.add(self.total(terms) >= (count - fixed) * day)
                reached.append((day, 1))
        missing = statement.amount - done
        if missing > 0:
            slack = self._slack(stated.level, statement.points, missing)
            self.cp.add(self.total(reached + slack) >= missing)

    @add.register
    def _(self, statement: said.Given, stated: Stated) -> None:
        self.constant[stated.level] += statement.points
        if self.strict and statement.points:
            self.cp.add_bool_or([])

    @add.register
    def _(self, statement: said.Cover, stated: Stated) -> None:
        terms, fixed = self.linear((cell, 1) for cell in statement.cells)
        last = len(statement.lost) - 1
        lost = [statement.lost[min(n + fixed, last)] for n in range(len(terms) + 1)]
        key = (stated.level, tuple(sorted(v.index for v, _ in terms)))
        summed = self._covers.setdefault(key, [0] * len(lost))
        self._covers[key] = [a + b for a, b in zip(summed, lost, strict=True)]

    def _steps(self, level: int, literals: Sequence[Literal], lost: Sequence[int]) -> None:
        """lost[n] by unary steps: each further person is a step that gives back its gain, dearest first."""
        self.constant[level] += lost[0]
        gains = [before - after for before, after in pairwise(lost) if before > after]
        steps = [self.cp.new_bool_var("") for _ in gains]
        self.cp.add(cp_model.LinearExpr.sum(steps) <= cp_model.LinearExpr.sum(literals))
        self.objective[level].extend((step, -gain) for step, gain in zip(steps, gains, strict=True))

    @add.register
    def _(self, statement: said.Spread, stated: Stated) -> None:
        terms, fixed = self.linear(statement.cells.items())
        unit = gcd(*(weight for _, weight in terms)) or 1  # shifts of 8 h are counted by the shift, not by the minute
        terms = [(literal, weight // unit) for literal, weight in terms]
        cost, most = statement.cost, sum(weight for _, weight in terms)
        last = cost[-1] - cost[-2] if len(cost) > 1 else 0
        inside = [cost[k] for k in range(fixed, len(cost), unit)] or [cost[-1] + (fixed - len(cost) + 1) * last]
        rises = [after - before for before, after in pairwise(inside)]
        self.constant[stated.level] += inside[0]
        steps: Terms = [(self.cp.new_bool_var(""), rise) for rise in rises[:most]]
        if most > len(rises):
            steps.append((self.cp.new_int_var(0, most - len(rises), ""), last * unit))
        if terms:
            self.cp.add(self.total(terms) == cp_model.LinearExpr.sum([v for v, _ in steps]))
            self.objective[stated.level].extend(steps)

    @add.register
    def _(self, statement: said.Price, stated: Stated) -> None:
        terms, fixed = self.linear(statement.cells.items())
        if self.strict:
            for literal, _ in terms:
                self.cp.add(literal == 0)
            return
        self.objective[stated.level].extend(terms)
        self.constant[stated.level] += fixed
