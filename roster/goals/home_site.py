"""The same people on site."""

from typing import ClassVar, Literal

from pydantic import Field

from roster.base import FAIRNESS, Goal, ModelPort
from roster.roster import Roster
from roster.words import Words


class HomeSite(Goal):
    """Each working duty of an enrolled person of `teams` at another site than their home site costs `points`.

    So the people named for a site stay there, and others go only in their place. The reserve is free.
    """

    title: ClassVar[Words] = Words("固定驻场", "Home site first")
    kind: Literal["home_site"] = "home_site"
    level: int = Field(default=FAIRNESS, ge=FAIRNESS)
    teams: tuple[str, ...] = Field(min_length=1)
    points: int = Field(default=300, ge=1, description="points a duty away from the home site")

    def words(self) -> Words:
        """The goal in one sentence."""
        teams = "、".join(self.teams)
        return Words(
            f"{teams} 的人员尽量在各自固定地点上班。", f"People of {', '.join(self.teams)} work at their home site."
        )

    def measure(self, roster: Roster) -> int:
        """Counts the working duties of the horizon that are done elsewhere."""
        people = roster.problem.person_by_id
        away = {
            (row.staff_id, row.date, row.shift)
            for row in roster.rows
            if row.works
            and people[row.staff_id].team in self.teams
            and not people[row.staff_id].reserve
            and row.site != people[row.staff_id].home_site
        }
        return self.points * len(away)

    def require(self, m: ModelPort) -> None:
        """A price a cell away from the home site."""
        start = m.problem.horizon.start
        m.price(
            {
                cell: self.points
                for cell in m.cells()
                if cell.duty.works
                and cell.duty.day >= start
                and cell.person.team in self.teams
                and not cell.person.reserve
                and cell.duty.site != cell.person.home_site
            }
        )
