"""From the statements about one person to a program."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import singledispatchmethod

from roster.base import CONTRACT, Cell
from roster.people import Person
from roster.shifts import Duty
from solver import statements as said
from solver.person.automata import (
    Automaton,
    Clashes,
    Counting,
    Fact,
    FreeOne,
    LeastRun,
    LongestRun,
    ShortSum,
    Touched,
    run_before,
    stint_before,
)
from solver.person.layers import TooManyStates, product
from solver.person.options import DayLimit, TooManyOptions, options
from solver.person.program import COUNTERS, Program, TooLarge
from solver.person.sums import SHORT_DAYS, Sum, distinct, packed
from solver.recorder import Recorder
from solver.statements import Stated


class DoesNotFit(ValueError):
    """A statement that the person's program has no form for."""


def compile_person(
    recorder: Recorder, person: Person, weights: Mapping[int, int], *, relaxed: bool = False
) -> Program | None:
    """The program of all statements of a recorder, which speak of this person alone.

    Cells are named by their position among the person's free cells; a level's soft costs count `weights[level]` a
    point. Where the sums that cost (Spread) are too fine, the program leaves them out: see `Program.costly`. None where
    a statement does not fit (it is left out if `relaxed`), where the program would be too large, or where no roster is
    legal.
    """
    try:
        return _Compiler(recorder, person, weights, relaxed=relaxed).program()
    except (DoesNotFit, TooLarge, TooManyOptions, TooManyStates):
        return None


