"""Burdens that a group shares: who has had how many, who could have more, and what a count costs."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from roster.availability import available
from roster.base import Cell, Goal, ModelPort
from roster.people import Person
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

SATURDAY = 5
NIGHT_START, NIGHT_END = timedelta(hours=22), timedelta(hours=6)
ONE_DAY, YEAR = timedelta(days=1), timedelta(days=365)
USUAL_PACE = 248 / 365
"""Burdens expected for each day on which one may fall, where no earlier roster tells: full time is 248 days a year."""
Burden = Literal["on-call", "on-site", "backup", "day-off-work", "statutory", "night", "weekend"]
BURDENS: Mapping[Burden, Words] = {
    "on-call": Words("待命", "on-call duties"),
    "on-site": Words("驻场", "on-site days"),
    "backup": Words("休息日备勤", "backup days"),
    "day-off-work": Words("休息日上班", "work on days off"),
    "statutory": Words("法定节假日值守", "statutory holiday duties"),
    "night": Words("夜班", "nights"),
    "weekend": Words("周末上班", "work on Saturdays and Sundays"),
}


class BurdenGoal(Goal):
    """A goal with a convex cost of each person's count of a burden, over all on record and the horizon.

    A burden counts on the date its shift starts, a shift once; a night is work that touches 22:00-6:00, a weekend work
    that starts on a Saturday or Sunday. People are available on days on which they are employed and not on approved
    leave; who has a flag of `excused` has no share.
    """

    burden: Burden
    group: tuple[str, ...] = Field(min_length=1, description="'team/role' whose qualified people share the burden")
    site: str = Field(default="", description="the site meant by 'on-site'")
    weight: int = Field(default=1, ge=1)
    excused: tuple[str, ...] = Field(default=(), description="labour flags that excuse a person from it")
    reserve: bool = Field(default=True, description="whether reserve people have a share")
    standby: Literal["counts", "apart"] = Field(
        default="counts", description="whether standing by as backup on a statutory day is such a burden"
    )

    @abstractmethod
    def prices(self, problem: "Problem") -> Mapping[str, Callable[[int], int]]:
        """What a count costs for each staff id, convex."""

    def measure(self, roster: Roster) -> int:
        """Counts each person's burdens in past and horizon and adds up what they cost."""
        counts = self.counts(roster.problem, roster.with_history)
        return sum(price(counts[who]) for who, price in self.prices(roster.problem).items())

    def require(self, m: ModelPort) -> None:
        """One convex cost a person over the burdens of past and horizon."""
        is_one = cache(lambda duty: self.falls(m.problem, duty.day) and self._is_one(duty))
        for who, price in self.prices(m.problem).items():
            cells: dict[Cell, int] = {cell: 1 for cell in m.cells_of(m.problem.person_by_id[who]) if is_one(cell.duty)}
            fixed = sum(cell.fixed for cell in cells)
            most = fixed + len({c.duty.day for c in cells if not c.fixed}) * 2
            m.spread(cells, [price(k) for k in range(most + 1)])

    def counts(self, problem: "Problem", rows: Iterable[Stretch]) -> "Counter[str]":
        """Burdens by staff id."""
        marked = {
            (row.staff_id, row.date, row.shift)
            for row in rows
            if self._weighs(row.kind, row.site, row.start, row.end) and self.falls(problem, row.date)
        }
        return Counter(who for who, _, _ in marked)

    def chances(self, problem: "Problem", days: Iterable[date]) -> Mapping[str, int]:
        """For each person of the group the days on which a burden may fall and the person is available."""
        open_days = [day for day in days if self.falls(problem, day)]
        return {who: len(mine) for who, mine in available(problem, self.people(problem), open_days).items()}

    def pace(self, problem: "Problem") -> float | None:
        """The group's burdens on record for each such day of each person; None where nothing is on record."""
        chances = self.chances(problem, days(first_known(problem), problem.horizon.start - ONE_DAY))
        had, room = self.counts(problem, problem.previous), sum(chances.values())
        return sum(had[who] for who in chances) / room if room else None

    def missed(self, problem: "Problem") -> dict[str, float]:
        """Burdens of each person's share after the horizon for which no day is left."""
        last = problem.horizon.dates[-1]
        rest = days(last + ONE_DAY, min(problem.contract.period.end, last + YEAR))
        chances, pace = self.chances(problem, rest), self.pace(problem)
        mean = (USUAL_PACE if pace is None else pace) * sum(chances.values()) / max(len(chances), 1)
        return {who: max(share * mean - chances[who], 0) for who, share in self.shares(problem, rest).items()}

    def shares(self, problem: "Problem", days: Sequence[date]) -> Mapping[str, float]:
        """The availability of each person of the group on the days, relative to the group's mean."""
        free = {who: len(mine) for who, mine in available(problem, self.people(problem), days).items()}
        mean = sum(free.values()) / len(free) if any(free.values()) else 1.0
        return {who: max(n, 0.5) / mean for who, n in free.items()}

    def people(self, problem: "Problem") -> list[Person]:
        """Who has a share."""
        pairs = [entry.partition("/") for entry in self.group]
        return [
            person
            for person in problem.people
            if (self.reserve or not person.reserve)
            and not person.labour_flags & set(self.excused)
            and any(person.serves(team, role) for team, _, role in pairs)
        ]

    def falls(self, problem: "Problem", day: date) -> bool:
        """Whether the burden may fall on the day."""
        if self.burden == "statutory":
            return problem.calendar.is_statutory(day)
        if self.burden == "weekend":
            return day.weekday() >= SATURDAY
        return self.burden != "day-off-work" or problem.calendar.is_day_off(day)

    def _is_one(self, duty: Duty) -> bool:
        """Whether a stretch of the duty is such a burden."""
        return any(self._weighs(span.kind or duty.kind, duty.site, span.start, span.end) for span in duty.spans)

    def _weighs(self, kind: str, site: str, start: datetime, end: datetime) -> bool:
        """Whether a stretch is such a burden, on a day on which it may fall."""
        if self.burden == "on-call":
            return kind == "oncall"
        if self.burden == "on-site":
            return kind == "work" and site == self.site
        if self.burden == "backup":
            return kind == "backup"
        if self.burden == "night" and not _dark(start, end):
            return False
        reachable = kind == "oncall" or (kind == "backup" and self.standby == "counts")
        return kind in ("work", "training") or (self.burden == "statutory" and reachable)


def first_known(problem: "Problem") -> date:
    """The first day on record."""
    return min((row.date for row in problem.previous), default=problem.horizon.start)


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + k * ONE_DAY for k in range((last - first).days + 1)]


def _dark(start: datetime, end: datetime) -> bool:
    """Whether a stretch of at most a day touches the night, 22:00-6:00 (State Council order 619 art. 6)."""
    midnight = start.replace(hour=0, minute=0)
    morning, evening = midnight + NIGHT_END, midnight + NIGHT_START
    return start < morning or end > evening
