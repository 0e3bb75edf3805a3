"""Comprehensive hours: working time averaged over a week, month, quarter or year."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from roster.base import CONTRACT, LAW, Breach, ModelPort, Rule
from roster.calendar import Calendar
from roster.people import Person
from roster.periods import Period, periods_touching
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
UNITS = {"week": "h a week", "month": "h a month", "quarter": "h a quarter", "year": "h a year"}
HURRY = Words(
    "本期用时过多，本周期余下各日将不够用。",
    "So many hours now leave too few for the rest of the period.",
)
NOBODY = Words("没有实行综合计算工时的人员。", "Nobody works under comprehensive hours.")
HISTORY_MISSING = Words(
    "周期内此前的排班未知，仅为已知工时。", "The period's earlier rosters are not all known: known hours only."
)
PAST_OVER = Words("此前的工时已超过周期标准，本期未再安排。", "The past alone is beyond the period's hours.")
_MONTHS = {"week": 12 / 52, "month": 1, "quarter": 3, "year": 12}
_KEYS: dict[str, Callable[[date], tuple[int, ...]]] = {
    "week": lambda day: day.isocalendar()[:2],
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
    "year": lambda day: (day.year,),
}


def _periods(m: ModelPort, key: Callable[[date], tuple[int, ...]]) -> list[list[date]]:
    """The days of every period that the horizon touches."""
    horizon = m.problem.horizon
    near = [horizon.start + k * ONE_DAY for k in range(-366, horizon.days + 366)]
    return [[day for day in near if key(day) == name] for name in sorted({key(day) for day in m.days()})]


class Norm(BaseModel):
    """Workdays of a month, a quarter and a year by law, from 1 January of the year `since`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: int
    month: float = Field(gt=0, le=31)
    quarter: float = Field(gt=0, le=92)
    year: float = Field(gt=0, le=366)


