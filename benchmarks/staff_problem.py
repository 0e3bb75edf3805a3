"""A staff rostering instance in the product's own terms: people, shifts, leave, rules and goals.

A kind of shift is a role, so that who may never have it is not qualified. Shifts begin at 8:00: the instances know
lengths but no times of day, and say themselves what may follow what. Everything that costs stands at one level.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.staff_instance import Employee, Instance
from roster.base import SERVICE
from roster.calendar import Horizon
from roster.contract import Contract
from roster.people import Leave, Person
from roster.problem import Problem
from roster.shifts import clock

MONDAY = date(2024, 1, 1)
ZONE = "UTC"
BEGIN = 8 * 60
_NAMES = {"zh": "算例", "en": "instance"}
_CLAUSES = {"clauses": ["B-1"], "level": 1}


def problem(instance: Instance) -> Problem:
    """The instance as a problem of the product."""
    horizon = Horizon(MONDAY, instance.days, ZONE)
    days = {employee.name: employee.days_off for employee in instance.employees}
    return Problem(
        contract=_contract(instance),
        people=tuple(_person(employee) for employee in instance.employees),
        horizon=horizon,
        leave=tuple(
            Leave(staff_id=name, start=horizon.at(_date(day), 0), end=horizon.at(_date(day + 1), 0))
            for name, off in days.items()
            for day in off
        ),
    )


def _date(day: int) -> date:
    return MONDAY + timedelta(days=day)


def _person(employee: Employee) -> Person:
    able = [shift for shift, times in employee.most_of.items() if times > 0]
    return Person(
        staff_id=employee.name, name=employee.name, team="ward", role=able[0], fte=1.0,
        skills=tuple(("ward", shift) for shift in able[1:]), home_site="ward",
    )  # fmt: skip


def _contract(instance: Instance) -> Contract:
    raw: dict[str, Any] = {
        "id": "instance", "title": _NAMES, "buyer": _NAMES, "timezone": ZONE,
        "period": {"start": MONDAY, "end": _date(instance.days)},
        "site": [{"id": "ward", **_NAMES}],
        "team": [{
            "id": "ward", **_NAMES, "role": [{"id": s.name, **_NAMES, "headcount": 1} for s in instance.shifts],
        }],
        "shift": [
            {
                "id": s.name, **_NAMES, "serves": [f"ward/{s.name}"], "sites": ["ward"], "days": "every-day",
                "segments": [{"start": clock(BEGIN), "end": clock(BEGIN + s.minutes)}],
            }
            for s in instance.shifts
        ],
        "clause": [{
            "id": "B-1", "title": _NAMES, "document": "instance", "where": "1", "quote": ["-"], "kind": "hard",
            "demand": _NAMES,
        }],
        "rule": [{"kind": kind, **_CLAUSES, **fields} for kind, fields in _rules(instance)],
        "goal": _goals(instance),
    }  # fmt: skip
    return Contract.model_validate(raw)


def _rules(instance: Instance) -> Iterator[tuple[str, dict[str, Any]]]:
    """What must hold; people with the same limit share a rule."""
    yield "one_duty_a_day", {}
    yield "approved_leave", {}
    for shift in instance.shifts:
        if shift.not_before:
            yield "not_followed_by", {"first": [shift.name], "then": list(shift.not_before)}
    staff = instance.employees
    for days, who in _alike({e.name: e.most_in_row for e in staff}):
        yield "max_days_in_row", {"days": days, "staff": who}
    for days, who in _alike({e.name: e.least_in_row for e in staff if e.least_in_row > 1}):
        yield "min_days_in_row", {"days": days, "staff": who}
    for days, who in _alike({e.name: e.least_off_in_row for e in staff if e.least_off_in_row > 1}):
        yield "min_days_off_in_row", {"days": days, "staff": who}
    for weekends, who in _alike({e.name: e.most_weekends for e in staff}):
        yield "max_weekends", {"weekends": weekends, "staff": who}
    for (least, most), who in _alike({e.name: (e.least_minutes, e.most_minutes) for e in staff}):
        yield "hours_between", {"least_minutes": least, "most_minutes": most, "staff": who}
    for shift in instance.shifts:
        for times, who in _alike({e.name: e.most_of[shift.name] for e in staff if e.most_of[shift.name]}):
            if times < instance.days:
                yield "max_of_shift", {"shift": shift.name, "times": times, "staff": who}


def _alike(value_of: dict[str, Any]) -> Iterator[tuple[Any, list[str]]]:
    """Each value with the people who have it."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for name, value in value_of.items():
        found[value].append(name)
    yield from found.items()


def _goals(instance: Instance) -> list[dict[str, Any]]:
    needs = [
        {"day": _date(c.day), "shift": c.shift, "people": c.people, "under": c.under, "over": c.over}
        for c in instance.cover
    ]
    wishes = [
        {"staff_id": w.employee, "day": _date(w.day), "shift": w.shift, "kind": kind, "weight": w.weight}
        for kind, listed in (("on", instance.on), ("off", instance.off))
        for w in listed
    ]
    asked = [{"kind": "shift_wishes", "level": SERVICE, "wishes": wishes}] if wishes else []
    return [{"kind": "headcount", "level": SERVICE, "needs": needs}, *asked]
