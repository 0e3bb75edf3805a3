"""The ModelPort that writes down what rules say about a world of cells."""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from itertools import pairwise
from types import FunctionType
from typing import Any, TypeVar

from roster.base import Cell, Cells, Stint
from roster.options import rows_of
from roster.people import Person
from roster.problem import Problem
from roster.roster import Stretch
from roster.shifts import DaySelector, Duty
from solver import statements as said

ONE_DAY = timedelta(days=1)
T = TypeVar("T")


class Recorder:
    """Implements `roster.base.ModelPort`. `cells` is the whole world: free cells, locks and history."""

    def __init__(self, problem: Problem, cells: Iterable[Cell]) -> None:
        self.problem = problem
        self.world: tuple[Cell, ...] = tuple(
            sorted(cells, key=lambda cell: (cell.duty.start, cell.duty.end, cell.person.staff_id))
        )
        self.stated: list[said.Stated] = []
        self._told: dict[Hashable, Callable[[Duty], Any]] = {}
        self._same: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self._follows: dict[tuple[said.Clash, int, Duty], Sequence[tuple[Duty, int]]] = {}
        self.level = 0
        self.owner = ""

    def _say(self, statement: said.Statement) -> None:
        self.stated.append(said.Stated(self.level, self.owner, statement))

    def _once(self, told: Callable[[Duty], T]) -> Callable[[Duty], T]:
        """The function with its answers kept. Functions of one code over the same things are one, whoever made them."""
        key: Hashable = told
        if isinstance(told, FunctionType):
            held = (*(cell.cell_contents for cell in told.__closure__ or ()), *(told.__defaults__ or ()))
            key = told.__code__, *map(id, held)
        return self._told.setdefault(key, cache(told))

    def _kept(self, said_of: Iterable[T]) -> tuple[T, ...]:
        """The cells or costs as a tuple, of which equal ones are kept once: thousands of people are often alike."""
        values = tuple(said_of)
        return self._same.setdefault(values, values)

    def _counted(self, cells: Mapping[Cell, int]) -> Mapping[Cell, int]:
        """The same in less room: where every cell counts 1, whole centres are named again and again."""
        return said.Each(self._kept(cells)) if all(weight == 1 for weight in cells.values()) else cells

    # reading the world

    @cached_property
    def _by_day(self) -> dict[date, list[Cell]]:
        found: dict[date, list[Cell]] = defaultdict(list)
        for cell in self.world:
            found[cell.duty.day].append(cell)
        return found

    @cached_property
    def _by_person(self) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.world:
            found[cell.person.staff_id].append(cell)
        return found

    @cached_property
    def _by_person_day(self) -> dict[tuple[str, date], list[Cell]]:
        found: dict[tuple[str, date], list[Cell]] = defaultdict(list)
        for cell in self.world:
            found[cell.person.staff_id, cell.duty.day].append(cell)
        return found

    @cached_property
    def _holding(self) -> dict[Duty, list[Cell]]:
        """The cells of each duty."""
        found: dict[Duty, list[Cell]] = defaultdict(list)
        for cell in self.world:
            found[cell.duty].append(cell)
        return found

    @cached_property
    def _touching(self) -> dict[date, list[Duty]]:
        found: dict[date, list[Duty]] = defaultdict(list)
        for duty in self._holding:
            day = duty.start.date()
            while day <= duty.end.date():
                found[day].append(duty)
                day += ONE_DAY
        return found

    @cached_property
    def _duties(self) -> dict[date, list[Duty]]:
        return {day: list(dict.fromkeys(cell.duty for cell in cells)) for day, cells in self._by_day.items()}

    def duties(self, day: date) -> Sequence[Duty]:
        """The duties that start on a day, each once, whoever may have them."""
        return self._duties.get(day, ())

    def followers(self, pair: said.Pair, earlier: Duty) -> Sequence[tuple[Duty, int]]:
        """The duties of anybody, up to `reach_days` later, that clash with an earlier one, with the points."""
        key = (pair.clash, pair.reach_days, earlier)
        if key not in self._follows:
            found = (
                (later, pair.clash(earlier, later))
                for k in range(pair.reach_days + 1)
                for later in self.duties(earlier.day + k * ONE_DAY)
                if later is not earlier
            )
            self._follows[key] = [(later, points) for later, points in found if points]
        return self._follows[key]

    def rows(self, chosen: Container[Cell]) -> tuple[Stretch, ...]:
        """The rows of the chosen cells, those of the horizon's locked ones included."""
        start = self.problem.horizon.start
        kept = (cell for cell in self.world if (cell.duty.day >= start if cell.fixed else cell in chosen))
        return tuple(row for cell in kept for row in rows_of(cell, locked=cell.fixed))

    def narrowed(self, world: Iterable[Cell], stated: Iterable[said.Stated]) -> "Recorder":
        """A part of the cells and statements; what is known of the whole world is shared, not worked out anew."""
        _ = self._by_day, self._by_person, self._by_person_day, self._holding, self._touching, self._duties
        part = copy(self)
        part.world, part.stated = tuple(world), list(stated)
        return part

    def people(self) -> Sequence[Person]:
        """Everybody who may be planned."""
        return self.problem.people

    def days(self, selector: DaySelector = "every-day") -> Sequence[date]:
        """The days of the horizon that the selector names."""
        return [day for day in self.problem.horizon.dates if self.problem.matches(selector, day)]

    def cells(self, day: date | None = None) -> Cells:
        """All cells, or those that start on a day."""
        return self.world if day is None else self._by_day.get(day, [])

    def cells_of(self, person: Person, days: Iterable[date] | None = None) -> Cells:
        """One person's cells by start, or those that start on some days."""
        if days is None:
            return self._by_person.get(person.staff_id, [])
        return [cell for day in sorted(days) for cell in self._by_person_day.get((person.staff_id, day), ())]

    def _running(self, start: datetime, end: datetime) -> Sequence[Duty]:
        """The duties whose time touches [start, end)."""
        found: dict[Duty, None] = {}
        day = start.date()
        while day <= end.date():
            found.update((d, None) for d in self._touching.get(day, ()) if d.start < end and start < d.end)
            day += ONE_DAY
        return list(found)

    def touching(self, start: datetime, end: datetime) -> Cells:
        """The cells whose time touches [start, end)."""
        return [cell for duty in self._running(start, end) for cell in self._holding[duty]]

    def grid(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """[start, end) cut at every boundary of any touching cell's spans."""
        cuts = {start, end}
        for duty in self._running(start, end):
            cuts.update(edge for span in duty.spans for edge in (span.start, span.end) if start < edge < end)
        return pairwise(sorted(cuts))

    # one person

    def forbid(self, cells: Iterable[Cell]) -> None:
        """None of these cells is used."""
        self._say(said.Forbid(tuple(cells)))

    def pair(self, person: Person, clash: Callable[[Duty, Duty], int], *, reach_days: int) -> None:
        """No two duties of the person at most `reach_days` days apart clash."""
        self._say(said.Pair(person, clash, reach_days))

    def window(self, person: Person, weigh: Callable[[Duty], int], *, days: int, at_most: int) -> None:
        """In any `days` consecutive days the weights add up to at most `at_most`."""
        horizon = self.problem.horizon
        for k in range(1 - days, horizon.days):
            first = horizon.start + k * ONE_DAY
            self.total(person, weigh, days={first + j * ONE_DAY for j in range(days)}, at_most=at_most)

    def run(self, person: Person, counts: Callable[[Duty], bool], *, at_most: int) -> None:
        """No more than `at_most` days in a row hold a duty that counts."""
        self._say(said.Run(person, self._once(counts), at_most))

    def stint(self, person: Person, counts: Callable[[Duty], bool], *, of: Stint, at_least: int) -> None:
        """Days in a row of work or of rest number at least `at_least`."""
        self._say(said.LeastStint(person, self._once(counts), of, at_least, self._known))

    @cached_property
    def _known(self) -> date:
        """The first day anything is known of."""
        return min((row.date for row in self.problem.previous), default=self.problem.horizon.start)

    def total(self, person: Person, weigh: Callable[[Duty], int], *, days: Collection[date], at_most: int) -> None:
        """Over `days` the weights add up to at most `at_most`."""
        self._say(said.Weighed(person, self._once(weigh), frozenset(days), at_most))

    def owed(self, person: Person, weigh: Callable[[Duty], int], *, days: Collection[date], at_least: int) -> None:
        """Over `days` the weights add up to at least `at_least`."""
        self._say(said.Owed(person, self._once(weigh), frozenset(days), at_least))

    def sets(
        self, person: Person, counts: Callable[[Duty], bool], *, sets: Sequence[Collection[date]], at_most: int
    ) -> None:
        """At most `at_most` of the sets of days hold a duty that counts."""
        self._say(said.Sets(person, self._once(counts), tuple(frozenset(days) for days in sets), at_most))

    def excess(
        self, person: Person, weigh: Callable[[Duty], int], *, days: Collection[date], allowance: int, at_most: int
    ) -> None:
        """What each day's weights exceed `allowance` by adds up to at most `at_most`."""
        self._say(said.Excess(person, self._once(weigh), frozenset(days), allowance, at_most))

    def free_day(self, person: Person, busy: Callable[[Duty], Collection[date]], *, days: Collection[date]) -> None:
        """At least one of `days` is touched by no duty."""
        self._say(said.FreeDay(person, self._once(busy), tuple(days)))

    def one_of(self, cells: Iterable[Cell]) -> None:
        """Exactly one of these free cells is used. No verb of the port: the second look says it of a duty."""
        self._say(said.OneOf(tuple(cells)))

    # across people

    def at_least(self, cells: Mapping[Cell, int], amount: int, *, points: int) -> None:
        """The weighted cells add up to at least `amount`."""
        self._say(said.AtLeast(self._counted(cells), amount, points))

    def at_most(self, cells: Mapping[Cell, int], amount: int, *, points: int) -> None:
        """The weighted cells add up to at most `amount`."""
        self._say(said.AtMost(self._counted(cells), amount, points))

    def days_at_least(self, days: Sequence[tuple[Cells, int]], amount: int, *, points: int) -> None:
        """On at least `amount` of the listed days the day's cells number at least the day's count."""
        self._say(said.DaysAtLeast(days, amount, points))

    def given(self, points: int) -> None:
        """A shortage that no roster can change."""
        self._say(said.Given(points))

    # what is wanted

    def cover(self, cells: Cells, lost: Sequence[int]) -> None:
        """Having n of the cells costs lost[n]."""
        self._say(said.Cover(self._kept(cells), self._kept(lost)))

    def spread(self, cells: Mapping[Cell, int], cost: Sequence[int]) -> None:
        """A weighted count of k costs cost[k]."""
        self._say(said.Spread(self._counted(cells), self._kept(cost)))

    def price(self, cells: Mapping[Cell, int]) -> None:
        """Using a cell costs its points."""
        self._say(said.Price(cells))
