"""The Pingxiang contract carries the whole tender, and its catalogue can hold what the clauses ask."""

from collections import Counter
from itertools import pairwise

import pytest

from roster.goals.fair_share import FairShare
from roster.rules.each_person_work import EachPersonWork
from roster.rules.extra_posts import ExtraPosts
from roster.rules.holiday_backup import HolidayBackup
from roster.rules.periodic_work import PeriodicWork
from roster.rules.service_hours import ServiceHours
from sample_data.spec import load_spec
from sample_data.synthetic_staff import write_scenario
from tests.conftest import SAMPLES

FOLDER = SAMPLES / "pingxiang-12345"


def test_headcounts_are_the_tender_s_table(contract):
    counts = {(team.id, role.id): role.headcount for team in contract.teams for role in team.roles}
    assert counts == {
        ("hotline", "agent"): 20,
        ("management", "project-manager"): 1,
        ("management", "operations-supervisor"): 1,
        ("management", "data-analyst"): 1,
    }


def test_the_ids_that_acceptance_reads_exist(contract):
    posts = {"calls", "dispatch", "quality", "call-back", "special-desk", "shift-leader", "flexible"}
    assert posts <= {post.id for post in contract.posts}
    assert [site.id for site in contract.sites if site.client] == ["centre"]
    assert [queue.id for queue in contract.queues] == ["hotline"]


def test_kinds_are_those_of_the_reading(contract):
    kinds = {clause.id: clause.kind for clause in contract.clauses if clause.source == "contract"}
    assert {i for i, kind in kinds.items() if kind == "hard"} == {
        f"PX-{n:02d}" for n in (1, 2, 4, 5, 10, 11, 15, 19, 22)
    }
    assert Counter(kinds.values()) == {"hard": 9, "goal": 1, "duty": 8, "record": 5, "kpi": 2}


def test_two_are_asked_on_calls_all_day_every_day(contract):
    (rule,) = [r for r in contract.in_force() if isinstance(r, ServiceHours) and "PX-01" in r.clauses]
    assert (rule.people, rule.days, rule.posts, rule.activity) == (2, "every-day", ("calls",), "answering")
    assert [(window.start, window.end) for window in rule.windows] == [(0, 24 * 60)]


def test_holidays_and_events_ask_for_two_flexible_and_two_backups(contract):
    asked = [r for r in contract.in_force() if "PX-05" in r.clauses and isinstance(r, ExtraPosts | HolidayBackup)]
    assert [(r.kind, r.people, r.days) for r in asked] == [
        ("extra_posts", 2, "holiday-or-event"),
        ("holiday_backup", 2, "holiday-or-event"),
    ]


def test_recurring_work_has_its_periods(contract):
    periods = {(r.post, r.period, r.minutes) for r in contract.rules if isinstance(r, PeriodicWork | EachPersonWork)}
    assert periods >= {
        ("quality", "day", 120), ("call-back", "day", 60), ("knowledge-base", "week", 120),
        ("public-account", "week", 60), ("request-ledger", "week", 60), ("training", "month", 60),
        ("confidentiality", "quarter", 60), ("drill", "half-year", 240), ("team-event", "quarter", 120),
        ("monthly-report", "month", 360), ("quarterly-forecast", "quarter", 180),
        ("half-year-report", "half-year", 180), ("yearly-report", "year", 360), ("quality-review", "month", 120),
    }  # fmt: skip


def test_a_night_is_22_to_6_and_nights_weekends_and_holidays_are_shared(contract):
    (night,) = [shift for shift in contract.shifts if shift.id == "N"]
    assert [(s.start, s.end) for s in night.segments] == [(22 * 60, 30 * 60)]
    dark = {s.id for s in contract.shifts if s.segments[0].start < 6 * 60 or s.segments[-1].end > 22 * 60}
    assert dark == {"N", "NC"}
    shared = {goal.burden for goal in contract.goals if isinstance(goal, FairShare) and "PX-03" in goal.clauses}
    assert shared == {"night", "weekend", "statutory", "backup"}


@pytest.mark.parametrize("post", ["dispatch", "shift-leader"])
def test_the_early_and_the_late_holder_relieve_each_other_from_8_to_20(contract, post):
    held = sorted(
        (segment.start, segment.end)
        for shift in contract.shifts
        if post in shift.posts
        for segment in shift.segments
        if segment.post is None and segment.activity != "lunch"
    )
    assert (held[0][0], held[-1][1]) == (8 * 60, 20 * 60)
    assert all(earlier[1] == later[0] for earlier, later in pairwise(held))


def test_everybody_works_eight_paid_hours_and_protected_people_have_their_own_day(contract):
    for shift in contract.shifts:
        if shift.kind == "work" and shift.id != "NC":
            assert sum(s.end - s.start for s in shift.segments if s.paid) == 8 * 60, shift.id
    flagged = {flag: shift for shift in contract.shifts for flag in shift.flags}
    rest = {
        flag: sum(s.end - s.start for s in shift.segments if s.activity == "break") for flag, shift in flagged.items()
    }
    assert rest == {"pregnant_7m": 60, "nursing": 60}


def test_people_are_the_tender_s_with_a_reserve(scenario):
    enrolled = Counter(person.home for person in scenario.people if not person.reserve)
    assert enrolled == {
        ("hotline", "agent"): 20,
        ("management", "project-manager"): 1,
        ("management", "operations-supervisor"): 1,
        ("management", "data-analyst"): 1,
    }
    assert {p.hours_system for p in scenario.people if p.home == ("hotline", "agent")} == {"month"}
    assert sum(p.reserve and (p.arrival_hours or 99) <= 2 for p in scenario.people) >= 2
    assert len([event for event in scenario.events if event.kind == "major-event"]) == 2


def test_the_people_are_those_of_the_generator(tmp_path):
    write_scenario(load_spec("pingxiang-12345"), tmp_path, seed=2026)
    for name in ("staff.csv", "leave.csv", "requests.csv", "events.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_the_history_covers_half_a_year_before_the_period_and_all_of_it(scenario):
    days = scenario.history.days()
    assert (scenario.contract.period.start - days[0]).days >= 26 * 7
    assert days[-1] == scenario.contract.period.end
    starts = scenario.history.frame["start"].dt.hour
    offered = scenario.history.frame.groupby(starts)["offered"].mean()
    assert 0 < offered.loc[3] < offered.loc[10] / 5
