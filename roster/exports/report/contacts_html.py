"""Who is there tonight and who backs up, as tables with telephone numbers."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from roster.exports.catalogue import clock, named
from roster.exports.report.contacts import NIGHT_CLOSES, NIGHT_OPENS, Contact, Watch
from roster.exports.report.facts import Report
from roster.exports.report.markup import Markup, both, join, say, table, tag
from roster.exports.report.wording import same, words
from roster.shifts import DAY_MINUTES
from roster.shifts import clock as minutes_clock
from roster.words import Words

_COLUMNS = ("contact.name", "contact.duty", "contact.team", "contact.hours", "contact.phone")


def night_note() -> Words:
    """What counts as a night."""
    closes = minutes_clock(NIGHT_CLOSES - DAY_MINUTES)
    return words("contact.note", opens=minutes_clock(NIGHT_OPENS), closes=closes)


def hours(contact: Contact, day: date) -> Words:
    """The stretch as clock times, with what does not fall on the day marked."""
    start, end = _clock(contact.start, day), _clock(contact.end, day)
    return Words(f"{start.zh} – {end.zh}", f"{start.en} – {end.en}")


def arrival(contact: Contact) -> Words:
    """How soon the person is there, empty where nothing is on file."""
    return same("—") if contact.arrival_hours is None else words("contact.within", hours=contact.arrival_hours)


def phone(contact: Contact) -> Words:
    """The telephone number, or that there is none."""
    return same(contact.phone) if contact.phone else words("contact.no_phone")


def day_name(day: date) -> Words:
    """A date with its weekday."""
    weekday = words("contact.weekday", day=named("weekday", str(day.isoweekday())))
    return Words(f"{day} {weekday.zh}", f"{day} {weekday.en}")


def night_table(report: Report) -> Markup:
    """Each night of the horizon: the people, their hours and how to reach them."""
    rows = (row for watch in report.nights for row in _rows(watch, contact_cells))
    return join(tag("p", both(night_note()), class_="note"), table(("contact.night", *_COLUMNS), *rows))


def backup_table(report: Report) -> Markup:
    """Each day with named backups."""
    if not report.backups:
        return tag("p", say("contact.no_backup"), class_="note")
    rows = (row for watch in report.backups for row in _rows(watch, backup_cells))
    return table(("contact.day", *_COLUMNS, "contact.arrival"), *rows)


def _clock(moment: datetime, day: date) -> Words:
    if moment.date() < day:
        return same(f"{moment:%m-%d %H:%M}")
    return Words(clock(moment, day, "zh"), clock(moment, day, "en"))


def contact_cells(contact: Contact, day: date) -> tuple[Words, ...]:
    """Name, duty, team and role, hours, telephone: the columns of both tables."""
    place = Words(f"{contact.team.zh} / {contact.role.zh}", f"{contact.team.en} / {contact.role.en}")
    name = same(f"{contact.name} {contact.staff_id}")
    return (name, contact.duty, place, hours(contact, day), phone(contact))


def backup_cells(contact: Contact, day: date) -> tuple[Words, ...]:
    """The same, and how soon the person is there."""
    return (*contact_cells(contact, day), arrival(contact))


def _rows(watch: Watch, cells: Callable[[Contact, date], tuple[Words, ...]]) -> Iterator[Markup]:
    """A row a person, the date in front of the first."""
    date_cell = tag("td", both(day_name(watch.day)), rowspan=max(1, len(watch.people)), class_="nowrap")
    if not watch.people:
        nobody = tag("td", say("contact.nobody"), colspan=len(_COLUMNS), class_="breach-text")
        yield tag("tr", date_cell, nobody)
    for at, contact in enumerate(watch.people):
        line = (tag("td", both(cell)) for cell in cells(contact, watch.day))
        yield tag("tr", *([date_cell] if at == 0 else []), *line)
