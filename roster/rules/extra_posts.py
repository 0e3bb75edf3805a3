"""People at a post for a season."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, JudgedBy, ModelPort, Rule, finding
from roster.roster import Roster
from roster.shifts import DaySelector
from roster.words import EACH_DAY, Words


class ExtraPosts(Rule):
    """On each such day from `since` to `until` at least `people` of the team serve at the post for `minutes`.

    That they come on top of a headcount is for the headcount's rule to say (its `beyond`).
    """

    title: ClassVar[Words] = Words("额外岗位", "Extra post")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["extra_posts"] = "extra_posts"
    team: str
    post: str
    people: int = Field(ge=1)
    minutes: int = Field(default=240, gt=0, description="service at the post that makes a person count")
    days: DaySelector = "workday"
    since: date | None = None
    until: date | None = None

    def words(self) -> Words:
        """The rule in one sentence."""
        each, hours = EACH_DAY[self.days], f"{self.minutes / 60:g}"
        season = f"{self.since or ''}..{self.until or ''} " if self.since or self.until else ""
        return Words(
            f"{season}{each.zh} {self.team} 的 {self.post} 岗不少于 {self.people} 人（每人至少 {hours} 小时）。",
            f"At least {self.people} of {self.team} serve at {self.post} {each.en} {season}({hours} h each).",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's service at the post, day by day."""
        for day in roster.days(self.days):
            if not (self.since or day) <= day <= (self.until or day):
                continue
            served: Counter[str] = Counter()
            for row in roster.on(day):
                if row.serves and (row.team, row.post) == (self.team, self.post):
                    served[row.staff_id] += row.minutes
            there = sum(minutes >= self.minutes for minutes in served.values())
            points, note = (self.people - there) * DAY_POINTS, Words(f"岗位 {self.post}", f"post {self.post}")
            yield finding(there, self.people, "persons", points, day=day, team=self.team, note=note)

    def require(self, m: ModelPort) -> None:
        """At least so many cells of the day serve at the post long enough."""
        for day in m.days(self.days):
            if (self.since is None or self.since <= day) and (self.until is None or day <= self.until):
                counted = {
                    cell: 1
                    for cell in m.cells(day)
                    if cell.duty.team == self.team
                    and sum(span.minutes for span in cell.duty.serving if span.post == self.post) >= self.minutes
                }
                m.at_least(counted, self.people, points=DAY_POINTS)
