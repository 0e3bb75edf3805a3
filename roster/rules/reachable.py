"""Somebody on duty or on call at every moment."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import Breach, JudgedBy, ModelPort, Rule, finding
from roster.roster import Roster, Stretch
from roster.shifts import DAY_MINUTES, DaySelector, DayWindows, Window, clock
from roster.words import EACH_DAY, Words

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)


class Reachable(Rule):
    """In every moment of the windows at least `people` of those named are on duty or on call.

    `who` lists 'team/role'; what a person counts for is the team and role of the row. Backup, training and lunch
    do not count. On-call shifts of the day before count as far as they run past midnight. Posts are not asked: who is
    there or on call can be reached whatever the work of the hour; `service_hours` holds a post without a gap.
    """

    title: ClassVar[Words] = Words("在岗或待命", "Reachable")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["reachable"] = "reachable"
    who: tuple[str, ...] = Field(min_length=1)
    people: int = Field(default=1, ge=1)
    windows: DayWindows = Field(default=(Window(start=0, end=DAY_MINUTES),), min_length=1)
    days: DaySelector = "every-day"
    since: date | None = None
    until: date | None = None

    def words(self) -> Words:
        """The rule in one sentence."""
        hours = ", ".join(f"{clock(window.start)}-{clock(window.end)}" for window in self.windows)
        who, each = ", ".join(self.who), EACH_DAY[self.days]
        season = f"{self.since or ''}..{self.until or ''} " if self.since or self.until else ""
        return Words(
            f"{season}{each.zh} {hours} 每时每刻，{who} 中不少于 {self.people} 人在岗或待命。",
            f"In every moment of {hours} {each.en} {season}at least {self.people} of {who} are on duty or on call.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Sweeps over the edges of the rows in each window."""
        at = roster.problem.horizon.at
        pairs = {tuple(entry.split("/", 1)) for entry in self.who}
        for day in roster.days(self.days):
            if (self.since or day) <= day <= (self.until or day):
                rows = [
                    row
                    for row in (*roster.on(day - ONE_DAY), *roster.on(day))
                    if (row.team, row.role) in pairs and (row.serves or row.kind == "oncall")
                ]
                for window in self.windows:
                    yield from self._gaps(rows, day, at(day, window.start), at(day, window.end))

    def _gaps(self, rows: Sequence[Stretch], day: date, start: datetime, end: datetime) -> Iterator[Breach]:
        edges = {start, end, *(edge for row in rows for edge in (row.start, row.end) if start < edge < end)}
        moments = [
            (first, last, len({row.staff_id for row in rows if row.start <= first and last <= row.end}))
            for first, last in pairwise(sorted(edges))
        ]
        team, _, role = self.who[0].partition("/") if len(self.who) == 1 else ("", "", "")
        for found, alike in groupby(moments, key=itemgetter(2)):
            span = list(alike)
            missing = (span[-1][1] - span[0][0]) // ONE_MINUTE * (self.people - found)
            yield finding(
                found, self.people, "persons", missing, day=day, start=span[0][0], end=span[-1][1], team=team, role=role
            )

    def require(self, m: ModelPort) -> None:
        """In each interval between two boundaries at least so many cells serve or stand by throughout."""
        pairs = {tuple(entry.split("/", 1)) for entry in self.who}
        at = m.problem.horizon.at
        for day in m.days(self.days):
            if (self.since or day) <= day <= (self.until or day):
                for window in self.windows:
                    for start, end in m.grid(at(day, window.start), at(day, window.end)):
                        counted = {
                            cell: 1
                            for cell in m.touching(start, end)
                            if (cell.duty.team, cell.duty.role) in pairs
                            and (cell.duty.serves_throughout(start, end) or cell.duty.stands_by_throughout(start, end))
                        }
                        m.at_least(counted, self.people, points=int((end - start).total_seconds() // 60))
