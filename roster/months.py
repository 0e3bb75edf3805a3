"""A horizon's part of a calendar month: how rules that count by the month judge it."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Literal

from roster.roster import Roster


@dataclass(frozen=True)
class MonthPart:
    """How a horizon lies in a calendar month, counted in State Council workdays.

    `dates` are all days of the month, `start` the horizon's first day, `last` its last one in the month. Of the
    `workdays`, `unseen` lie before the horizon without a row on record, `here` in the horizon and `left` after it.
    """

    dates: tuple[date, ...]
    start: date
    last: date
    workdays: int
    unseen: int
    here: int
    left: int

    def owed(self, aim: int, before: int, *, most_a_day: int) -> tuple[int, int]:
        """What the horizon cannot leave to other days, and what it owes: that or its even share, if more.

        `aim` is the month's amount, `before` what the known past holds, `most_a_day` what a workday can give.
        """
        needed = aim - before - (self.unseen + self.left) * most_a_day
        even = aim * self.here / max(self.workdays, 1)
        due = even if self.unseen else (aim - before) * self.here / max(self.here + self.left, 1)
        return needed, max(needed, ceil(round(due, 6)), 0)

    def verdict(self, found: int, needed: int, owed: int) -> Literal["breached", "at_risk", "unknown", "met"]:
        """How the amount found in the horizon is judged."""
        if found < needed:
            return "breached"
        if found < owed:
            return "at_risk"
        return "unknown" if self.unseen else "met"


def month_part(roster: Roster, month: date) -> MonthPart:
    """The horizon's part of the month that begins on `month`."""
    problem, start = roster.problem, roster.problem.horizon.start
    dates = tuple(day for k in range(31) if (day := month + timedelta(days=k)).month == month.month)
    last = max(day for day in problem.horizon.dates if day in dates)
    recorded = {row.date for row in problem.previous}
    workdays = [day for day in dates if problem.calendar.is_workday(day)]
    unseen = sum(day < start and day not in recorded for day in workdays)
    here = sum(start <= day <= last for day in workdays)
    left = sum(day > last for day in workdays)
    return MonthPart(dates, start, last, len(workdays), unseen, here, left)
