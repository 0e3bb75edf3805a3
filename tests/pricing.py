"""What a roster costs by the judge and by the model must be the same number."""

import random
from collections.abc import Callable, Iterable

from ortools.sat.python import cp_model

from roster.base import Cell, Goal, Rule
from roster.roster import Roster
from solver.build import record
from solver.model import Model
from tests.worlds import World


def by_model(makers: Iterable[Rule | Goal], small: World, chosen: frozenset[Cell], level: int) -> int:
    """The level's points in the model when exactly these free cells are used."""
    model = Model(record(small.problem, small.cells, makers))
    for cell, literal in model.x.items():
        model.cp.add(literal == (cell in chosen))
    if model.objective[level]:
        model.cp.minimize(model.total(model.objective[level]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    return round(solver.objective_value) + model.constant[level] if model.objective[level] else model.constant[level]


def by_judge(maker: Rule | Goal, roster: Roster) -> int:
    """The points the finished roster costs."""
    if isinstance(maker, Goal):
        return maker.measure(roster)
    return sum(finding.points for finding in maker.check(roster))


def costs_agree(maker: Rule | Goal, small: World, *, samples: int = 40, judge: Callable[..., int] = by_judge) -> None:
    """Asserts equal points on a sample of the world's rosters, and that the rosters differ in points."""
    rosters = list(small.rosters())
    drawn = random.Random(5).sample(rosters, min(samples, len(rosters)))
    costs = {chosen: judge(maker, small.roster(chosen)) for chosen in drawn}
    assert len(set(costs.values())) > 1, "all rosters of the world cost the same"
    for chosen, cost in costs.items():
        found = by_model([maker], small, chosen, maker.level)
        assert found == cost, f"judge {cost}, model {found} for {sorted(c.duty.shift for c in chosen)}"
