"""The facts of the report, gathered from a plan."""

from datetime import datetime
from typing import Any, cast

from planning.plan import Plan
from planning.service import service_told, with_served
from planning.summary import summary
from roster.exports.report.facts import LevelFigures, Report, Solved, gather
from roster.roster import Roster
from roster.words import Words


def report_of(plan: Plan, roster: Roster, *, made_at: datetime) -> Report:
    """The report of a plan's roster: what was planned, how good it is, and how it was judged."""
    facts = summary(plan)
    solved = Solved(
        made_at=made_at,
        status=plan.outcome.status,
        seed=plan.outcome.seed,
        wall_s=plan.wall_s,
        levels=tuple(LevelFigures(**level) for level in _lines(facts["levels"])),
        service=tuple(service_told(line) for line in _lines(facts["service"])),
        warnings=(*plan.warnings, *(Words(note, note) for note in plan.outcome.notes)),
    )
    need = with_served(plan.needed, plan.service)
    return gather(roster, plan.judgements, need, solved)


def _lines(listed: object) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", listed)
