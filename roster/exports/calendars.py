"""Calendars of duties, one .ics file a person, that phones and mail programs can follow.

Source: RFC 5545 (iCalendar), RFC 7986 (properties of calendars).
"""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vDuration

from roster.errors import Fault, InputError
from roster.exports.catalogue import words
from roster.exports.collector import collector_paused
from roster.exports.duties import AssignedDuty, duties_of
from roster.exports.ics.changes import follow
from roster.exports.ics.events import Events
from roster.exports.ics.lines import Lines
from roster.exports.ics.published import Published, read_published
from roster.exports.names import Names
from roster.people import Person
from roster.problem import Problem
from roster.roster import Roster

PRODUCT = "-//Lunban//Lunban roster//ZH"
REFRESH = timedelta(hours=1)
"""How often a subscriber is asked to look for changes."""

_ZONE_FROM, _ZONE_TO = date(2000, 1, 1), date(2038, 1, 1)  # after China's summer times of 1986-91


@collector_paused()
def calendars(
    roster: Roster, *, published: datetime, earlier: Mapping[str, bytes] = MappingProxyType({})
) -> dict[str, bytes]:
    """The calendar of everybody employed in the horizon or with a duty in it, by staff id.

    `earlier` are the files published before, by staff id. Their events keep SEQUENCE, DTSTAMP and LAST-MODIFIED
    unless the duty changed; a duty that is gone is kept as cancelled; days outside the horizon stay as they were.
    So an unchanged roster gives unchanged bytes, whenever it is published. Nobody else is named in a file.

    Raises ValueError for a naive `published`, InputError for every earlier file that cannot be read.
    """
    if published.utcoffset() is None:
        raise ValueError(f"published is an aware date-time, not {published}")
    stamp = published.astimezone(UTC).replace(microsecond=0)
    past = _read(earlier)
    problem, duties = roster.problem, _by_person(roster)
    lines = Lines()
    events = Events(Names(problem.contract), stamp, lines)
    employed = {person.staff_id for person in problem.people if _employed(person, problem)}
    files: dict[str, bytes] = {}
    for staff_id in sorted({*employed, *duties, *past}):
        now = events.of(duties.get(staff_id, ()))
        before = past.get(staff_id, {})
        kept = follow(now, before, problem=problem, stamp=stamp, lines=lines)
        with _named(staff_id):
            files[staff_id] = _file(problem, staff_id, kept)
    return files


def _read(earlier: Mapping[str, bytes]) -> dict[str, dict[str, Published]]:
    found: dict[str, dict[str, Published]] = {}
    faults: list[Fault] = []
    for staff_id, content in earlier.items():
        try:
            with _named(staff_id):
                found[staff_id] = read_published(content)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return found


@contextmanager
def _named(staff_id: str) -> Generator[None]:
    """Says of which file it is that something in it cannot be read."""
    try:
        yield
    except ValueError as error:
        told = str(error).partition("\n")[0][:80]
        raise InputError([Fault(f"{staff_id}.ics", told, "the calendar published before, or none")]) from error


def _by_person(roster: Roster) -> dict[str, list[AssignedDuty]]:
    found: dict[str, list[AssignedDuty]] = {}
    for duty in duties_of(roster.rows, roster.problem.horizon.zone):
        found.setdefault(duty.staff_id, []).append(duty)
    return found


def _employed(person: Person, problem: Problem) -> bool:
    return any(person.employed_on(day) for day in problem.horizon.dates)


def _file(problem: Problem, staff_id: str, entries: Iterable[Published]) -> bytes:
    ordered = sorted(entries, key=lambda event: (event.starts, event.uid))
    modified = max((event.modified for event in ordered if event.modified), default=None)
    shell = _shell(problem, staff_id, modified).to_ical()
    head, end, _ = shell.rpartition(b"END:VCALENDAR\r\n")
    return b"".join((head, *(event.octets for event in ordered), end))


def _shell(problem: Problem, staff_id: str, modified: datetime | None) -> Calendar:
    """The calendar without its events."""
    title = problem.contract.title.words()
    calendar = Calendar.new(
        name=words("calendar.name", title=title.zh).zh,
        description=words("calendar.name", title=title.en).en,
        prodid=PRODUCT,
        uid=sha256(f"{problem.contract.id}/{staff_id}".encode()).hexdigest()[:32] + "@lunban",
        method="PUBLISH",
        last_modified=modified and modified.replace(tzinfo=UTC),
    )
    refresh = vDuration(REFRESH)
    refresh.params["VALUE"] = "DURATION"  # RFC 7986 section 5.7 asks for it
    calendar["REFRESH-INTERVAL"] = refresh
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH)
    calendar.add("X-WR-TIMEZONE", problem.horizon.timezone)
    calendar.add_component(_timezone(problem.horizon.zone))
    return calendar


@cache
def _timezone(zone: ZoneInfo) -> Timezone:
    return Timezone.from_tzinfo(zone, first_date=_ZONE_FROM, last_date=_ZONE_TO)
