"""Work that recurs: a report, an inspection, a backup, with the day on which it is due."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import Breach, Cell, ModelPort
from roster.deadlines import Deadline, State
from roster.periods import Period, PeriodKind, period_of, periods_touching
from roster.recurring import EACH_PERIOD, RecurringWork
from roster.roster import Roster, Stretch
from roster.words import EACH_DAY, Words

if TYPE_CHECKING:
    from roster.problem import Problem

ONE_DAY = timedelta(days=1)
_VERDICTS: dict[State, Literal["met", "breached", "unknown"]] = {
    "done": "met", "open": "met", "late": "breached", "unknown": "unknown",
}  # fmt: skip


class PeriodicWork(RecurringWork):
    """In each period `minutes` of the work are done by its due day, whoever of `who` does it.

    Without `due_workdays` it is done within the period itself. With it, it is done between the day after the
    period's end and the end of the n-th State Council workday after it; where such times overlap, the same work may
    serve both periods. Of period `day` only the days of `days` count.

    A due day in the horizon asks for all minutes. Before it the horizon owes what the workdays after it could no
    longer hold, one piece a day for each enrolled person of `who` who is employed and not on leave; else the
    deadline is open and nothing is owed yet. Points are missing minutes. Where days before the horizon on which it
    may have been done are not on record, the verdict is 'unknown' instead of 'breached'. Periods that lie before or
    after the contract owe nothing.
    """

    title: ClassVar[Words] = Words("定期工作", "Recurring work")
    kind: Literal["periodic_work"] = "periodic_work"
    period: PeriodKind
    due_workdays: int | None = Field(default=None, ge=1, le=60, description="due by this workday after the period")

    def words(self) -> Words:
        """The rule in one sentence."""
        each = EACH_DAY[self.days] if self.period == "day" else EACH_PERIOD[self.period]
        n = self.due_workdays
        by = Words("", "") if n is None else Words(f"，期后第 {n} 个工作日前", f", due by workday {n} after it")
        return Words(
            f"{each.zh}{self.what.zh}：由 {'、'.join(self.who)} 安排 {self.minutes} 分钟{by.zh}。",
            f"{self.what.en} {each.en}: {self.minutes} min of {' or '.join(self.who)}{by.en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Judges each deadline on its due day, or on the last day of the horizon before it."""
        last = roster.problem.horizon.dates[-1]
        teams = {who.partition("/")[0] for who in self.who}
        for deadline in self.deadlines(roster):
            yield Breach(
                deadline.planned, deadline.owed, "min", max(deadline.owed - deadline.planned, 0),
                min(deadline.due, last), staff_ids=tuple(dict.fromkeys(row.staff_id for row in deadline.rows)),
                team=teams.pop() if len(teams) == 1 else "", verdict=_VERDICTS[deadline.state],
                note=self._note(deadline),
            )  # fmt: skip

    def _note(self, deadline: Deadline) -> Words:
        first, last = deadline.period
        about = f"{first}" if first == last else f"{first}..{last}"
        amount = f"{deadline.planned}/{deadline.minutes}"
        return Words(
            f"{self.what.zh}（{about}）：期限 {deadline.due}，已排 {amount} 分钟。",
            f"{self.what.en} ({about}): due {deadline.due}, {amount} min planned.",
        )

    def deadlines(self, roster: Roster) -> Iterator[Deadline]:
        """The deadlines not past when the horizon begins, of periods that begin before it ends."""
        problem = roster.problem
        done = [row for row in roster.with_history if self._counts(row)]
        recorded = {row.date for row in problem.previous}
        for period, opens, due in reversed(list(self._asked(problem))):
            rows = tuple(row for row in done if opens <= row.date <= due)
            planned, owed = sum(row.minutes for row in rows), self._owed(problem, due)
            state: State = "done" if planned >= self.minutes else "open"
            if planned < owed:
                days = (opens + k * ONE_DAY for k in range((min(due + ONE_DAY, problem.horizon.start) - opens).days))
                seen = all(day in recorded for day in days if problem.matches(self.days, day))
                state = "late" if seen else "unknown"
            yield Deadline(
                self.what.words(), self.clauses, self.who, (period.start, period.end - ONE_DAY), opens, due,
                self.minutes, owed, planned, rows, state,
            )  # fmt: skip

    def _asked(self, problem: "Problem") -> Iterator[tuple[Period, date, date]]:
        """The periods, latest first, each with the first and the last day on which its work may be done."""
        contract, period = problem.contract.period, period_of(self.period, problem.horizon.dates[-1])
        while True:
            opens, due = self._times(problem, period)
            if due < problem.horizon.start:
                return
            chosen = self.period != "day" or problem.matches(self.days, period.start)
            if chosen and contract.start < period.end and (contract.continues or period.start <= contract.end):
                yield period, opens, due
            period = period_of(self.period, period.start - ONE_DAY)

    def _times(self, problem: "Problem", period: Period) -> tuple[date, date]:
        if self.due_workdays is None:
            return period.start, period.end - ONE_DAY
        day, left = period.end - ONE_DAY, self.due_workdays
        while left:
            day += ONE_DAY
            left -= problem.calendar.is_workday(day)
        return period.end, day

    def _counts(self, row: Stretch) -> bool:
        return (
            (row.kind, row.activity) == (self.row_kind, self.activity)
            and row.post == (self.post or row.post)
            and f"{row.team}/{row.role}" in self.who
        )

    def _owed(self, problem: "Problem", due: date) -> int:
        """Minutes that must be done by the end of the horizon for work that is due that day."""
        day, room, at = due, 0, problem.horizon.at
        enrolled = [p for p in problem.people if not p.reserve and "/".join(p.home) in self.who]
        while day > problem.horizon.dates[-1] and room < self.minutes:
            if problem.matches(self.days, day):
                begin, end = at(day, 0), at(day + ONE_DAY, 0)
                free = (p for p in enrolled if p.employed_on(day) and not problem.on_leave(p.staff_id, begin, end))
                room += self.piece * sum(1 for _ in free)
            day -= ONE_DAY
        return max(self.minutes - room, 0)

    def require(self, m: ModelPort) -> None:
        """The minutes of the work in the time of each period reach what the days after the horizon cannot hold."""
        problem, end = m.problem, m.problem.horizon.dates[-1] + ONE_DAY
        held = {cell: minutes for cell in m.cells() if (minutes := self._held(cell))}
        reach = 0 if self.due_workdays is None else 3 * self.due_workdays + 20
        days = [end - k * ONE_DAY for k in range(problem.horizon.days + reach, 0, -1)]
        for period in periods_touching(self.period, days):
            done_in = period.dates
            if self.due_workdays is not None:
                done_in = tuple(period.end + k * ONE_DAY for k in range(reach))
                due = [day for day in done_in if problem.calendar.is_workday(day)][self.due_workdays - 1]
                done_in = done_in[: done_in.index(due) + 1]
            if done_in[-1] >= problem.horizon.start and self._demands(problem, period):
                amount = self.minutes - self._later(problem, [day for day in done_in if day >= end])
                m.at_least({c: n for c, n in held.items() if c.duty.day in done_in}, max(amount, 0), points=1)

    def _demands(self, problem: "Problem", period: Period) -> bool:
        """Whether the contract asks for the work in the period."""
        if period.kind == "day" and not problem.matches(self.days, period.start):
            return False
        ended = period.start > problem.contract.period.end and not problem.contract.period.continues
        return period.end > problem.contract.period.start and not ended

    def _held(self, cell: Cell) -> int:
        """Minutes of the work in a cell."""
        duty = cell.duty
        if f"{duty.team}/{duty.role}" not in self.who:
            return 0
        spans = (s for s in duty.spans if s.activity == self.activity and self.post in ("", s.post))
        return sum(s.minutes for s in spans if (s.kind or duty.kind) == self.row_kind)

    def _later(self, problem: "Problem", days: Sequence[date]) -> int:
        """Minutes that the days after the horizon can hold."""
        begins = {day: problem.horizon.at(day, 0) for day in days if problem.matches(self.days, day)}
        pieces = sum(
            not any(leave.start < begin + ONE_DAY and begin < leave.end for leave in leaves)
            for person in problem.people
            if f"{person.team}/{person.role}" in self.who and not person.reserve
            for leaves in [problem.leave_by_person.get(person.staff_id, ())]
            for day, begin in begins.items()
            if person.employed_on(day)
        )
        return pieces * self.piece
