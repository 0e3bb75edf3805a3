"""A reserve that can be there in time."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, ModelPort, Rule, finding
from roster.people import Person
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem

DAY_MINUTES = 24 * 60


class ReserveReady(Rule):
    """On every day of the contract in the horizon `people` reserve people for one of `who` can come in time.

    Counted: on the staff list as reserve, employed that day, qualified for one of `who` ('team/role'), not still to be
    certified, no approved leave that day, an arrival time on file of at most `arrival_hours`. Everybody counts once.
    The day with the fewest is what counts, once.
    """

    title: ClassVar[Words] = Words("后备力量到位时限", "Reserve in time")
    kind: Literal["reserve_ready"] = "reserve_ready"
    who: tuple[str, ...] = Field(min_length=1)
    people: int = Field(default=1, ge=1)
    arrival_hours: float = Field(gt=0)

    def words(self) -> Words:
        """The rule in one sentence."""
        who, hours = self.who, f"{self.arrival_hours:g}"
        return Words(
            f"{'、'.join(who)} 的后备人员中，不少于 {self.people} 人能在 {hours} 小时内到岗。",
            f"Of the reserve for {', '.join(who)} at least {self.people} can be there within {hours} h.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts the staff list day by day and reports the day with the fewest."""
        problem = roster.problem
        ready = {
            day: tuple(p.staff_id for p in problem.people if self._ready(problem, p, day))
            for day in problem.horizon.dates
            if problem.contract.period.holds(day)
        }
        if ready:
            day = min(ready, key=lambda day: (len(ready[day]), day))
            found = len(ready[day])
            yield finding(
                found, self.people, "persons", (self.people - found) * DAY_POINTS, day=day, staff_ids=ready[day]
            )

    def _ready(self, problem: "Problem", person: Person, day: date) -> bool:
        at = problem.horizon.at
        return (
            person.reserve
            and person.arrival_hours is not None
            and person.arrival_hours <= self.arrival_hours
            and person.employed_on(day)
            and (person.certified_on is None or person.certified_on <= day)
            and any(person.serves(*entry.split("/", 1)) for entry in self.who)
            and not problem.on_leave(person.staff_id, at(day, 0), at(day, DAY_MINUTES))
        )

    def require(self, m: ModelPort) -> None:
        """What the staff list lacks is given."""
        pairs = {(team, role) for team, _, role in (entry.partition("/") for entry in self.who)}
        quick = [
            person
            for person in m.people()
            if person.reserve and pairs & {person.home, *person.skills}
            if person.arrival_hours is not None and not person.arrival_hours > self.arrival_hours
        ]
        worst = 0
        for day in m.days():
            if m.problem.contract.period.holds(day):
                begin, end = (m.problem.horizon.at(day, minutes) for minutes in (0, DAY_MINUTES))
                there = [p for p in quick if p.employed_on(day) and not (p.certified_on and day < p.certified_on)]
                away = sum(m.problem.on_leave(person.staff_id, begin, end) for person in there)
                worst = max(worst, self.people - len(there) + away)
        m.given(worst * DAY_POINTS)
