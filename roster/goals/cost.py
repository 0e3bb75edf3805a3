"""What the roster costs in wages and journeys."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from pydantic import Field

from roster.base import COST, Cell, Goal, ModelPort
from roster.people import Person
from roster.periods import Period, periods_touching
from roster.roster import Roster
from roster.rules.averaged_hours import AveragedHours
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

UNIT_MINUTES = 30


class _Account(NamedTuple):
    """A person's averaging period in which hours beyond the norm are allowed, the norm in whole half-hours."""

    person: Person
    period: Period
    norm: int
    yuan: int
    """What a half-hour beyond costs on top of the wage."""


class Cost(Goal):
    """Paid hours at each person's rate, and a sum for each day at a site that costs a journey, in whole yuan a duty.

    Where `averaged_hours` allows people under comprehensive hours some overtime, what they work in the averaging period
    beyond its norm costs `surplus_percent` instead of 100: hourly cost x (surplus_percent - 100) / 100 on top for each
    half-hour, in whole yuan; of each shift whole half-hours count, those of the period before the horizon too.

    Source: Labour Law art. 44 (1); 劳部发〔1994〕503号.
    """

    title: ClassVar[Words] = Words("成本", "Cost")
    kind: Literal["cost"] = "cost"
    level: int = Field(default=COST, ge=COST)
    journey_yuan: dict[str, int] = Field(default={}, description="yuan for a day at the site")
    surplus_percent: int = Field(default=150, ge=100, description="pay of hours beyond the norm of an averaging period")

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words("工资和往返费用尽量低。", "Wages and journeys cost as little as possible.")

    def measure(self, roster: Roster) -> int:
        """Adds up each duty's paid minutes and prices them."""
        minutes: dict[tuple[str, date, str, str], int] = defaultdict(int)
        for row in roster.rows:
            if row.works:
                minutes[row.staff_id, row.date, row.shift, row.site] += row.minutes if row.paid else 0
        people = roster.problem.person_by_id
        wages = sum(
            round(paid * people[who].hourly_cost / 60) + self.journey_yuan.get(site, 0)
            for (who, _, _, site), paid in minutes.items()
        )
        return wages + self._surplus(roster)

    def _surplus(self, roster: Roster) -> int:
        """Adds up what people worked in each averaging period and prices what lies beyond the norm."""
        worked: Counter[tuple[str, date, str]] = Counter()
        for row in roster.with_history:
            if row.labours:
                worked[row.staff_id, row.date, row.shift] += row.minutes
        return sum(
            max(
                sum(
                    minutes // UNIT_MINUTES
                    for (who, day, _), minutes in worked.items()
                    if who == account.person.staff_id and account.period.holds(day)
                )
                - account.norm,
                0,
            )
            * account.yuan
            for account in self._accounts(roster.problem)
        )

    def require(self, m: ModelPort) -> None:
        """A price a cell, and one for what a period's cells come to beyond the norm."""
        start = m.problem.horizon.start
        m.price(
            {
                cell: round(cell.duty.paid_minutes * cell.person.hourly_cost / 60)
                + self.journey_yuan.get(cell.duty.site, 0)
                for cell in m.cells()
                if cell.duty.works and cell.duty.day >= start
            }
        )
        for account in self._accounts(m.problem):
            cells: dict[Cell, int] = {
                cell: cell.duty.working_minutes // UNIT_MINUTES
                for cell in m.cells_of(account.person)
                if account.period.holds(cell.duty.day)
            }
            m.at_most(cells, account.norm, points=account.yuan)

    def _accounts(self, problem: "Problem") -> Iterator[_Account]:
        """The periods that the horizon touches of people who may work beyond the norm."""
        rules = [rule for rule in problem.contract.in_force() if isinstance(rule, AveragedHours)]
        for rule in (rule for rule in rules if rule.overtime_hours_a_month):
            for person in problem.people:
                if person.hours_system != "standard":
                    yuan = round(person.hourly_cost * (self.surplus_percent - 100) / 100 * UNIT_MINUTES / 60)
                    for period in periods_touching(person.hours_system, problem.horizon.dates):
                        norm = rule.standard_minutes(problem, person, period) // UNIT_MINUTES
                        yield _Account(person, period, int(norm), yuan)
