"""All statements of a recorder as flat arrays, so that a compiled search can weigh a change of a few cells.

Every statement becomes a row: a cost of a whole number, convex or not, that cells enter with weights. Statements about
days (free days, days with enough people, hours beyond an allowance) enter a row through parts: a part counts cells,
and its step or its excess enters the row. Runs and pairs keep their own form.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import singledispatchmethod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from roster.base import CONTRACT, Cell
from roster.people import Person
from roster.shifts import Duty
from solver import statements as said
from solver.recorder import Recorder
from solver.search.entries import Entries, Flags, Holders, Ints, Small
from solver.search.mixing import mixed
from solver.stints import too_short

BROKEN = 0
"""Where strict statements are counted that do not hold; the other places of a cost are the levels."""
LEVELS = 7


class Tables(NamedTuple):
    """What does not change while cells come and go. Lists of lists are kept as first positions and one flat array."""

    person: Small
    day: Small
    duty: Small
    free: Flags
    own: Small
    """people x duties: the person's cell of that duty, or -1."""
    choice_first: Small
    choice: Small
    """By person x day: the free cells."""
    holder_first: Small
    holder: Small
    """By duty: the people who may have it."""
    entry_first: Small
    entry: Ints
    """By cell: row, weight."""
    whole_first: Small
    whole: Ints
    """By duty: row, weight, for rows that count everybody who may have it alike; such a cell is no entry."""
    share_first: Small
    share: Ints
    """By cell: part, weight."""
    part: Ints
    """row, least count, what it gives from that count on; 0 where it gives what lies above."""
    row: Ints
    """level, amount, points a unit below and above it, first place and length of a table, points beyond its end."""
    table: Ints
    slot_first: Small
    slot: Small
    """By cell: the days of runs, numbered through; an empty one stands between two runs."""
    slot_most: Small
    """By slot: how many days in a row the run allows."""
    meet_first: Small
    meet: Small
    """By person: the sets of pairs that are said of the person."""
    pair_first: Small
    pair: Ints
    """By set of pairs x duty: another duty, what both together cost, the level."""
    mixed: Flags
    """By person x day: whether two of the free cells may stand together, such as a duty and being on call."""
    strict_alone: bool
    """Whether every strict statement is about one person."""


def flat(lists: Sequence[Sequence[int]]) -> tuple[Small, Small]:
    """First positions (one more than lists) and all members."""
    first = np.cumsum([0, *map(len, lists)]).astype(np.int32)
    return first, np.array([member for members in lists for member in members], dtype=np.int32)


