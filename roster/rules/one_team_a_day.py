"""Nobody is counted in two teams on one day."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words


class OneTeamADay(Rule):
    """The work of one person on one date serves one team only. Training and standing by serve nobody."""

    title: ClassVar[Words] = Words("一人一日只属一队", "One team a day")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["one_team_a_day"] = "one_team_a_day"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words("一人同一日只为一个团队工作。", "On one date a person works for one team only.")

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Collects the teams of each person's work rows, in order of start, date by date."""
        for day in roster.days():
            teams: dict[str, dict[str, None]] = {}
            for row in sorted(roster.on(day), key=lambda row: row.start):
                if row.kind == "work":
                    teams.setdefault(row.staff_id, {})[row.team] = None
            for who, served in teams.items():
                if len(served) > 1:
                    points = (len(served) - 1) * DAY_POINTS
                    second = list(served)[1]
                    yield Breach(len(served), 1, "teams", points, day, staff_ids=(who,), team=second)

    def require(self, m: ModelPort) -> None:
        """Keeps work for different teams on one date apart, for those who can serve several."""

        def clash(earlier: Duty, later: Duty) -> int:
            both_work = earlier.kind == later.kind == "work"
            return DAY_POINTS if both_work and earlier.day == later.day and earlier.team != later.team else 0

        for person in m.people():
            if len({cell.duty.team for cell in m.cells_of(person)}) > 1:
                m.pair(person, clash, reach_days=0)
