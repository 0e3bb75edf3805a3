"""Who is there tonight and who backs up, as tables with telephone numbers."""

from collections.abc import Callable, Iterator
from datetime import date

from roster.exports.report.contacts import Contact, Watch
from roster.exports.report.facts import Report
from roster.exports.report.markup import Markup, both, join, say, table, tag
from roster.exports.report.telling import backup_cells, contact_cells, day_name, night_note
from roster.words import Words

_COLUMNS = ("contact.name", "contact.duty", "contact.team", "contact.hours", "contact.phone")


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


def _rows(watch: Watch, cells: Callable[[Contact, date], tuple[Words, ...]]) -> Iterator[Markup]:
    """A row a person, the date in front of the first."""
    date_cell = tag("td", both(day_name(watch.day)), rowspan=max(1, len(watch.people)), class_="nowrap")
    if not watch.people:
        nobody = tag("td", say("contact.nobody"), colspan=len(_COLUMNS), class_="breach-text")
        yield tag("tr", date_cell, nobody)
    for at, contact in enumerate(watch.people):
        line = (tag("td", both(cell)) for cell in cells(contact, watch.day))
        yield tag("tr", *([date_cell] if at == 0 else []), *line)
