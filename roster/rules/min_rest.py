"""Rest between two shifts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, Breach, JudgedBy, ModelPort, Rule
from roster.people import Person
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from roster.words import Words


class MinRest(Rule):
    """Between the end of one working day and the start of the next lie at least `hours`. Standing by is rest."""

    title: ClassVar[Words] = Words("班次间休息", "Rest between shifts")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["min_rest"] = "min_rest"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    hours: float = Field(gt=0, le=48, description="hours of rest between the shifts of two days")

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            f"两个班次之间至少休息 {self.hours:g} 小时。",
            f"At least {self.hours:g} h of rest lie between two shifts.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Walks each person's working rows: the gap from the latest end so far to a row of another date is the rest."""
        for person, rows in roster.by_person():
            last: Stretch | None = None
            for row in (row for row in rows if row.works):
                if last is not None and last.date != row.date:
                    yield from self._rest(roster, person, last, row)
                last = row if last is None or row.end > last.end else last

    def _rest(self, roster: Roster, person: Person, earlier: Stretch, later: Stretch) -> Iterator[Breach]:
        rest = (later.start - earlier.end) / timedelta(hours=1)
        if rest < self.hours and roster.new(later.date):
            yield Breach(
                found=rest, limit=self.hours, unit="h", points=round((self.hours - rest) * 60),
                day=later.date, start=earlier.end, end=later.start, staff_ids=(person.staff_id,),
            )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """Forbids successors that start too early."""
        rest = timedelta(hours=self.hours)

        def clash(earlier: Duty, later: Duty) -> int:
            if not (earlier.works and later.works) or earlier.day == later.day:
                return 0
            return (
                int((rest - (later.start - earlier.end)) / timedelta(minutes=1))
                if later.start - earlier.end < rest
                else 0
            )

        for person in m.people():
            m.pair(person, clash, reach_days=3)
