"""Never more people at work than there are seats."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import Breach, ModelPort, Rule, finding
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from roster.words import Words

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
LONGEST_DAYS = 2
"""A shift of that many days before may still run on."""


class Seats(Rule):
    """In every moment at most `people` of the teams sit at work with one of the `activities`.

    `posts` limits it to stretches at these posts; empty means all. Holds on each day of the horizon and in the night
    after the last one. Somebody on two stretches at once takes two seats.
    """

    title: ClassVar[Words] = Words("席位上限", "Seats")
    kind: Literal["seats"] = "seats"
    teams: tuple[str, ...] = Field(min_length=1)
    people: int = Field(ge=0, description="seats")
    posts: tuple[str, ...] = ()
    activities: tuple[str, ...] = Field(default=("duty",), min_length=1)

    def words(self) -> Words:
        """The rule in one sentence."""
        zh = f"（岗位 {'、'.join(self.posts)}）" if self.posts else ""
        en = f" at {', '.join(self.posts)}" if self.posts else ""
        what = ", ".join(self.activities)
        return Words(
            f"{'、'.join(self.teams)}{zh}任何时刻同时在席（{what}）不超过 {self.people} 人。",
            f"In no moment more than {self.people} of {', '.join(self.teams)} sit at work{en} ({what}).",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Sweeps over the edges of the rows, day by day; a day within the limit shows its peak."""
        at, last = roster.problem.horizon.at, roster.problem.horizon.dates[-1]
        for day in (*roster.days(), last + ONE_DAY):
            rows = [
                row
                for back in range(LONGEST_DAYS, -1, -1)
                for row in roster.on(day - back * ONE_DAY)
                if row.kind == "work" and row.team in self.teams and row.activity in self.activities
                if not self.posts or row.post in self.posts
            ]
            yield from self._judge(rows, min(day, last), at(day, 0), at(day + ONE_DAY, 0))

    def _judge(self, rows: Sequence[Stretch], day: date, start: datetime, end: datetime) -> Iterator[Breach]:
        edges = {start, end, *(edge for row in rows for edge in (row.start, row.end) if start < edge < end)}
        moments = [
            (sum(row.start <= first and then <= row.end for row in rows), first, then)
            for first, then in pairwise(sorted(edges))
        ]
        alike = [(taken, list(span)) for taken, span in groupby(moments, key=itemgetter(0))]
        runs = [(taken, span[0][1], span[-1][2]) for taken, span in alike]
        team = self.teams[0] if len(self.teams) == 1 else ""
        for taken, first, last in [run for run in runs if run[0] > self.people] or [max(runs)]:
            points = (last - first) // ONE_MINUTE * (taken - self.people)
            if taken:
                yield finding(taken, self.people, "persons", points, day=day, start=first, end=last, team=team)

    def require(self, m: ModelPort) -> None:
        """In each interval between two boundaries at most so many cells sit throughout."""
        at, horizon = m.problem.horizon.at, m.problem.horizon
        for start, end in m.grid(horizon.begin, at(horizon.dates[-1], 2 * 24 * 60)):
            seated = {cell: 1 for cell in m.touching(start, end) if self._sits(cell.duty, start, end)}
            if len(seated) > self.people:
                m.at_most(seated, self.people, points=(end - start) // ONE_MINUTE)

    def _sits(self, duty: Duty, start: datetime, end: datetime) -> bool:
        """Whether one span of work takes a seat in the whole of [start, end)."""
        if duty.team not in self.teams:
            return False
        return any(
            span.start <= start and end <= span.end
            for span in duty.spans
            if (span.kind or duty.kind) == "work" and span.activity in self.activities
            if not self.posts or span.post in self.posts
        )
