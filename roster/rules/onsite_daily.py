"""People of a team at a site each day."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, JudgedBy, ModelPort, Rule, finding
from roster.roster import Roster
from roster.shifts import DaySelector
from roster.words import EACH_DAY, Words


class OnsiteDaily(Rule):
    """On each such day at least `people` serve the team at the site, each for at least `minutes`."""

    title: ClassVar[Words] = Words("每日驻场人数", "People on site each day")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["onsite_daily"] = "onsite_daily"
    team: str
    site: str
    people: int = Field(ge=1)
    minutes: int = Field(default=240, gt=0, description="service at the site that makes a person count")
    days: DaySelector = "workday"

    def words(self) -> Words:
        """The rule in one sentence."""
        each, hours = EACH_DAY[self.days], f"{self.minutes / 60:g}"
        return Words(
            f"{self.team} {each.zh}不少于 {self.people} 人在 {self.site} 驻场（每人至少 {hours} 小时）。",
            f"At least {self.people} of {self.team} are at {self.site} {each.en}, {hours} h each.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's service for the team at the site, day by day."""
        for day in roster.days(self.days):
            served: Counter[str] = Counter()
            for row in roster.on(day):
                if row.serves and (row.team, row.site) == (self.team, self.site):
                    served[row.staff_id] += row.minutes
            there = sum(minutes >= self.minutes for minutes in served.values())
            yield finding(there, self.people, "persons", (self.people - there) * DAY_POINTS, day=day, team=self.team)

    def require(self, m: ModelPort) -> None:
        """At least so many cells of the day serve the team at the site long enough."""
        for day in m.days(self.days):
            counted = {
                cell: 1
                for cell in m.cells(day)
                if (cell.duty.team, cell.duty.site) == (self.team, self.site)
                and cell.duty.serving_minutes >= self.minutes
            }
            m.at_least(counted, self.people, points=DAY_POINTS)
