"""Work that everybody gets in turn: training hours a person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, gcd
from typing import TYPE_CHECKING, ClassVar, Literal

from roster.base import Breach, Cell, ModelPort, finding
from roster.deadlines import Deadline, State
from roster.people import Person
from roster.periods import Period, PeriodPart, period_of, period_part, periods_touching
from roster.recurring import EACH_PERIOD, RecurringWork
from roster.roster import Roster, Stretch
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

ONE_DAY = timedelta(days=1)


class EachPersonWork(RecurringWork):
    """In each period every enrolled person of `who` does `minutes` of the work.

    A horizon after which the period has no more workdays asks it of each person; points are missing minutes. Before
    that it owes its share of the people: of those still without, the horizon's part of the workdays that are left,
    rounded up. Without the period's past on record it owes its part of the period's workdays, of all people, also
    at the end, and the verdict is 'unknown'. Behind the share is 'at_risk', at `minutes` points for each person.
    People employed and not on leave on fewer than half of the period's workdays are excused, the reserve takes no
    part. Days outside the contract count as not employed, and the period ends with it.
    """

    title: ClassVar[Words] = Words("人人轮到的工作", "Work for everybody in turn")
    kind: Literal["each_person_work"] = "each_person_work"
    activity: str = "training"
    row_kind: Literal["work", "training"] = "training"
    period: Literal["month", "quarter", "half-year", "year"]

    def words(self) -> Words:
        """The rule in one sentence."""
        each = EACH_PERIOD[self.period]
        return Words(
            f"{'、'.join(self.who)} 每人{each.zh}{self.what.zh}不少于 {self.minutes} 分钟。",
            f"Everybody of {', '.join(self.who)} has at least {self.minutes} min of {self.what.en} {each.en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Judges each person where the period ends, the share of the people before."""
        for period, done in self._periods(roster):
            part = period_part(roster, period)
            if not done:
                yield self._excused(part)
                continue
            if part.left or part.unseen:
                yield from self._share_of(part, done)
                continue
            for staff_id, rows in done.items():
                found = sum(row.minutes for row in rows)
                short = max(self.minutes - found, 0)
                yield finding(found, self.minutes, "min", short, day=part.last, staff_ids=(staff_id,))

    def _excused(self, part: PeriodPart) -> Breach:
        first, last = part.dates[0], part.dates[-1]
        note = Words(
            f"{first} 至 {last}：无人在合同期内出勤满全期一半工作日，不欠{self.what.zh}。",
            f"{first}..{last}: nobody is there on half of the period's workdays within the contract; none owed.",
        )
        return Breach(0, 0, "persons", 0, part.last, verdict="not_applicable", note=note)

    def _share_of(self, part: PeriodPart, done: Mapping[str, Sequence[Stretch]]) -> Iterator[Breach]:
        """How many people have had it, against the horizon's share."""
        had, before = self._had(done, part.last), self._had(done, part.start - ONE_DAY)
        without = len(done) - len(before)
        pace = len(done) * part.here / part.workdays if part.unseen else without * part.here / (part.here + part.left)
        owed = len(before) + min(ceil(round(pace, 6)), without)
        note = Words(
            f"{part.dates[0]:%Y-%m} 起本期内 {self.what.zh}：至 {part.last} 应轮到 {owed} 人，已轮到 {len(had)} 人"
            + ("；此前记录不全。" if part.unseen else "。"),
            f"{self.what.en} in the period from {part.dates[0]}: {len(had)} of {owed} people due by {part.last}"
            + (", earlier days are not known." if part.unseen else "."),
        )
        whole = "unknown" if part.unseen and len(had) < len(done) else "met"
        verdict = "at_risk" if len(had) < owed else whole
        points = max(owed - len(had), 0) * self.minutes
        yield Breach(len(had), owed, "persons", points, part.last, staff_ids=had, verdict=verdict, note=note)

    def _had(self, done: Mapping[str, Sequence[Stretch]], last: date) -> tuple[str, ...]:
        """Who has had all of it by a day."""
        return tuple(
            staff_id
            for staff_id, rows in done.items()
            if sum(row.minutes for row in rows if row.date <= last) >= self.minutes
        )

    def deadlines(self, roster: Roster) -> Iterator[Deadline]:
        """One for each period that the horizon touches, all people together."""
        for period, done in self._periods(roster):
            part = period_part(roster, period)
            had = self._had(done, part.last)
            planned = sum(min(sum(row.minutes for row in rows), self.minutes) for rows in done.values())
            asked = self.minutes * len(done)
            state: State = "done" if len(had) == len(done) else "open"
            if state == "open" and not part.left:
                state = "unknown" if part.unseen else "late"
            if done:
                yield Deadline(
                    self.what.words(), self.clauses, self.who, (period.start, part.dates[-1]), period.start,
                    part.dates[-1], asked, 0 if part.left or part.unseen else asked, planned,
                    tuple(row for rows in done.values() for row in rows), state,
                    tuple(staff_id for staff_id in done if staff_id not in had),
                )  # fmt: skip

    def _periods(self, roster: Roster) -> Iterator[tuple[Period, dict[str, list[Stretch]]]]:
        """The parts of periods in the contract that the horizon touches, with `_done` of the whole ones."""
        term = roster.problem.contract.period
        dates = [day for day in roster.problem.horizon.dates if term.holds(day)]
        for whole in periods_touching(self.period, dates):
            yield whole.clipped(term.start, term.over), self._done(roster, whole)

    def _done(self, roster: Roster, period: Period) -> dict[str, list[Stretch]]:
        """Everybody who is owed the work in the period, with the rows of it by the end of the horizon."""
        problem = roster.problem
        workdays = problem.calendar.workdays(period.start, period.end)
        done: dict[str, list[Stretch]] = {}
        for person in problem.people:
            there = 0
            for day in workdays:
                begin, end = problem.horizon.at(day, 0), problem.horizon.at(day + ONE_DAY, 0)
                here = person.employed_on(day) and problem.contract.period.holds(day)
                there += here and not problem.on_leave(person.staff_id, begin, end)
            if "/".join(person.home) in self.who and not person.reserve and 2 * there >= len(workdays):
                done[person.staff_id] = []
        for row in roster.doing(self.row_kind, self.activity):
            inside = period.holds(row.date) and problem.contract.period.holds(row.date)
            if self.post in ("", row.post) and row.staff_id in done and inside:
                done[row.staff_id].append(row)
        return done

    def require(self, m: ModelPort) -> None:
        """Each person's minutes, or the number of people who have had theirs, reach what the horizon owes."""
        problem, term = m.problem, m.problem.contract.period
        first, last = problem.horizon.start, problem.horizon.dates[-1]
        known = {row.date for row in problem.previous}.union(problem.horizon.dates)
        for period in {period_of(self.period, day) for day in m.days() if term.holds(day)}:
            people = [person for person in m.people() if self._owes(problem, person, period)]
            held = [self._held(m, person, period) for person in people]
            workdays = [day for day in problem.calendar.workdays(period.start, period.end) if term.holds(day)]
            others = [day for day in workdays if day not in known]
            now = sum(first <= day <= last for day in workdays)
            if not others:
                for cells in held:
                    m.at_least(cells, self.minutes, points=1)
            elif others[0] < first:
                self._some(m, held, Fraction(now * len(held), len(workdays)))
            else:
                without = len(held) - self._ready(held, first)
                self._some(m, held, Fraction(now * without, now + len(others)))

    def _ready(self, held: Sequence[Mapping[Cell, int]], day: date) -> int:
        """How many people have had all of it before a day."""
        done = (sum(n for cell, n in cells.items() if cell.duty.day < day) for cells in held)
        return sum(minutes >= self.minutes for minutes in done)

    def _some(self, m: ModelPort, held: Sequence[Mapping[Cell, int]], more: Fraction) -> None:
        """So many more people have had all of it: each cell is listed once for every unit of minutes it holds."""
        unit = gcd(self.minutes, *(n for cells in held for n in cells.values()))
        groups = [
            ([cell for cell, n in cells.items() for _ in range(n // unit)], self.minutes // unit) for cells in held
        ]
        amount = self._ready(held, m.problem.horizon.start) + ceil(more)
        m.days_at_least(groups, min(amount, len(held)), points=self.minutes)

    def _owes(self, problem: "Problem", person: Person, period: Period) -> bool:
        """Whether the person takes part: enrolled, and there on half of the workdays at least."""
        away = {
            day
            for day in problem.calendar.workdays(period.start, period.end)
            if not (person.employed_on(day) and problem.contract.period.holds(day))
            or any(
                leave.start < problem.horizon.at(day, 24 * 60) and problem.horizon.at(day, 0) < leave.end
                for leave in problem.leave_by_person.get(person.staff_id, ())
            )
        }
        half = 2 * len(away) <= len(problem.calendar.workdays(period.start, period.end))
        return half and not person.reserve and f"{person.team}/{person.role}" in self.who

    def _held(self, m: ModelPort, person: Person, period: Period) -> dict[Cell, int]:
        """Minutes of the work in the person's cells of the period, where there are any."""
        found: dict[Cell, int] = {}
        for cell in m.cells_of(person):
            held = period.holds(cell.duty.day) and m.problem.contract.period.holds(cell.duty.day)
            for span in cell.duty.spans if held else ():
                kind = span.kind or cell.duty.kind
                if kind == self.row_kind and span.activity == self.activity and self.post in ("", span.post):
                    found[cell] = found.get(cell, 0) + span.minutes
        return found
