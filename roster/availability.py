"""On which days people could be planned: what a fair share is measured against."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from roster.people import Person

if TYPE_CHECKING:
    from roster.problem import Problem

DAY_START, DAY_END = 9 * 60, 17 * 60
"""Leave that touches these minutes after midnight takes the day."""


def available(problem: "Problem", people: Sequence[Person], days: Sequence[date]) -> Mapping[str, frozenset[date]]:
    """For each staff id the days on which the person is employed and not on approved leave."""
    at = problem.horizon.at
    bounds = [(day, at(day, DAY_START), at(day, DAY_END)) for day in days]
    return {
        person.staff_id: frozenset(
            day
            for day, start, end in bounds
            if person.employed_on(day) and not problem.on_leave(person.staff_id, start, end)
        )
        for person in people
    }
