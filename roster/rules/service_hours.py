"""People who serve in every moment of the service hours."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import Breach, JudgedBy, ModelPort, Rule, finding
from roster.roster import Roster, Stretch
from roster.shifts import DaySelector, DayWindows, Duty, Span, clock
from roster.words import EACH_DAY, Words

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
_DOES = {"answering": Words("接待", "answer contacts"), "serving": Words("在岗服务", "serve")}


class ServiceHours(Rule):
    """In every moment of the windows at least `people` of the team answer contacts, or serve in any activity.

    `roles` and `posts` narrow it down; empty means all. A person counts once, with however many rows. Shifts of
    the day before count as far as they run past midnight. Asked from `since` to `until`, both included.
    """

    title: ClassVar[Words] = Words("服务时间", "Service hours")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["service_hours"] = "service_hours"
    team: str
    roles: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    people: int = Field(ge=1)
    windows: DayWindows = Field(min_length=1)
    days: DaySelector = "workday"
    since: date | None = None
    until: date | None = None
    activity: Literal["answering", "serving"] = "answering"

    def words(self) -> Words:
        """The rule in one sentence."""
        hours = ", ".join(f"{clock(window.start)}-{clock(window.end)}" for window in self.windows)
        who = " ".join(filter(None, (self.team, "/".join(self.roles), "/".join(self.posts))))
        each, does = EACH_DAY[self.days], _DOES[self.activity]
        season = f"{self.since or ''}..{self.until or ''} " if self.since or self.until else ""
        return Words(
            f"{season}{each.zh} {hours} 每时每刻，{who} 不少于 {self.people} 人{does.zh}。",
            f"In every moment of {hours} {each.en} {season}at least {self.people} of {who} {does.en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Sweeps over the edges of the rows in each window."""
        at = roster.problem.horizon.at
        for day in roster.days(self.days):
            if (self.since or day) <= day <= (self.until or day):
                serving = (*roster.serving(day - ONE_DAY, self.team), *roster.serving(day, self.team))
                rows = [row for row in serving if self._helps(row)]
                for window in self.windows:
                    yield from self._gaps(rows, day, at(day, window.start), at(day, window.end))

    def _helps(self, row: Stretch) -> bool:
        return (
            (not self.roles or row.role in self.roles)
            and (not self.posts or row.post in self.posts)
            and (self.activity == "serving" or row.answers)
        )

    def _gaps(self, rows: Sequence[Stretch], day: date, start: datetime, end: datetime) -> Iterator[Breach]:
        edges = {start, end, *(edge for row in rows for edge in (row.start, row.end) if start < edge < end)}
        moments = [
            (first, last, len({row.staff_id for row in rows if row.start <= first and last <= row.end}))
            for first, last in pairwise(sorted(edges))
        ]
        for found, alike in groupby(moments, key=itemgetter(2)):
            span = list(alike)
            missing = (span[-1][1] - span[0][0]) // ONE_MINUTE * (self.people - found)
            yield finding(
                found, self.people, "persons", missing, day=day, start=span[0][0], end=span[-1][1],
                team=self.team, role=self.roles[0] if len(self.roles) == 1 else "",
            )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """In each interval between two boundaries at least so many cells serve throughout."""
        at, serving = m.problem.horizon.at, cache(self._serving)
        for day in m.days(self.days):
            if (self.since or day) <= day <= (self.until or day):
                for window in self.windows:
                    for start, end in m.grid(at(day, window.start), at(day, window.end)):
                        covers = cache(partial(_covers, serving, start, end))
                        counted = {cell: 1 for cell in m.touching(start, end) if covers(cell.duty)}
                        m.at_least(counted, self.people, points=int((end - start).total_seconds() // 60))

    def _serving(self, duty: Duty) -> tuple[Span, ...]:
        """The spans of a duty that count."""
        if duty.team != self.team or (self.roles and duty.role not in self.roles):
            return ()
        spans = duty.serving if self.activity == "serving" else duty.answering
        return tuple(span for span in spans if not self.posts or span.post in self.posts)


def _covers(spans: Callable[[Duty], Sequence[Span]], start: datetime, end: datetime, duty: Duty) -> bool:
    return any(span.start <= start and end <= span.end for span in spans(duty))
