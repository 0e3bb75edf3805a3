"""A plan whose roster was changed by hand."""

from dataclasses import replace

from planning.plan import Plan, told_of
from roster.compliance import Judgement
from roster.roster import Roster
from roster.scorecard import scorecard
from solver.outcome import LevelResult


def as_edited(plan: Plan, roster: Roster, judgements: tuple[Judgement, ...]) -> Plan:
    """The plan with another roster in place of its own; figures and warnings are the roster's, bounds those proven."""
    if roster.rows == _rows(plan):
        return replace(plan, roster=roster, judgements=judgements, service=None)
    points = scorecard(roster)
    bounds = {result.level: result.bound for result in plan.outcome.levels}
    levels = tuple(
        LevelResult(level, amount, min(bounds[level], amount)) for level, amount in points.items() if level in bounds
    )
    outcome = replace(plan.outcome, status="FEASIBLE", rows=roster.rows, levels=levels, inside=0)
    return replace(
        plan,
        roster=roster,
        judgements=judgements,
        points=points,
        outcome=outcome,
        warnings=tuple(told_of(plan.scenario, plan.problem, outcome, roster, judgements)),
        service=None,
    )


def _rows(plan: Plan) -> tuple[object, ...]:
    return plan.roster.rows if plan.roster else ()
