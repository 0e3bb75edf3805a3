"""Hours of the horizon between two limits."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from roster.base import CONTRACT, Breach, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class HoursBetween(Rule):
    """Over the horizon everybody's paid time adds up to at least `least_minutes` and at most `most_minutes`.

    `staff` are those it holds for; nobody listed means everybody.
    """

    title: ClassVar[Words] = Words("工时上下限", "Hours between limits")
    kind: Literal["hours_between"] = "hours_between"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    least_minutes: int = Field(default=0, ge=0)
    most_minutes: int = Field(ge=0)
    staff: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least_minutes > self.most_minutes:
            raise ValueError(f"least_minutes {self.least_minutes} > most_minutes {self.most_minutes}")
        return self

    def words(self) -> Words:
        """The rule in one sentence."""
        least, most = f"{self.least_minutes / 60:g}", f"{self.most_minutes / 60:g}"
        return Words(
            f"排班期内每人计薪工时为 {least} 至 {most} 小时。",
            f"Over the horizon each works {least} to {most} paid hours.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up everybody's paid rows of the horizon."""
        paid: Counter[str] = Counter()
        for row in roster.rows:
            paid[row.staff_id] += row.minutes if row.works and row.paid else 0
        for person in roster.problem.people:
            if self.staff and person.staff_id not in self.staff:
                continue
            found = paid[person.staff_id]
            limit = self.least_minutes if found < self.least_minutes else self.most_minutes
            off = max(self.least_minutes - found, found - self.most_minutes, 0)
            if off:
                yield Breach(found, limit, "min", off, staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """A sum with both limits."""
        days = m.days()
        for person in m.people():
            if not self.staff or person.staff_id in self.staff:
                m.total(person, lambda duty: duty.paid_minutes, days=days, at_most=self.most_minutes)
                m.owed(person, lambda duty: duty.paid_minutes, days=days, at_least=self.least_minutes)
