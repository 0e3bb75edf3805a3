"""People serve where they are enrolled."""

from typing import ClassVar, Literal

from pydantic import Field

from roster.base import FAIRNESS, Goal, ModelPort
from roster.roster import Roster
from roster.words import Words


class HomeRole(Goal):
    """Each duty of an enrolled person for another team or role than their own costs `points`; the reserve is free."""

    title: ClassVar[Words] = Words("本岗优先", "Home role first")
    kind: Literal["home_role"] = "home_role"
    level: int = Field(default=FAIRNESS, ge=FAIRNESS)
    points: int = Field(default=300, ge=1, description="points a duty away from the home team and role")

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words("在册人员尽量服务本团队本岗位。", "Enrolled people serve their own team and role where possible.")

    def measure(self, roster: Roster) -> int:
        """Counts the duties of the horizon that are served away from home."""
        people = roster.problem.person_by_id
        away = {
            (row.staff_id, row.date, row.shift, "work" if row.works else row.kind)
            for row in roster.rows
            if row.kind != "leave"
            and not people[row.staff_id].reserve
            and (row.team, row.role) != people[row.staff_id].home
        }
        return self.points * len(away)

    def require(self, m: ModelPort) -> None:
        """A price a cell away from home."""
        start = m.problem.horizon.start
        m.price(
            {
                cell: self.points
                for cell in m.cells()
                if cell.duty.day >= start
                and not cell.person.reserve
                and (cell.duty.team, cell.duty.role) != (cell.person.team, cell.person.role)
            }
        )
