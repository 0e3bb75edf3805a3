"""An even share of a burden: on call, on site, days off worked or stood by."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import FAIRNESS, Breach, Cell, Goal, ModelPort, Verdict
from roster.people import Person
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

SATURDAY = 5
NIGHT_START, NIGHT_END = timedelta(hours=22), timedelta(hours=6)
Burden = Literal["on-call", "on-site", "backup", "day-off-work", "statutory", "night", "weekend"]
_NAMES: dict[Burden, Words] = {
    "on-call": Words("待命", "on-call duties"),
    "on-site": Words("驻场", "on-site days"),
    "backup": Words("休息日备勤", "backup days"),
    "day-off-work": Words("休息日上班", "work on days off"),
    "statutory": Words("法定节假日值守", "statutory holiday duties"),
    "night": Words("夜班", "nights"),
    "weekend": Words("周末上班", "work on Saturdays and Sundays"),
}


class FairShare(Goal):
    """Burdens go to the people of a group in proportion to their availability, past rosters included.

    Cost: sum over the group of `weight` x 100 x mean availability x (burdens so far and planned)^2 / availability,
    which is smallest where everybody's burdens stand in proportion to the days they are available (employed, not
    on approved leave, not excused by law). Rounded step by step so that it stays convex. A burden counts on the date
    its shift starts; a night is work that touches 22:00-6:00, a weekend work that starts on a Saturday or Sunday.
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

    def words(self) -> Words:
        """The goal in one sentence."""
        name = _NAMES[self.burden]
        group = "、".join(self.group)
        return Words(
            f"{name.zh}在 {group} 中按可出勤天数均摊。", f"{name.en} are shared among {group} by availability."
        )

    def measure(self, roster: Roster) -> int:
        """Counts each person's burdens in past and horizon and adds up what they cost."""
        counts = self._counts(roster)
        return sum(_cost(counts[person.staff_id], share, self.weight) for person, share in self._shares(roster.problem))

    def shown(self, roster: Roster, clause: str) -> Iterator[Breach]:  # noqa: ARG002
        """How far the person farthest from the share by availability is from it, over all days on record.

        Within one burden is even. Where the contract's days of the year so far are not all on record it is 'unknown'.
        """
        counts, shares = self._counts(roster), self._shares(roster.problem)
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

    def _counts(self, roster: Roster) -> "Counter[str]":
        days = {day for day in (row.date for row in roster.with_history) if self._falls(roster.problem, day)}
        counts: Counter[str] = Counter()
        for person, rows in roster.by_person():
            marked = {
                (r.date, r.shift) for r in rows if r.date in days and self._weighs(r.kind, r.site, r.start, r.end)
            }
            counts[person.staff_id] = len(marked)
        return counts

    def require(self, m: ModelPort) -> None:
        """One convex cost a person over the burdens of past and horizon."""
        for person, share in self._shares(m.problem):
            cells: dict[Cell, int] = {
                cell: 1
                for cell in m.cells_of(person)
                if self._falls(m.problem, cell.duty.day) and self._burdens(cell.duty)
            }
            if cells:
                fixed = sum(cell.fixed for cell in cells)
                most = fixed + len({c.duty.day for c in cells if not c.fixed}) * 2
                m.spread(cells, [_cost(k, share, self.weight) for k in range(most + 1)])

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
        return kind in ("work", "training") or (self.burden == "statutory" and kind in ("oncall", "backup"))

    def _falls(self, problem: "Problem", day: date) -> bool:
        if self.burden == "statutory":
            return problem.calendar.is_statutory(day)
        if self.burden == "weekend":
            return day.weekday() >= SATURDAY
        return self.burden != "day-off-work" or problem.calendar.is_day_off(day)

    def _shares(self, problem: "Problem") -> list[tuple[Person, float]]:
        """The people of the group with their availability relative to the group's mean."""
        known = [row.date for row in problem.previous]
        first = min(known, default=problem.horizon.start)
        days = [first + timedelta(days=k) for k in range((problem.horizon.dates[-1] - first).days + 1)]
        people = [p for p in problem.people if self._belongs(p)]
        free = [sum(_available(problem, person, day) for day in days) for person in people]
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


def _available(problem: "Problem", person: Person, day: date) -> bool:
    at = problem.horizon.at
    return person.employed_on(day) and not problem.on_leave(person.staff_id, at(day, 9 * 60), at(day, 17 * 60))


def _cost(count: int, share: float, weight: int) -> int:
    """weight x 100 x count^2 / share, as a sum of integer rises that never fall."""
    return sum(round(weight * 100 * (2 * k + 1) / share) for k in range(count))
