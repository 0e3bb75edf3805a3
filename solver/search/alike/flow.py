"""How many people of each group do what: an integer flow, level after level, and a bound for each level."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from math import ceil

import numpy as np
from ortools.sat.python import cp_model

from roster.base import CONTRACT
from solver.clock import Clock
from solver.levels import FOUND, limit_wall, limit_work, work_of
from solver.search.alike.groups import Group, Own, Pool
from solver.search.columns.counts import Floats

Sum = list[tuple[cp_model.IntVar, int]]
SHARE = 0.6
"""Share of the time left for each level."""
OWN_PRICES = 10_000
"""Options with a price of one person's own up to which the flow says who takes them; beyond, each day is bounded."""


@dataclass
class Cost:
    """Weighted numbers and a constant."""

    terms: Sum = field(default_factory=list)
    constant: float = 0.0


class Flow:
    """The integer program over numbers of people. `bounds[level]` holds for every roster of the whole problem.

    A level's costs are convex in counts, so each is a sum of steps of rising slope. Own counts of a group's people are
    bounded by the cheapest way to divide their total; an option with an own price is given to as many as the price is
    for. `taken[g][arc]` and `options[g][option]` are the numbers found; `floors[g][level]` is what the group's people
    cost at least with these numbers, by themselves.
    """

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.groups = list(pool.groups.values())
        self.cp = cp_model.CpModel()
        self.arcs = [self._units(group) for group in self.groups]
        self.uses = [self._options(group, arcs) for group, arcs in zip(self.groups, self.arcs, strict=True)]
        self.common: dict[int, Cost] = {level: Cost(constant=c.constant) for level, c in pool.counts.items()}
        self.own: list[dict[int, Cost]] = [{level: Cost() for level in pool.counts} for _ in self.groups]
        self._common()
        for group, uses, costs in zip(self.groups, self.uses, self.own, strict=True):
            self._own(group, uses, costs)
            for place, level in enumerate(pool.counts):
                self._priced(group, uses, np.array([price[place] for price in group.price]), costs[level])
        self.bounds: dict[int, int] = {}
        self.taken: list[list[int]] = []
        self.options: list[list[int]] = []
        self.floors: list[dict[int, float]] = []

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
        for group, uses in zip(self.groups, self.uses, strict=True):
            for use, adds in zip(uses, group.shared, strict=True):
                for key, weight in adds.items():
                    terms[key].append((use, weight))
        for (level, row), sum_ in terms.items():
            counts = self.pool.counts[level]
            table = counts.table[counts.start[row] : counts.start[row + 1]]
            self.common[level].constant += table[0]
            self._steps(self.common[level], sum_, 0, [(rise, 1) for rise in np.diff(table)])

    def _own(self, group: Group, uses: list[cp_model.IntVar], costs: dict[int, Cost]) -> None:
        """What own counts cost at least: the rises of all people, cheapest first, as far as a person's count goes."""
        for k, like in enumerate(group.own[0]):
            if like.level >= CONTRACT:
                tables = _reached(like, group, [own[k].cost for own in group.own])
                cost, rises = costs[like.level], [np.diff(table) for table in tables]
                if any((np.diff(rise) < 0).any() for rise in rises):
                    cost.constant += sum(float(table.min()) for table in tables)
                    continue
                cost.constant += sum(float(table[0]) for table in tables)
                sum_ = [(use, int(weight)) for use, weight in zip(uses, like.weight, strict=True) if weight]
                least = like.reach(group.graph)[0] * len(tables)
                self._steps(cost, sum_, least, [(float(rise), 1) for mine in rises for rise in mine])

    def _steps(self, cost: Cost, sum_: Sum, free: int, rises: Iterable[tuple[float, int]]) -> None:
        """A sum costs its rises one after the other, each for as many units as given, beyond `free` units."""
        merged: dict[float, int] = defaultdict(int)
        for rise, units in rises:
            merged[float(rise)] += units
        steps = [(self.cp.new_int_var(0, units, ""), round(rise)) for rise, units in sorted(merged.items())]
        total = cp_model.LinearExpr.weighted_sum([v for v, _ in sum_], [w for _, w in sum_])
        self.cp.add(total == cp_model.LinearExpr.sum([step for step, _ in steps]) + free)
        cost.terms.extend((step, rise) for step, rise in steps if rise)

    def _priced(self, group: Group, uses: list[cp_model.IntVar], price: Floats, cost: Cost) -> None:
        """Prices of options, price[person, option]: those of most people count for all who take the option.

        Whose prices of a day are others takes one of its options for each; nobody takes what no use is left of.
        """
        special = 0
        for day in range(len(group.graph.sizes) - 1):
            mine = np.flatnonzero(group.graph.day == day)
            rows, of, times = np.unique(price[:, mine], axis=0, return_inverse=True, return_counts=True)
            if not rows.any():
                continue
            common = rows[times.argmax()]
            others = np.flatnonzero(of.ravel() != times.argmax())
            special += len(others) * len(mine)
            if special > OWN_PRICES:
                cost.constant += float(price[:, mine].min(axis=1).sum())
                continue
            cost.terms.extend((uses[o], round(each)) for o, each in zip(mine, common, strict=True) if each)
            self._given(cost, [uses[o] for o in mine], price[np.ix_(others, mine)] - common)

    def _given(self, cost: Cost, uses: list[cp_model.IntVar], price: Floats) -> None:
        """Each of some people takes one of the options of a day, at a price[person, option] of their own."""
        took = [[self.cp.new_bool_var("") for _ in uses] for _ in price]
        for taken, prices in zip(took, price, strict=True):
            self.cp.add_exactly_one(taken)
            cost.terms.extend((one, round(each)) for one, each in zip(taken, prices, strict=True) if each)
        for use, takers in zip(uses, zip(*took, strict=True), strict=False):
            self.cp.add(cp_model.LinearExpr.sum(list(takers)) <= use)

    def settle(self, limit: float, clock: Clock, workers: int) -> bool:
        """Minimises level after level until the clock shows the limit; False where not even the first was done.

        First the last level with all others at the least that their terms can come to, which mostly is what they cost.
        """
        levels, solved = list(self._levels()), partial(self._solved, limit=limit, clock=clock, workers=workers)
        held, last = levels[:-1], levels[-1]
        whole = self.cp.clone()
        for level in held:
            whole.add(self._cost(level) <= self._least(level))
        if held and solved(whole, last):
            self.bounds.update((level, self._bound(level, self._least(level))) for level in held)
            return True
        for level in levels:
            solver = solved(self.cp, level)
            if solver is None:
                break
            self.cp.add(self._cost(level) <= round(solver.objective_value))
        return bool(self.taken)

    def _solved(
        self, cp: cp_model.CpModel, level: int, *, limit: float, clock: Clock, workers: int
    ) -> cp_model.CpSolver | None:
        """The solver that minimised a level, its bound and the numbers found kept; None where it found none."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.linearization_level = 2
        seconds = max((limit - clock.now) * SHARE, 0.05)
        limit_wall(solver, clock.on_wall(seconds))
        if workers == 1 and clock.by_work:
            limit_work(solver, seconds)
        cp.minimize(self._cost(level))
        status = solver.solve(cp)
        clock.count(work_of(solver))
        if status not in FOUND:
            return None
        self.bounds[level] = self._bound(level, solver.best_objective_bound)
        self._take(solver)
        return solver

    def _bound(self, level: int, terms: float) -> int:
        """The level's bound where its terms come to so much at least."""
        return ceil(terms + sum(cost.constant for cost in self._costs(level)) - 1e-6)

    def _least(self, level: int) -> int:
        """What a level's terms come to at least, each by itself."""
        variables = self.cp.proto.variables
        terms = (term for cost in self._costs(level) for term in cost.terms)
        return sum(rise * variables[number.index].domain[int(rise < 0)] for number, rise in terms)

    def _take(self, solver: cp_model.CpSolver) -> None:
        """The numbers found, and what each group costs by itself with them."""
        self.taken = [[solver.value(v) for v in arcs] for arcs in self.arcs]
        self.options = [[solver.value(v) for v in uses] for uses in self.uses]
        self.floors = [
            {level: cost.constant + sum(rise * solver.value(step) for step, rise in cost.terms)
             for level, cost in costs.items()}
            for costs in self.own
        ]  # fmt: skip

    def _levels(self) -> Iterator[int]:
        """The levels with something to choose; a flow is asked for even where there is none."""
        levels = [level for level in self.common if any(cost.terms for cost in self._costs(level))]
        yield from levels or [CONTRACT]

    def _costs(self, level: int) -> list[Cost]:
        return [self.common[level], *(costs[level] for costs in self.own)]

    def _cost(self, level: int) -> cp_model.LinearExpr:
        terms = [term for cost in self._costs(level) for term in cost.terms]
        return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [w for _, w in terms])


def _reached(like: Own, group: Group, tables: list[Floats]) -> list[Floats]:
    """The tables between the least and the greatest count that a person's graph allows."""
    least, most = like.reach(group.graph)
    return [table[least : most + 1] for table in tables]
