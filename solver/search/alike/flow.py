"""How many people of each group do what: an integer flow, level after level, and a bound for each level."""

import time
from collections import defaultdict
from collections.abc import Iterator
from math import ceil

import numpy as np
from ortools.sat.python import cp_model

from roster.base import CONTRACT
from solver.levels import FOUND
from solver.search.alike.groups import Group, Pool

Sum = list[tuple[cp_model.IntVar, int]]
SHARE = 0.6
"""Share of the time left for each level."""


class Flow:
    """The integer program over numbers of people. `bounds[level]` holds for every roster of the whole problem.

    A level's costs are convex in counts, so each is a sum of steps of rising slope. Own counts of a group's people are
    bounded by the cheapest way to divide their total. `taken[g][arc]` and `options[g][option]` are the numbers found.
    """

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.cp = cp_model.CpModel()
        self.arcs = [self._units(group) for group in pool.groups.values()]
        self.uses = [self._options(group, arcs) for group, arcs in zip(pool.groups.values(), self.arcs, strict=True)]
        self.costs: dict[int, Sum] = defaultdict(list)
        self.constant: dict[int, float] = defaultdict(float)
        for level, counts in pool.counts.items():
            self.constant[level] += counts.constant
        self._common()
        self._own()
        self.bounds: dict[int, int] = {}
        self.taken: list[list[int]] = []
        self.options: list[list[int]] = []

    def _units(self, group: Group) -> list[cp_model.IntVar]:
        """A number for each arc; as many go into a state as come out of it."""
        graph, people = group.graph, len(group.people)
        arcs = [self.cp.new_int_var(0, people, "") for _ in graph.start]
        for layer, size in enumerate(graph.sizes):
            into: list[list[cp_model.IntVar]] = [[] for _ in range(size)]
            out: list[list[cp_model.IntVar]] = [[] for _ in range(size)]
            if layer:
                for k in range(graph.first[layer - 1], graph.first[layer]):
                    into[graph.end[k]].append(arcs[k])
            if layer + 1 < len(graph.sizes):
                for k in range(graph.first[layer], graph.first[layer + 1]):
                    out[graph.start[k]].append(arcs[k])
            for state in range(size):
                comes = cp_model.LinearExpr.sum(into[state]) if layer else (people if state == 0 else 0)
                if layer + 1 < len(graph.sizes):
                    self.cp.add(cp_model.LinearExpr.sum(out[state]) == comes)
        return arcs

    def _options(self, group: Group, arcs: list[cp_model.IntVar]) -> list[cp_model.IntVar]:
        """A number for each option: those of a class together are as many as the class's arcs."""
        graph, people = group.graph, len(group.people)
        uses = [self.cp.new_int_var(0, people, "") for _ in graph.options]
        by_class: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for k, klass in enumerate(graph.klass):
            by_class[int(klass)].append(uses[k])
        arc_of: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for k, klass in enumerate(graph.arc_class):
            arc_of[int(klass)].append(arcs[k])
        for klass, those in by_class.items():
            self.cp.add(cp_model.LinearExpr.sum(those) == cp_model.LinearExpr.sum(arc_of[klass]))
        return uses

    def _common(self) -> None:
        """Costs of counts that people share."""
        terms: dict[tuple[int, int], Sum] = defaultdict(list)
        for group, uses in zip(self.pool.groups.values(), self.uses, strict=True):
            for use, adds in zip(uses, group.shared, strict=True):
                for key, weight in adds.items():
                    terms[key].append((use, weight))
        for (level, row), sum_ in terms.items():
            counts = self.pool.counts[level]
            table = counts.table[counts.start[row] : counts.start[row + 1]]
            self.constant[level] += table[0]
            self._steps(level, sum_, [(rise, 1) for rise in np.diff(table)])

    def _own(self) -> None:
        """What own counts cost at least: the rises of all people, cheapest first."""
        for group, uses in zip(self.pool.groups.values(), self.uses, strict=True):
            for k, like in enumerate(group.own[0]):
                tables = [own[k].cost for own in group.own]
                rises: dict[float, int] = defaultdict(int)
                if like.level < CONTRACT:
                    continue
                if any((np.diff(table, n=2) < 0).any() for table in tables):
                    self.constant[like.level] += sum(float(table.min()) for table in tables)
                    continue
                for table in tables:
                    self.constant[like.level] += table[0]
                    for rise in np.diff(table):
                        rises[float(rise)] += 1
                sum_ = [(use, int(weight)) for use, weight in zip(uses, like.weight, strict=True) if weight]
                self._steps(like.level, sum_, sorted(rises.items()))

    def _steps(self, level: int, sum_: Sum, rises: list[tuple[float, int]]) -> None:
        """A sum costs its rises one after the other, each for as many units as given; they come cheapest first."""
        merged: dict[float, int] = defaultdict(int)
        for rise, units in rises:
            merged[float(rise)] += units
        steps = [(self.cp.new_int_var(0, units, ""), round(rise)) for rise, units in sorted(merged.items())]
        total = cp_model.LinearExpr.weighted_sum([v for v, _ in sum_], [w for _, w in sum_])
        self.cp.add(total == cp_model.LinearExpr.sum([step for step, _ in steps]))
        self.costs[level].extend((step, rise) for step, rise in steps if rise)

    def settle(self, seconds: float, workers: int) -> bool:
        """Minimises level after level; False where not even the first was done in time."""
        until = time.monotonic() + seconds
        for level in self._levels():
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = workers
            solver.parameters.linearization_level = 2
            solver.parameters.max_time_in_seconds = max((until - time.monotonic()) * SHARE, 0.05)
            self.cp.minimize(self._cost(level))
            if solver.solve(self.cp) not in FOUND:
                return bool(self.taken)
            if not self._paid(level):
                self.bounds[level] = ceil(solver.best_objective_bound + self.constant[level] - 1e-6)
            self.taken = [[solver.value(v) for v in arcs] for arcs in self.arcs]
            self.options = [[solver.value(v) for v in uses] for uses in self.uses]
            self.cp.add(self._cost(level) <= round(solver.objective_value))
        return bool(self.taken)

    def _levels(self) -> Iterator[int]:
        """The levels with something to choose; a flow is asked for even where there is none."""
        levels = [level for level in sorted(self.costs) if self.costs[level]]
        yield from levels or [CONTRACT]

    def _paid(self, level: int) -> bool:
        """Whether something may lower a level's cost that the flow does not see: prices below 0."""
        place = list(self.pool.counts).index(level)
        return any((price[place] < 0).any() for group in self.pool.groups.values() for price in group.price)

    def _cost(self, level: int) -> cp_model.LinearExpr:
        terms = self.costs[level]
        return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [w for _, w in terms])
