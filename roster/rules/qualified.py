"""People serve only what they are qualified for."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words


class Qualified(Rule):
    """A person serves a team's role only at home or as one of the `skills`: at work, on call and as backup.

    Training is free: it is how a new role is learnt.
    """

    title: ClassVar[Words] = Words("岗位资格", "Qualified for the role")
    physical: ClassVar[bool] = True
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["qualified"] = "qualified"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            "只安排本岗或具备技能的岗位，培训除外。",
            "People serve only their own role or one of their skills; training is free.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's minutes for roles they are not qualified for, date by date."""
        people = roster.problem.person_by_id
        for day in roster.days():
            unqualified: Counter[tuple[str, str, str]] = Counter()
            for row in roster.on(day):
                if row.kind not in ("leave", "training") and not people[row.staff_id].serves(row.team, row.role):
                    unqualified[row.staff_id, row.team, row.role] += row.minutes
            for (who, team, role), minutes in unqualified.items():
                yield Breach(minutes, 0, "min", minutes, day, staff_ids=(who,), team=team, role=role)

    def require(self, m: ModelPort) -> None:
        """Forbids the duties that serve a role which is neither home nor skill."""
        for person in m.people():
            able = {person.home, *person.skills}
            m.forbid(
                cell
                for cell in m.cells_of(person)
                if cell.duty.kind != "training" and (cell.duty.team, cell.duty.role) not in able
            )
