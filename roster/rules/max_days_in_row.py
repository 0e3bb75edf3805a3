"""Days of work in a row."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, DAY_POINTS, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class MaxDaysInRow(Rule):
    """At most `days` consecutive dates hold a shift at work or in training. Standing by is no work.

    `staff` are those it holds for; nobody listed means everybody.
    """

    title: ClassVar[Words] = Words("连续工作日数", "Days in a row")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["max_days_in_row"] = "max_days_in_row"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    days: int = Field(default=6, ge=1, le=31)
    staff: tuple[str, ...] = ()

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"连续工作不超过 {self.days} 天。",
            f"Nobody works more than {self.days} days in a row.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Cuts each person's working dates into runs; a run is reported on its last date."""
        for person, rows in roster.by_person():
            if self.staff and person.staff_id not in self.staff:
                continue
            for run in _runs(sorted({row.date for row in rows if row.works})):
                fresh = sum(roster.new(day) for day in run)
                beyond = min(len(run) - self.days, fresh)
                if beyond > 0:
                    points = beyond * DAY_POINTS
                    yield Breach(len(run), self.days, "days", points, run[-1], staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """Limits the run of working days."""
        for person in m.people():
            if not self.staff or person.staff_id in self.staff:
                m.run(person, lambda duty: duty.works, at_most=self.days)


def _runs(days: Sequence[date]) -> Iterator[list[date]]:
    """The blocks of consecutive dates; `days` are in order."""
    run: list[date] = []
    for day in days:
        if run and day - run[-1] != timedelta(days=1):
            yield run
            run = []
        run.append(day)
    if run:
        yield run
