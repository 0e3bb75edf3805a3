"""Weeks with history, locks, gaps in the staff, and days beyond the contract."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planning.plan import plan
from planning.summary import summary
from roster.compliance import audit
from roster.roster import Roster
from roster.scorecard import scorecard
from tests.conftest import AMPLE_S, without_goals

WEDNESDAY = date(2025, 4, 23)


def statuses(made, clause: str) -> set[str]:
    return {j.status for j in made.judgements if j.clause.id == clause and j.in_force}


def test_half_a_team_on_leave_is_planned_as_well_as_it_goes(shanghai):
    """Six receptionists less four, with two days to plan: the best roster, and what is short."""
    gone = {p.staff_id for p in shanghai.people if p.home == ("online-helper", "reception") and not p.reserve}
    gone = set(sorted(gone)[:4]) | {p.staff_id for p in shanghai.people if p.reserve}
    few = replace(shanghai, people=tuple(p for p in shanghai.people if p.staff_id not in gone))
    few = replace(few, leave=tuple(entry for entry in few.leave if entry.staff_id not in gone))
    few = replace(few, requests=tuple(r for r in few.requests if r.staff_id not in gone))
    made = plan(without_goals(few), WEDNESDAY, 2, time_limit=AMPLE_S)
    assert made.roster is not None
    assert made.hard_breaches > 0
    facts = summary(made)
    assert facts["hard_breaches"] == made.hard_breaches
    short = [entry for entry in facts["short"] if entry["clause"] == "SH-13" and entry["rule"] == "present"]
    assert {(entry["date"], entry["role"]) for entry in short} >= {("2025-04-23", "reception")}
    assert all(entry["found"] < entry["limit"] == 6 for entry in short if entry["role"] == "reception")
    assert scorecard(made.roster)[2] == {r.level: r.objective for r in made.outcome.levels}[2] > 0
    assert scorecard(made.roster)[1] == 0


def test_a_shortage_can_be_proven_to_be_the_least(shanghai):
    nobody = replace(shanghai, people=shanghai.people[:1], leave=(), requests=())
    made = plan(without_goals(nobody), WEDNESDAY, 1, time_limit=AMPLE_S)
    (contract,) = [result for result in made.outcome.levels if result.level == 2]
    assert contract.proven
    assert contract.objective > 0
    assert made.hard_breaches > 10


@pytest.fixture(scope="module")
def may_week(shanghai, april_week):
    """The week after, with the April week as its past."""
    return plan(replace(shanghai, previous=april_week.roster.rows), date(2025, 4, 28), 7, time_limit=AMPLE_S)


def test_the_next_week_goes_on_from_the_last(may_week, april_week):
    assert may_week.hard_breaches == 0
    measured = scorecard(may_week.roster)
    assert {r.level: r.objective for r in may_week.outcome.levels} == {k: v for k, v in measured.items() if k > 1}
    shifts = {row.shift for row in may_week.roster.rows}
    assert "TM" not in shifts, "the night before is covered by the past's technician"
    both = (*april_week.roster.rows, *may_week.roster.rows)
    watched = sorted((r.start, r.end) for r in both if r.kind == "oncall" and r.role == "technical")
    assert any(start.date() == date(2025, 4, 27) and end.date() == date(2025, 4, 28) for start, end in watched)


def test_people_who_were_backup_last_sunday_are_spared_where_possible(may_week):
    turns = sum(
        finding.points
        for judgement in may_week.judgements
        if judgement.rule and judgement.rule.kind == "backup_turns"
        for finding in judgement.findings
    )
    assert turns == 0


def test_locked_rows_stay(shanghai, april_week):
    rows = april_week.roster.rows
    someone = next(r.staff_id for r in rows if r.date == WEDNESDAY and r.shift == "D1")
    kept = tuple(replace(r, locked=True) for r in rows if (r.staff_id, r.date) == (someone, WEDNESDAY))
    made = plan(without_goals(replace(shanghai, locks=kept)), WEDNESDAY, 2, time_limit=AMPLE_S)
    assert [r for r in made.roster.rows if (r.staff_id, r.date) == (someone, WEDNESDAY)] == list(kept)
    assert made.hard_breaches == 0


def test_locks_that_break_the_law_are_kept_and_reported(shanghai, april_week):
    """Somebody locked on a nine-hour rest: the manager's word stands, the judge tells what it costs."""
    day = next(r for r in april_week.roster.rows if r.date == WEDNESDAY and r.shift == "D1" and r.answers)
    late = replace(day, shift="X", start=day.start + timedelta(hours=8), end=day.start + timedelta(hours=15))
    late = replace(late, locked=True)
    early = replace(late, date=WEDNESDAY + timedelta(days=1), shift="Y", start=late.end + timedelta(hours=9),
                    end=late.end + timedelta(hours=15))  # fmt: skip
    made = plan(without_goals(replace(shanghai, locks=(late, early))), WEDNESDAY, 2, time_limit=AMPLE_S)
    assert {late, early} <= set(made.roster.rows)
    rest = next(j for j in made.judgements if j.rule and j.rule.kind == "min_rest")
    assert [(b.found, b.limit) for b in rest.breaches] == [(9, 11)]


def test_days_beyond_the_contract_are_planned_and_not_judged(shanghai):
    """2026-01-04 is a make-up workday, four days after the contract's end."""
    made = plan(without_goals(shanghai), date(2025, 12, 31), 5, time_limit=AMPLE_S)
    assert made.hard_breaches == 0
    assert any("outside the contract period" in warning.en for warning in made.warnings)
    worked = {row.date for row in made.roster.rows if row.kind == "work"}
    assert date(2026, 1, 4) in worked
    emptied = Roster(made.problem, tuple(r for r in made.roster.rows if r.date == date(2025, 12, 31)))
    clauses = (j for j in audit(emptied) if j.hard and j.clause.source == "contract")
    late = [f.day for j in clauses if not j.rule.minds_term for f in j.breaches]  # reports fall due later
    assert late == []


def test_a_horizon_wholly_outside_is_not_applicable(shanghai):
    made = plan(without_goals(shanghai), date(2026, 1, 5), 1, time_limit=AMPLE_S)
    assert statuses(made, "SH-01") == {"not_applicable"}
    assert statuses(made, "LAW-1") == {"met"}


def test_a_year_without_notice_is_provisional(shanghai):
    made = plan(without_goals(shanghai), date(2027, 3, 1), 1, time_limit=AMPLE_S)
    assert any("2027" in warning.en and "provisional" in warning.en for warning in made.warnings)


def test_season_asks_for_two_more(shanghai):
    made = plan(without_goals(shanghai), date(2025, 7, 7), 2, time_limit=AMPLE_S)
    assert made.hard_breaches == 0
    assert statuses(made, "SH-03") == {"met"}
    monitors = {r.staff_id for r in made.roster.rows if r.post == "season-monitor" and r.date == date(2025, 7, 7)}
    assert len(monitors) >= 2
    fewer = tuple(r for r in made.roster.rows if r.staff_id not in monitors - {min(monitors)})
    short = [j for j in audit(Roster(made.problem, fewer)) if j.clause.id == "SH-03" and j.breaches]
    found = {(b.found, b.limit) for j in short for b in j.breaches if j.rule and j.rule.kind == "extra_posts"}
    assert found == {(1, 2)}
