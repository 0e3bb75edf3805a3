"""The labour cost of a team within its budget."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import Breach, Cell, ModelPort, Rule, finding
from roster.calendar import Calendar, DayType
from roster.people import Person
from roster.roster import Roster, Stretch
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

STANDARD_MINUTES = 480
"""Paid minutes of a shift beyond which a workday's time is overtime."""


class CostCap(Rule):
    """The labour cost of work and training for the team stays within the budget's share for the horizon.

    cost of a shift = paid hours x hourly cost, with the premiums of art. 44, in whole yuan, half up
    share = yuan x workdays of the horizon inside the contract period / workdays of the period, rounded down to a yuan

    A horizon inside the period without a workday has the share of one, so that holiday duty is no breach by itself.
    `basis_workdays` replaces the workdays of the period. A shift counts on the date it starts; the wage of people on
    leave is not in it.
    """

    title: ClassVar[Words] = Words("人工成本上限", "Labour cost cap")
    kind: Literal["cost_cap"] = "cost_cap"
    team: str
    yuan: float = Field(ge=0, description="for the whole contract period")
    basis_workdays: int | None = Field(default=None, ge=1)
    rest_day_percent: int = Field(default=200, ge=100)
    statutory_percent: int = Field(default=300, ge=100)
    overtime_percent: int = Field(default=150, ge=100)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"{self.team} 人工成本不超过合同期 {self.yuan:.10g} 元中按工作日分摊的份额。",
            f"The labour cost of {self.team} stays within the share by workdays of {self.yuan:.10g} yuan for the "
            "contract period.",
        )

    def minds(self, row: Stretch) -> bool:
        """Whether the team is paid for the row."""
        return row.team == self.team

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each shift's paid rows for the team, prices them, and compares with the share."""
        days = [day for day in roster.days() if roster.problem.contract.period.holds(day)]
        if not days:
            return
        calendar, people = roster.problem.calendar, roster.problem.person_by_id
        cost = 0
        for day in days:
            paid: Counter[tuple[str, str, str, str]] = Counter()
            for row in roster.on(day):
                if row.works and row.paid and row.team == self.team:
                    paid[row.staff_id, row.shift, row.role, row.site] += row.minutes
            cost += sum(self._cost(people[who], day, minutes, calendar) for (who, *_), minutes in paid.items())
        limit = self._limit(roster.problem, days)
        yield finding(cost, limit, "yuan", cost - limit, day=days[0], team=self.team)

    def _limit(self, problem: "Problem", days: list[date]) -> int:
        """The share of these days in whole yuan."""
        period = problem.contract.period
        whole = self.basis_workdays or len(problem.calendar.workdays(period.start, period.end + timedelta(days=1)))
        workdays = sum(problem.calendar.is_workday(day) for day in days)
        return round(self.yuan * 100) * max(workdays, 1) // (max(whole, 1) * 100)

    def _cost(self, person: Person, day: date, minutes: int, calendar: Calendar) -> int:
        """What a shift's paid minutes cost in whole yuan."""
        standard = person.hours_system == "standard"
        share = minutes * 100
        if calendar.is_statutory(day):
            share = minutes * self.statutory_percent
        elif standard and calendar.is_day_off(day):
            share = minutes * self.rest_day_percent
        elif standard and minutes > STANDARD_MINUTES:
            share += (minutes - STANDARD_MINUTES) * (self.overtime_percent - 100)
        return (share * round(person.hourly_cost * 100) + 300_000) // 600_000

    def require(self, m: ModelPort) -> None:
        """Keeps the weighted cells of the team within the share."""
        calendar, period = m.problem.calendar, m.problem.contract.period
        inside = [day for day in m.days() if period.holds(day)]
        worked = max(len([day for day in inside if calendar.is_workday(day)]), 1)
        span = (period.end - period.start).days + 1
        all_days = (period.start + timedelta(days=k) for k in range(span))
        basis = self.basis_workdays or max(sum(1 for day in all_days if calendar.is_workday(day)), 1)
        cells = {
            cell: self._wage(cell, calendar.day_type(day))
            for day in inside
            for cell in m.cells(day)
            if cell.duty.works and cell.duty.team == self.team
        }
        if inside:
            fen = round(self.yuan * 100) * worked // basis
            m.at_most(cells, fen // 100, points=1)

    def _wage(self, cell: Cell, day_type: DayType) -> int:
        """What a cell costs in whole yuan: minutes x percent x fen / (60 x 100 x 100), half up."""
        paid, beyond = cell.duty.paid_minutes, 0
        percent = 100
        if day_type is DayType.STATUTORY:
            percent = self.statutory_percent
        elif cell.person.hours_system == "standard":
            if day_type in (DayType.WEEKEND, DayType.BRIDGE):
                percent = self.rest_day_percent
            else:
                beyond = max(paid - STANDARD_MINUTES, 0)
        weighted = paid * percent + beyond * (self.overtime_percent - 100)
        return (weighted * round(cell.person.hourly_cost * 100) + 300_000) // 600_000
