"""Branch and price: the distance between roster and bound is closed by cases.

A node asks for a count below or above what the LP has in part (people in a row, on a day, in a week, in a shift), or
for a person with or without a cell. Of a few cases those are taken whose LPs rise most. The least bound of all open
nodes bounds the whole: nodes that cannot better the roster are left.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from solver.search.columns.counts import Floats
from solver.search.columns.crew import Crew
from solver.search.columns.generation import Generation, gain
from solver.search.columns.limits import Limits
from solver.search.columns.master import Column, Prices
from solver.search.columns.pricing import NEVER, Part

DEAR = 1e4
"""What a unit that a node's limits leave missing costs, in distances between roster and bound."""
TRIED = 4
"""Cases of each sort whose LPs are solved before one is taken."""
WHOLE = 1e-5
"""A use so close to a whole number is taken for it."""
DIVES = 0.4
"""The share of dives from nodes in the work."""
ROUNDS = 100
"""Most rounds of pricing in a node."""
CLOSE = 0.01
"""The distance of LP and bound at which a node is taken as solved."""


@dataclass(frozen=True)
class Node:
    """A case, with what it costs at least and prices to begin from."""

    bound: float
    prices: Floats
    limits: Limits


class Tree:
    """The open nodes below a whole that was solved: `prices` of its rows, and the `columns` known with their LP prices.

    `best` tells the cost of the present roster. Rosters are sought that cost `goal` at most: the nearer it is to the
    bound, the fewer cells they can have, and the smaller the tree.
    """

    def __init__(
        self,
        crew: Crew,
        prices: Floats,
        known: tuple[Prices, Sequence[Column]],
        *,
        goal: float,
        best: Callable[[], float],
        over: Callable[[], bool],
    ) -> None:
        self._goal, self._best, self._over = goal, best, over
        self._crew = wide = _widened(crew)
        self._own_rows = len(crew.rows.most)
        self.part = Part(tuple(range(len(crew.programs))))
        self._generation = generation = Generation(wide, self.part, until=over)
        self._nodes: list[tuple[float, int, Node]] = []
        self._number = count()
        self._worked = self._dived = 0.0
        self._left = NEVER
        rows = np.concatenate([prices, np.zeros(len(wide.rows.most) - self._own_rows)])
        answer = generation.pricing.answer(rows)
        bound = answer.bound + wide.certain
        distance = max(goal - bound, 0.0)
        self._most = 2 * max(distance, 1.0)
        self._dear = DEAR * self._most
        without = frozenset(dear_cells(wide, rows, answer.floors, distance))
        root = Node(bound, rows, Limits(np.zeros_like(wide.rows.most), wide.rows.most, without))
        near = [column for column in known[1] if -gain(column, known[0]) <= distance + 1]
        generation.limit(root.limits, self._dear, [wide.column(c.person, c.cells) for c in near])
        self._push(root)

    @property
    def columns(self) -> list[Column]:
        """The rosters known."""
        return self._generation.master.columns

    @property
    def open(self) -> bool:
        """Whether any node is left."""
        return bool(self._nodes)

    @property
    def bound(self) -> float:
        """What the whole costs at least."""
        return min(self._nodes[0][0] if self._nodes else NEVER, self._left, self._best(), self._goal + 1)

    def _push(self, node: Node) -> None:
        heapq.heappush(self._nodes, (node.bound, next(self._number), node))

    @property
    def _cutoff(self) -> float:
        """Bounds from here on are of nothing that is sought: costs are whole numbers."""
        return min(self._goal, self._best() - 1) + 1e-6

    def explore(self) -> dict[int, tuple[int, ...]]:
        """Solves the open node of least bound and splits it. Rosters to try, by person. Raises NoAnswer."""
        begun = self._crew.clock.work
        try:
            return self._explore()
        finally:
            self._worked += self._crew.clock.work - begun

    def _explore(self) -> dict[int, tuple[int, ...]]:
        _, _, node = heapq.heappop(self._nodes)
        if node.bound >= self._cutoff:
            self._nodes.clear()
            return {}
        left = self._left
        self._left = min(left, node.bound)  # as long as it is not split; for good where an LP has no answer
        node, used = self._solved(node)
        if self._over():
            self._push(node)
            self._left = left
            return {}
        cases = [] if node.bound >= self._cutoff else self._cases(node, used)
        if cases:
            for case in max(cases, key=lambda case: self._rise(node, case)):
                self._push(Node(node.bound, node.prices, case))
            self._left = left
            return self._dive(node)
        self._left = min(left, node.bound)
        return self._most_used(used)

    def _solved(self, node: Node) -> tuple[Node, Floats]:
        """A node with its own bound, and the use of rosters in its LP."""
        generation, constant = self._generation, self._crew.certain
        generation.keep_to(node.limits, node.prices)
        _, used = generation.converge(cutoff=self._cutoff - constant, rounds=ROUNDS, close=CLOSE)
        return Node(max(node.bound, generation.bound + constant), generation.prices, node.limits), used

    def _cases(self, node: Node, used: Floats) -> list[tuple[Limits, Limits]]:
        """The splits of each sort that are most in between."""
        counts, cells = self._uses(used)
        own, sets = np.split(counts, [self._own_rows])
        found = [node.limits.split_row(r, counts[r]) for r in _halves(own)]
        found += [node.limits.split_row(self._own_rows + r, sets[r]) for r in _halves(sets)]
        first = self._crew.rows.first
        return found + [node.limits.split_cell(k, int(np.searchsorted(first, k, "right")) - 1) for k in _halves(cells)]

    def _uses(self, used: Floats) -> tuple[Floats, Floats]:
        """The counts of all rows, and the use of each cell."""
        counts, cells = np.zeros(len(self._crew.rows.most)), np.zeros(len(self._crew.rows.cells))
        for k in np.flatnonzero(used > 0):
            column = self._generation.master.columns[k]
            counts[column.adds[0]] += used[k] * column.adds[1]
            cells[list(column.cells)] += used[k]
        return counts, cells

    def _rise(self, node: Node, case: tuple[Limits, Limits]) -> float:
        """How much both LPs rise, before pricing."""
        rises = []
        for limits in case:
            rise = self._generation.tried(limits) + self._crew.certain - node.bound
            rises.append(min(max(rise, 1e-3), self._most))
        return rises[0] * rises[1]

    def _dive(self, node: Node) -> dict[int, tuple[int, ...]]:
        """A dive from a node's LP; nothing if dives had their share of the work."""
        if self._dived > DIVES * self._worked:
            return {}
        begun = self._crew.clock.work
        below = Generation(self._crew, self.part, until=self._over)
        below.limit(node.limits, self._dear, ())
        allowed = [c for c in self._generation.master.columns if node.limits.allow(c.person, c.cells)]
        prices = Prices(0.0, node.prices, dict.fromkeys(self.part.people, 0.0))
        found = below.dive(prices, allowed, over=self._over)
        self._dived += self._crew.clock.work - begun
        return found

    def _most_used(self, used: Floats) -> dict[int, tuple[int, ...]]:
        """Everybody's roster of most use."""
        found: dict[int, tuple[int, ...]] = {}
        for k in np.argsort(-used, kind="stable"):
            column = self._generation.master.columns[k]
            found.setdefault(column.person, column.cells)
        return found


def _widened(crew: Crew) -> Crew:
    """The crew with counts of all cells by day, by week, by shift, and together."""
    rows, days = crew.rows, crew.day_of
    shifts = np.array([str(cell.duty.shift) for cell in rows.cells])
    sets = [np.flatnonzero(of == name) for of in (days, days // 7, shifts, 0 * days) for name in np.unique(of)]
    wide = Crew(rows.beside(sets), crew.programs, crew.clock)
    wide.restore(crew.given)
    return wide


def dear_cells(crew: Crew, prices: Floats, floors: dict[int, float], distance: float) -> Iterator[int]:
    """The cells that no roster within the distance of the bound has."""
    rows = crew.rows
    priced = rows.own - rows.weight @ prices
    for person, floor in floors.items():
        first, last = rows.first[person], rows.first[person + 1]
        least = crew.programs[person].through(priced[first:last])
        yield from (int(first) + int(k) for k in np.flatnonzero(least - floor > distance + 1e-6))


def _halves(amounts: Floats) -> list[int]:
    """The places of a few amounts that are furthest from a whole number."""
    off = np.abs(amounts - np.round(amounts))
    order = np.argsort(-off, kind="stable")[:TRIED]
    return [int(k) for k in order if off[k] > WHOLE]
