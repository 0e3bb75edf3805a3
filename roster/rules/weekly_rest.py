"""One whole day without work in every calendar week."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from roster.words import Words

NO_WEEK = Words("所查日期内没有完整结束的日历周。", "No calendar week ends within these days.")


class WeeklyRest(Rule):
    """In every Monday-to-Sunday week that ends within the horizon, one calendar day is touched by no working time.

    A night that runs past midnight touches both dates. A date before the horizon of which no roster is known holds no
    rows, so it passes for the day of rest. `standby` says whether on call and backup are rest.

    Source: Labour Law art. 38.
    """

    title: ClassVar[Words] = Words("每周休息日", "Weekly day of rest")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["weekly_rest"] = "weekly_rest"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)
    standby: Literal["is-rest", "is-work"] = "is-rest"

    def words(self) -> Words:
        """The rule in one sentence."""
        zh, en = (
            ("，待命和后备视为休息", "standing by is rest")
            if self.standby == "is-rest"
            else ("，待命和后备视为工作", "standing by is work")
        )
        return Words(
            f"每个日历周至少有完整的一日不工作{zh}。",
            f"Every calendar week has at least one whole day without work; {en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Marks the dates each person's rows touch and looks for a free one in each known week."""
        horizon = roster.problem.horizon
        weeks = [week for week in horizon.weeks if week[-1] <= horizon.dates[-1]]
        if not weeks:
            yield Breach(0, 1, "days", 0, horizon.dates[-1], verdict="unknown", note=NO_WEEK)
        for person, rows in roster.by_person():
            past: set[date] = set()
            busy: set[date] = set()
            for row in rows:
                if row.works or (row.kind != "leave" and self.standby == "is-work"):
                    busy |= _dates(row)
                    past |= set() if roster.new(row.date) else _dates(row)
            for week in weeks:
                if busy.issuperset(week) and not past.issuperset(week):
                    yield Breach(0, 1, "days", DAY_POINTS, max(week[0], horizon.start), staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """Keeps one day of each known week free."""
        resting = {"oncall", "backup"} if self.standby == "is-rest" else set()
        horizon = m.problem.horizon

        def touched(duty: Duty) -> set[date]:
            if duty.kind in resting:
                return set()
            return {day for span in duty.spans for day in _days_between(span.start, span.end)}

        for week in horizon.weeks:
            if horizon.at(week[0], 7 * 24 * 60) <= horizon.end:
                for person in m.people():
                    m.free_day(person, touched, days=week)


def _dates(row: Stretch) -> set[date]:
    """The calendar dates a row touches."""
    first, last = row.start.date(), (row.end - timedelta.resolution).date()
    return {first + timedelta(days=k) for k in range((last - first).days + 1)}


def _days_between(start: datetime, end: datetime) -> Iterator[date]:
    """The calendar dates that [start, end) touches."""
    day = start.date()
    while day < end.date() or (day == end.date() and end.time() != datetime.min.time()):
        yield day
        day += timedelta(days=1)
