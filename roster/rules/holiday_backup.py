"""Named backups on days off."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import DAY_POINTS, Breach, JudgedBy, ModelPort, Rule, finding
from roster.roster import Roster
from roster.shifts import DaySelector
from roster.words import EACH_DAY, Words


class HolidayBackup(Rule):
    """On each such day at least `people` are named as backup for one of the teams, whatever their role."""

    title: ClassVar[Words] = Words("休息日后备", "Holiday backup")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["holiday_backup"] = "holiday_backup"
    teams: tuple[str, ...] = Field(min_length=1)
    people: int = Field(default=1, ge=1)
    days: DaySelector = "day-off"

    def words(self) -> Words:
        """The rule in one sentence."""
        teams, each = " + ".join(self.teams), EACH_DAY[self.days]
        return Words(
            f"{each.zh} {teams} 有不少于 {self.people} 名指定后备。",
            f"At least {self.people} named backup(s) stand by for {teams} {each.en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts the people with a backup row for the teams, day by day."""
        for day in roster.days(self.days):
            named = {row.staff_id for row in roster.on(day) if row.kind == "backup" and row.team in self.teams}
            yield finding(
                len(named), self.people, "persons", (self.people - len(named)) * DAY_POINTS,
                day=day, staff_ids=tuple(sorted(named)), team=self.teams[0],
            )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """At least so many backup cells of the day are for the teams."""
        for day in m.days(self.days):
            cells = [cell for cell in m.cells(day) if cell.duty.kind == "backup"]
            counted = {cell: 1 for cell in cells if cell.duty.team in self.teams}
            m.at_least(counted, self.people, points=DAY_POINTS)
