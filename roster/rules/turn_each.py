"""Everybody of a group takes a turn at a post."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, Cells, ModelPort, Rule
from roster.people import Person
from roster.periods import Period, PeriodPart, period_part, periods_touching
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

ONE_DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60
_EACH = {
    "month": Words("每月", "month"),
    "quarter": Words("每季度", "quarter"),
    "half-year": Words("每半年", "half-year"),
    "year": Words("每年", "year"),
}
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


class TurnEach(Rule):
    """In each calendar period everybody enrolled for the group has at least `times` duties at the post.

    A duty counts with `minutes` of service there, whatever team it serves. `group` lists 'team/role'; the reserve takes
    no part, and who is employed without leave on fewer than half of the period's workdays is excused. Days outside the
    contract count as not employed; where nobody owes a turn the rule does not apply. A person's turns count up to
    `times`.

    Where the period ends in the horizon every missing turn is breached. Before that the group keeps the pace: turns
    up to the horizon's end >= group x times x workdays up to there / workdays of the period in the contract, rounded
    down; short of it is 'at_risk'. Where workdays before the horizon are not on record the horizon alone owes its
    part, and a group within it is 'unknown' unless everybody is known to have had the turn.
    """

    title: ClassVar[Words] = Words("人人轮岗", "Everybody takes a turn")
    minds_term: ClassVar[bool] = True
    kind: Literal["turn_each"] = "turn_each"
    group: tuple[str, ...] = Field(min_length=1)
    post: str
    times: int = Field(default=1, ge=1)
    period: Literal["month", "quarter", "half-year", "year"] = "quarter"
    minutes: int = Field(default=240, gt=0, description="service at the post that makes a duty count")

    def words(self) -> Words:
        """The rule in one sentence."""
        each, often = _EACH[self.period], "once" if self.times == 1 else f"{self.times} times"
        return Words(
            f"{'、'.join(self.group)} 每人{each.zh}到 {self.post} 轮岗不少于 {self.times} 次。",
            f"In each {each.en} everybody of {', '.join(self.group)} takes the post {self.post} at least {often}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts each person's duties at the post, of past and horizon, and judges each period of the horizon."""
        served: Counter[tuple[str, date, str, str, str, str]] = Counter()
        for row in roster.with_history:
            if row.serves and row.post == self.post:
                served[row.staff_id, row.date, row.shift, row.team, row.role, row.site] += row.minutes
        turns = [(who, day) for (who, day, *_), minutes in served.items() if minutes >= self.minutes]
        dates, contract = roster.problem.horizon.dates, roster.problem.contract.period
        for whole in periods_touching(self.period, dates):
            period = whole.clipped(contract.start, contract.over)
            members = [p for p in roster.problem.people if self._takes_part(roster.problem, p, whole)]
            if not any(period.holds(day) for day in dates):
                continue
            part = period_part(roster, period)
            if members:
                yield from self._judge(part, members, turns)
            else:
                yield Breach(0, 0, "turns", 0, part.last, verdict="not_applicable", note=_excused(period))

    def _takes_part(self, problem: "Problem", person: Person, period: Period) -> bool:
        """Whether the person is enrolled for the group, and there on half of the period's workdays or more."""
        if person.reserve or f"{person.team}/{person.role}" not in self.group:
            return False
        at, workdays = problem.horizon.at, problem.calendar.workdays(period.start, period.end)
        there = sum(
            person.employed_on(day)
            and problem.contract.period.holds(day)
            and not problem.on_leave(person.staff_id, at(day, 0), at(day, DAY_MINUTES))
            for day in workdays
        )
        return 2 * there >= len(workdays)

    def _judge(
        self, part: PeriodPart, members: Sequence[Person], turns: Sequence[tuple[str, date]]
    ) -> Iterator[Breach]:
        inside = set(part.dates)
        so_far = Counter(who for who, day in turns if day in inside and day <= part.last)
        past = Counter(who for who, day in turns if day in inside and day < part.start)
        had = {p.staff_id: min(so_far[p.staff_id], self.times) for p in members}
        before = sum(min(past[p.staff_id], self.times) for p in members)
        aim, found = len(members) * self.times, sum(had.values())
        if part.ends and not part.unseen and found < aim:
            for who, times in had.items():
                if times < self.times:
                    points = (self.times - times) * DAY_POINTS
                    yield Breach(times, self.times, "turns", points, part.last, staff_ids=(who,))
            return
        due = aim if part.ends else aim * (part.workdays - part.left) // max(part.workdays, 1)
        if part.unseen:
            due = min(before + aim * part.here // part.workdays, aim)
        unsettled: Literal["unknown", "met"] = "unknown" if part.unseen and found < aim else "met"
        missing = tuple(who for who, times in had.items() if times < self.times)
        yield Breach(
            found, due, "turns", max(due - found, 0) * DAY_POINTS, part.last, staff_ids=missing,
            verdict="at_risk" if found < due else unsettled, note=_note(part, found, due, aim),
        )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """In each period of the horizon the turns of the group's people reach what is due at its end."""
        contract, horizon = m.problem.contract.period, m.problem.horizon
        months = _MONTHS[self.period]
        for year, part in sorted({(day.year, (day.month - 1) // months) for day in m.days()}):
            first = date(year, part * months + 1, 1)
            every = [first + k * ONE_DAY for k in range(31 * months)]
            days = [day for day in every if (day.year, (day.month - 1) // months) == (year, part)]
            held = [day for day in days if contract.holds(day)]
            if any(day in horizon.dates for day in held):
                group = self._group(m, days)
                listed = [(self._turns(m, person, held), k + 1) for person in group for k in range(self.times)]
                m.days_at_least(listed, self._due(m, held, [cells for cells, _ in listed]), points=DAY_POINTS)

    def _group(self, m: ModelPort, days: Sequence[date]) -> list[Person]:
        """Who owes a turn in the period of these days."""
        at = m.problem.horizon.at
        workdays = [day for day in days if m.problem.calendar.is_workday(day)]
        pairs = {tuple(entry.split("/", 1)) for entry in self.group}
        found = []
        for person in m.people():
            if person.home in pairs and not person.reserve:
                gone = [
                    day
                    for day in workdays
                    if not (person.employed_on(day) and m.problem.contract.period.holds(day))
                    or m.problem.on_leave(person.staff_id, at(day, 0), at(day + ONE_DAY, 0))
                ]
                if len(gone) <= len(workdays) - len(gone):
                    found.append(person)
        return found

    def _turns(self, m: ModelPort, person: Person, held: Sequence[date]) -> Cells:
        """The person's duties of these days that serve at the post long enough."""
        return [
            cell
            for cell in m.cells_of(person)
            if cell.duty.day in held
            and sum(span.minutes for span in cell.duty.serving if span.post == self.post) >= self.minutes
        ]

    def _due(self, m: ModelPort, held: Sequence[date], turns: Sequence[Cells]) -> int:
        """Turns due at the horizon's end, each person's listed `times` over."""
        horizon, workdays = m.problem.horizon, [day for day in held if m.problem.calendar.is_workday(day)]
        known = {row.date for row in m.problem.previous}
        now = sum(horizon.start <= day <= horizon.dates[-1] for day in workdays)
        later = sum(day > horizon.dates[-1] for day in workdays)
        if any(day < horizon.start and day not in known for day in workdays):
            past = [sum(cell.duty.day < horizon.start for cell in cells) for cells in turns]
            done = sum(count > k % self.times for k, count in enumerate(past))
            return min(done + len(turns) * now // len(workdays), len(turns))
        if held[-1] <= horizon.dates[-1]:
            return len(turns)
        return len(turns) * (len(workdays) - later) // max(len(workdays), 1)


def _excused(period: Period) -> Words:
    last = period.end - ONE_DAY
    return Words(
        f"{period.start} 至 {last}：无人在合同期内出勤满全期一半工作日，不欠轮岗。",
        f"{period.start}..{last}: nobody is there on half of the period's workdays within the contract; no turn owed.",
    )


def _note(part: PeriodPart, found: int, due: int, aim: int) -> Words:
    missing = bool(part.unseen)
    return Words(
        f"至 {part.last:%m-%d} 应轮岗 {due} 人次（全期 {aim}），已知 {found} 人次"
        + ("；此前记录不全，仅按本期分摊。" if missing else "。"),
        f"{found} of {due} turns due by {part.last}, {aim} in the period"
        + (": this horizon's part alone, earlier days are not known." if missing else "."),
    )
