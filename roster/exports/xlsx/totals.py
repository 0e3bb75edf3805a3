"""Sums beside and under the roster: by person and by day."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from roster.exports.duties import AssignedDuty
from roster.people import Person
from roster.roster import Roster
from roster.rules.present import Present

PRESENT_MINUTES: int = Present.model_fields["minutes"].default
"""Minutes of service for one team and role that make a person present on a day."""


class PersonTotals(NamedTuple):
    """A person's sums: paid hours; days at work and of them at a client's site; duties standing by; days of leave."""

    hours: float
    worked: int
    onsite: int
    oncall: int
    backup: int
    leave: int


def person_totals(duties: Iterable[AssignedDuty], client_sites: Collection[str]) -> PersonTotals:
    """The sums over a person's duties."""
    rows = [row for duty in duties for row in duty.rows]
    working = [row for row in rows if row.works]
    return PersonTotals(
        hours=sum(row.minutes for row in working if row.paid) / 60,
        worked=len({row.date for row in working}),
        onsite=len({row.date for row in working if row.site in client_sites}),
        oncall=len({(row.date, row.shift) for row in rows if row.kind == "oncall"}),
        backup=len({(row.date, row.shift) for row in rows if row.kind == "backup"}),
        leave=len({row.date for row in rows if row.kind == "leave"}),
    )


def present(roster: Roster, day: date) -> Counter[str]:
    """Qualified people present on the day by the team they serve; each once, where the day's service is longest."""
    people = roster.problem.person_by_id
    served: Counter[tuple[str, str, str]] = Counter()
    for row in roster.on(day):
        if row.serves:
            served[row.staff_id, row.team, row.role] += row.minutes
    team_of: dict[str, str] = {}
    for (staff_id, team, role), minutes in served.most_common():
        if minutes >= PRESENT_MINUTES and _fit(people[staff_id], team, role, day):
            team_of.setdefault(staff_id, team)
    return Counter(team_of.values())


def _fit(person: Person, team: str, role: str, day: date) -> bool:
    """Whether the person may serve there that day: employed, certified and qualified."""
    certified = person.certified_on is None or person.certified_on <= day
    return certified and person.employed_on(day) and person.serves(team, role)


def standing(roster: Roster, day: date, kind: str) -> int:
    """People with a row of the kind on the day."""
    return len({row.staff_id for row in roster.on(day) if row.kind == kind})
