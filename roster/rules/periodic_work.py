"""Work that recurs: a report, an inspection, a backup, with the day on which it is due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import Breach, Cell, ModelPort, Verdict
from roster.deadlines import Deadline, State
from roster.periods import Period, PeriodKind, period_of, periods_touching
from roster.recurring import EACH_PERIOD, RecurringWork
from roster.roster import Roster, Stretch
from roster.words import EACH_DAY, Words

if TYPE_CHECKING:
    from roster.problem import Problem

ONE_DAY = timedelta(days=1)


class PeriodicWork(RecurringWork):
    """In each period `minutes` of the work are done by its due day, whoever of `who` does it.

    Without `due_workdays` it is done within the period itself. With it, it is done between the day after the
    period's end and the end of the n-th State Council workday after it (`due_from` "start": of its first n workdays,
    as for a plan); where such times overlap, the same work may serve both periods. Of period `day` only the days of
    `days` count.

    A horizon owes its share of the time: with the past known, what is still missing x the horizon's part of the
    `days` that are left, so all of it where none is left after the horizon; else the minutes x its part of all those
    days. Points are minutes short of the share: 'breached' where no day is left, 'at_risk' before. Where days before
    the horizon are not on record, what is missing is 'unknown'.
    Only the days of a period in the contract count, and the workdays of its deadline from the last of them: work on
    the contract's last period is due after its end, and unknown to a roster that ends with it. Work within a period
    that the contract cuts is owed in whole pieces, in proportion to its `days` in the contract, halves rounded up.
    So is work in a period with fewer than `usual_days` of its `days`, such as a week of holidays with one workday.
    """

    title: ClassVar[Words] = Words("定期工作", "Recurring work")
    kind: Literal["periodic_work"] = "periodic_work"
    period: PeriodKind
    due_workdays: int | None = Field(default=None, ge=1, le=60, description="due by this workday after the period")
    due_from: Literal["end", "start"] = Field(default="end", description="from where the workdays are counted")
    usual_days: int | None = Field(
        default=None, ge=1, le=366, description="`days` of a period that owes all minutes; one with fewer owes its part"
    )

    def words(self) -> Words:
        """The rule in one sentence."""
        each = EACH_DAY[self.days] if self.period == "day" else EACH_PERIOD[self.period]
        n, after = self.due_workdays, self.due_from == "end"
        by = (
            Words(
                f"，{'期后' if after else '期初'}第 {n} 个工作日前完成",
                f", due by workday {n} {'after' if after else 'of'} it",
            )
            if n
            else Words("", "")
        )
        fewer = Words(
            f"；不足 {self.usual_days} 天的按天数折算",
            f"; in proportion where it has fewer than {self.usual_days} such days",
        )
        part = fewer if self.usual_days else Words("", "")
        return Words(
            f"{each.zh}{self.what.zh}：由 {'、'.join(self.who)} 安排 {self.minutes} 分钟{by.zh}{part.zh}。",
            f"{self.what.en} {each.en}: {self.minutes} min of {' or '.join(self.who)}{by.en}{part.en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Judges each deadline on its due day, or on the last day of the horizon before it."""
        last = roster.problem.horizon.dates[-1]
        teams = {who.partition("/")[0] for who in self.who}
        team = teams.pop() if len(teams) == 1 else ""
        for deadline in self.deadlines(roster):
            short = max(deadline.owed - deadline.planned, 0)
            verdicts: dict[State, Verdict] = {
                "done": "met", "open": "at_risk" if short else "met", "late": "breached", "unknown": "unknown",
            }  # fmt: skip
            yield Breach(
                deadline.planned, deadline.owed, "min", short, min(deadline.due, last), team=team,
                staff_ids=tuple(dict.fromkeys(row.staff_id for row in deadline.rows)),
                verdict=verdicts[deadline.state], note=self._note(deadline, last),
            )  # fmt: skip

    def _note(self, deadline: Deadline, last_day: date) -> Words:
        first, last = deadline.period
        about = f"{first}" if first == last else f"{first}..{last}"
        amount = f"{deadline.planned}/{deadline.minutes}"
        told = Words(
            f"{self.what.zh}（{about}）：期限 {deadline.due}，已排 {amount} 分钟。",
            f"{self.what.en} ({about}): due {deadline.due}, {amount} min planned.",
        )
        if deadline.state == "unknown" and deadline.opens > last_day:
            return told.join(
                Words("在合同期满之后完成，本排班看不到。", "Done after the contract's end, beyond this roster.")
            )
        return told

    def deadlines(self, roster: Roster) -> Iterator[Deadline]:
        """The deadlines not past when the horizon begins, of periods that begin before it ends."""
        done = [row for row in roster.doing(self.row_kind, self.activity) if self._counts(row)]
        for period, opens, due in reversed(list(self._asked(roster.problem))):
            rows = tuple(row for row in done if opens <= row.date <= due)
            yield self._deadline(roster.problem, period, opens, due, rows)

    def _deadline(
        self, problem: "Problem", period: Period, opens: date, due: date, rows: tuple[Stretch, ...]
    ) -> Deadline:
        start, last, asked = problem.horizon.start, problem.horizon.dates[-1], self._amount(problem, period)
        days = [day for k in range((due - opens).days + 1) if problem.matches(self.days, day := opens + k * ONE_DAY)]
        here, later = sum(start <= day <= last for day in days), sum(day > last for day in days)
        unseen = any(day < start and day not in problem.recorded for day in days)
        before, planned = sum(row.minutes for row in rows if row.date < start), sum(row.minutes for row in rows)
        share = asked * here / len(days) if unseen else asked - before
        if later and not unseen:
            share *= here / (here + later)
        owed = min(before + ceil(round(max(share, 0), 6)), asked)
        state: State = "done" if planned >= asked else "open"
        if state == "open" and (not later or (unseen and planned < owed)):
            state = "unknown" if unseen else "late"
        if opens > last >= problem.contract.period.over - ONE_DAY:
            state = "unknown"
        return Deadline(
            self.what.words(), self.clauses, self.who, (period.start, period.end - ONE_DAY), opens, due,
            asked, owed, planned, rows, state,
        )  # fmt: skip

    def _amount(self, problem: "Problem", period: Period) -> int:
        """Minutes owed in the part of a period that lies in the contract."""
        whole = [day for day in period_of(self.period, period.start).dates if problem.matches(self.days, day)]
        if not self.usual_days and (self.due_workdays or not whole):
            return self.minutes
        part = Fraction(sum(period.holds(day) for day in whole), self.usual_days or len(whole))
        return min(floor(part * self.minutes / self.piece + Fraction(1, 2)) * self.piece, self.minutes)

    def _asked(self, problem: "Problem") -> Iterator[tuple[Period, date, date]]:
        """The periods, latest first, each with the first and the last day on which its work may be done."""
        term, whole = problem.contract.period, period_of(self.period, problem.horizon.dates[-1])
        while term.start < whole.end:
            period = whole.clipped(term.start, term.over)
            if period.dates:
                opens, due = self._times(problem, period)
                if due < problem.horizon.start:
                    return
                chosen = self.period != "day" or problem.matches(self.days, period.start)
                if chosen and self._amount(problem, period):
                    yield period, opens, due
            whole = period_of(self.period, whole.start - ONE_DAY)

    def _times(self, problem: "Problem", period: Period) -> tuple[date, date]:
        if self.due_workdays is None:
            return period.start, period.end - ONE_DAY
        opens = period.end if self.due_from == "end" else period.start
        day, left = opens - ONE_DAY, self.due_workdays
        while left:
            day += ONE_DAY
            left -= problem.calendar.is_workday(day)
        return opens, day

    def _counts(self, row: Stretch) -> bool:
        return row.post == (self.post or row.post) and f"{row.team}/{row.role}" in self.who

    def require(self, m: ModelPort) -> None:
        """The minutes of the work in the time of each period reach what the horizon owes of them."""
        problem, end = m.problem, m.problem.horizon.dates[-1] + ONE_DAY
        held = {cell: minutes for cell in m.cells() if (minutes := self._held(cell))}
        reach = 0 if self.due_workdays is None else 3 * self.due_workdays + 20
        days = [end - k * ONE_DAY for k in range(problem.horizon.days + reach, 0, -1)]
        for period in periods_touching(self.period, days):
            done_in = inside = [day for day in period.dates if problem.contract.period.holds(day)]
            if inside and self.due_workdays is not None:
                begin = {"end": inside[-1] + ONE_DAY, "start": inside[0]}[self.due_from]
                done_in = [begin + k * ONE_DAY for k in range(reach)]
                due = [day for day in done_in if problem.calendar.is_workday(day)][self.due_workdays - 1]
                done_in = done_in[: done_in.index(due) + 1]
            asked = self._asks(problem, period, inside)
            if asked and done_in[-1] >= problem.horizon.start:
                mine = {cell: minutes for cell, minutes in held.items() if cell.duty.day in done_in}
                m.at_least(mine, self._due_by_now(problem, asked, mine, done_in), points=1)

    def _asks(self, problem: "Problem", period: Period, inside: Sequence[date]) -> int:
        """Minutes that the contract asks for of a period whose days `inside` lie in it."""
        if self.usual_days is not None:
            some = sum(problem.matches(self.days, day) for day in inside)
            return self._in_pieces(some, self.usual_days)
        if self.due_workdays is not None or len(inside) == len(period.dates):
            every = period.kind != "day" or problem.matches(self.days, period.start)
            return self.minutes if inside and every else 0
        most, some = (sum(problem.matches(self.days, day) for day in days) for days in (period.dates, inside))
        if not most:
            return self.minutes if inside else 0
        return self._in_pieces(some, most)

    def _in_pieces(self, some: int, of: int) -> int:
        """Whole pieces in proportion to some of so many days, halves rounded up."""
        pieces = (2 * self.minutes * some + self.piece * of) // (2 * self.piece * of)
        return min(pieces * self.piece, self.minutes)

    def _due_by_now(
        self, problem: "Problem", asked: int, mine: Mapping[Cell, int], done_in: Sequence[date]
    ) -> int:  # fmt: skip
        """Minutes that the end of the horizon must see done of what is asked of a period."""
        first, known = problem.horizon.start, {row.date for row in problem.previous}.union(problem.horizon.dates)
        earlier = sum(minutes for cell, minutes in mine.items() if cell.duty.day < first)
        possible = [day for day in done_in if problem.matches(self.days, day)]
        others = [day for day in possible if day not in known]
        now = sum(day in problem.horizon.dates for day in possible)
        if any(day < first for day in others):
            pace = Fraction(asked * now, len(possible))
        else:
            pace = max(asked - earlier, 0) * (Fraction(now, now + len(others)) if others else Fraction(1))
        return min(earlier + ceil(pace), asked)

    def _held(self, cell: Cell) -> int:
        """Minutes of the work in a cell."""
        duty = cell.duty
        if f"{duty.team}/{duty.role}" not in self.who:
            return 0
        spans = (s for s in duty.spans if s.activity == self.activity and self.post in ("", s.post))
        return sum(s.minutes for s in spans if (s.kind or duty.kind) == self.row_kind)
