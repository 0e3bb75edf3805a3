"""Days off that come together."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class MinDaysOffInRow(Rule):
    """Between two blocks of work lie at least `days` dates without a shift. Standing by is no work.

    `staff` are those it holds for; nobody listed means everybody.
    """

    title: ClassVar[Words] = Words("最少连续休息日数", "Fewest days off in a row")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["min_days_off_in_row"] = "min_days_off_in_row"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    days: int = Field(default=2, ge=2, le=14)
    staff: tuple[str, ...] = ()

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(f"每次连续休息不少于 {self.days} 天。", f"Nobody has fewer than {self.days} days off in a row.")

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Measures the gaps between each person's working dates, those that end in the horizon."""
        known = min((row.date for row in roster.problem.previous), default=roster.problem.horizon.start)
        for person, rows in roster.by_person():
            if self.staff and person.staff_id not in self.staff:
                continue
            for earlier, later in pairwise(sorted({row.date for row in rows if row.works})):
                off = (later - earlier).days - 1
                if 0 < off < self.days and roster.new(later) and earlier >= known:
                    points = (self.days - off) * DAY_POINTS
                    day = earlier + timedelta(days=1)
                    yield Breach(off, self.days, "days", points, day, staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """Asks for long enough stints of rest."""
        for person in m.people():
            if not self.staff or person.staff_id in self.staff:
                m.stint(person, lambda duty: duty.works, of="rest", at_least=self.days)
