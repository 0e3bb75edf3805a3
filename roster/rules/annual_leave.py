"""Paid annual leave is planned."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from roster.base import Breach, ModelPort, Rule
from roster.people import Leave
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

WORKDAY_MINUTES = 480
NO_PLAN = Words(
    "当年的年休假计划尚未登记。",
    "No annual leave of the year is on file.",
)
STILL_TIME = Words(
    "年休假尚未全部安排，本年剩余工作日仍可安排。",
    "Not all of the annual leave is planned yet; the workdays left in the year can still hold it.",
)
Step = tuple[Annotated[float, Field(ge=0)], Annotated[int, Field(ge=0, le=366)]]


class AnnualLeave(Rule):
    """Approved annual leave in the calendar year of the horizon's start reaches everybody's entitlement.

    What is missing is 'at_risk' as long as the workdays after the horizon can hold it; what they cannot is breached.
    `years_days` are (years of service, workdays of leave): the last step reached holds. Asked for people employed from
    the first to the last day of the year, the reserve included. A workday wholly on leave counts 1, a part of it
    minutes / 480, at most 1. Where nobody has annual leave on file for the year, the answer is unknown.

    Source: State Council order 514 (Regulations on Paid Annual Leave of Employees) art. 3 and 5.
    """

    title: ClassVar[Words] = Words("带薪年休假", "Paid annual leave")
    kind: Literal["annual_leave"] = "annual_leave"
    years_days: tuple[Step, ...] = ((1, 5), (10, 10), (20, 15))

    def words(self) -> Words:
        """The rule in one sentence."""
        zh = "、".join(f"满 {years:g} 年 {days} 天" for years, days in self.years_days)
        en = ", ".join(f"{days} from {years:g} years" for years, days in self.years_days)
        return Words(
            f"全年在职者的年休假按工龄安排到位：{zh}。",
            f"Annual leave is planned for everybody employed all year, in workdays by service: {en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Walks each person's leave day by day through the year."""
        problem = roster.problem
        year = problem.horizon.start.year
        taken = {who: _minutes_taken(problem, entries, year) for who, entries in problem.leave_by_person.items()}
        if not any(taken.values()):
            yield Breach(0, 0, "days", 0, verdict="unknown", note=NO_PLAN)
            return
        tomorrow = problem.horizon.dates[-1] + timedelta(days=1)
        ahead = problem.calendar.workdays(tomorrow, date(year + 1, 1, 1)) if tomorrow.year == year else ()
        for person in problem.people:
            if person.employed_on(date(year, 1, 1)) and person.employed_on(date(year, 12, 31)):
                steps = [days for years, days in self.years_days if years <= person.seniority_years]
                entitled = max(steps, default=0)
                minutes = taken.get(person.staff_id, 0)
                missing = entitled * WORKDAY_MINUTES - minutes
                lost = max(missing - len(ahead) * WORKDAY_MINUTES, 0)
                if missing > 0:
                    yield Breach(
                        minutes / WORKDAY_MINUTES, entitled, "days", lost, staff_ids=(person.staff_id,),
                        verdict="breached" if lost else "at_risk", note=None if lost else STILL_TIME,
                    )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """States the missing leave as given: no roster changes it."""
        problem = m.problem
        first, last = problem.horizon.start.replace(month=1, day=1), problem.horizon.start.replace(month=12, day=31)
        at = problem.horizon.at
        workdays = [(at(day, 0), at(day, 24 * 60)) for day in problem.calendar.workdays(first, last)]
        if problem.calendar.is_workday(last):
            workdays.append((at(last, 0), at(last, 24 * 60)))
        planned: dict[str, int] = {}
        for who, entries in problem.leave_by_person.items():
            annual = [entry for entry in entries if entry.kind == "annual"]
            planned[who] = sum(_minutes_between(annual, start, end) for start, end in workdays) if annual else 0
        if not any(planned.values()):
            return
        everywhere = [p for p in m.people() if p.employed_on(first) and p.employed_on(last)]
        owed = {p.staff_id: max([d for y, d in self.years_days if y <= p.seniority_years] or [0]) for p in everywhere}
        rest = sum(start > at(problem.horizon.dates[-1], 0) for start, _ in workdays) * WORKDAY_MINUTES
        m.given(sum(max(days * WORKDAY_MINUTES - planned.get(who, 0) - rest, 0) for who, days in owed.items()))


def _minutes_taken(problem: "Problem", entries: tuple[Leave, ...], year: int) -> int:
    """Minutes of annual leave on the workdays of the year, at most 480 a day."""
    by_day: dict[date, timedelta] = {}
    for entry in entries:
        if entry.kind == "annual":
            for k in range((entry.end.date() - entry.start.date()).days + 1):
                midnight = datetime.combine(entry.start.date(), datetime.min.time(), entry.start.tzinfo)
                opens = midnight + timedelta(days=k)
                spent = min(entry.end, opens + timedelta(days=1)) - max(entry.start, opens)
                by_day[opens.date()] = by_day.get(opens.date(), timedelta()) + spent
    return sum(
        min(ceil(spent / timedelta(minutes=1)), WORKDAY_MINUTES)
        for day, spent in by_day.items()
        if day.year == year and problem.calendar.is_workday(day)
    )


def _minutes_between(entries: list[Leave], start: datetime, end: datetime) -> int:
    """Minutes of leave in [start, end), at most 480."""
    common = sum(
        (min(entry.end, end) - max(entry.start, start) for entry in entries if entry.start < end and start < entry.end),
        timedelta(),
    )
    return min(ceil(common / timedelta(minutes=1)), WORKDAY_MINUTES)
