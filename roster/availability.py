"""On which days people could be planned: what a fair share is measured against."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from roster.people import Person

if TYPE_CHECKING:
    from roster.problem import Problem

DAY_START, DAY_END = 9 * 60, 17 * 60
"""Leave that touches these minutes after midnight takes the day."""


def available(problem: "Problem", people: Sequence[Person], days: Sequence[date]) -> Mapping[str, frozenset[date]]:
    """For each staff id the days on which the person is employed and not on approved leave."""
    return {p.staff_id: frozenset(filter(p.employed_on, days)).difference(_away(problem, p)) for p in people}


def _away(problem: "Problem", person: Person) -> Iterator[date]:
    """The days that the person's approved leave takes."""
    at, zone = problem.horizon.at, problem.horizon.zone
    for leave in problem.leave_by_person.get(person.staff_id, ()):
        first, last = leave.start.astimezone(zone).date(), leave.end.astimezone(zone).date()
        for k in range((last - first).days + 1):
            day = first + timedelta(days=k)
            if leave.start < at(day, DAY_END) and at(day, DAY_START) < leave.end:
                yield day