class Compiler:
    """Writes the arrays. `cells` are the free cells, in the recorder's order, and after them the fixed ones."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.cells: list[Cell] = sorted(recorder.world, key=lambda cell: cell.fixed)
        self._index = {cell: k for k, cell in enumerate(self.cells)}
        staff = sorted({cell.person.staff_id for cell in self.cells})
        self._people = {staff_id: k for k, staff_id in enumerate(staff)}
        in_order = sorted({cell.duty for cell in self.cells}, key=lambda duty: (duty.start, duty.end, duty.shift))
        self._duties = {duty: k for k, duty in enumerate(in_order)}
        self._duty = np.fromiter((self._duties[cell.duty] for cell in self.cells), np.int32, len(self.cells))
        self._holders = Holders(self._duty)
        self._numbers: dict[tuple[Cell, ...], Small] = {}
        days = {cell.duty.day for cell in self.cells}
        self._first_day = min(days)
        self._days = (max(days) - self._first_day).days + 1
        self._forbidden: set[int] = set()
        self._rows: list[tuple[int, int, int, int, Sequence[int], int]] = []
        self._entries, self._whole = Entries(), Entries()
        self._parts: list[tuple[int, int, int]] = []
        self._shares = Entries()
        self._slots = array("i")
        self._slot_most: list[int] = [0]
        self._met: dict[tuple[int, said.Clash, int], list[Person]] = defaultdict(list)
        for stated in recorder.stated:
            self._add(stated.statement, stated)

    def _mine(self, person: Person, days: Collection[date] | None = None) -> Sequence[Cell]:
        return self._recorder.cells_of(person, days)

    @staticmethod
    def _by_day(cells: Iterable[Cell]) -> dict[date, list[Cell]]:
        found: dict[date, list[Cell]] = defaultdict(list)
        for cell in cells:
            found[cell.duty.day].append(cell)
        return found

    # one statement after the other

    def _row(
        self, level: int, cells: Mapping[Cell, int], amount: int = 0, under: int = 0, over: int = 0,
        table: Sequence[int] = (), tail: int = 0,
    ) -> int:  # fmt: skip
        self._rows.append((level, amount, under, over, table, tail))
        self._entries.add(map(self._index.__getitem__, cells), cells.values())
        self._whole.add((), ())
        return len(self._rows) - 1

    def _together(
        self, level: int, cells: Mapping[Cell, int], amount: int = 0, under: int = 0, over: int = 0,
        table: Sequence[int] = (), tail: int = 0,
    ) -> None:  # fmt: skip
        """A row about people together: by whole duties as far as that goes."""
        self._rows.append((level, amount, under, over, table, tail))
        at, each = self._numbered(cells), isinstance(cells, said.Each)
        weights = np.ones(len(at), np.int64) if each else np.fromiter(cells.values(), np.int64, len(cells))
        duties, weight, left = self._holders.whole(at, weights)
        self._whole.add(duties, weight)
        self._entries.add(at[left], weights[left])

    def _numbered(self, cells: Mapping[Cell, int]) -> Small:
        """The numbers of cells; the same cells are mostly spoken of more than once."""
        key = cells.cells if isinstance(cells, said.Each) else tuple(cells)
        if key not in self._numbers:
            self._numbers[key] = np.fromiter(map(self._index.__getitem__, key), np.int32, len(key))
        return self._numbers[key]

    def _part(self, row: int, cells: Mapping[Cell, int], least: int, *, step: int) -> None:
        self._parts.append((row, least, step))
        self._shares.add(map(self._index.__getitem__, cells), cells.values())

    @singledispatchmethod
    def _add(self, statement: object, stated: said.Stated) -> None:
        raise TypeError(f"{stated.owner}: no arrays for {type(statement).__name__}")

    @_add.register
    def _(self, statement: said.Forbid, _: said.Stated) -> None:
        self._forbidden.update(self._index[cell] for cell in statement.cells)

    @_add.register
    def _(self, statement: said.OneOf, _: said.Stated) -> None:
        self._row(BROKEN, dict.fromkeys(statement.cells, 1), amount=1, under=1, over=1)

    @_add.register
    def _(self, statement: said.Pair, stated: said.Stated) -> None:
        level = stated.level if stated.level > CONTRACT else BROKEN
        self._met[level, statement.clash, statement.reach_days].append(statement.person)

    @_add.register
    def _(self, statement: said.Weighed, _: said.Stated) -> None:
        entries = {cell: statement.weigh(cell.duty) for cell in self._mine(statement.person, statement.days)}
        fixed = sum(weight for cell, weight in entries.items() if cell.fixed)
        if sum(max(weight, 0) for weight in entries.values()) > max(statement.at_most, fixed):
            self._row(BROKEN, entries, amount=max(statement.at_most, fixed), over=1)

    @_add.register
    def _(self, statement: said.Excess, _: said.Stated) -> None:
        cells = self._mine(statement.person, statement.days)
        days = [{cell: statement.weigh(cell.duty) for cell in day} for day in self._by_day(cells).values()]
        fixed = (sum(weight for cell, weight in day.items() if cell.fixed) for day in days)
        settled = sum(max(weight - statement.allowance, 0) for weight in fixed)
        row = self._row(BROKEN, {}, amount=max(statement.at_most, settled), over=1)
        for entries in days:
            self._part(row, entries, statement.allowance, step=0)

    @_add.register
    def _(self, statement: said.Run, _: said.Stated) -> None:
        cells = [cell for cell in self._mine(statement.person) if statement.counts(cell.duty)]
        first = len(self._slot_most)
        self._slot_most.extend([statement.at_most] * self._days + [0])
        self._slots.extend(n for cell in cells for n in (self._index[cell], first + self._day(cell.duty.day)))

    @_add.register
    def _(self, statement: said.FreeDay, _: said.Stated) -> None:
        touching: dict[date, list[Cell]] = {day: [] for day in statement.days}
        for cell in self._mine(statement.person):
            for day in statement.busy(cell.duty):
                if day in touching:
                    touching[day].append(cell)
        open_days = [cells for cells in touching.values() if not any(cell.fixed for cell in cells)]
        if open_days and all(open_days):
            row = self._row(BROKEN, {}, amount=len(open_days) - 1, over=1)
            for cells in open_days:
                self._part(row, dict.fromkeys(cells, 1), 1, step=1)

    @_add.register
    def _(self, statement: said.LeastStint, _: said.Stated) -> None:
        busy = self._by_day(cell for cell in self._mine(statement.person) if statement.counts(cell.duty))
        for used, unused in too_short(statement, busy, self._recorder.problem.horizon.dates[-1]):
            if all(used):
                row = self._row(BROKEN, {}, amount=len(used) - 1, over=1)
                for step, days in ((1, used), (-1, unused)):
                    for cells in days:
                        self._part(row, dict.fromkeys(cells if isinstance(cells, list) else (), 1), 1, step=step)

    @_add.register
    def _(self, statement: said.Owed, _: said.Stated) -> None:
        weighed = {cell: statement.weigh(cell.duty) for cell in self._mine(statement.person, statement.days)}
        self._row(BROKEN, weighed, statement.at_least, under=1)

    @_add.register
    def _(self, statement: said.Sets, _: said.Stated) -> None:
        mine = [cell for cell in self._mine(statement.person) if statement.counts(cell.duty)]
        groups = [[cell for cell in mine if cell.duty.day in days] for days in statement.sets]
        held = sum(any(cell.fixed for cell in cells) for cells in groups)
        row = self._row(BROKEN, {}, amount=max(statement.at_most, held), over=1)
        for cells in groups:
            self._part(row, dict.fromkeys(cells, 1), 1, step=1)

    @_add.register
    def _(self, statement: said.AtLeast, stated: said.Stated) -> None:
        level, points = (stated.level, statement.points) if stated.level >= CONTRACT else (BROKEN, 1)
        self._together(level, statement.cells, statement.amount, under=points)

    @_add.register
    def _(self, statement: said.AtMost, stated: said.Stated) -> None:
        level, points = (stated.level, statement.points) if stated.level >= CONTRACT else (BROKEN, 1)
        self._together(level, statement.cells, statement.amount, over=points)

    @_add.register
    def _(self, statement: said.DaysAtLeast, stated: said.Stated) -> None:
        row = self._row(stated.level, {}, statement.amount, under=statement.points)
        for cells, count in statement.days:
            self._part(row, dict.fromkeys(cells, 1), count, step=1)

    @_add.register
    def _(self, statement: said.Given, stated: said.Stated) -> None:
        self._row(stated.level, {}, statement.points, under=1)

    @_add.register
    def _(self, statement: said.Cover, stated: said.Stated) -> None:
        self._together(stated.level, said.Each(statement.cells), table=statement.lost)

    @_add.register
    def _(self, statement: said.Spread, stated: said.Stated) -> None:
        cost = statement.cost
        tail = cost[-1] - cost[-2] if len(cost) > 1 else 0
        self._row(stated.level, statement.cells, table=cost, tail=tail)

    @_add.register
    def _(self, statement: said.Price, stated: said.Stated) -> None:
        self._row(stated.level, statement.cells, over=1)

    # the arrays

    def _day(self, day: date) -> int:
        return (day - self._first_day).days

    def tables(self) -> Tables:
        """All arrays."""
        duties, people = list(self._duties), len(self._people)
        person = np.array([self._people[cell.person.staff_id] for cell in self.cells], dtype=np.int32)
        day = np.array([self._day(cell.duty.day) for cell in self.cells], dtype=np.int32)
        duty = self._duty
        free = np.array([not cell.fixed for cell in self.cells])
        free[list(self._forbidden)] = False
        own = np.full((people, len(duties)), -1, dtype=np.int32)
        own[person, duty] = np.arange(len(self.cells), dtype=np.int32)
        may = np.flatnonzero(free)
        rows, table = self._row_arrays()
        slots = np.array(self._slots, dtype=np.int32).reshape(-1, 2)
        choices = _grouped(person[may] * self._days + day[may], may, people * self._days)
        meetings = self._meetings(duties)
        duty_day = np.array([self._day(duty.day) for duty in duties], dtype=np.int32)
        return Tables(
            person, day, duty, free, own,
            *choices,
            *_grouped(duty[may], person[may], len(duties)),
            *self._entries.listed(len(self.cells)), *self._whole.listed(len(duties)),
            *self._shares.listed(len(self.cells)),
            np.array(self._parts, dtype=np.int64).reshape(-1, 3), rows, table,
            *_grouped(slots[:, 0], slots[:, 1], len(self.cells)), np.array(self._slot_most, dtype=np.int32),
            *meetings, mixed(self._duty, duty_day, choices, meetings, level=BROKEN),
            not any(map(_crosses, self._recorder.stated)),
        )  # fmt: skip

    def _row_arrays(self) -> tuple[Ints, Ints]:
        """Rows and tables; equal tables, as of people who are alike, are kept once."""
        level, amount, under, over, tables, tail = zip(*self._rows, strict=True)
        number: dict[tuple[int, ...], int] = {}
        which = [number.setdefault(tuple(table), len(number)) for table in tables]
        first, table = flat(list(number))
        columns = (level, amount, under, over, first[which], np.diff(first)[which], tail)
        return np.column_stack([np.array(column, dtype=np.int64) for column in columns]), table.astype(np.int64)

    def _meetings(self, duties: Sequence[Duty]) -> tuple[Small, Small, Small, Ints]:
        """Sets of pairs by person and by duty. Pairs count in both directions; the earlier duty comes first."""
        of_person: list[list[int]] = [[] for _ in self._people]
        met: list[tuple[int, ...]] = []
        for k, ((level, clash, reach), people) in enumerate(self._met.items()):
            for person in people:
                if person.staff_id in self._people:
                    of_person[self._people[person.staff_id]].append(k)
            pair, base = said.Pair(people[0], clash, reach), k * len(duties)
            for one, earlier in enumerate(duties):
                for later, points in self._recorder.followers(pair, earlier):
                    two = self._duties.get(later, -1)
                    if two > one:
                        met += (base + one, two, points, level), (base + two, one, points, level)
        return *flat(of_person), *_listed(np.array(met, dtype=np.int64).reshape(-1, 4), len(self._met) * len(duties))


def _crosses(stated: said.Stated) -> bool:
    """Whether a strict statement counts cells whoever they belong to."""
    one = stated.statement
    return isinstance(one, said.OneOf) or (stated.level < CONTRACT and isinstance(one, said.AtLeast | said.AtMost))


def _listed(array: Ints, count: int) -> tuple[Small, Ints]:
    """Entries by their first number, from 0 to count - 1: first positions, and the numbers that follow it."""
    order = np.argsort(array[:, 0], kind="stable")
    first = np.searchsorted(array[order, 0], np.arange(count + 1)).astype(np.int32)
    return first, np.ascontiguousarray(array[order, 1:])


def _grouped(keys: npt.NDArray[np.integer], members: npt.NDArray[np.integer], count: int) -> tuple[Small, Small]:
    """The members of each key from 0 to count - 1, as first positions and one flat array."""
    order = np.argsort(keys, kind="stable")
    return np.searchsorted(keys[order], np.arange(count + 1)).astype(np.int32), members[order].astype(np.int32)
