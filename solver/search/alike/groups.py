"""Who is alike: people whose programs, shares in common counts and own counts have the same form."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from roster.base import CONTRACT, COST, Cell
from solver import statements as said
from solver.person import Program, compile_person
from solver.person.form import form_of
from solver.person.program import Graph
from solver.recorder import Recorder
from solver.search.columns.counts import Counts, Floats, Ints, NoSuchForm
from solver.statements import Stated

FEW = 4
"""People a group has on average at least; below that a flow is no help."""
LOOK = 12
"""People after whom it is clear enough whether groups are that large."""


@dataclass
class Own:
    """A count of one person alone: `weight` by option, `cost` by what it comes to, of one level (0: a limit)."""

    level: int
    weight: Ints
    cost: Floats

    def of_a_day(self, graph: Graph) -> bool:
        """Whether it costs something and counts options of a single day only."""
        return self.level >= CONTRACT and len(np.unique(graph.day[self.weight > 0])) == 1

    def reach(self, graph: Graph) -> tuple[int, int]:
        """What the count comes to at least and at most on any path of the graph."""
        least, most = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        classes = int(graph.klass.max()) + 1
        low, high = np.full(classes, np.iinfo(np.int64).max), np.full(classes, -1)
        np.minimum.at(low, graph.klass, self.weight)
        np.maximum.at(high, graph.klass, self.weight)
        for day, size in enumerate(graph.sizes[1:]):
            arcs = slice(graph.first[day], graph.first[day + 1])
            start, end, klass = graph.start[arcs], graph.end[arcs], graph.arc_class[arcs]
            small, great = np.full(size, np.iinfo(np.int64).max), np.full(size, -1)
            np.minimum.at(small, end, least[start] + low[klass])
            np.maximum.at(great, end, most[start] + high[klass])
            least, most = small, great
        return int(least.min()), int(most.max())


@dataclass
class Group:
    """People who are alike. `shared[option]` says what an option adds to each common row (level, row)."""

    graph: Graph
    people: list[str] = field(default_factory=list)
    cells: list[Sequence[Cell]] = field(default_factory=list)
    own: list[list[Own]] = field(default_factory=list)
    price: list[Floats] = field(default_factory=list)
    shared: list[Mapping[tuple[int, int], int]] = field(default_factory=list)


class Pool:
    """All groups of a recorder, and the common rows they share.

    Raises NoSuchForm where something has no such form, where people turn out too different, or once it is `over`.
    """

    def __init__(self, recorder: Recorder, *, over: Callable[[], bool] = lambda: False) -> None:
        self.recorder = recorder
        self.counts = {level: Counts(_part(recorder, level), {level: 1}) for level in range(CONTRACT, COST + 1)}
        self.owner = {level: _owners(counts) for level, counts in self.counts.items()}
        self.index = {cell: k for k, cell in enumerate(self.counts[CONTRACT].cells)}
        self.steps = _steps(recorder)
        self.prices = np.array([counts.own for counts in self.counts.values()]).T
        self.programs: dict[Hashable, Program | None] = {}
        self._told: dict[Hashable, Hashable] = {}
        self.groups: dict[Hashable, Group] = {}
        strict: dict[str, list[Stated]] = defaultdict(list)
        for stated in recorder.stated:
            if stated.level <= CONTRACT:
                for staff_id in said.subjects(stated.statement):
                    strict[staff_id].append(stated)
        counts = self.counts[CONTRACT]
        for place, staff_id in enumerate(counts.people):
            self._join(place, staff_id, strict[staff_id])
            if over() or (place + 1 >= LOOK and place + 1 < FEW * len(self.groups)):
                raise NoSuchForm("too many different people, or too little time")

    def _join(self, place: int, staff_id: str, strict: Sequence[Stated]) -> None:
        person = self.recorder.problem.person_by_id[staff_id]
        alone = self.recorder.narrowed(self.recorder.cells_of(person), strict)
        form = form_of(alone, person)
        if form not in self.programs:
            self.programs[form] = compile_person(alone, person, {})
        program = self.programs[form]
        if program is None:
            raise NoSuchForm(f"no program for {staff_id}")
        graph, counts = program.graph, self.counts[CONTRACT]
        cells = counts.cells[counts.first[place] : counts.first[place + 1]]
        adds = {level: self._adds(program, place, level) for level in self.counts if len(self.owner[level])}
        common = {level: self._common(level, options) for level, options in adds.items()}
        owned = self._owned(program, place, staff_id, adds)
        own = [one for one in owned if not one.of_a_day(graph)]
        like = (
            self._duties(form, graph, cells),
            tuple((level, *(part.tobytes() for part in parts)) for level, parts in common.items()),
            tuple((one.level, one.weight.tobytes()) for one in own),
        )
        if like not in self.groups:
            self.groups[like] = Group(graph, shared=_shares(common, len(graph.options)))
        group = self.groups[like]
        group.people.append(staff_id)
        group.cells.append(cells)
        group.own.append(own)
        group.price.append(self._price(program, place, [one for one in owned if one.of_a_day(graph)]))

    def _duties(self, form: Hashable, graph: Graph, cells: Sequence[Cell]) -> Hashable:
        """What tells a graph and the duties of its options from others; the same for people of one form."""
        if form not in self._told:
            self._told[form] = (
                graph.sizes, graph.start.tobytes(), graph.end.tobytes(), graph.arc_class.tobytes(),
                tuple(tuple(id(cells[k].duty) for k in option) for option in graph.options),
            )  # fmt: skip
        return self._told[form]

    def _adds(self, program: Program, place: int, level: int) -> sp.csr_matrix:
        """What each option adds to every row of a level."""
        first = int(self.counts[level].first[place])
        return (program.option_cells @ self.counts[level].weight[first : first + program.cells]).tocsr()

    def _common(self, level: int, options: sp.csr_matrix) -> tuple[Ints, Ints, Ints]:
        """Options, rows of several people, and what the ones add to the others."""
        options.sort_indices()
        entries = options.tocoo()
        kept = self.owner[level][entries.col] < 0
        return entries.row[kept], entries.col[kept], entries.data[kept]

    def _owned(self, program: Program, place: int, staff_id: str, adds: Mapping[int, sp.csr_matrix]) -> list[Own]:
        """The person's own counts: rows of one person, steps, and sums that the graph does not remember."""
        first, found = int(self.counts[CONTRACT].first[place]), []
        for level, options in adds.items():
            counts = self.counts[level]
            for row in np.nonzero(self.owner[level] == place)[0]:
                weight = options[:, row].toarray().ravel().astype(np.int64)
                found.append(Own(level, weight, counts.table[counts.start[row] : counts.start[row + 1]]))
        for level, table, cells in self.steps.get(staff_id, ()):
            mine = np.zeros(program.cells)
            mine[[self.index[cell] - first for cell in cells]] = 1
            found.append(Own(level, (program.option_cells @ mine).astype(np.int64), table))
        for at_least, at_most, weight in program.limits():
            counted = np.arange(int(weight.sum()) + 1)
            table = np.where((at_least <= counted) & (counted <= at_most), 0.0, 1.0)
            found.append(Own(0, weight, table))
        return found

    def _price(self, program: Program, place: int, of_a_day: Sequence[Own]) -> Floats:
        """What each option costs the person by itself, by level: counts of one day are prices of its options."""
        first, day = int(self.counts[CONTRACT].first[place]), program.graph.day
        price = (program.option_cells @ self.prices[first : first + program.cells]).T
        for one in of_a_day:
            mine = day == day[np.flatnonzero(one.weight)[0]]
            price[list(self.counts).index(one.level), mine] += one.cost[one.weight[mine]]
        return price


