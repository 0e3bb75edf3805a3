"""How much is missing where rules clash: the places in the roster that comes nearest, and the count behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import ceil

from roster.base import CONTRACT, DAY_POINTS
from roster.roster import Roster, Stretch
from solver import statements as said
from solver.explain_cores import SURE, Finder
from solver.explain_linear import relaxed
from solver.explain_results import Count, Short
from solver.explain_world import Asked, Rules
from solver.model import Model
from solver.solving import solve
from solver.statements import Stated

EVEN = 1e-4
"""Relative distance at which a shadow price counts as the price of a missing person."""


def nearest(finder: Finder, rules: Rules) -> tuple[int, tuple[Stretch, ...] | None]:
    """Points missing at least, and the rows of a roster that comes as near to the rules as was found."""
    model = finder.asked.model(rules, strict=False)
    settings = replace(finder.settings, time_limit=max(min(2 * finder.each, finder.left), 0.1))
    outcome = solve(model, settings, stop=finder.stop, last=CONTRACT)
    return (max(outcome.levels[0].bound, 1), outcome.rows) if outcome.rows is not None else (1, None)


def shorts(asked: Asked, rules: Rules, rows: tuple[Stretch, ...]) -> Iterator[Short]:
    """Where the judge finds the rules broken in the rows."""
    roster = Roster(asked.problem, rows)
    for k in sorted(rules):
        for found in asked.rule(k).check(roster):
            if found.points:
                place = found.day, found.staff_ids, found.team, found.role, found.start, found.end
                yield Short(k, found.found, found.limit, found.unit, *place)


def count(finder: Finder, rules: Rules) -> Count | None:
    """What the demands ask in all that together ask too much, and what is there at most; None where it is no count.

    The shadow prices of the relaxation name the demands. Only where each of them is priced as a whole does the sum of
    their amounts, less the shortage, say how much is there.
    """
    model = finder.asked.model((), strict=False)
    stated = [one for k in sorted(rules) for one in finder.asked.said[k]]
    demands = [one for one in stated if _counts(one)]
    model.state(one for one in stated if not _counts(one))
    rows = dict(_alone(model, demands))
    found = relaxed(model.cp, model.objective[CONTRACT], max(min(2 * finder.each, finder.left), 0.01))
    if found is None or found.least <= SURE or model.constant[CONTRACT]:
        return None
    priced = {k: price for k, price in found.prices.items() if k in rows}
    if not priced or any(abs(price / _demand(rows[k]).points - 1) > EVEN for k, price in priced.items()):
        return None
    return _summed([_demand(rows[k]) for k in priced], ceil(found.least - SURE))


def _alone(model: Model, demands: list[Stated]) -> Iterator[tuple[int, Stated]]:
    """States demands one by one; each with the place of its row."""
    for one in demands:
        before = len(model.cp.proto.constraints)
        model.state([one])
        if len(model.cp.proto.constraints) == before + 1:
            yield before, one


def _summed(demands: list[said.AtLeast], missing: int) -> Count:
    points = {demand.points for demand in demands}
    unit, size = ("person-shifts", DAY_POINTS) if points == {DAY_POINTS} else ("person-hours", 60)
    asked = sum(demand.amount * demand.points for demand in demands)
    days: set[date] = {cell.duty.day for demand in demands for cell in demand.cells}
    return Count(asked / size, (asked - missing) // size if size == DAY_POINTS else (asked - missing) / size,
                 unit, tuple(sorted(days)))  # fmt: skip


def _counts(stated: Stated) -> bool:
    """Whether a statement asks for a number of people."""
    one = stated.statement
    return isinstance(one, said.AtLeast) and one.points > 0 and set(one.cells.values()) == {1}


def _demand(stated: Stated) -> said.AtLeast:
    assert isinstance(stated.statement, said.AtLeast)
    return stated.statement
