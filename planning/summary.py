"""summary.json: what was planned, how good it is and how certain that is."""

import json
from collections.abc import Iterator
from typing import Any

from planning.plan import Plan
from roster.base import CONTACT_POINTS, LAW
from roster.goals.coverage import Coverage
from roster.queue import Queue
from roster.roster import Roster
from roster.simulation.figures import Figured, figures
from solver.outcome import LEVEL_NAMES, LEVEL_UNITS, LevelResult, points_a_unit


def summary_json(plan: Plan) -> str:
    """The summary as indented JSON text."""
    return json.dumps(summary(plan), ensure_ascii=False, indent=2) + "\n"


def summary(plan: Plan) -> dict[str, object]:
    """Status, levels with objective, bound and gap, times, breaches, assumptions."""
    outcome, horizon = plan.outcome, plan.problem.horizon
    return {
        "scenario": plan.problem.contract.id,
        "start": horizon.start.isoformat(),
        "days": horizon.days,
        "status": outcome.status,
        "levels": list(level_figures(plan)),
        "wall_s": round(plan.wall_s, 3),
        "first_roster_s": None if outcome.first_roster_s is None else round(outcome.first_roster_s, 3),
        "hard_breaches": plan.hard_breaches if plan.roster else None,
        "short": _short(plan),
        "service": list(service_figures(plan)),
        "assumptions": list(_assumptions(plan)),
        "warnings": [*(warning._asdict() for warning in plan.warnings), *outcome.notes],
        "seed": outcome.seed,
    }


def level_figures(plan: Plan) -> Iterator[dict[str, Any]]:
    """Law first, then the solver's levels; the objective is the scorecard's, the bound moves with it."""
    if plan.roster is None:
        return
    solved = {result.level: result for result in plan.outcome.levels}
    for level, points in plan.points.items():
        result = solved.get(level, LevelResult(level, points, points if level == LAW else 0))
        bound = result.bound + points - result.objective
        moved, scale = LevelResult(level, points, bound), points_a_unit(level)
        yield {
            "level": level,
            "name": LEVEL_NAMES[level],
            "unit": LEVEL_UNITS[level],
            "objective": points / scale,
            "bound": bound / scale,
            "gap": moved.gap,
        }


def _short(plan: Plan) -> list[dict[str, object]]:
    """Every hard breach: clause, day, team, how much."""
    return [
        {
            "clause": judgement.clause.id,
            "rule": judgement.rule.kind if judgement.rule else None,
            "date": breach.day.isoformat() if breach.day else None,
            "team": breach.team,
            "role": breach.role,
            "staff_ids": list(breach.staff_ids),
            "found": breach.found,
            "limit": breach.limit,
            "unit": breach.unit,
            "note": breach.note._asdict() if breach.note else None,
        }
        for judgement in plan.judgements
        if judgement.hard
        for breach in judgement.breaches
    ]


def service_figures(plan: Plan) -> Iterator[dict[str, Any]]:
    """By queue: contacts and sessions expected, and the share served as its curve counts it (see `definition`)."""
    if plan.roster is None:
        return
    for queue in plan.problem.contract.queues:
        coming = _coming(plan, queue.id)
        if not coming:
            continue
        curves = tuple(curve for curve in plan.problem.curves if curve.queue == queue.id)
        lost = Coverage().measure(Roster(plan.problem.model_copy(update={"curves": curves}), plan.roster.rows))
        yield {
            "queue": queue.id,
            "expected": round(coming, 1),
            "served_share": round(max(1 - lost / CONTACT_POINTS / coming, 0.0), 4),
            "target": queue.service_level or queue.answer_rate,
            "definition": _served(queue),
            "simulated": [_simulated(figured) for figured in _of_queue(plan, queue.id)],
        }


def _coming(plan: Plan, queue: str) -> float:
    """Contacts forecast in the horizon, and the sessions of windows that begin in it."""
    horizon = plan.problem.horizon
    booked = (one for one in plan.scenario.bookings if one.queue == queue and horizon.begin <= one.start < horizon.end)
    contacts = sum(load.mean for load in plan.problem.loads if load.queue == queue)
    return contacts + sum(booking.sessions for booking in booked)


def _served(queue: Queue) -> str:
    if queue.due_within_minutes is not None:
        return f"done within {queue.due_within_minutes:g} min of service time / offered, forecast (not measured)"
    within = f"answered within {queue.answer_within_s:g} s" if queue.service_level else "answered"
    return f"{within} / offered, forecast and Erlang A (expected, not measured)"


def _of_queue(plan: Plan, queue: str) -> list[Figured]:
    """Every figure of the queue over the whole span, where the roster was played."""
    return [] if plan.service is None else [f for f in figures(plan.service, "span") if f.queue == queue]


def _simulated(figured: Figured) -> dict[str, object]:
    """A figure with its formula and target; `low` and `high` hold the expected figure with 95 % confidence, `least`
    and `most` 95 % of the runs, `chance` is the share of runs that keep the target."""
    definition, of = figured.definition, figured.estimate
    values = {"value": of.value, "low": of.low, "high": of.high, "least": of.least, "most": of.most}
    return {
        "figure": definition.figure,
        "title": definition.title._asdict(),
        "formula": definition.formula.en,
        "target": definition.target,
        "at_least": definition.at_least,
        **{name: round(value, 4) if value == value else None for name, value in values.items()},
        "chance": None if figured.chance is None else round(figured.chance[0], 4),
    }


def _assumptions(plan: Plan) -> Iterator[dict[str, object]]:
    """The readings in use."""
    for clause in plan.problem.contract.clauses:
        if clause.reading:
            text = clause.readings[clause.reading].words()
            yield {"clause": clause.id, "reading": clause.reading, **text._asdict()}
