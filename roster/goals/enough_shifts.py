"""Everybody gets a number of shifts at least."""

from collections import defaultdict
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import FAIRNESS, Goal, ModelPort
from roster.people import Person
from roster.roster import Roster
from roster.words import Words


class EnoughShifts(Goal):
    """Each person of the group with fewer than `shifts` shifts at work in the horizon costs `points`."""

    title: ClassVar[Words] = Words("班次数不少于", "Enough shifts")
    kind: Literal["enough_shifts"] = "enough_shifts"
    level: int = Field(default=FAIRNESS, ge=FAIRNESS)
    group: tuple[str, ...] = Field(min_length=1, description="'team/role' of the people enrolled")
    shifts: int = Field(ge=1)
    points: int = Field(default=10, ge=1, description="a person with fewer")

    def words(self) -> Words:
        """The goal in one sentence."""
        group = "、".join(self.group)
        return Words(
            f"{group} 每人本期不少于 {self.shifts} 个班次。",
            f"Everybody of {group} has at least {self.shifts} shifts in the horizon.",
        )

    def measure(self, roster: Roster) -> int:
        """Counts the people with too few shifts."""
        worked: dict[str, set[tuple[date, str]]] = defaultdict(set)
        for row in roster.rows:
            if row.works:
                worked[row.staff_id].add((row.date, row.shift))
        return self.points * sum(len(worked[p.staff_id]) < self.shifts for p in roster.problem.people if self._one(p))

    def require(self, m: ModelPort) -> None:
        """For each person: the cells of the horizon number enough, or the points are due."""
        start = m.problem.horizon.start
        for person in m.people():
            if self._one(person):
                cells = [cell for cell in m.cells_of(person) if cell.duty.works and cell.duty.day >= start]
                m.days_at_least([(cells, self.shifts)], 1, points=self.points)

    def _one(self, person: Person) -> bool:
        return f"{person.team}/{person.role}" in self.group
