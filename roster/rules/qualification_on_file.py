"""Nobody works without a qualification on the staff file."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class QualificationOnFile(Rule):
    """Everybody at work has a `qualification` on the staff file. Training and standing by are free."""

    title: ClassVar[Words] = Words("学历资质在案", "Qualification on file")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["qualification_on_file"] = "qualification_on_file"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words("学历或资质未登记者不上岗。", "Nobody works without a qualification on the staff file.")

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each such person's minutes at work, date by date."""
        people = roster.problem.person_by_id
        for day in roster.days():
            minutes: Counter[str] = Counter()
            for row in roster.on(day):
                if row.kind == "work" and not people[row.staff_id].qualification.strip():
                    minutes[row.staff_id] += row.minutes
            for who, worked in minutes.items():
                yield Breach(worked, 0, "min", worked, day, staff_ids=(who,))

    def require(self, m: ModelPort) -> None:
        """Forbids the work of people whose qualification is blank."""
        for person in m.people():
            if not person.qualification or person.qualification.isspace():
                m.forbid(cell for cell in m.cells_of(person) if cell.duty.kind == "work")
