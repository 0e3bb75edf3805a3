"""Calendar periods, and how a horizon lies in one: for rules that count by the week, the month, the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil
from typing import Literal

from roster.roster import Roster

PeriodKind = Literal["day", "week", "month", "quarter", "half-year", "year"]
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """The days [start, end) of a calendar period: `end` is the first day after it. Weeks begin on Monday."""

    kind: PeriodKind
    start: date
    end: date

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every day of the period, in order."""
        return tuple(self.start + k * ONE_DAY for k in range((self.end - self.start).days))

    def holds(self, day: date) -> bool:
        """Whether the day is one of the period's."""
        return self.start <= day < self.end

    def clipped(self, start: date, end: date) -> "Period":
        """The part of the period in [start, end); it holds no day where they do not meet."""
        return Period(self.kind, max(self.start, start), min(self.end, end))


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of a kind that holds the day."""
    if kind == "day":
        return Period(kind, day, day + ONE_DAY)
    if kind == "week":
        monday = day - day.weekday() * ONE_DAY
        return Period(kind, monday, monday + 7 * ONE_DAY)
    months = _MONTHS[kind]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(kind, start, (start + (31 * months) * ONE_DAY).replace(day=1))


def periods_touching(kind: PeriodKind, days: Iterable[date]) -> tuple[Period, ...]:
    """The periods of a kind that hold one of the days, each once, in the order of the days."""
    return tuple(dict.fromkeys(period_of(kind, day) for day in days))


@dataclass(frozen=True)
class PeriodPart:
    """How a horizon lies in a period, counted in State Council workdays.

    `dates` are all days of the period, `start` the horizon's first day, `last` its last one in the period. Of the
    `workdays`, `unseen` lie before the horizon without a row on record, `here` in the horizon and `left` after it.
    """

    dates: tuple[date, ...]
    start: date
    last: date
    workdays: int
    unseen: int
    here: int
    left: int

    @property
    def ends(self) -> bool:
        """Whether the period ends within the horizon."""
        return self.last == self.dates[-1]

    def owed(self, aim: int, before: int, *, most_a_day: int) -> tuple[int, int]:
        """What the horizon cannot leave to other days, and what it owes: that or its even share, if more.

        `aim` is the period's amount, `before` what the known past holds, `most_a_day` what a workday can give.
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


def period_part(roster: Roster, period: Period) -> PeriodPart:
    """The horizon's part of a period that it touches."""
    problem, start = roster.problem, roster.problem.horizon.start
    last = min(problem.horizon.dates[-1], period.dates[-1])
    recorded = {row.date for row in problem.previous}
    workdays = problem.calendar.workdays(period.start, period.end)
    unseen = sum(day < start and day not in recorded for day in workdays)
    here = sum(start <= day <= last for day in workdays)
    left = sum(day > last for day in workdays)
    return PeriodPart(period.dates, start, last, len(workdays), unseen, here, left)
