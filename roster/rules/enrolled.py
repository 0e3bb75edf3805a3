"""People enrolled in a team's role."""

from collections.abc import Iterator
from math import ceil
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, ModelPort, Rule, finding
from roster.roster import Roster
from roster.words import Words

EPSILON = 1e-9


class Enrolled(Rule):
    """On every day of the contract in the horizon at least `people` are employed with this team and role at home.

    The reserve does not count. Whole numbers are heads; a fraction is met in full-time equivalents. The day with
    the fewest is what counts, once.
    """

    title: ClassVar[Words] = Words("在册人数", "People enrolled")
    kind: Literal["enrolled"] = "enrolled"
    team: str
    role: str
    people: float = Field(gt=0, description="heads, or full-time equivalents where it is no whole number")

    def words(self) -> Words:
        """The rule in one sentence."""
        who = f"{self.team}/{self.role}"
        return Words(
            f"{who} 在册不少于 {self.people:g} 人，后备人员另计。",
            f"At least {self.people:g} are enrolled for {who}, the reserve apart.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts the staff list day by day and reports the day with the fewest."""
        problem = roster.problem
        heads = float(self.people).is_integer()
        home = [p for p in problem.people if p.home == (self.team, self.role) and not p.reserve]
        counts = {
            day: sum(1 if heads else person.fte for person in home if person.employed_on(day))
            for day in problem.horizon.dates
            if problem.contract.period.holds(day)
        }
        if counts:
            day = min(counts, key=lambda day: (counts[day], day))
            missing = self.people - counts[day]
            points = ceil(missing * DAY_POINTS - EPSILON)
            yield finding(counts[day], self.people, "persons", points, day=day, team=self.team, role=self.role)

    def require(self, m: ModelPort) -> None:
        """What the staff list lacks is given."""
        worst = 0.0
        for day in m.days():
            if m.problem.contract.period.holds(day):
                there = 0.0
                for person in m.people():
                    enrolled = (person.team, person.role) == (self.team, self.role) and not person.reserve
                    if enrolled and person.employed_on(day):
                        there += person.fte if self.people % 1 else 1
                worst = max(worst, self.people - there)
        if worst > EPSILON:
            m.given(ceil(worst * DAY_POINTS - EPSILON))
