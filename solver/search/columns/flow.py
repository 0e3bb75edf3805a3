"""The linear relaxation of a crew: everybody's rosters as a flow through the graph of the person's program.

People with one program and one share in every row are one flow, so it grows with how different people are, not with
how many. Its duals price the rows; the Lagrangian at any prices is a bound, so nothing hangs on the LP's exactness.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from solver.clock import Clock
from solver.linear import Assembly, LinearProgram, solved
from solver.person import Program
from solver.search.columns.counts import Floats, Ints
from solver.search.columns.crew import Crew


@dataclass
class Alike:
    """People of one program; `shares[option, row]` is what an option adds to a row, `own` what it costs by itself."""

    program: Program
    shares: sp.csr_matrix
    own: Floats
    people: list[int]


def groups(crew: Crew) -> Sequence[Alike]:
    """Everybody, those who are alike together."""
    found: dict[object, Alike] = {}
    rows = crew.rows
    for person, program in enumerate(crew.programs):
        cells = slice(int(rows.first[person]), int(rows.first[person + 1]))
        options = program.option_cells
        shares = (options @ rows.weight[cells]).tocsr()
        shares.sort_indices()
        own = options @ rows.own[cells]
        key = (id(program), *(part.tobytes() for part in (shares.indptr, shares.indices, shares.data, own)))
        found.setdefault(key, Alike(program, shares, own, [])).people.append(person)
    return list(found.values())


@dataclass(frozen=True)
class Relaxation:
    """The price of a unit of every row, and by person what the relaxation has the person add to every row."""

    prices: Floats
    usual: Sequence[Floats]


@dataclass(frozen=True)
class Flows:
    """A crew's rosters as one linear program: the rows that price the crew's, and each group's options."""

    program: LinearProgram
    shared: Ints
    uses: Sequence[tuple[Alike, Ints]]

    def relaxation(self, seconds: float | None) -> Relaxation | None:
        """Its answer; None where there was too little time on the wall."""
        clock = Clock()
        answer = solved(self.program, seconds, interior=True)
        left = None if seconds is None else seconds - clock.wall
        if answer is None and (left is None or left > 0):  # an interior answer may fail for want of exactness
            answer = solved(self.program, left)
        if answer is None:
            return None
        usual: list[Floats] = [np.zeros(0)] * sum(len(group.people) for group, _ in self.uses)
        for group, columns in self.uses:
            mean = group.shares.T @ answer.columns[columns] / len(group.people)
            for person in group.people:
                usual[person] = mean
        return Relaxation(answer.duals[self.shared], usual)


def flows(crew: Crew) -> Flows:
    """The crew's rosters as flows."""
    blocks = Assembly()
    shared = blocks.add_rows(np.zeros(len(crew.rows.most)), np.zeros(len(crew.rows.most)))
    uses = [(group, _flow(blocks, group)) for group in groups(crew)]
    crew.rows.enter(blocks, shared)
    return Flows(blocks.program(), shared, uses)


def _flow(blocks: Assembly, group: Alike) -> Ints:
    """As many units as people: through states day by day, each arc by one of its class's options. Their columns."""
    graph, people = group.program.graph, float(len(group.people))
    arcs = blocks.add_columns(np.zeros(len(graph.start)), np.full(len(graph.start), np.inf))
    sizes = np.array(graph.sizes)
    offset = np.concatenate([[0], np.cumsum(sizes)])
    through = np.zeros(int(offset[-2]))
    through[0] = -people
    states = blocks.add_rows(through, through)
    day = np.repeat(np.arange(len(sizes) - 1), np.diff(graph.first))
    blocks.meet(states[offset[day] + graph.start], arcs, -1.0)
    inner = day < len(sizes) - 2
    blocks.meet(states[(offset[day + 1] + graph.end)[inner]], arcs[inner], 1.0)
    uses = blocks.add_columns(group.own, np.full(len(graph.klass), np.inf))
    classes = blocks.add_rows(*np.zeros((2, int(graph.klass.max(initial=0)) + 1)))
    blocks.meet(classes[graph.arc_class], arcs, -1.0)
    blocks.meet(classes[graph.klass], uses, 1.0)
    shares = group.shares.tocoo()
    blocks.meet(shares.col.astype(np.int64), uses[shares.row], shares.data)
    for limit in group.program.limits():
        for least, most, weight in _sharpened(*limit):
            (row,) = blocks.add_rows(np.array([least * people]), np.array([most * people]))
            used = np.flatnonzero(weight)
            blocks.meet(np.full(len(used), row), uses[used], weight[used].astype(np.float64))
    return uses


def _sharpened(least: float, most: float, weight: Ints) -> Iterator[tuple[float, float, Ints]]:
    """A limit on a person's sum and what follows from it for whole rosters: divided and rounded (Chvatal 1973)."""
    yield least, most, weight
    for unit in np.unique(weight[weight > 1]):
        yield -np.inf, float(most // unit), weight // unit
        yield float(-(-least // unit)), np.inf, -(-weight // unit)
