"""Approved leave is kept free."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, LAW, Breach, ModelPort, Rule
from roster.roster import Roster, Stretch
from roster.words import Words


class ApprovedLeave(Rule):
    """No stretch of work, training, on call or backup touches the person's approved leave."""

    title: ClassVar[Words] = Words("已批准的休假", "Approved leave")
    kind: Literal["approved_leave"] = "approved_leave"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)

    def words(self) -> Words:
        """The rule in one sentence."""
        return Words(
            "已批准的休假期间不安排上班、培训、待命或后备。",
            "Approved leave is free of work, training, on call and backup.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up, for each person and date, the minutes of rows that lie in approved leave."""
        touching: dict[tuple[str, date], list[Stretch]] = defaultdict(list)
        for row in roster.rows:
            if row.kind != "leave" and roster.problem.on_leave(row.staff_id, row.start, row.end):
                touching[row.staff_id, row.date].append(row)
        for (who, day), rows in touching.items():
            minutes = sum(_minutes_on_leave(roster, row) for row in rows)
            yield Breach(
                found=minutes, limit=0, unit="min", points=minutes, day=day,
                start=min(row.start for row in rows), end=max(row.end for row in rows), staff_ids=(who,),
            )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """Forbids the duties with a span in approved leave."""
        for person in m.people():
            away = m.problem.leave_by_person.get(person.staff_id, ())
            m.forbid(
                cell
                for cell in m.cells_of(person)
                if any(span.start < leave.end and leave.start < span.end for span in cell.duty.spans for leave in away)
            )


def _minutes_on_leave(roster: Roster, row: Stretch) -> int:
    """Minutes of the row that lie in its person's approved leave, whichever entries cover them."""
    covered, reached = timedelta(), row.start
    for leave in roster.problem.leave_by_person[row.staff_id]:
        start, end = max(reached, leave.start), min(row.end, leave.end)
        if start < end:
            covered, reached = covered + (end - start), end
    return int(covered / timedelta(minutes=1))
