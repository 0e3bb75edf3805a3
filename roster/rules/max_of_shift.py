"""How often a person has a shift."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, Breach, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class MaxOfShift(Rule):
    """Over the horizon a person has the shift `shift` at most `times` times; 0 keeps the person out of it.

    `staff` are those it holds for; nobody listed means everybody.
    """

    title: ClassVar[Words] = Words("某班次次数上限", "Most of one shift")
    kind: Literal["max_of_shift"] = "max_of_shift"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    shift: str = Field(min_length=1)
    times: int = Field(ge=0)
    staff: tuple[str, ...] = ()

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"班次 {self.shift} 每人不超过 {self.times} 次。",
            f"Nobody has the shift {self.shift} more than {self.times} times.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts the dates of the horizon on which each person has the shift."""
        dates: dict[str, set[date]] = defaultdict(set)
        for row in roster.rows:
            if row.shift == self.shift:
                dates[row.staff_id].add(row.date)
        for who, found in sorted(dates.items()):
            over = len(found) - self.times
            if over > 0 and (not self.staff or who in self.staff):
                yield Breach(len(found), self.times, "shifts", over * DAY_POINTS, max(found), staff_ids=(who,))

    def require(self, m: ModelPort) -> None:
        """A sum over the horizon."""
        days = m.days()
        for person in m.people():
            if not self.staff or person.staff_id in self.staff:
                m.total(person, lambda duty: int(duty.shift == self.shift), days=days, at_most=self.times)
