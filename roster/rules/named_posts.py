"""Posts that are held by a named person each day."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, JudgedBy, ModelPort, Rule, finding
from roster.roster import Roster
from roster.shifts import DaySelector
from roster.words import EACH_DAY, Words


class NamedPosts(Rule):
    """On each such day at least `people` of the team serve at each of the posts, for `minutes` or longer.

    Posts are those of the stretches, so a person whose day has several posts holds them all.
    """

    title: ClassVar[Words] = Words("岗位每日有人", "Posts held each day")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["named_posts"] = "named_posts"
    team: str
    posts: tuple[str, ...] = Field(min_length=1)
    people: int = Field(default=1, ge=1)
    days: DaySelector = "workday"
    minutes: int = Field(default=1, gt=0, description="service at the post that makes a person its holder")

    def words(self) -> Words:
        """The rule in one sentence."""
        posts, each = ", ".join(self.posts), EACH_DAY[self.days]
        return Words(
            f"{self.team} 的岗位（{posts}）{each.zh}各有不少于 {self.people} 人，可以兼任。",
            f"Each of the posts {posts} of {self.team} is held by at least {self.people} named {each.en}; "
            "one person may hold several.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's service at each post, day by day."""
        for day in roster.days(self.days):
            served: Counter[tuple[str, str]] = Counter()
            for row in roster.on(day):
                if row.serves and row.team == self.team:
                    served[row.post, row.staff_id] += row.minutes
            for post in self.posts:
                held = sum(minutes >= self.minutes for (where, _), minutes in served.items() if where == post)
                points, note = (self.people - held) * DAY_POINTS, Words(f"岗位 {post}", f"post {post}")
                yield finding(held, self.people, "persons", points, day=day, team=self.team, note=note)

    def require(self, m: ModelPort) -> None:
        """At least so many cells of the day serve at the post long enough."""
        for day in m.days(self.days):
            cells = [cell for cell in m.cells(day) if cell.duty.team == self.team]
            for post in self.posts:
                counted = {
                    cell: 1
                    for cell in cells
                    if sum(span.minutes for span in cell.duty.serving if span.post == post) >= self.minutes
                }
                m.at_least(counted, self.people, points=DAY_POINTS)
