"""Who is at work or on call at night, who backs up days off, and how to reach them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from roster.exports.catalogue import named
from roster.exports.duties import AssignedDuty, duties_of
from roster.exports.names import Names
from roster.people import Person
from roster.problem import Problem
from roster.roster import Roster
from roster.words import Words

NIGHT_OPENS, NIGHT_CLOSES = 18 * 60, 30 * 60
"""A night is [18:00, 6:00 of the next day), in minutes after midnight."""

ONE_DAY = timedelta(days=1)
_ORDER = ("work", "training", "oncall")


@dataclass(frozen=True)
class Contact:
    """One person to reach: the stretch [start, end) in local time, and how long the way takes (hours)."""

    name: str
    staff_id: str
    duty: Words
    team: Words
    role: Words
    start: datetime
    end: datetime
    phone: str
    arrival_hours: float | None


@dataclass(frozen=True)
class Watch:
    """The people of one night or of one day; a night bears the date it begins on."""

    day: date
    people: tuple[Contact, ...]


def nights(roster: Roster) -> tuple[Watch, ...]:
    """Every night that begins in the horizon, empty ones too, and the night before it where somebody is rostered."""
    problem = roster.problem
    first, at = problem.horizon.start - ONE_DAY, problem.horizon.at
    recent = [row for row in roster.with_history if row.end > at(first, NIGHT_OPENS) and row.kind in _ORDER]
    teams = [team.id for team in problem.contract.teams]
    duties = sorted(duties_of(recent, problem.horizon.zone), key=lambda duty: _rank(duty, teams))
    found = [
        Watch(day, tuple(_touching(problem, duties, at(day, NIGHT_OPENS), at(day, NIGHT_CLOSES))))
        for day in (first, *problem.horizon.dates)
    ]
    return tuple(found if found[0].people else found[1:])


def backups(roster: Roster) -> tuple[Watch, ...]:
    """The days of the horizon on which somebody is named as backup."""
    problem = roster.problem
    named_people = list(duties_of((row for row in roster.rows if row.kind == "backup"), problem.horizon.zone))
    watches = (
        Watch(day, tuple(_contact(problem, d, d.start, d.end) for d in named_people if d.date == day))
        for day in problem.horizon.dates
    )
    return tuple(watch for watch in watches if watch.people)


def _rank(duty: AssignedDuty, teams: Sequence[str]) -> tuple[int, int]:
    """Work before standing by, teams in the order of the contract, others last."""
    team = duty.rows[0].team
    return (_ORDER.index(duty.kind), teams.index(team) if team in teams else len(teams))


def _touching(problem: Problem, duties: Iterable[AssignedDuty], opens: datetime, closes: datetime) -> Iterator[Contact]:
    for duty in duties:
        for start, end in duty.blocks:
            if start < closes and opens < end:
                yield _contact(problem, duty, start, end)


def _contact(problem: Problem, duty: AssignedDuty, start: datetime, end: datetime) -> Contact:
    names, row = Names(problem.contract), duty.rows[0]
    person: Person | None = problem.person_by_id.get(duty.staff_id)
    return Contact(
        name=person.name if person else duty.staff_id,
        staff_id=duty.staff_id,
        duty=named("kind", duty.kind),
        team=names.team(row.team),
        role=names.role(row.team, row.role),
        start=start,
        end=end,
        phone=person.phone if person else "",
        arrival_hours=person.arrival_hours if person else None,
    )
