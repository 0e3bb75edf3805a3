"""Hours of work a team gets, on average over the month."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import Breach, Cell, ModelPort, Rule
from roster.periods import PeriodPart, period_of, period_part
from roster.roster import Roster
from roster.words import Words

ONE_DAY = timedelta(days=1)
DAY_HOURS, WEEK_HOURS, WEEK_DAYS = 8, 40, 5


class TeamHours(Rule):
    """In each calendar month the team gets `hours_a_week` x workdays / 5 paid hours of work, whoever does it.

    A horizon owes its share of the month: with the month's past known, what is still missing x the horizon's part
    of the workdays that are left; else the month's need x its part of the month's workdays. It never owes less
    than what the workdays after it can no longer make up at 8 h a day and full-time post (`hours_a_week` / 40,
    rounded up). Behind the share is 'at_risk', short of the latter 'breached'; points are minutes short of the
    share. Without the month's past the verdict is 'unknown'.
    """

    title: ClassVar[Words] = Words("团队工时", "Hours of the team")
    kind: Literal["team_hours"] = "team_hours"
    team: str
    hours_a_week: float = Field(default=28, gt=0, description="paid hours of work a week of five workdays")

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"{self.team} 按月平均每周不少于 {self.hours_a_week:g} 小时计薪工作。",
            f"{self.team} gets at least {self.hours_a_week:g} paid hours of work a week on average over a month.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up the team's paid work rows and judges each month of the horizon."""
        worked: dict[date, int] = {}
        for row in roster.with_history:
            if row.kind == "work" and row.paid and row.team == self.team:
                worked[row.date] = worked.get(row.date, 0) + row.minutes
        for month in roster.problem.horizon.months:
            yield self._judge(period_part(roster, period_of("month", month)), worked)

    def _judge(self, part: PeriodPart, worked: dict[date, int]) -> Breach:
        before = sum(worked.get(day, 0) for day in part.dates if day < part.start)
        found = sum(worked.get(day, 0) for day in part.dates if part.start <= day <= part.last)
        aim = ceil(round(self.hours_a_week * 60 * part.workdays / WEEK_DAYS, 6))
        full_day = DAY_HOURS * 60 * ceil(self.hours_a_week / WEEK_HOURS)
        needed, owed = part.owed(aim, before, most_a_day=full_day)
        so_far = 0 if part.unseen else before
        note = Words(
            f"本月至 {part.last:%m-%d} 应达 {(so_far + owed) / 60:.1f} 小时，已达 {(so_far + found) / 60:.1f} 小时"
            + ("；本月此前记录不全，仅计本期。" if part.unseen else "。"),
            f"{(so_far + found) / 60:.1f} of {(so_far + owed) / 60:.1f} h due by {part.last}"
            + (": this horizon alone, earlier days of the month are not known." if part.unseen else "."),
        )
        return Breach(
            so_far + found, so_far + owed, "min", max(owed - found, 0), part.last, team=self.team, note=note,
            verdict=part.verdict(found, needed, owed),
        )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """The paid minutes of the horizon's part of each month reach at least its share."""
        for first in m.problem.horizon.months:
            following = (first + 31 * ONE_DAY).replace(day=1)
            dates = [day for day in m.days() if first <= day < following]
            paid = {cell: minutes for day in dates for cell, minutes in self._paid(m, day).items()}
            m.at_least(paid, self._share(m, first, following), points=1)

    def _share(self, m: ModelPort, first: date, following: date) -> int:
        """Minutes that the horizon owes to the month [first, following)."""
        horizon, workdays = m.problem.horizon, m.problem.calendar.workdays
        begin, end = max(first, horizon.start), min(following, horizon.dates[-1] + ONE_DAY)
        past = [first + k * ONE_DAY for k in range((begin - first).days)]
        recorded = {row.date for row in m.problem.previous if first <= row.date < begin}
        missing = sum(day not in recorded for day in workdays(first, begin))
        now, later = len(workdays(begin, end)), len(workdays(end, following))
        done = sum(minutes for day in past for minutes in self._paid(m, day).values())
        month = len(workdays(first, following))
        total = ceil(round(self.hours_a_week * month * 60 / WEEK_DAYS, 6))
        most = ceil(self.hours_a_week / WEEK_HOURS) * DAY_HOURS * 60
        pace = -(-total * now // max(month, 1)) if missing else -(-(total - done) * now // max(now + later, 1))
        return max(total - done - (missing + later) * most, pace)

    def _paid(self, m: ModelPort, day: date) -> dict[Cell, int]:
        """Paid minutes of the day's cells that work for the team."""
        cells = [cell for cell in m.cells(day) if cell.duty.team == self.team and cell.duty.kind == "work"]
        return {cell: cell.duty.paid_minutes for cell in cells}