def _shares(common: Mapping[int, tuple[Ints, Ints, Ints]], options: int) -> list[Mapping[tuple[int, int], int]]:
    """What each option adds to the rows of several people."""
    found: list[dict[tuple[int, int], int]] = [{} for _ in range(options)]
    for level, entries in common.items():
        for option, row, weight in zip(*entries, strict=True):
            found[option][level, int(row)] = int(weight)
    return list(found)


def _owners(counts: Counts) -> Ints:
    """By row the place of the one person it is about; -1 where there are several."""
    person = np.searchsorted(counts.first, np.arange(len(counts.cells)), side="right") - 1
    owner = np.full(len(counts.most), -1, dtype=np.int64)
    columns = counts.weight.tocsc()
    for row in range(len(counts.most)):
        those = np.unique(person[columns.indices[columns.indptr[row] : columns.indptr[row + 1]]])
        owner[row] = those[0] if len(those) == 1 else -1
    return owner


def _part(recorder: Recorder, level: int) -> Recorder:
    """The statements of a level that are convex counts; strict ones of one person and steps are read elsewhere."""
    kept = [
        stated
        for stated in recorder.stated
        if stated.level == level and not (level <= CONTRACT and said.subjects(stated.statement))
        if _step(stated) is None
    ]
    return recorder.narrowed(recorder.world, kept)


def may_join(stated: Stated) -> bool:
    """Whether a statement may have a form in a pool, as far as is told at a glance."""
    return stated.level <= CONTRACT or not said.subjects(stated.statement)


def _step(stated: Stated) -> str | None:
    """Whose count a statement asks to reach an amount, once and for one person; None where it is something else."""
    one = stated.statement
    if isinstance(one, said.DaysAtLeast) and len(one.days) == 1 and one.amount == 1:
        people = {cell.person.staff_id for cell in one.days[0][0]}
        return people.pop() if len(people) == 1 else None
    return None


def _steps(recorder: Recorder) -> dict[str, list[tuple[int, Floats, list[Cell]]]]:
    """By person: level, cost by count, and the cells counted."""
    found: dict[str, list[tuple[int, Floats, list[Cell]]]] = defaultdict(list)
    for stated in recorder.stated:
        who, one = _step(stated), stated.statement
        if who is not None and isinstance(one, said.DaysAtLeast):
            cells, count = one.days[0]
            fixed = sum(cell.fixed for cell in cells)
            free = [cell for cell in cells if not cell.fixed]
            table = np.array([0.0 if fixed + k >= count else float(one.points) for k in range(len(free) + 1)])
            found[who].append((stated.level, table, free))
    return found
