"""Small contracts with clauses that clash, each with the answer worked out by hand, and its twin that is just possible.

A case names the clauses of the smallest clash, what is asked and there where it is a matter of amount, and the changes
of which one at least must be offered: `person N team/role`, `RULE.field before>after`, `RULE` (given up), `leave who`.
Days count from Monday 3 March 2025, an ordinary week.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from roster.people import Leave, Person
from roster.problem import Problem
from roster.roster import Stretch
from tests.worlds import CLAUSE, MONDAY, at, contract, duty, locked, person, problem

Row = dict[str, Any]
PHYSICAL = [{"kind": kind} for kind in ("no_overlap", "one_duty_a_day", "employed", "qualified")]
NAMES = {"zh": "名", "en": "name"}
DAY, EARLY, LATE, NIGHT = (9, 17), (6, 14), (14, 22), (22, 30)


@dataclass(frozen=True)
class Case:
    """One clash: the contract as rules, the world around it, the known answer, and what the twin has otherwise."""

    name: str
    rules: Sequence[Row]
    core: frozenset[str]
    twin: Row
    people: Sequence[Person] = ()
    days: int = 1
    shifts: Sequence[tuple[int, int]] = (DAY,)
    leave: Sequence[Leave] = ()
    locks: Sequence[Stretch] = ()
    asked: float | None = None
    there: float | None = None
    ways: frozenset[str] = field(default=frozenset())
    start: date = MONDAY

    def problem(self, **other: Any) -> Problem:
        """The problem of the case, with other values where given."""
        it = {name: getattr(self, name) for name in ("rules", "people", "days", "shifts", "leave", "locks")} | other
        rules = [*it["rules"], *PHYSICAL]
        rows = [rule | {"clauses": [f"C{k}"]} for k, rule in enumerate(rules)]
        clauses = [CLAUSE | {"id": f"C{k}"} for k in range(len(rules))]
        made = contract(shift=[_shift(hours) for hours in it["shifts"]], rule=rows, clause=clauses)
        extra = {name: tuple(it[name]) for name in ("leave", "locks")}
        return problem(it["people"], days=it["days"], start=self.start, contract=made, **extra)

    def feasible(self) -> Problem:
        """The twin that is just possible."""
        return self.problem(**self.twin)


def _shift(hours: tuple[int, int]) -> Row:
    start, end = hours
    return {
        "id": f"{start}-{end}", **NAMES, "days": "every-day", "sites": ["office", "onsite"],
        "serves": ["desk/agent", "desk/expert", "lab/tech"],
        "segments": [{"start": f"{start:02d}:00", "end": f"{end:02d}:00"}],
    }  # fmt: skip


def _staff(count: int, **fields: Any) -> list[Person]:
    return [person(f"P{k}", **fields) for k in range(1, count + 1)]


def _present(people: int, **fields: Any) -> Row:
    return {"kind": "present", "team": "desk", "role": "agent", "people": people, "days": "every-day"} | fields


def _service(people: int, start: str, end: str, **fields: Any) -> Row:
    windows = [{"start": start, "end": end}]
    return {"kind": "service_hours", "team": "desk", "people": people, "windows": windows, "days": "every-day"} | fields


def _away(who: str, first: int, last: int) -> Leave:
    return Leave(staff_id=who, start=at(first, 0), end=at(last + 1, 0))


def _trained(who: str) -> tuple[Stretch, ...]:
    return locked((person(who), duty(0, "9-17", kind="training")))


def _month(count: int) -> list[Person]:
    return _staff(count, hours_system="month")


NORMS = [{"since": 2025, "month": 20.67, "quarter": 62, "year": 248}]
BOTH = {"skills": (("lab", "tech"),)}

CASES = [
    Case(
        "headcount above the staff",
        [_present(3)], frozenset({"C0"}), {"people": _staff(3)}, people=_staff(2), asked=3, there=2,
        ways=frozenset({"person 1 desk/agent", "present.people 3>2"}),
    ),
    Case(
        "rest between a late and an early shift",
        [_service(1, "20:00", "22:00", until=MONDAY), _service(2, "06:00", "08:00", since=MONDAY + timedelta(days=1)),
         {"kind": "min_rest", "hours": 11}],
        frozenset({"C0", "C1", "C2"}), {"people": _staff(3)}, people=_staff(2), days=2, shifts=(EARLY, LATE),
        ways=frozenset({"person 1 desk/agent", "service_hours", "service_hours.people 2>1"}),
    ),
    Case(
        "on site while on leave",
        [{"kind": "onsite_daily", "team": "desk", "site": "onsite", "people": 2}, {"kind": "approved_leave"}],
        frozenset({"C0", "C1"}), {"leave": [_away("P1", 0, 0)]}, people=_staff(3),
        leave=[_away("P1", -3, 0), _away("P2", 0, 0), _away("P1", 0, 1)], asked=2, there=1,
        ways=frozenset({"leave P2", "person 1 desk/agent", "onsite_daily.people 2>1"}),
    ),
    Case(
        "each night somebody, and no more than three nights in a row",
        [_service(1, "22:00", "24:00"), {"kind": "max_nights_in_row", "nights": 3}],
        frozenset({"C0", "C1"}), {"days": 3}, people=_staff(1), days=4, shifts=(NIGHT,), asked=8, there=6,
        ways=frozenset({"max_nights_in_row.nights 3>4", "person 1 desk/agent"}),
    ),
    Case(
        "more on duty than seats",
        [_service(3, "10:00", "12:00"), {"kind": "seats", "teams": ["desk"], "people": 2}],
        frozenset({"C0", "C1"}), {"rules": [_service(2, "10:00", "12:00"),
                                            {"kind": "seats", "teams": ["desk"], "people": 2}]},
        people=_staff(4), asked=6, there=4, ways=frozenset({"service_hours.people 3>2", "seats.people 2>3"}),
    ),
    Case(
        "open every day with one person who rests a day a week",
        [_present(1), {"kind": "weekly_rest"}], frozenset({"C0", "C1"}), {"people": _staff(2)}, people=_staff(1),
        days=7, asked=7, there=6, ways=frozenset({"person 1 desk/agent", "present"}),
    ),
    Case(
        "more shifts than the month's hours hold",
        [_present(5), {"kind": "averaged_hours", "norms": NORMS}], frozenset({"C0", "C1"}), {"people": _month(7)},
        people=_month(6), days=28, start=date(2026, 2, 1), asked=140, there=120,
        ways=frozenset({"person 1 desk/agent", "present.people 5>4"}),
    ),
    Case(
        "certified too late",
        [_service(2, "10:00", "12:00"), {"kind": "certified"}], frozenset({"C0", "C1"}),
        {"people": [person("P1"), person("P2", certified_on=MONDAY)]},
        people=[person("P1"), person("P2", certified_on=MONDAY + timedelta(days=1))], asked=4, there=2,
        ways=frozenset({"person 1 desk/agent", "service_hours.people 2>1"}),
    ),
    Case(
        "two of three in training",
        [_present(2)], frozenset({"C0"}), {"locks": _trained("P1")}, people=_staff(3),
        locks=(*_trained("P1"), *_trained("P2")), asked=2, there=1,
        ways=frozenset({"person 1 desk/agent", "present.people 2>1"}),
    ),
    Case(
        "one person for the clauses of two tenders",
        [_present(1), _present(1, team="lab", role="tech")], frozenset({"C0", "C1"}), {"people": _staff(2, **BOTH)},
        people=_staff(1, **BOTH), asked=2, there=1,
        ways=frozenset({"person 1 desk/agent", "person 1 lab/tech"}),
    ),
    Case(
        "fewer enrolled than promised",
        [{"kind": "enrolled", "team": "desk", "role": "agent", "people": 4}], frozenset({"C0"}),
        {"people": _staff(4)}, people=_staff(2),
        ways=frozenset({"person 2 desk/agent", "enrolled.people 4>2"}),
    ),
    Case(
        "no week of six days at standard hours",
        [_present(1), {"kind": "standard_hours", "hours_a_week": 40}], frozenset({"C0", "C1"}), {"days": 5},
        people=_staff(1), days=6, asked=6, there=5, ways=frozenset({"person 1 desk/agent", "present"}),
    ),
    Case(
        "on site by the month where all are kept in the office",
        [{"kind": "onsite_monthly", "team": "desk", "site": "onsite", "roles": ["agent"], "days": 16},
         {"kind": "at_site", "teams": ["desk"], "sites": ["office"]}],
        frozenset({"C0", "C1"}),
        {"rules": [{"kind": "onsite_monthly", "team": "desk", "site": "onsite", "roles": ["agent"], "days": 16},
                   {"kind": "at_site", "teams": ["desk"], "sites": ["office", "onsite"]}]},
        people=_staff(2), days=5, ways=frozenset({"at_site"}),
    ),
    Case(
        "a night that only a protected person could take",
        [_service(1, "22:00", "24:00"), {"kind": "protected_persons"}], frozenset({"C0", "C1"}), {"people": _staff(1)},
        people=_staff(1, labour_flags=frozenset({"pregnant_7m"})), shifts=(NIGHT,), asked=2, there=0,
        ways=frozenset({"person 1 desk/agent"}),
    ),
    Case(
        "days in a row, hidden among clauses that are kept",
        [_present(1), {"kind": "min_rest", "hours": 11}, {"kind": "max_days_in_row", "days": 2},
         {"kind": "weekly_rest"}, {"kind": "seats", "teams": ["desk"], "people": 5}],
        frozenset({"C0", "C2"}), {"days": 2}, people=_staff(1), days=3, asked=3, there=2,
        ways=frozenset({"max_days_in_row.days 2>3", "person 1 desk/agent"}),
    ),
    Case(
        "a cost cap below what the headcount costs",
        [_present(2), {"kind": "cost_cap", "team": "desk", "yuan": 959, "basis_workdays": 1}], frozenset({"C0", "C1"}),
        {"rules": [_present(2), {"kind": "cost_cap", "team": "desk", "yuan": 960, "basis_workdays": 1}]},
        people=_staff(3), asked=2, there=1, ways=frozenset({"cost_cap.yuan 959>969", "present.people 2>1"}),
    ),
]  # fmt: skip
