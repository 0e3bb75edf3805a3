"""Shifts rotate forward: later starts follow earlier ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from roster.words import Words


class ForwardRotation(Rule):
    """From one working date to the next, no shift starts earlier on the clock by more than `hours`.

    A date without work resets the rotation. Standing by does not rotate.
    """

    title: ClassVar[Words] = Words("顺向轮换", "Forward rotation")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["forward_rotation"] = "forward_rotation"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    hours: float = Field(default=1, ge=0, le=24, description="how much earlier the next day's shift may start")

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"连续两日上班时，次日的上班时刻不比前一日早 {self.hours:g} 小时以上。",
            f"On two working days in a row the later shift starts at most {self.hours:g} h earlier on the clock.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Compares the last start of each person's date with the first start of the date after it."""
        allowed = timedelta(hours=self.hours)
        for person, rows in roster.by_person():
            starts = _starts(rows)
            for day, (first, _) in sorted(starts.items()):
                _, before = starts.get(day - timedelta(days=1), (None, None))
                if before is None or not roster.new(day):
                    continue
                earlier = timedelta(days=1) - (first.start - before.start)
                if earlier > allowed:
                    yield Breach(
                        found=earlier / timedelta(hours=1), limit=self.hours, unit="h",
                        points=round((earlier - allowed) / timedelta(minutes=1)),
                        day=day, start=before.start, end=first.start, staff_ids=(person.staff_id,),
                    )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """Forbids successors on the next day that start too much earlier on the clock."""
        at = m.problem.horizon.at

        def clash(earlier: Duty, later: Duty) -> int:
            if not (earlier.works and later.works and (later.day - earlier.day).days == 1):
                return 0
            evening = (earlier.start - at(earlier.day, 0)) / timedelta(minutes=1)
            morning = (later.start - at(later.day, 0)) / timedelta(minutes=1)
            return max(round(evening - morning - self.hours * 60), 0)

        for person in m.people():
            m.pair(person, clash, reach_days=1)


def _starts(rows: list[Stretch]) -> dict[date, tuple[Stretch, Stretch]]:
    """The opening rows of the first and of the last shift at work of each date; `rows` are in order of start."""
    opening: dict[tuple[date, str, str, str, str], Stretch] = {}
    for row in rows:
        if row.works:
            opening.setdefault((row.date, row.shift, row.team, row.role, row.site), row)
    found: dict[date, tuple[Stretch, Stretch]] = {}
    for row in opening.values():
        first, _ = found.get(row.date, (row, row))
        found[row.date] = (first, row)
    return found
