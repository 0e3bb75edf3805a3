"""People are certified before they go on duty."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class Certified(Rule):
    """Work starts on the day of `certified_on` or later; without a date nobody works. Training is free."""

    title: ClassVar[Words] = Words("持证上岗", "Certified before duty")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["certified"] = "certified"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words("取得上岗证后方可上岗。", "People go on duty only once they are certified.")

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's minutes at work before the certificate, date by date."""
        people = roster.problem.person_by_id
        for day in roster.days():
            early: Counter[str] = Counter()
            for row in roster.on(day):
                since = people[row.staff_id].certified_on
                if row.kind == "work" and (since is None or since > day):
                    early[row.staff_id] += row.minutes
            for who, minutes in early.items():
                yield Breach(minutes, 0, "min", minutes, day, staff_ids=(who,))

    def require(self, m: ModelPort) -> None:
        """Forbids work on the days before the certificate."""
        for person in m.people():
            since = person.certified_on
            m.forbid(
                cell
                for cell in m.cells_of(person)
                if cell.duty.kind == "work" and not (since and since <= cell.duty.day)
            )
