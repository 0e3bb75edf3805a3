"""Headcount that must be present each day, by team and role."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, JudgedBy, ModelPort, Rule, finding
from roster.people import Person
from roster.roster import Roster
from roster.shifts import DaySelector
from roster.words import EACH_DAY, Words


class Present(Rule):
    """On each such day at least `people` are present for the team and role; approved leave has to be covered.

    Present: `minutes` of service for the team and role that day, employed, qualified and not still to be certified.
    Who serves two teams on a day is present for the one served longer, or first.
    `beyond` lists posts whose holders are extra and do not count.
    """

    title: ClassVar[Words] = Words("在岗人数", "People present")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["present"] = "present"
    team: str
    role: str
    people: int = Field(ge=1)
    days: DaySelector = "workday"
    minutes: int = Field(default=240, gt=0, description="service that makes a person present")
    beyond: tuple[str, ...] = ()

    def words(self) -> Words:
        """The rule in one sentence."""
        who, hours = f"{self.team}/{self.role}", f"{self.minutes / 60:g}"
        return Words(
            f"{who} {EACH_DAY[self.days].zh}在岗不少于 {self.people} 人（每人至少 {hours} 小时）。",
            f"At least {self.people} of {who} are present {EACH_DAY[self.days].en}, {hours} h each.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's service for the team and role, day by day."""
        for day in roster.days(self.days):
            served: Counter[str] = Counter()
            for row in roster.serving(day, self.team):
                if row.role == self.role and row.post not in self.beyond:
                    served[row.staff_id] += row.minutes
            present = sum(
                minutes >= self.minutes
                and roster.main_team(who, day) == self.team
                and self._fit(roster.problem.person_by_id[who], day)
                for who, minutes in served.items()
            )
            points = (self.people - present) * DAY_POINTS
            yield finding(present, self.people, "persons", points, day=day, team=self.team, role=self.role)

    def _fit(self, person: Person, day: date) -> bool:
        certified = person.certified_on is None or person.certified_on <= day
        return certified and person.employed_on(day) and person.serves(self.team, self.role)

    def require(self, m: ModelPort) -> None:
        """At least so many cells of the day serve the team and role long enough."""
        for day in m.days(self.days):
            counted = {
                cell: 1
                for cell in m.cells(day)
                if (cell.duty.team, cell.duty.role) == (self.team, self.role)
                and cell.duty.post not in self.beyond
                and cell.duty.serving_minutes >= self.minutes
                and not (cell.person.certified_on and day < cell.person.certified_on)
                and cell.person.employed_on(day)
                and (self.team, self.role) in (cell.person.home, *cell.person.skills)
            }
            m.at_least(counted, self.people, points=DAY_POINTS)