class AveragedHours(Rule):
    """People with `hours_system` week, month, quarter or year work at most the norm of each such calendar period.

    norm = `hours_a_week` (in a week with make-up workdays at least `hours_a_day` x its workdays), else `hours_a_day` x
    the workdays of `norms` for the year; the first entry of `norms` holds before it as well
    limit = (norm x workdays employed / workdays of the period - approved leave on workdays, at most `hours_a_day` each)
    x fte, and `overtime_hours_a_month` on top, of which protected people have none

    A shift counts on the date it starts, statutory days included; hours of the period before the horizon count. A
    period that goes on after the horizon has the limit as a ceiling so far. Where workdays of the period before the
    horizon are not on record, a period within its limit is unknown. Every period judged shows its figure.

    Source: Labour Law art. 39; 劳部发〔1994〕503号 art. 5; 人社部发〔2025〕2号.
    """

    title: ClassVar[Words] = Words("综合计算工时", "Comprehensive hours")
    kind: Literal["averaged_hours"] = "averaged_hours"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)
    norms: tuple[Norm, ...] = Field(min_length=1, description="workdays by law, by year")
    hours_a_day: float = Field(default=8, gt=0, le=24)
    hours_a_week: float = Field(default=40, gt=0, le=168)
    overtime_hours_a_month: float = Field(default=0, ge=0, le=36, description="planned overtime, averaged")
    pace_hours: float | None = Field(
        default=None, ge=0, description="most hours above the even share where part of the period stays open"
    )

    def words(self) -> Words:
        """The rule in one sentence."""
        norms = sorted(self.norms, key=lambda norm: -norm.since)
        zh = "；".join(f"{n.since} 年起 {n.month:g}、{n.quarter:g}、{n.year:g}" for n in norms)
        en = "; ".join(f"from {n.since} {n.month:g}, {n.quarter:g}, {n.year:g}" for n in norms)
        day, week, more = f"{self.hours_a_day:g}", f"{self.hours_a_week:g}", self.overtime_hours_a_month
        return Words(
            f"综合计算工时人员每周期工时不超过标准：周 {week} 小时，月、季、年为制度工作日（{zh}）× {day} 小时，"
            f"按全时当量和在职工作日折算并扣除批准的休假；"
            + (f"另可加班每月 {more:g} 小时。" if more else "不安排加班。"),
            f"Under comprehensive hours a week has at most {week} h, a month, quarter and year {day} h x workdays by "
            f"law ({en}), by fte and workdays employed, less approved leave; "
            + (f"{more:g} h of overtime a month on top." if more else "no overtime is planned."),
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each such person's working rows over each period that touches the horizon."""
        spent: dict[str, Counter[date]] = defaultdict(Counter)
        for row in roster.with_history:
            if row.labours:
                spent[row.staff_id][row.date] += row.minutes
        people = roster.problem.people
        for person in people:
            if person.hours_system != "standard":
                for period in periods_touching(person.hours_system, roster.problem.horizon.dates):
                    if any(person.employed_on(day) for day in period.dates):
                        yield self._judge(roster, person, period, spent[person.staff_id])
                        yield from self._hurry(roster, person, period, spent[person.staff_id])
        if all(person.hours_system == "standard" for person in people):
            yield Breach(0, 0, "persons", 0, verdict="met", note=NOBODY)

    def _judge(self, roster: Roster, person: Person, period: Period, spent: Counter[date]) -> Breach:
        problem = roster.problem
        worked = [day for day in period.dates if spent[day]]
        minutes, limit = sum(spent[day] for day in worked), self._limit(problem, person, period)
        over, last = minutes - limit, min(period.dates[-1], problem.horizon.dates[-1])
        verdict: Literal["breached", "at_risk", "unknown", "met"] = "met"
        note = _until(period) if period.dates[-1] > last else None
        if over > 0:
            past = not roster.new(worked[-1])
            verdict, note = ("at_risk", PAST_OVER) if past else ("breached", None)
        elif _unseen(problem, person, period):
            verdict, note = "unknown", HISTORY_MISSING
        return Breach(
            minutes / 60, limit / 60, UNITS[period.kind], over if verdict == "breached" else 0, last,
            staff_ids=(person.staff_id,), verdict=verdict, note=note,
        )  # fmt: skip

    def _hurry(self, roster: Roster, person: Person, period: Period, spent: Counter[date]) -> Iterator[Breach]:
        """The horizon uses up hours that the rest of the period needs."""
        problem, recorded = roster.problem, {row.date for row in roster.problem.previous}
        here = [day for day in period.dates if day in problem.horizon.dates]
        rest = [day for day in period.dates if day > here[-1] or (day < here[0] and day not in recorded)]
        if self.pace_hours is None or not rest:
            return
        before = sum(spent[day] for day in period.dates if day < here[0])
        room = max(self._limit(problem, person, period) - before, 0)
        most = room * len(here) // (len(here) + len(rest)) + round(self.pace_hours * 60)
        found = sum(spent[day] for day in here)
        if found > most:
            yield Breach(
                found / 60, most / 60, "h", found - most, here[-1], staff_ids=(person.staff_id,), verdict="at_risk",
                note=HURRY,
            )  # fmt: skip

    def _limit(self, problem: "Problem", person: Person, period: Period) -> int:
        """The person's most minutes of the period."""
        basis = problem.calendar.workdays(period.start, period.end) or period.dates
        part = sum(person.employed_on(day) for day in basis) / len(basis)
        beyond = 0 if person.labour_flags else self.overtime_hours_a_month * _MONTHS[period.kind] * 60 * part
        return floor(round(self.standard_minutes(problem, person, period) + beyond, 7))

    def standard_minutes(self, problem: "Problem", person: Person, period: Period) -> float:
        """The person's minutes of the period by the norm; what is worked beyond them is surplus."""
        workdays = problem.calendar.workdays(period.start, period.end)
        basis = workdays or period.dates
        part = sum(person.employed_on(day) for day in basis) / len(basis)
        away = sum(self._away(problem, person, day) for day in workdays if person.employed_on(day))
        return max((self._norm(problem.calendar, period) * 60 * part - away) * person.fte, 0)

    def _norm(self, calendar: Calendar, period: Period) -> float:
        """Hours of a whole period in full time."""
        if period.kind == "week":
            made_up = calendar.has_makeup_in_week(period.start)
            workdays = len(calendar.workdays(period.start, period.end)) if made_up else 0
            return max(self.hours_a_week, self.hours_a_day * workdays)
        norms = sorted(self.norms, key=lambda norm: norm.since)
        norm = [norms[0], *(norm for norm in norms if norm.since <= period.start.year)][-1]
        return self.hours_a_day * getattr(norm, period.kind)

    def _away(self, problem: "Problem", person: Person, day: date) -> float:
        """Minutes of approved leave on a day, at most a day's hours."""
        opens, closes = problem.horizon.at(day, 0), problem.horizon.at(day + ONE_DAY, 0)
        minutes = sum(
            max((min(entry.end, closes) - max(entry.start, opens)) / ONE_MINUTE, 0)
            for entry in problem.leave_by_person.get(person.staff_id, ())
        )
        return min(minutes, self.hours_a_day * 60)

    def require(self, m: ModelPort) -> None:
        """Limits each such person's working minutes of every period that the horizon touches."""
        periods = {system: _periods(m, _KEYS[system]) for system in _KEYS}
        for person in m.people():
            for days in periods.get(person.hours_system, ()):
                if any(person.employed_on(day) for day in days):
                    most = floor(self._allowed(m, person, days))
                    m.total(person, lambda duty: duty.working_minutes, days=set(days), at_most=most)
                    self._keep_pace(m, person, days, most)

    def _keep_pace(self, m: ModelPort, person: Person, days: Sequence[date], most: int) -> None:
        """Leaves the days of the period that stay open their share of the hours."""
        start, known = m.problem.horizon.start, {row.date for row in m.problem.previous}
        ours = set(m.days()) & set(days)
        settled = {day for day in days if day < start and day in known}
        still_open = len(days) - len(settled)
        if self.pace_hours is not None and len(ours) < still_open:
            done = sum(c.duty.working_minutes for c in m.cells_of(person) if c.duty.day in days and c.duty.day < start)
            share = max(most - done, 0) * len(ours) // still_open + round(self.pace_hours * 60)
            m.total(person, lambda duty: duty.working_minutes, days=ours, at_most=share)

    def _allowed(self, m: ModelPort, person: Person, days: Sequence[date]) -> Fraction:
        """The most minutes of a period's days, exactly."""
        worked = [day for day in days if m.problem.calendar.is_workday(day)]
        there = [day for day in worked or days if person.employed_on(day)]
        part, a_day = Fraction(len(there), len(worked or days)), Fraction(str(self.hours_a_day)) * 60
        norm = max((n for n in self.norms if n.since <= days[0].year), key=lambda n: n.since, default=None)
        lawful = norm or min(self.norms, key=lambda n: n.since)
        whole = {"month": lawful.month, "quarter": lawful.quarter, "year": lawful.year}
        if person.hours_system in whole:
            full = a_day * Fraction(str(whole[person.hours_system]))
        else:
            longer = a_day * len(worked) if m.problem.calendar.has_makeup_in_week(days[0]) else 0
            full = max(Fraction(str(self.hours_a_week)) * 60, longer)
        leave = sum(min(_leave_minutes(m, person, day), a_day) for day in there if worked)
        months = {"week": Fraction(12, 52), "month": 1, "quarter": 3, "year": 12}[person.hours_system]
        extra = 0 if person.labour_flags else Fraction(str(self.overtime_hours_a_month)) * 60 * months
        return max((full * part - leave) * Fraction(str(person.fte)), Fraction(0)) + extra * part


def _until(period: Period) -> Words:
    end = f"{period.dates[-1]:%Y-%m-%d}"
    return Words(f"截至目前；周期至 {end}。", f"So far; the period runs until {end}.")


def _unseen(problem: "Problem", person: Person, period: Period) -> bool:
    """Whether workdays of the period that the person was employed on lie before the horizon without any record."""
    recorded = {row.date for row in problem.previous}
    before = problem.calendar.workdays(period.start, max(period.start, problem.horizon.start))
    return any(person.employed_on(day) and day not in recorded for day in before)


def _leave_minutes(m: ModelPort, person: Person, day: date) -> Fraction:
    """Minutes of a day on approved leave."""
    begin, end = (m.problem.horizon.at(day, minutes) for minutes in (0, 24 * 60))
    listed = m.problem.leave_by_person.get(person.staff_id, ())
    touching = [entry for entry in listed if entry.start < end and begin < entry.end]
    seconds = sum(int((min(e.end, end) - max(e.start, begin)).total_seconds()) for e in touching)
    return Fraction(seconds, 60)
