"""Duties fall within the employment."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.people import Person
from roster.roster import Roster, Stretch
from roster.words import Words


class Employed(Rule):
    """People have duties only from `employed_from` 00:00 to the end of `employed_to`, past midnight included."""

    title: ClassVar[Words] = Words("在职期间", "Within the employment")
    physical: ClassVar[bool] = True
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["employed"] = "employed"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words("只在在职期间排班。", "People have duties only while they are employed.")

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up, for each person and date, the minutes of rows before or after the employment."""
        for person, rows in roster.by_person():
            outside: Counter[date] = Counter()
            for row in rows:
                if row.kind != "leave" and roster.new(row.date):
                    outside[row.date] += _minutes_outside(person, row)
            for day, minutes in outside.items():
                if minutes:
                    yield Breach(minutes, 0, "min", minutes, day, staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """Forbids the duties that touch a date on which the person is not employed."""
        moment = timedelta.resolution
        for person in m.people():
            m.forbid(
                cell
                for cell in m.cells_of(person)
                if not (
                    person.employed_on(cell.duty.start.date()) and person.employed_on((cell.duty.end - moment).date())
                )
            )


def _minutes_outside(person: Person, row: Stretch) -> int:
    """Minutes of the row before the first or after the last day of the employment."""
    if (person.employed_from or date.min) <= row.date and row.end.date() <= (person.employed_to or date.max):
        return 0
    zone = row.start.tzinfo
    start, end = row.start, row.end
    if person.employed_from:
        start = max(start, datetime.combine(person.employed_from, datetime.min.time(), zone))
    if person.employed_to:
        end = min(end, datetime.combine(person.employed_to, datetime.min.time(), zone) + timedelta(days=1))
    inside = max(end - start, timedelta())
    return row.minutes - int(inside / timedelta(minutes=1))
