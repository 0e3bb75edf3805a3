"""Counts of shifts close to a target for each person."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import FAIRNESS, Goal, ModelPort
from roster.people import Person
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words

SATURDAY = 5
NIGHT_START, NIGHT_END = timedelta(hours=22), timedelta(hours=6)
Counted = Literal["shifts", "nights", "weekend-days"]
_NAMES: dict[Counted, Words] = {
    "shifts": Words("班次数", "shifts"),
    "nights": Words("夜班数", "nights"),
    "weekend-days": Words("周末班次数", "shifts on Saturdays and Sundays"),
}


class NearTarget(Goal):
    """Each person's count of shifts at work in the horizon stays close to a target.

    Cost: sum over the people enrolled for the group of `weight` x (count - target)^2. `targets` gives some people their
    own. A shift counts on the date it starts; a night is work that touches 22:00-6:00.
    """

    title: ClassVar[Words] = Words("接近目标次数", "Near the target")
    kind: Literal["near_target"] = "near_target"
    level: int = Field(default=FAIRNESS, ge=FAIRNESS)
    counts: Counted = "shifts"
    group: tuple[str, ...] = Field(min_length=1, description="'team/role' of the people enrolled")
    target: int = Field(ge=0)
    targets: dict[str, int] = Field(default={}, description="own targets by staff_id")
    weight: int = Field(default=1, ge=1)

    def words(self) -> Words:
        """The goal in one sentence."""
        name, group = _NAMES[self.counts], "、".join(self.group)
        return Words(
            f"{group} 每人{name.zh}接近 {self.target}。", f"Everybody of {group} has close to {self.target} {name.en}."
        )

    def measure(self, roster: Roster) -> int:
        """Counts each person's shifts and squares the distance."""
        found: Counter[str] = Counter()
        shifts = {
            (row.staff_id, row.date, row.shift)
            for row in roster.rows
            if row.works and self._counted(row.date, row.start, row.end)
        }
        found.update(who for who, _, _ in shifts)
        return sum(
            self.weight * (found[person.staff_id] - self._aim(person)) ** 2
            for person in roster.problem.people
            if self._one(person)
        )

    def require(self, m: ModelPort) -> None:
        """One convex cost a person over the cells that count."""
        start = m.problem.horizon.start
        for person in m.people():
            if self._one(person):
                cells = [c for c in m.cells_of(person) if c.duty.day >= start and self._weighs(c.duty)]
                aim, most = self._aim(person), max(len(cells), 1)
                m.spread(dict.fromkeys(cells, 1), [self.weight * (k - aim) ** 2 for k in range(most + 1)])

    def _weighs(self, duty: Duty) -> bool:
        return duty.works and any(self._counted(duty.day, span.start, span.end) for span in duty.spans)

    def _counted(self, day: date, start: datetime, end: datetime) -> bool:
        """Whether a stretch of at most a day makes its shift count."""
        if self.counts == "weekend-days":
            return day.weekday() >= SATURDAY
        midnight = start.replace(hour=0, minute=0)
        return self.counts == "shifts" or start < midnight + NIGHT_END or end > midnight + NIGHT_START

    def _aim(self, person: Person) -> int:
        return self.targets.get(person.staff_id, self.target)

    def _one(self, person: Person) -> bool:
        return f"{person.team}/{person.role}" in self.group
