"""The Gansu contract carries the whole tender, and its catalogue can hold eight seats."""

from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from roster.calendar import Calendar
from roster.loading.scenario import load_scenario

CALENDAR = Calendar()
FOLDER = Path(__file__).parent.parent / "sample_data" / "gansu-12329"
FULL_DAY = Counter({"D1": 3, "D2": 3, "D3": 2, "R1": 2, "RL": 1, "L": 1})
"""What the comment above the shift catalogue promises of a day."""


@pytest.fixture(scope="module")
def scenario():
    return load_scenario(FOLDER)


@pytest.fixture(scope="module")
def contract(scenario):
    return scenario.contract


def test_every_clause_is_there_once_in_order(contract):
    own = [clause.id for clause in contract.clauses if clause.source == "contract"]
    assert own == [f"GS-{number:02d}" for number in range(1, 15)]


def test_every_quote_stands_in_the_tender(contract):
    tender = (FOLDER / "tender.txt").read_text(encoding="utf-8")
    quotes = [(c.id, quote) for c in contract.clauses if c.source == "contract" for quote in c.quote]
    assert len(quotes) > 30
    assert [pair for pair in quotes if pair[1] not in tender] == []


def test_kinds_are_those_of_the_reading(contract):
    kinds = {clause.id: clause.kind for clause in contract.clauses if clause.source == "contract"}
    assert kinds == {
        "GS-01": "hard", "GS-02": "hard", "GS-03": "goal", "GS-04": "kpi", "GS-05": "cap", "GS-06": "hard",
        "GS-07": "cap", "GS-08": "hard", "GS-09": "duty", "GS-10": "record", "GS-11": "duty", "GS-12": "duty",
        "GS-13": "record", "GS-14": "record",
    }  # fmt: skip


def test_the_names_that_others_rely_on(contract):
    assert contract.serves() == {
        ("hotline", "agent"), ("project", "project-manager"), ("development", "developer"),
        ("maintenance", "technician"),
    }  # fmt: skip
    assert contract.team("hotline").roles[0].headcount == 8
    assert {"seat", "floor-leader", "sms-watch"} <= {post.id for post in contract.posts}
    assert [queue.id for queue in contract.queues] == ["hotline"]
    assert (contract.queues[0].answer_rate, contract.queues[0].asa_s) == (0.9091, 30)


def test_the_service_goes_on_after_the_term(contract):
    assert contract.period.end == date(2025, 12, 31)
    assert contract.period.holds(date(2026, 6, 1))


def test_hard_clauses_have_rules_and_others_say_what_would_show_them(contract):
    ruled = {clause for rule in contract.rules for clause in rule.clauses}
    for clause in contract.clauses:
        if clause.source == "contract":
            assert clause.id in ruled or clause.kind in ("kpi", "record"), f"{clause.id} has no rule"
            assert clause.evidence or clause.kind == "hard", f"{clause.id} says nothing of its evidence"


@pytest.mark.parametrize(
    ("clause", "default", "other"),
    [("GS-01", "always", "service-hours"), ("GS-02", "occupied", "capacity"), ("GS-05", "on-call", "on-duty"),
     ("GS-06", "present", "enrolled")],
)  # fmt: skip
def test_a_reading_chooses_the_rules_in_force(contract, clause, default, other):
    rules = [rule for rule in contract.rules if clause in rule.clauses and rule.reading]
    assert {rule.reading for rule in rules if contract.governs(rule)} == {default}
    swapped = tuple(c.model_copy(update={"reading": other}) if c.id == clause else c for c in contract.clauses)
    changed = contract.model_copy(update={"clauses": swapped})
    assert {rule.reading for rule in rules if changed.governs(rule)} == {other}


def held(contract, day, post, activity, minute):
    """People of a day of the catalogue who hold a post at a minute after midnight."""
    shifts = {shift.id: shift for shift in contract.shifts}
    return sum(
        people
        for name, people in day.items()
        for segment in shifts[name].segments
        if segment.start <= minute < segment.end
        and segment.activity == activity
        and (segment.post or shifts[name].posts[0]) == post
    )


@pytest.mark.parametrize("relief", ["R1", "R2", "RP", "RN"])
def test_a_full_day_of_the_catalogue_is_eight_seats_and_a_floor_leader(contract, relief):
    day = FULL_DAY - Counter({"R1": 1}) + Counter({relief: 1})
    for minute in range(9 * 60, 17 * 60, 30):
        assert held(contract, day, "seat", "duty", minute) == 8, minute
        assert held(contract, day, "floor-leader", "management", minute) == 1, minute
    assert held(contract, day, "seat", "duty", 17 * 60) == 0


def test_every_shift_at_work_is_eight_hours(contract):
    paid = {
        shift.id: sum(segment.end - segment.start for segment in shift.segments if segment.paid)
        for shift in contract.shifts
        if shift.kind == "work"
    }
    assert paid == dict.fromkeys(paid, 480)


def agents_at_hand(scenario, day):
    """Enrolled agents of a day, and the reserve people who may stand in for those away."""
    away = {
        leave.staff_id for leave in scenario.leave if leave.approved and leave.start.date() <= day < leave.end.date()
    }
    missing = Counter(p.home for p in scenario.people if p.staff_id in away and not p.reserve)
    there = [person for person in scenario.people if person.staff_id not in away]
    enrolled = sum(person.home == ("hotline", "agent") and not person.reserve for person in there)
    # whoever can also stand in for the project manager does that first
    reserve = sum(person.reserve and person.serves("hotline", "agent") for person in there)
    reserve -= min(missing["project", "project-manager"], reserve)
    return enrolled + min(missing["hotline", "agent"], reserve)


def test_enough_agents_are_there_on_every_workday(scenario):
    days = CALENDAR.workdays(date(2025, 1, 1), date(2026, 1, 1))
    assert len(days) == 248
    short = {day: there for day in days if (there := agents_at_hand(scenario, day)) < FULL_DAY.total()}
    assert short == {}


def test_the_queue_calls_in_service_hours_on_workdays_only(scenario):
    starts = scenario.history.frame["start"]
    assert {CALENDAR.is_workday(day) for day in set(starts.dt.date)} == {True}
    assert (starts.dt.time.min(), starts.dt.time.max()) == (time(9), time(16, 45))
    assert starts.dt.date.min() <= date(2024, 7, 2)
    assert starts.dt.date.max() == date(2025, 12, 31)
