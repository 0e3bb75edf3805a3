"""Days a month on which posts are held at a site."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, Cells, ModelPort, Rule
from roster.periods import PeriodPart, period_part, periods_touching
from roster.roster import Roster
from roster.words import Words

ONE_DAY = timedelta(days=1)


class OnsiteMonthly(Rule):
    """In each calendar month each of the roles is at the site on at least `days` dates.

    A date counts for a role when somebody serves team and role there for `minutes`; so a substitute's days count
    for the role covered. With basis `mean` the dates of all roles together reach `days` x roles.

    A horizon owes its share of the month: with the month's past known, what is still missing x the horizon's part
    of the workdays that are left, rounded up; else `days` x its part of the month's workdays, rounded up. It never
    owes less than what the workdays after it can no longer make up. Behind the share is 'at_risk', short of the
    latter 'breached'; points count the days short of the share. Without the month's past the verdict is 'unknown'.
    """

    title: ClassVar[Words] = Words("每月驻场天数", "On-site days of the month")
    kind: Literal["onsite_monthly"] = "onsite_monthly"
    team: str
    site: str
    roles: tuple[str, ...] = Field(min_length=1)
    days: int = Field(default=16, ge=1, le=31, description="dates a month")
    minutes: int = Field(default=240, gt=0, description="service at the site that makes a date count")
    basis: Literal["each", "mean"] = "each"

    def words(self) -> Words:
        """The rule in one sentence."""
        who, each = f"{self.team}（{'、'.join(self.roles)}）", self.basis == "each"
        return Words(
            f"{who}每个自然月在 {self.site} 驻场，{'各' if each else '平均'}不少于 {self.days} 天。",
            f"In each calendar month {', '.join(self.roles)} of {self.team} are at {self.site} on at least "
            f"{self.days} days{' each' if each else ' on average'}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Collects the dates that count, of past and horizon, and judges each month of the horizon."""
        served: dict[tuple[str, date, str], int] = defaultdict(int)
        for row in roster.with_history:
            if row.serves and (row.team, row.site) == (self.team, self.site) and row.role in self.roles:
                served[row.role, row.date, row.staff_id] += row.minutes
        reached: dict[str, set[date]] = {role: set() for role in self.roles}
        for (role, day, _), minutes in served.items():
            if minutes >= self.minutes:
                reached[role].add(day)
        judged = [self.roles] if self.basis == "mean" else [(role,) for role in self.roles]
        for month in periods_touching("month", roster.problem.horizon.dates):
            part = period_part(roster, month)
            for roles in judged:
                yield self._judge(part, {role: reached[role] for role in roles})

    def _judge(self, part: PeriodPart, reached: Mapping[str, Collection[date]]) -> Breach:
        roles, dates = tuple(reached), set(part.dates)
        before = sum(day in dates and day < part.start for days in reached.values() for day in days)
        found = sum(day in dates and part.start <= day <= part.last for days in reached.values() for day in days)
        needed, owed = part.owed(self.days * len(roles), before, most_a_day=len(roles))
        so_far = 0 if part.unseen else before
        note = Words(
            f"本月至 {part.last:%m-%d} 应达 {so_far + owed} 天，已达 {so_far + found} 天"
            + ("；本月此前记录不全，仅计本期。" if part.unseen else "。"),
            f"{so_far + found} of {so_far + owed} days due by {part.last}"
            + (": this horizon alone, earlier days of the month are not known." if part.unseen else "."),
        )
        return Breach(
            so_far + found, so_far + owed, "days", max(owed - found, 0) * DAY_POINTS, part.last, team=self.team,
            role=roles[0] if len(roles) == 1 else "", note=note, verdict=part.verdict(found, needed, owed),
        )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """The horizon's part of each month holds at least its share of on-site days."""
        groups = [[role] for role in self.roles] if self.basis == "each" else [list(self.roles)]
        for first in m.problem.horizon.months:
            following = (first + 31 * ONE_DAY).replace(day=1)
            dates = [day for day in m.days() if first <= day < following]
            for group in groups:
                listed = [(self._there(m, day, role), 1) for role in group for day in dates]
                amount = self._share(m, first, following, group)
                m.days_at_least(listed, amount, points=DAY_POINTS)

    def _share(self, m: ModelPort, first: date, following: date, group: Collection[str]) -> int:
        """On-site days that the horizon owes to the month [first, following)."""
        horizon, workdays, posts = m.problem.horizon, m.problem.calendar.workdays, len(group)
        begin, end = max(first, horizon.start), min(following, horizon.dates[-1] + ONE_DAY)
        past = [first + k * ONE_DAY for k in range((begin - first).days)]
        recorded = {row.date for row in m.problem.previous if first <= row.date < begin}
        missing = sum(day not in recorded for day in workdays(first, begin))
        now, later = len(workdays(begin, end)), len(workdays(end, following))
        done = sum(bool(self._there(m, day, role)) for role in group for day in past)
        total = self.days * posts
        if missing:
            pace = -(-total * now // max(len(workdays(first, following)), 1))
        else:
            pace = -(-(total - done) * now // max(now + later, 1))
        return max(total - done - (missing + later) * posts, pace)

    def _there(self, m: ModelPort, day: date, role: str) -> Cells:
        """The day's cells that serve the role at the site long enough."""
        return [
            cell
            for cell in m.cells(day)
            if (cell.duty.team, cell.duty.role, cell.duty.site) == (self.team, role, self.site)
            and cell.duty.serving_minutes >= self.minutes
        ]
