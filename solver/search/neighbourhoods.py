"""Improving a complete roster of a large problem by freeing a part of it at a time.

Windows free everybody on a few days and settle contract and service. Exchanges free a few people on all days while
every count that contract and service depend on stays as it is: what a row "no worse than before" would stop dead.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ortools.sat.python import cp_model

from roster.base import CONTRACT, SERVICE, Cell
from solver import statements as said
from solver.model import Model
from solver.recorder import Recorder
from solver.statements import Stated

PERSON_DAYS = 150
"""Person-days that a window frees."""
MOST_PARTS = 4
"""Stretches of days that a window may consist of."""
PEOPLE = 6
"""People that an exchange frees."""
PATIENCE = 30
"""Neighbourhoods in a row without gain that end the search."""

Fixings = Callable[[cp_model.CpModel], None]


@dataclass
class Neighbourhood:
    """Cells to be chosen anew, and what holds besides."""

    free: set[int]
    besides: Fixings = field(default=lambda _: None)


def windows(model: Model, seed: int) -> Iterator[Neighbourhood]:
    """Everybody on a few stretches of days, drawn without end."""
    drawn = random.Random(seed)
    by_day: dict[date, set[int]] = defaultdict(set)
    for cell, literal in model.x.items():
        by_day[cell.duty.day].add(literal.index)
    days = model.recorder.problem.horizon.dates
    people = max(len({cell.person.staff_id for cell in model.x}), 1)
    while True:
        wanted = min(max(PERSON_DAYS // people, 1), len(days))
        parts = drawn.randint(1, min(MOST_PARTS, wanted))
        length = max(wanted // parts, 1)
        firsts = [drawn.randrange(len(days) - length + 1) for _ in range(parts)]
        chosen = {days[first + k] for first in firsts for k in range(length)}
        yield Neighbourhood(set().union(*(by_day[day] for day in chosen)))


class Exchanges:
    """Neighbourhoods of people who change places while all counts stay.

    `model` says what is said of single people and of the levels from fairness to `level`, over the same variables as
    the whole model; cells of a day that enter the same contract and service statements are alike.
    """

    def __init__(self, whole: Model, level: int) -> None:
        recorder = whole.recorder
        kept = (s for s in recorder.stated if s.level <= level and not _counted(s))
        self.model = Model(recorder.narrowed(recorder.world, kept))
        self._alike = _alike(whole.recorder, self.model.x)
        self._people: dict[str, list[int]] = defaultdict(list)
        for cell, literal in self.model.x.items():
            self._people[cell.person.staff_id].append(literal.index)

    def draw(self, seed: int, values: Callable[[], Sequence[int]]) -> Iterator[Neighbourhood]:
        """A few people who share kinds of cells, drawn without end; `values` are the present ones."""
        drawn = random.Random(seed)
        circles = self._circles()
        while circles:
            (circle,) = drawn.choices(circles, weights=[len(circle) for circle in circles])
            people = drawn.sample(circle, min(PEOPLE, len(circle)))
            free = {index for staff_id in people for index in self._people[staff_id]}
            yield Neighbourhood(free, self._same_counts(free, values()))

    def _circles(self) -> list[list[str]]:
        """For each person those who share a kind of cell; people who share with nobody are left out."""
        holders: dict[object, set[str]] = defaultdict(set)
        person = {index: staff_id for staff_id, indices in self._people.items() for index in indices}
        for index, kind in self._alike.items():
            holders[kind].add(person[index])
        circles = {frozenset(people) for people in holders.values() if len(people) > 1}
        return sorted(sorted(circle) for circle in circles)

    def _same_counts(self, free: set[int], values: Sequence[int]) -> Fixings:
        groups: dict[object, list[int]] = defaultdict(list)
        for index in sorted(free):
            groups[self._alike[index]].append(index)

        def fix(cp: cp_model.CpModel) -> None:
            for indices in groups.values():
                literals = [cp.get_int_var_from_proto_index(index) for index in indices]
                cp.add(cp_model.LinearExpr.sum(literals) == sum(values[index] for index in indices))

        return fix


def _counted(stated: Stated) -> bool:
    """Whether the statement is one of contract or service that depends on counts of like cells alone."""
    statement = stated.statement
    if stated.level not in (CONTRACT, SERVICE):
        return False
    if isinstance(statement, said.AtLeast | said.AtMost):
        return len(set(statement.cells.values())) <= 1
    return isinstance(statement, said.Cover | said.DaysAtLeast | said.Given)


def _alike(recorder: Recorder, x: Mapping[Cell, cp_model.IntVar]) -> dict[int, object]:
    """By variable: the day and the counted statements its cell enters."""
    entered: dict[Cell, list[tuple[int, int]]] = defaultdict(list)
    for k, stated in enumerate(recorder.stated):
        if _counted(stated):
            for part, cells in enumerate(_parts(stated.statement)):
                for cell in cells:
                    entered[cell].append((k, part))
    return {literal.index: (cell.duty.day, tuple(entered[cell])) for cell, literal in x.items()}


def _parts(statement: said.Statement) -> Iterator[Sequence[Cell]]:
    """The sets of cells whose numbers a counted statement depends on."""
    match statement:
        case said.Cover(cells):
            yield cells
        case said.AtLeast(cells) | said.AtMost(cells):
            yield list(cells)
        case said.DaysAtLeast(days):
            yield from (cells for cells, _ in days)
