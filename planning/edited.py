"""A plan whose roster was changed by hand."""

from dataclasses import replace

from planning.plan import Plan
from roster.compliance import Judgement
from roster.roster import Roster
from roster.scorecard import scorecard
from solver.outcome import LevelResult


def as_edited(plan: Plan, roster: Roster, judgements: tuple[Judgement, ...]) -> Plan:
    """The plan with another roster in place of its own; figures are the roster's, bounds stay those proven."""
    points = scorecard(roster)
    bounds = {result.level: result.bound for result in plan.outcome.levels}
    levels = tuple(
        LevelResult(level, amount, min(bounds[level], amount)) for level, amount in points.items() if level in bounds
    )
    status = plan.outcome.status if roster.rows == _rows(plan) else "FEASIBLE"
    outcome = replace(plan.outcome, status=status, rows=roster.rows, levels=levels)
    return replace(plan, roster=roster, judgements=judgements, points=points, outcome=outcome, service=None)


def _rows(plan: Plan) -> tuple[object, ...]:
    return plan.roster.rows if plan.roster else ()
