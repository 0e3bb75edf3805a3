"""What the roster costs in wages and journeys."""

from collections import defaultdict
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import COST, Goal, ModelPort
from roster.roster import Roster
from roster.words import Words


class Cost(Goal):
    """Paid hours at each person's rate, and a sum for each day at a site that costs a journey, in whole yuan a duty."""

    title: ClassVar[Words] = Words("成本", "Cost")
    kind: Literal["cost"] = "cost"
    level: int = Field(default=COST, ge=COST)
    journey_yuan: dict[str, int] = Field(default={}, description="yuan for a day at the site")

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
        return sum(
            round(paid * people[who].hourly_cost / 60) + self.journey_yuan.get(site, 0)
            for (who, _, _, site), paid in minutes.items()
        )

    def require(self, m: ModelPort) -> None:
        """A price a cell."""
        start = m.problem.horizon.start
        m.price(
            {
                cell: round(cell.duty.paid_minutes * cell.person.hourly_cost / 60)
                + self.journey_yuan.get(cell.duty.site, 0)
                for cell in m.cells()
                if cell.duty.works and cell.duty.day >= start
            }
        )
