"""Working hours as agreed: nobody far above or below the hours of the contract of employment."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import FAIRNESS, Cell, Goal, ModelPort
from roster.people import Person
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

UNIT_MINUTES = 30


class EvenHours(Goal):
    """Paid hours of the horizon stay close to each enrolled person's agreed hours.

    Agreed: `fte` x `hours_a_day` for every workday the person is employed and not on leave. Cost: the square of
    the distance in half-hours, rounded down. Reserve people have no agreed hours and are left out.
    """

    title: ClassVar[Words] = Words("工时均衡", "Even hours")
    kind: Literal["even_hours"] = "even_hours"
    level: int = Field(default=FAIRNESS, ge=FAIRNESS)
    hours_a_day: float = Field(default=7.5, gt=0, le=12)

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words(
            f"每人计薪工时接近约定工时（全职每工作日 {self.hours_a_day:g} 小时）。",
            f"Everybody's paid hours stay close to those agreed ({self.hours_a_day:g} h a workday full time).",
        )

    def measure(self, roster: Roster) -> int:
        """Adds up each person's paid minutes in the horizon and squares the distance."""
        paid = dict.fromkeys(self._agreed(roster.problem), 0)
        for row in roster.rows:
            if row.works and row.paid and row.staff_id in paid:
                paid[row.staff_id] += row.minutes
        agreed = self._agreed(roster.problem)
        return sum(_cost(minutes // UNIT_MINUTES, agreed[who]) for who, minutes in paid.items())

    def require(self, m: ModelPort) -> None:
        """One convex cost a person over the half-hours worked."""
        agreed = self._agreed(m.problem)
        for person in m.people():
            if person.staff_id in agreed:
                units = self._units(m, person)
                longest: dict[object, int] = {}
                for cell, weight in units.items():
                    longest[cell.duty.day] = max(longest.get(cell.duty.day, 0), weight)
                most = sum(longest.values())
                m.spread(units, [_cost(k, agreed[person.staff_id]) for k in range(most + 2)])

    def _units(self, m: ModelPort, person: Person) -> Mapping[Cell, int]:
        start = m.problem.horizon.start
        return {
            cell: cell.duty.paid_minutes // UNIT_MINUTES
            for cell in m.cells_of(person)
            if cell.duty.day >= start and cell.duty.paid_minutes
        }

    def _agreed(self, problem: "Problem") -> dict[str, int]:
        """Agreed half-hours of each enrolled person in the horizon."""
        at = problem.horizon.at
        agreed: dict[str, int] = {}
        workdays = [day for day in problem.horizon.dates if problem.matches("workday", day)]
        for person in problem.people:
            if not person.reserve:
                days = [
                    day
                    for day in workdays
                    if person.employed_on(day)
                    and not problem.on_leave(person.staff_id, at(day, 9 * 60), at(day, 17 * 60))
                ]
                agreed[person.staff_id] = round(len(days) * person.fte * self.hours_a_day * 60 / UNIT_MINUTES)
        return agreed


def _cost(units: int, agreed: int) -> int:
    return (units - agreed) ** 2
