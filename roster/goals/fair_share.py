"""An even share of a burden: on call, on site, days off worked or stood by."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from pydantic import Field

from roster.availability import available
from roster.base import FAIRNESS, Breach, Cell, Goal, ModelPort, Verdict
from roster.people import Person
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

SATURDAY = 5
NIGHT_START, NIGHT_END = timedelta(hours=22), timedelta(hours=6)
ONE_DAY, YEAR = timedelta(days=1), timedelta(days=365)
Burden = Literal["on-call", "on-site", "backup", "day-off-work", "statutory", "night", "weekend"]
USUAL_PACE = 248 / 365
"""Burdens expected for each day on which one may fall, where no earlier roster tells: full time is 248 days a year."""
_NAMES: dict[Burden, Words] = {
    "on-call": Words("待命", "on-call duties"),
    "on-site": Words("驻场", "on-site days"),
    "backup": Words("休息日备勤", "backup days"),
    "day-off-work": Words("休息日上班", "work on days off"),
    "statutory": Words("法定节假日值守", "statutory holiday duties"),
    "night": Words("夜班", "nights"),
    "weekend": Words("周末上班", "work on Saturdays and Sundays"),
}


class _Standing(NamedTuple):
    """What a person of the group is due: a share relative to the group's mean, and the count that is no burden yet.

    `even` is the person's share of all burdens so far, and what cannot be made up for after the horizon.
    """

    person: Person
    share: float
    even: float


class FairShare(Goal):
    """Burdens go to the people of a group in proportion to their availability, past rosters and known leave included.

    Cost: sum over the group of `weight` x 100 x (burdens so far and planned - even)^2 / share, which is smallest where
    everybody's burdens stand in proportion to the days they are available (employed, not on approved leave, not excused
    by law) since the first day on record. even = share x mean of the burdens so far + what the person will miss: the
    share of the burdens to come until the contract's end (a year ahead at most, at the group's pace on record) beyond
    the days on which the person can have one. So who will be away on the next holidays takes this one. Rounded step by
    step so that it stays convex. A burden counts on the date its shift starts; a night is work that touches
    22:00-6:00, a weekend work that starts on a Saturday or Sunday.
    """

    title: ClassVar[Words] = Words("公平分担", "Even shares")
    kind: Literal["fair_share"] = "fair_share"
    level: int = Field(default=FAIRNESS, ge=FAIRNESS)
    burden: Burden
    group: tuple[str, ...] = Field(min_length=1, description="'team/role' whose qualified people share the burden")
    site: str = Field(default="", description="the site meant by 'on-site'")
    weight: int = Field(default=1, ge=1)
    excused: tuple[str, ...] = Field(default=(), description="labour flags that excuse a person from it")
    reserve: bool = Field(default=True, description="whether reserve people have a share")
    standby: Literal["counts", "apart"] = Field(
        default="counts", description="whether standing by as backup on a statutory day is such a burden"
    )

    def words(self) -> Words:
        """The goal in one sentence."""
        name = _NAMES[self.burden]
        group = "、".join(self.group)
        return Words(
            f"{name.zh}在 {group} 中按可出勤天数均摊。", f"{name.en} are shared among {group} by availability."
        )

    def measure(self, roster: Roster) -> int:
        """Counts each person's burdens in past and horizon and adds up what they cost."""
        counts = self._counts(roster.problem, roster.with_history)
        standings = self._standings(roster.problem)
        return sum(_cost(counts[one.person.staff_id], one, self.weight) for one in standings)

    def shown(self, roster: Roster, clause: str) -> Iterator[Breach]:  # noqa: ARG002
        """How far the person farthest from the share by availability is from it, over all days on record.

        Within one burden is even. Where the contract's days of the year so far are not all on record it is 'unknown'.
        """
        problem = roster.problem
        counts, days = self._counts(problem, roster.with_history), _days(_first(problem), problem.horizon.dates[-1])
        shares = self._shares(problem, days)
        if shares:
            each = sum(counts[person.staff_id] for person, _ in shares) / sum(share for _, share in shares)
            who, share = max(shares, key=lambda pair: abs(counts[pair[0].staff_id] - each * pair[1]))
            found, due = counts[who.staff_id], each * share
            even: Verdict = "met" if self._all_known(roster.problem) else "unknown"
            yield Breach(
                round(abs(found - due), 2), 1, "turns", 0, staff_ids=(who.staff_id,),
                verdict=even if abs(found - due) <= 1 else "at_risk", note=self._told(found, due),
            )  # fmt: skip

    def _told(self, found: int, due: float) -> Words:
        name = _NAMES[self.burden]
        return Words(
            f"{name.zh}：{found} 次，按可出勤天数应摊 {due:.2f} 次，为离份额最远的一人。",
            f"{name.en}: {found} against a share of {due:.2f} by availability; nobody is farther from it.",
        )

    def _all_known(self, problem: "Problem") -> bool:
        """Whether the workdays of the contract's year before the horizon have rows."""
        start = problem.horizon.start
        since = max(date(start.year, 1, 1), problem.contract.period.start)
        return {row.date for row in problem.previous}.issuperset(problem.calendar.workdays(since, max(since, start)))

    def _counts(self, problem: "Problem", rows: Iterable[Stretch]) -> "Counter[str]":
        """Burdens by staff id: a shift counts once, whatever its rows."""
        marked = {
            (row.staff_id, row.date, row.shift)
            for row in rows
            if self._weighs(row.kind, row.site, row.start, row.end) and self._falls(problem, row.date)
        }
        return Counter(who for who, _, _ in marked)

    def require(self, m: ModelPort) -> None:
        """One convex cost a person over the burdens of past and horizon."""
        for one in self._standings(m.problem):
            cells: dict[Cell, int] = {
                cell: 1
                for cell in m.cells_of(one.person)
                if self._falls(m.problem, cell.duty.day) and self._burdens(cell.duty)
            }
            if cells:
                fixed = sum(cell.fixed for cell in cells)
                most = fixed + len({c.duty.day for c in cells if not c.fixed}) * 2
                m.spread(cells, [_cost(k, one, self.weight) for k in range(most + 1)])

    def _burdens(self, duty: Duty) -> bool:
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

    def _falls(self, problem: "Problem", day: date) -> bool:
        if self.burden == "statutory":
            return problem.calendar.is_statutory(day)
        if self.burden == "weekend":
            return day.weekday() >= SATURDAY
        return self.burden != "day-off-work" or problem.calendar.is_day_off(day)

    def _standings(self, problem: "Problem") -> list[_Standing]:
        """What everybody of the group is due."""
        shares = self._shares(problem, _days(_first(problem), problem.horizon.dates[-1]))
        had, missed = self._counts(problem, problem.previous), self._missed(problem)
        mean = sum(had[person.staff_id] for person, _ in shares) / max(len(shares), 1)
        return [_Standing(person, share, share * mean + missed[person.staff_id]) for person, share in shares]

    def _missed(self, problem: "Problem") -> dict[str, float]:
        """Burdens of each person's share after the horizon for which no day is left."""
        last = problem.horizon.dates[-1]
        rest = _days(last + ONE_DAY, min(problem.contract.period.end, last + YEAR))
        shares = self._shares(problem, rest)
        chances = available(problem, [person for person, _ in shares], [d for d in rest if self._falls(problem, d)])
        mean = self._pace(problem) * sum(map(len, chances.values())) / max(len(shares), 1)
        return {p.staff_id: max(share * mean - len(chances[p.staff_id]), 0) for p, share in shares}

    def _pace(self, problem: "Problem") -> float:
        """The group's burdens so far for each day on which one could fall and a person was available."""
        past = _days(_first(problem), problem.horizon.start - ONE_DAY)
        people = [person for person in problem.people if self._belongs(person)]
        free = available(problem, people, [day for day in past if self._falls(problem, day)])
        had, chances = self._counts(problem, problem.previous), sum(map(len, free.values()))
        return sum(had[who] for who in free) / chances if chances else USUAL_PACE

    def _shares(self, problem: "Problem", days: Sequence[date]) -> list[tuple[Person, float]]:
        """The people of the group with their availability on the days relative to the group's mean."""
        people = [p for p in problem.people if self._belongs(p)]
        free = [len(mine) for mine in available(problem, people, days).values()]
        mean = sum(free) / len(free) if any(free) else 1.0
        return [(person, max(n, 0.5) / mean) for person, n in zip(people, free, strict=True)]

    def _belongs(self, person: Person) -> bool:
        pairs = (entry.partition("/") for entry in self.group)
        takes_part = (self.reserve or not person.reserve) and not person.labour_flags & set(self.excused)
        return takes_part and any(person.serves(t, r) for t, _, r in pairs)


def _dark(start: datetime, end: datetime) -> bool:
    """Whether a stretch of at most a day touches the night, 22:00-6:00 (State Council order 619 art. 6)."""
    midnight = start.replace(hour=0, minute=0)
    morning, evening = midnight + NIGHT_END, midnight + NIGHT_START
    return start < morning or end > evening


def _first(problem: "Problem") -> date:
    """The first day on record."""
    return min((row.date for row in problem.previous), default=problem.horizon.start)


def _days(first: date, last: date) -> list[date]:
    return [first + k * ONE_DAY for k in range((last - first).days + 1)]


def _cost(count: int, one: _Standing, weight: int) -> int:
    """weight x 100 x (count - even)^2 / share, as a sum of integer rises that never fall."""
    scale = 100 * weight / one.share
    return round(scale * one.even**2) + sum(round(scale * (2 * (k - one.even) + 1)) for k in range(count))
