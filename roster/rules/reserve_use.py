"""The reserve covers, it does not add."""

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar, Literal

from roster.base import DAY_POINTS, Breach, Cell, JudgedBy, ModelPort, Rule
from roster.roster import Roster
from roster.words import Words

EXTRA_POINTS = 2 * DAY_POINTS
"""A reserve person too many costs twice a person missing, so that no shortage hides behind the reserve."""
DAY_START, DAY_END = 8 * 60, 18 * 60
"""The working day that leave has to touch to be covered, in minutes after midnight."""


class ReserveUse(Rule):
    """For each team and role no more reserve people work on a day than enrolled people are away.

    Away: on approved leave that touches 8:00-18:00, or not employed that day. Work at a post of `beyond` is asked
    for beyond the headcount and does not count. `teams` limits the rule to these teams; empty means all.
    """

    title: ClassVar[Words] = Words("后备力量只顶岗", "The reserve covers only")
    judged_by: ClassVar[JudgedBy] = "day"
    kind: Literal["reserve_use"] = "reserve_use"
    teams: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()

    def words(self) -> Words:
        """The rule in one sentence."""
        zh = f"（岗位 {'、'.join(self.beyond)} 除外）" if self.beyond else ""
        en = f", posts {', '.join(self.beyond)} apart" if self.beyond else ""
        return Words(
            f"每天各团队各岗位上班的后备人员不多于在册人员中休假或离岗的人数{zh}。",
            f"On each day no more reserve people work for a team and role than its enrolled people are away{en}.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Counts, day by day, the reserve people with work rows and the enrolled people who are away."""
        problem = roster.problem
        people, at = problem.person_by_id, problem.horizon.at
        for day in roster.days():
            working: dict[tuple[str, str], set[str]] = defaultdict(set)
            for row in roster.on(day):
                if row.kind == "work" and people[row.staff_id].reserve and row.post not in self.beyond:
                    working[row.team, row.role].add(row.staff_id)
            for (team, role), who in sorted(working.items()):
                if self.teams and team not in self.teams:
                    continue
                away = sum(
                    not person.employed_on(day)
                    or problem.on_leave(person.staff_id, at(day, DAY_START), at(day, DAY_END))
                    for person in problem.people
                    if person.home == (team, role) and not person.reserve
                )
                if len(who) > away:
                    points = (len(who) - away) * EXTRA_POINTS
                    yield Breach(
                        len(who), away, "persons", points, day, staff_ids=tuple(sorted(who)), team=team, role=role
                    )  # fmt: skip

    def require(self, m: ModelPort) -> None:
        """At most so many cells of reserve people as enrolled people are away."""
        for day in m.days():
            open_day, close_day = (m.problem.horizon.at(day, minutes) for minutes in (DAY_START, DAY_END))
            lent: dict[tuple[str, str], dict[Cell, int]] = defaultdict(dict)
            for cell in m.cells(day):
                extra = all(span.post in self.beyond for span in cell.duty.spans)
                if cell.person.reserve and cell.duty.kind == "work" and not extra:
                    lent[cell.duty.team, cell.duty.role][cell] = 1
            gone: dict[tuple[str, str], int] = defaultdict(int)
            for person in m.people():
                leave = m.problem.on_leave(person.staff_id, open_day, close_day)
                if not person.reserve and (leave or not person.employed_on(day)):
                    gone[person.team, person.role] += 1
            for pair, cells in lent.items():
                if self.teams and pair[0] not in self.teams:
                    continue
                m.at_most(cells, gone[pair], points=EXTRA_POINTS)
