"""Full-time equivalents enrolled in all teams together."""

from collections.abc import Iterator
from math import ceil
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, ModelPort, Rule, finding
from roster.roster import Roster
from roster.words import Words

EPSILON = 1e-9


class EnrolledFte(Rule):
    """On every day of the contract in the horizon the people employed add up to at least `fte`.

    Everybody counts once, with the own FTE; the reserve does not count. The day with the least is what counts, once.
    """

    title: ClassVar[Words] = Words("在册全时当量", "Enrolled full-time equivalents")
    kind: Literal["enrolled_fte"] = "enrolled_fte"
    fte: float = Field(gt=0, description="full-time equivalents of all teams")

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"全部团队在册合计不少于 {self.fte:g} 个全时当量，一人不重复计算，后备人员另计。",
            f"All teams together have at least {self.fte:g} FTE enrolled, nobody counted twice, the reserve apart.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up the staff list day by day and reports the day with the least."""
        problem = roster.problem
        sums = {
            day: sum(p.fte for p in problem.person_by_id.values() if not p.reserve and p.employed_on(day))
            for day in problem.horizon.dates
            if problem.contract.period.holds(day)
        }
        if sums:
            day = min(sums, key=lambda day: (sums[day], day))
            missing = self.fte - sums[day]
            yield finding(round(sums[day], 6), self.fte, "FTE", ceil(missing * DAY_POINTS - EPSILON), day=day)

    def require(self, m: ModelPort) -> None:
        """What the staff list lacks is given."""
        enrolled = {person.staff_id: person for person in m.people() if not person.reserve}
        worst = 0.0
        for day in m.days():
            if m.problem.contract.period.holds(day):
                there = sum(person.fte for person in enrolled.values() if person.employed_on(day))
                worst = max(worst, self.fte - there)
        if worst > EPSILON:
            m.given(ceil(worst * DAY_POINTS - EPSILON))
