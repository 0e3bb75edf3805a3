"""The Gansu contract carries the whole tender, and its catalogue can hold eight seats."""

from collections import Counter
from datetime import date, time

import pytest

from roster.calendar import Calendar
from tests.conftest import SAMPLES

CALENDAR = Calendar()
FOLDER = SAMPLES / "gansu-12329"
FULL_DAY = Counter({"D1": 3, "D2": 3, "D3": 2, "R1": 2, "RL": 1, "L": 1})
"""What the comment above the shift catalogue promises of a day."""


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
    queue = contract.queues[0]
    assert (queue.answer_rate, queue.loss_rate, queue.asa_s, queue.each_day) == (0.9, 0.1, 30, True)
    assert queue.loss_over == "answered"


def test_the_service_goes_on_after_the_term(contract):
    assert contract.period.end == date(2025, 12, 31)
    assert contract.period.holds(date(2026, 6, 1))


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
