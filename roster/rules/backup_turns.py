"""Backups take turns."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, COST, FAIRNESS, Breach, ModelPort, Rule
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words

ONE_DAY = timedelta(days=1)
LONGEST_WORK_DAYS = 30
"""More days than ever lie between two days off."""


class BackupTurns(Rule):
    """Nobody is backup for the teams on two successive days off; from Sunday the next is usually Saturday."""

    title: ClassVar[Words] = Words("后备轮换", "Backups take turns")
    kind: Literal["backup_turns"] = "backup_turns"
    level: int = Field(default=FAIRNESS, ge=CONTRACT, le=COST)
    teams: tuple[str, ...] = Field(min_length=1)

    def words(self) -> Words:
        """The rule in one sentence."""
        teams = " + ".join(self.teams)
        return Words(
            f"{teams} 的后备不由同一人连任两个相邻休息日。",
            f"Nobody is backup for {teams} on two successive days off.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Compares each day off with the day off before it, in the past or the horizon."""
        is_workday = roster.problem.calendar.is_workday
        for day in roster.days("day-off"):
            before = day - ONE_DAY
            while is_workday(before):
                before -= ONE_DAY
            last, now = (
                {row.staff_id for row in roster.on(date) if row.kind == "backup" and row.team in self.teams}
                for date in (before, day)
            )
            for staff_id in sorted(last & now):
                yield Breach(2, 1, "days off", 1, day, staff_ids=(staff_id,), team=self.teams[0])

    def require(self, m: ModelPort) -> None:
        """Parts backup duties of the same person on successive days off."""
        horizon = m.problem.horizon
        span = (horizon.dates[-1] - k * ONE_DAY for k in range(horizon.days + LONGEST_WORK_DAYS))
        off = [day for day in span if m.problem.matches("day-off", day)]
        earlier_of = {later: earlier for later, earlier in pairwise(off) if later >= horizon.start}

        def clash(earlier: Duty, later: Duty) -> int:
            if earlier.kind != "backup" or later.kind != "backup" or earlier_of.get(later.day) != earlier.day:
                return 0
            return int(earlier.team in self.teams and later.team in self.teams)

        reach = max(((later - earlier).days for later, earlier in earlier_of.items()), default=0)
        if reach:
            for person in m.people():
                m.pair(person, clash, reach_days=reach)
