"""Shifts and stand-bys a person may have on one date."""

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words

STANDBY = frozenset({"oncall", "backup"})


class OneDutyADay(Rule):
    """On one date a person has at most `shifts` shifts at work or in training, and at most one stand-by."""

    title: ClassVar[Words] = Words("每日班次数", "Shifts a day")
    physical: ClassVar[bool] = True
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["one_duty_a_day"] = "one_duty_a_day"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)
    shifts: int = Field(default=1, ge=1, le=4, description="shifts at work a person may have on one date")

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"每人每日至多 {self.shifts} 个班次，待命或后备至多一次。",
            f"A person has at most {self.shifts} shift(s) a day, and at most one stand-by.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts the distinct (shift, team, role, site) of each person's rows, date by date."""
        for day in roster.days():
            at_work: dict[str, set[tuple[str, ...]]] = defaultdict(set)
            standing_by: dict[str, set[tuple[str, ...]]] = defaultdict(set)
            for row in roster.on(day):
                if row.works:
                    at_work[row.staff_id].add((row.shift, row.team, row.role, row.site))
                elif row.kind in STANDBY:
                    standing_by[row.staff_id].add((row.shift, row.team, row.role, row.site, row.kind))
            for found, limit, unit in ((at_work, self.shifts, "shifts"), (standing_by, 1, "stand-bys")):
                for who, groups in found.items():
                    if len(groups) > limit:
                        points = (len(groups) - limit) * DAY_POINTS
                        yield Breach(len(groups), limit, unit, points, day, staff_ids=(who,))

    def require(self, m: ModelPort) -> None:
        """Counts each person's duties of a day."""
        for person in m.people():
            for day in m.days():
                m.total(person, lambda duty: int(duty.works), days={day}, at_most=self.shifts)
                m.total(person, lambda duty: int(duty.kind in STANDBY), days={day}, at_most=1)
