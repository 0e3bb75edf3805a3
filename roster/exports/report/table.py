"""The roster as a compact table: people by team, days across, shift codes in the cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from roster.exports.catalogue import named
from roster.exports.duties import AssignedDuty, duties_of
from roster.exports.names import Names
from roster.exports.report.wording import called, words
from roster.exports.xlsx.palette import STANDING_BY, shift_colours
from roster.exports.xlsx.view import View
from roster.people import Person
from roster.roster import Roster
from roster.words import Words

ONSITE, HELPS = "*", "→"
"""Marks behind a code: at the client's site; for another team or role than one's own."""


@dataclass(frozen=True)
class DayHead:
    """A day across the top. `kind` is the calendar's day type; `name` is empty on ordinary days."""

    day: date
    weekday: Words
    kind: str
    name: Words


@dataclass(frozen=True)
class Mark:
    """A duty in a cell: its code with its marks, its colour, what it is called."""

    code: Words
    colour: str
    name: Words


@dataclass(frozen=True)
class PersonLine:
    """A person and the duties of each day, in the order of the table's days."""

    staff_id: str
    name: str
    role: Words
    reserve: bool
    cells: tuple[tuple[Mark, ...], ...]
    paid_hours: float


@dataclass(frozen=True)
class RosterTable:
    """Days across, people by team down, and what the codes mean."""

    days: tuple[DayHead, ...]
    groups: tuple[tuple[Words, tuple[PersonLine, ...]], ...]
    legend: tuple[Mark, ...]


def roster_table(roster: Roster) -> RosterTable:
    """The table of a roster: everybody employed in the horizon or with a row in it."""
    view = View(roster, (), "zh")
    colours = _colours(roster)
    groups = tuple(
        (view.names.team(team), tuple(_line(view, person, colours) for person in people))
        for team, people in view.groups.items()
    )
    return RosterTable(tuple(_heads(roster)), groups, tuple(_legend(view, colours)))


def _colours(roster: Roster) -> Mapping[tuple[str, str], str]:
    """Colours by kind and shift of the duties in use."""
    order = ("work", "training", *STANDING_BY)
    duties = {(duty.kind, duty.shift) for duty in duties_of(roster.rows, roster.problem.horizon.zone)}
    used = sorted(duties, key=lambda pair: (order.index(pair[0]), pair[1]))
    by_shift = shift_colours(roster.problem.contract, [shift for _, shift in used])
    return {(kind, shift): STANDING_BY.get(kind) or by_shift.get(shift, "#FFFFFF") for kind, shift in used}


def _heads(roster: Roster) -> Iterator[DayHead]:
    calendar = roster.problem.calendar
    for day in roster.problem.horizon.dates:
        kind = calendar.day_type(day).value
        special = kind not in ("workday", "weekend")
        name = Words(calendar.name(day, "zh"), calendar.name(day, "en")) if special else Words("", "")
        yield DayHead(day, named("weekday", str(day.isoweekday())), kind, name)


def _line(view: View, person: Person, colours: Mapping[tuple[str, str], str]) -> PersonLine:
    days = view.roster.problem.horizon.dates
    by_day = [view.duties.get((person.staff_id, day), ()) for day in days]
    minutes = sum(row.minutes for duties in by_day for duty in duties for row in duty.rows if row.paid and row.works)
    return PersonLine(
        person.staff_id, person.name, view.names.role(person.team, person.role), person.reserve,
        tuple(tuple(_mark(view.names, person, duty, colours) for duty in duties) for duties in by_day),
        minutes / 60,
    )  # fmt: skip


def _mark(names: Names, person: Person, duty: AssignedDuty, colours: Mapping[tuple[str, str], str]) -> Mark:
    colour = colours[duty.kind, duty.shift]
    first = duty.rows[0]
    if duty.kind == "leave":
        return Mark(named("letter", first.activity), colour, named("activity", first.activity))
    onsite = first.works and any(row.site in names.client_sites for row in duty.rows)
    helps = any((row.team, row.role) != person.home for row in duty.rows)
    code = duty.shift + ONSITE * onsite + HELPS * helps
    return Mark(Words(code, code), colour, names.shift(duty.shift))


def _legend(view: View, colours: Mapping[tuple[str, str], str]) -> Iterator[Mark]:
    for (kind, shift), colour in colours.items():
        if kind != "leave":
            yield Mark(Words(shift, shift), colour, view.names.shift(shift))
    for activity in sorted({row.activity for row in view.roster.rows if row.kind == "leave"}):
        yield Mark(named("letter", activity), STANDING_BY["leave"], named("activity", activity))
    yield Mark(Words(ONSITE, ONSITE), "#FFFFFF", words("roster.onsite"))
    yield Mark(Words(HELPS, HELPS), "#FFFFFF", called("roster", "helps"))
