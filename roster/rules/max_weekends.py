"""Weekends worked."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words

SATURDAY = 5


class MaxWeekends(Rule):
    """At most `weekends` weekends that touch the horizon hold a shift, on the Saturday, the Sunday or both.

    `staff` are those it holds for; nobody listed means everybody.
    """

    title: ClassVar[Words] = Words("周末上班次数", "Weekends worked")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["max_weekends"] = "max_weekends"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    weekends: int = Field(ge=0, le=53)
    staff: tuple[str, ...] = ()

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"周末（周六或周日）上班不超过 {self.weekends} 个。", f"Nobody works on more than {self.weekends} weekends."
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts the Saturdays that stand for each person's weekends; weekends of the past are not counted."""
        horizon = roster.problem.horizon
        for person, rows in roster.by_person():
            if self.staff and person.staff_id not in self.staff:
                continue
            dates = {row.date for row in rows if row.works and row.date.weekday() >= SATURDAY}
            weekends = {day - timedelta(days=day.weekday() - SATURDAY) for day in dates}
            here = [day for day in weekends if day + timedelta(days=1) >= horizon.start]
            fresh = [day for day in here if any(d in dates for d in _days_of(day) if roster.new(d))]
            over = min(len(here) - self.weekends, len(fresh))
            if over > 0:
                yield Breach(
                    len(here), self.weekends, "weekends", over * DAY_POINTS, max(dates), staff_ids=(person.staff_id,)
                )

    def require(self, m: ModelPort) -> None:
        """Counts the weekends with a shift."""
        weekends = [week[SATURDAY:] for week in m.problem.horizon.weeks]
        here = [days for days in weekends if days[-1] >= m.problem.horizon.start]
        for person in m.people():
            if not self.staff or person.staff_id in self.staff:
                m.sets(person, lambda duty: duty.works, sets=here, at_most=self.weekends)


def _days_of(saturday: date) -> tuple[date, date]:
    """The two days of a weekend."""
    return saturday, saturday + timedelta(days=1)
