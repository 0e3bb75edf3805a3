"""Shifts that may not follow one another."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words


class NotFollowedBy(Rule):
    """On the day after a shift of `first` a person has none of the shifts `then`."""

    title: ClassVar[Words] = Words("班次不得接续", "Shifts that may not follow")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["not_followed_by"] = "not_followed_by"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    first: tuple[str, ...] = Field(min_length=1)
    then: tuple[str, ...] = Field(min_length=1)

    def words(self) -> Words:
        """The rule in one sentence."""
        first, then = "、".join(self.first), "、".join(self.then)
        return Words(f"班次 {first} 的次日不排 {then}。", f"{first} is not followed by {then} on the next day.")

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Looks at each person's shifts of one date and the next."""
        for person, rows in roster.by_person():
            had = {(row.date, row.shift) for row in rows}
            for day, shift in sorted(had):
                before = day - timedelta(days=1)
                earlier = [name for name in self.first if (before, name) in had]
                if shift in self.then and earlier and roster.new(day):
                    points = len(earlier) * DAY_POINTS
                    yield Breach(len(earlier), 0, "shifts", points, day, staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """Forbids the pairs."""

        def clash(earlier: Duty, later: Duty) -> int:
            follows = later.day - earlier.day == timedelta(days=1)
            return DAY_POINTS if follows and earlier.shift in self.first and later.shift in self.then else 0

        for person in m.people():
            m.pair(person, clash, reach_days=1)
