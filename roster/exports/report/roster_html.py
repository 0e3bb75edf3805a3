"""The roster as a compact table in HTML."""

from collections.abc import Iterator

from roster.exports.report.facts import Report
from roster.exports.report.markup import Markup, both, join, say, tag
from roster.exports.report.table import DayHead, Mark, PersonLine, RosterTable
from roster.words import Words

SHADES = {"weekend": "off", "bridge": "off", "statutory": "statutory", "makeup": "makeup"}
"""Classes of days that are not ordinary workdays."""


def roster_grid(report: Report) -> Markup:
    """People by team down, days across, with the legend below."""
    rows = (row for group in report.table.groups for row in _group(report.table, *group))
    grid = tag("table", _head(report.table), tag("tbody", *rows), class_="roster")
    legend = (tag("span", _code(mark), both(mark.name)) for mark in report.table.legend)
    return join(tag("div", grid, class_="scroll"), tag("div", *legend, class_="legend"))


def _head(table: RosterTable) -> Markup:
    days = (_day(head) for head in table.days)
    person = tag("th", say("roster.person"), class_="who", scope="col")
    return tag("thead", tag("tr", person, *days, tag("th", say("roster.hours"), scope="col")))


def _day(head: DayHead) -> Markup:
    title = f"{head.name.zh} / {head.name.en}" if head.name.zh else None
    date_line = join(f"{head.day:%m-%d}", tag("br"), both(head.weekday))
    return tag("th", date_line, scope="col", class_=SHADES.get(head.kind), title=title)


def _group(table: RosterTable, team: Words, people: tuple[PersonLine, ...]) -> Iterator[Markup]:
    yield tag("tr", tag("th", both(team), colspan=len(table.days) + 2), class_="group")
    for person in people:
        cells = (_cell(head, marks) for head, marks in zip(table.days, person.cells, strict=True))
        who = tag(
            "th", person.name, tag("small", person.staff_id, " ", person.role.zh, *_reserve(person)), class_="who"
        )
        yield tag("tr", who, *cells, tag("td", f"{person.paid_hours:.1f}", class_="number"))


def _reserve(person: PersonLine) -> Iterator[Markup]:
    if person.reserve:
        yield join(" · ", say("roster.reserve"))


def _cell(head: DayHead, marks: tuple[Mark, ...]) -> Markup:
    shade = SHADES.get(head.kind, "")
    return tag("td", *map(_code, marks), class_=f"cell {shade}".strip())


def _code(mark: Mark) -> Markup:
    title = f"{mark.name.zh} / {mark.name.en}"
    return tag("span", mark.code.zh, class_="code", style=f"background:{mark.colour}", title=title)
