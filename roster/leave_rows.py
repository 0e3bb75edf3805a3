"""The rows that show approved leave in a roster."""

from collections.abc import Iterator
from datetime import timedelta

from roster.people import Leave, Person
from roster.problem import Problem
from roster.roster import Stretch

UNPAID = frozenset({"personal", "unpaid"})


def leave_rows(problem: Problem) -> Iterator[Stretch]:
    """One row of kind `leave` for each workday of the horizon that approved leave touches, cut at midnight."""
    for staff_id, entries in problem.leave_by_person.items():
        person = problem.person_by_id[staff_id]
        for entry in entries:
            yield from _days(problem, person, entry)


def _days(problem: Problem, person: Person, entry: Leave) -> Iterator[Stretch]:
    for day in problem.horizon.dates:
        begins, ends = problem.horizon.at(day, 0), problem.horizon.at(day + timedelta(days=1), 0)
        start, end = max(begins, entry.start), min(ends, entry.end)
        if start < end and problem.calendar.is_workday(day) and person.employed_on(day):
            yield Stretch(
                day, person.staff_id, person.team, person.role, "leave", "", entry.kind, start, end,
                person.home_site, "leave", entry.kind not in UNPAID,
            )  # fmt: skip
