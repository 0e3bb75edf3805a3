"""Blocks of work that are long enough."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class MinDaysInRow(Rule):
    """Whoever works does so on at least `days` dates in a row.

    A block that touches the first known day or the last day of the horizon may go on beyond it, and is let pass.
    `staff` are those it holds for; nobody listed means everybody.
    """

    title: ClassVar[Words] = Words("最少连续工作日数", "Fewest days in a row")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["min_days_in_row"] = "min_days_in_row"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    days: int = Field(default=2, ge=2, le=14)
    staff: tuple[str, ...] = ()

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(f"每次连续工作不少于 {self.days} 天。", f"Nobody works fewer than {self.days} days in a row.")

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Cuts each person's working dates into blocks and measures those that both begin and end in sight."""
        horizon = roster.problem.horizon
        known = min((row.date for row in roster.problem.previous), default=horizon.start)
        for person, rows in roster.by_person():
            if self.staff and person.staff_id not in self.staff:
                continue
            for block in _blocks(sorted({row.date for row in rows if row.works})):
                seen = known < block[0] and block[-1] < horizon.dates[-1]
                fresh = roster.new(block[-1] + timedelta(days=1))
                if seen and fresh and len(block) < self.days:
                    points = (self.days - len(block)) * DAY_POINTS
                    yield Breach(len(block), self.days, "days", points, block[-1], staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """Asks for long enough stints of work."""
        for person in m.people():
            if not self.staff or person.staff_id in self.staff:
                m.stint(person, lambda duty: duty.works, of="work", at_least=self.days)


def _blocks(days: Sequence[date]) -> Iterator[list[date]]:
    """The blocks of consecutive dates; `days` are in order."""
    block: list[date] = []
    for day in days:
        if block and day - block[-1] != timedelta(days=1):
            yield block
            block = []
        block.append(day)
    if block:
        yield block