class _Compiler:
    """Reads statements in two passes: first what rules cells and pairs out, then what is remembered over days."""

    def __init__(self, recorder: Recorder, person: Person, weights: Mapping[int, int], *, relaxed: bool) -> None:
        self.recorder, self.scale = recorder, weights
        self.unfit = (DoesNotFit,) if relaxed else ()
        self.cells = recorder.cells_of(person)
        self.free = [cell for cell in self.cells if not cell.fixed]
        self.position = {cell: k for k, cell in enumerate(self.free)}
        self.day_of = [self.index(cell.duty.day) for cell in self.free]
        self.horizon = recorder.problem.horizon.days
        self.out: set[int] = set()
        self.apart: dict[int, set[int]] = defaultdict(set)
        self.limits: dict[int, list[DayLimit]] = defaultdict(list)
        self.automata: list[Automaton] = []
        self.sums: list[Sum] = []
        self.price: dict[int, float] = defaultdict(float)
        self._counting: dict[Callable[[Duty], bool], Counting] = {}

    def index(self, day: date) -> int:
        """Days since the start of the horizon; negative in the past."""
        return (day - self.recorder.problem.horizon.start).days

    def program(self) -> Program | None:
        """Reads everything, and multiplies it out."""
        for stated in self.recorder.stated:
            with suppress(*self.unfit):
                self.exclude(stated.statement, stated)
        by_day: dict[int, list[int]] = defaultdict(list)
        for k, day in enumerate(self.day_of):
            if k not in self.out:
                by_day[day].append(k)
        self.options = {d: options(by_day[d], self.apart, self.limits[d]) for d in range(self.horizon)}
        for stated in self.recorder.stated:
            with suppress(*self.unfit):
                self.remember(stated.statement, stated)
        self._clashes()
        counters = self._sums()
        days = [self.options[d] for d in range(self.horizon)]
        weighed = [[[sum_.weights.get(option, 0) for option in day] for sum_ in counters] for day in days]
        layers, class_of = product(self.automata, days, weighed)
        if layers is None:
            return None
        prices = [self.price[k] for k in range(len(self.free))]
        program = self._counting_best(lambda sums: Program(layers, days, class_of, sums, prices), counters)
        return program if program.feasible else None

    def _counting_best(self, make: Callable[[list[Sum]], Program], sums: list[Sum]) -> Program:
        """With the sums that cost, if all sums can then be counted; else without their costs."""
        with suppress(TooLarge):
            program = make(packed(sums, COUNTERS - 1))
            if program.exact or not program.costly:
                return program
        free = (replace(sum_, cost=()).tightened(self.options) for sum_ in sums)
        return make([sum_ for sum_ in free if sum_])

    # first pass

    @singledispatchmethod
    def exclude(self, statement: object, stated: Stated) -> None:
        """Rules out cells, pairs of cells, and sums on one day."""

    @exclude.register
    def _(self, statement: said.Forbid, _: Stated) -> None:
        self.out.update(self.position[cell] for cell in statement.cells if cell in self.position)

    @exclude.register
    def _(self, statement: said.Pair, stated: Stated) -> None:
        if stated.level > CONTRACT:
            raise DoesNotFit("a pair that costs")
        place = {cell.duty: k for k, cell in enumerate(self.cells)}
        for k, cell in enumerate(self.cells):
            for duty, _ in self.recorder.followers(statement, cell.duty):
                if place.get(duty, k) > k:
                    self._part(cell, self.cells[place[duty]])

    def _part(self, earlier: Cell, later: Cell) -> None:
        """Keeps two cells apart; beside a fixed one a free one is ruled out."""
        if earlier.fixed and later.fixed:
            return
        if earlier.fixed or later.fixed:
            self.out.add(self.position[later if earlier.fixed else earlier])
            return
        self.apart[self.position[earlier]].add(self.position[later])
        self.apart[self.position[later]].add(self.position[earlier])

    @exclude.register
    def _(self, statement: said.Weighed, _: Stated) -> None:
        weights, fixed = self._weights(statement)
        left = max(statement.at_most - fixed, 0)
        days = {self.day_of[k] for k in weights}
        if len(days) == 1:
            self.limits[days.pop()].append(DayLimit(weights, left))

    def _weights(self, statement: said.Weighed | said.Owed) -> tuple[dict[int, int], int]:
        """The weights of the free cells, and what the fixed ones add up to."""
        weights: dict[int, int] = {}
        fixed = 0
        for cell in self.recorder.cells_of(statement.person, statement.days):
            weight = statement.weigh(cell.duty)
            if weight < 0:
                raise DoesNotFit("a negative weight")
            if cell.fixed:
                fixed += weight
            elif weight:
                weights[self.position[cell]] = weight
        return weights, fixed

    # second pass

    @singledispatchmethod
    def remember(self, statement: object, stated: Stated) -> None:  # noqa: ARG002
        """Adds what has to be known of earlier days."""
        raise DoesNotFit(type(statement).__name__)

    @remember.register
    def _(self, statement: said.Forbid | said.Pair | said.Given, _: Stated) -> None:
        pass

    @remember.register
    def _(self, statement: said.Weighed, _: Stated) -> None:
        weights, fixed = self._weights(statement)
        if len({self.day_of[k] for k in weights}) > 1:
            self._sum(weights, 0, max(statement.at_most - fixed, 0))

    @remember.register
    def _(self, statement: said.Owed, _: Stated) -> None:
        weights, fixed = self._weights(statement)
        self._sum(weights, statement.at_least - fixed, sum(weights.values()))

    def _sum(self, weights: Mapping[int, int], at_least: int, at_most: int, cost: tuple[float, ...] = ()) -> None:
        listed = [option for day in self.options.values() for option in day if option]
        self.sums.append(
            Sum({o: w for o in listed if (w := sum(weights.get(k, 0) for k in o))}, at_least, at_most, cost)
        )

    @remember.register
    def _(self, statement: said.Excess, _: Stated) -> None:
        days = {self.index(day) for day in statement.days}
        held: dict[int, int] = defaultdict(int)
        weigh = {k: statement.weigh(cell.duty) for k, cell in enumerate(self.free)}
        for cell in self.cells:
            if cell.fixed:
                held[self.index(cell.duty.day)] += statement.weigh(cell.duty)
        settled = sum(max(held[day] - statement.allowance, 0) for day in days)
        weights = {}
        for day in days & self.options.keys():
            base = max(held[day] - statement.allowance, 0)
            for option in filter(None, self.options[day]):
                over = held[day] + sum(weigh[k] for k in option) - statement.allowance
                weights[option] = max(over, 0) - base
        if min(weights.values(), default=0) < 0:
            raise DoesNotFit("a negative weight")
        self.sums.append(Sum(weights, 0, max(statement.at_most - settled, 0)))

    @remember.register
    def _(self, statement: said.Spread, stated: Stated) -> None:
        weights = {self.position[cell]: weight for cell, weight in statement.cells.items() if cell in self.position}
        others = any(cell not in self.position and not cell.fixed for cell in statement.cells)
        if others or min(statement.cells.values(), default=0) < 0:
            raise DoesNotFit("a count of others, or a negative weight")
        fixed = sum(weight for cell, weight in statement.cells.items() if cell.fixed)
        most = sum(weights.values())
        scale, table = self.scale.get(stated.level, 0), statement.cost
        rise = table[-1] - table[-2] if len(table) > 1 else 0
        reached = range(fixed, fixed + most + 1)
        cost = (table[k] if k < len(table) else table[-1] + (k - len(table) + 1) * rise for k in reached)
        self._sum(weights, 0, most, tuple(float(scale * points) for points in cost))

    @remember.register
    def _(self, statement: said.Price, stated: Stated) -> None:
        for cell, points in statement.cells.items():
            if cell in self.position:
                self.price[self.position[cell]] += points * self.scale.get(stated.level, 0)

    def _counts(self, counts: Callable[[Duty], bool]) -> Counting:
        if counts not in self._counting:
            facts: dict[int, Fact] = {}
            mine: set[int] = set()
            for cell in self.cells:
                day = self.index(cell.duty.day)
                if counts(cell.duty):
                    facts[day] = True if cell.fixed or facts.get(day) else None
                    if not cell.fixed:
                        mine.add(self.position[cell])
            self._counting[counts] = Counting(facts, frozenset(mine))
        return self._counting[counts]

    @remember.register
    def _(self, statement: said.Run, _: Stated) -> None:
        counting = self._counts(statement.counts)
        self.automata.append(LongestRun(counting, statement.at_most, run_before(counting, statement.at_most)))

    @remember.register
    def _(self, statement: said.LeastStint, _: Stated) -> None:
        counting, known = self._counts(statement.counts), self.index(statement.known)
        begun = stint_before(counting, known, statement.of, statement.at_least)
        if statement.at_least > 1:
            self.automata.append(LeastRun(counting, statement.of, statement.at_least, begun))

    @remember.register
    def _(self, statement: said.Sets, _: Stated) -> None:
        counting = self._counts(statement.counts)
        sets = [frozenset(map(self.index, days)) for days in statement.sets]
        fixed = [days for days in sets if any(counting.facts.get(day) is True for day in days)]
        open_ = [days for days in sets if days not in fixed]
        set_of = {day: k for k, days in enumerate(open_) for day in days}
        last_of = {k: max(days) for k, days in enumerate(open_)}
        left = max(statement.at_most - len(fixed), 0)
        if len(open_) > left:
            self.automata.append(Touched(counting, set_of, last_of, left))

    @remember.register
    def _(self, statement: said.FreeDay, _: Stated) -> None:
        touched: dict[int, list[Cell]] = {self.index(day): [] for day in statement.days}
        touches: dict[int, frozenset[int]] = {}
        for cell in self.cells:
            days = [self.index(day) for day in statement.busy(cell.duty)]
            for day in set(days) & touched.keys():
                touched[day].append(cell)
            if not cell.fixed:
                touches[self.position[cell]] = frozenset(days)
        open_days = frozenset(day for day, cells in touched.items() if not any(cell.fixed for cell in cells))
        if open_days and all(touched[day] for day in open_days):
            mine = {k: days & open_days for k, days in touches.items()}
            self.automata.append(FreeOne(open_days, mine, self.horizon - 1))

    def _clashes(self) -> None:
        """One automaton for everything that clashes over days."""
        names: dict[tuple[int, frozenset[int]], int] = {}
        name: dict[int, int] = {}
        for k, others in self.apart.items():
            before = frozenset(other for other in others if self.day_of[other] < self.day_of[k])
            if before and k not in self.out:
                name[k] = names.setdefault((self.day_of[k], before), len(names))
        if names:
            blocks = {
                k: frozenset(name[other] for other in others if other in name and self.day_of[other] > self.day_of[k])
                for k, others in self.apart.items()
            }
            days = {number: day for (day, _), number in names.items()}
            self.automata.append(Clashes(name, blocks, days))

    def _sums(self) -> list[Sum]:
        """The sums that need a counter; short ones become automata."""
        day_of = {option: day for day, options_ in self.options.items() for option in options_ if option}
        counters = []
        for sum_ in distinct([tight for sum_ in self.sums if (tight := sum_.tightened(self.options))]):
            days = {day_of[option] for option in sum_.weights}
            if sum_.cost or not days or max(days) - min(days) >= SHORT_DAYS:
                counters.append(sum_)
            else:
                self.automata.append(ShortSum(sum_.weights, max(days), sum_.at_least, sum_.at_most))
        return counters
