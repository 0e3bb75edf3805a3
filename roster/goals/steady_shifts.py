"""The same shift from one day to the next."""

from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import COST, Goal, ModelPort
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words


class SteadyShifts(Goal):
    """Each change of shift between two consecutive dates at work costs `points`."""

    title: ClassVar[Words] = Words("班次稳定", "Steady shifts")
    kind: Literal["steady_shifts"] = "steady_shifts"
    level: int = Field(default=COST, ge=COST)
    points: int = Field(default=10, ge=1, description="yuan-equivalents a change")

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words("相邻两天尽量同一班次。", "People keep their shift from one day to the next.")

    def measure(self, roster: Roster) -> int:
        """Counts changes between consecutive dates, the last day of the past included."""
        changes = 0
        for _, rows in roster.by_person():
            worked = dict.fromkeys((row.date, row.shift) for row in rows if row.works)
            for (earlier, shift), (later, other) in pairwise(worked):
                changes += (later - earlier).days == 1 and shift != other and roster.new(later)
        return self.points * changes

    def require(self, m: ModelPort) -> None:
        """A price on each pair of different shifts on consecutive dates."""
        start = m.problem.horizon.start

        def clash(earlier: Duty, later: Duty) -> int:
            apart = (later.day - earlier.day).days == 1 and later.day >= start
            return self.points if apart and earlier.works and later.works and earlier.shift != later.shift else 0

        for person in m.people():
            m.pair(person, clash, reach_days=1)
