"""Which rule costs most: what the linear relaxation of the whole problem gains without it."""

import time
from collections.abc import Collection, Sequence

from roster.base import CONTRACT, COST, Cell, Goal, Rule
from roster.problem import Problem
from solver.build import of_duties, record, world
from solver.explain_linear import relaxed
from solver.explain_results import Bill, CostsTold, RuleCost
from solver.model import Model

LEVELS = 2
"""Levels looked at: the first ones with anything to be lost."""
SMALL = 0.5
"""Points that count as nothing."""


def costs(problem: Problem, seconds: float) -> CostsTold:
    """The rules that no law protects, dearest first, within the time.

    Only rules whose rows have a shadow price can cost anything: the others are not asked. A relaxation says at least
    how good rosters may become, so the figures are estimates.
    """
    begun = time.monotonic()
    cells = world(problem)
    rules = sorted(of_duties(problem, cells), key=lambda rule: not rule.physical)  # what excludes what is known first
    makers: list[Rule | Goal] = [*rules, *problem.contract.goals]
    base = _least(problem, cells, makers, seconds)
    if base is None:
        return CostsTold((), complete=False, seconds=time.monotonic() - begun)
    values, priced = base
    found, complete = [], True
    for k, rule in enumerate(problem.contract.rules):
        left = seconds - (time.monotonic() - begun)
        if not any(rule is maker for maker in priced) or rule.level < CONTRACT:
            continue
        less = _least(problem, cells, [m for m in makers if m is not rule], left) if left > 0 else None
        complete &= less is not None
        gain = () if less is None else _gain(values, less[0])
        if gain and gain[0][1] > 0:
            found.append(RuleCost(k, gain))
    dearest = sorted(found, key=lambda cost: (cost.gain[0][0], -cost.gain[0][1]))
    return CostsTold(tuple(dearest), complete, time.monotonic() - begun)


def _gain(before: dict[int, float], after: dict[int, float]) -> Bill:
    """Points less by level; a level that is gone altogether costs nothing any more."""
    gains = ((level, value - after.get(level, 0.0)) for level, value in sorted(before.items()))
    return tuple((level, round(gain)) for level, gain in gains if abs(gain) > SMALL)


def _least(
    problem: Problem, cells: Sequence[Cell], makers: Collection[Rule | Goal], seconds: float
) -> tuple[dict[int, float], list[Rule | Goal]] | None:
    """The least values of the first levels one after the other, and whose rows have a price; None without time."""
    until = time.monotonic() + seconds
    model = Model(record(problem, cells, ()))
    owner: dict[int, Rule | Goal] = {}
    for maker in makers:
        before = len(model.cp.proto.constraints)
        model.state(record(problem, cells, [maker]).stated)
        owner.update(dict.fromkeys(range(before, len(model.cp.proto.constraints)), maker))
    values: dict[int, float] = {}
    priced: list[Rule | Goal] = []
    for level in range(CONTRACT, COST + 1):
        terms = model.objective[level]
        if len(values) == LEVELS or not terms:
            continue
        found = relaxed(model.cp, terms, max(until - time.monotonic(), 0.01))
        if found is None:
            return None
        values[level] = found.least + model.constant[level]
        priced += [owner[row] for row in found.prices if row in owner]
        # a row of whole numbers: what the relaxation reaches, rounded up
        model.cp.add(model.total(terms) <= int(found.least + 1))
    return values, priced
