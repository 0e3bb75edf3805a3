"""The people of the printable sheet, a row each, and the sums by day."""

from collections.abc import Sequence
from datetime import date

from roster.exports.catalogue import named
from roster.exports.duties import AssignedDuty
from roster.exports.xlsx.grid import FIRST_DAY, SUMS, Grid
from roster.exports.xlsx.palette import INK
from roster.exports.xlsx.totals import person_totals, present, standing
from roster.exports.xlsx.view import View
from roster.people import Person

ONSITE, HELPS = "*", "→"
"""Marks behind a code: at the client's site; for another team or role than one's own."""


def write_people(grid: Grid, row: int) -> int:
    """A band with the number present and a row a person for each team; returns the first row below."""
    view = grid.view
    counts = [present(view.roster, day) for day in grid.days]
    for team, people in view.groups.items():
        label = view.word("roster.present", team=view.say(view.names.team(team)))
        grid.band(row, label, [count[team] for count in counts])
        for at, person in enumerate(people, row + 1):
            _person(grid, at, person)
        row += 1 + len(people)
    grid.band(row, view.word("roster.day_present"), [count.total() for count in counts])
    for at, kind in enumerate(("oncall", "backup", "leave"), row + 1):
        grid.band(at, view.word(f"roster.day_{kind}"), [standing(view.roster, day, kind) for day in grid.days])
    return row + 4


def _person(grid: Grid, row: int, person: Person) -> None:
    view = grid.view
    left = grid.styles.cell(align="left", shrink=True)
    role = view.say(view.names.role(person.team, person.role))
    for at, text in enumerate((person.staff_id, view.shown_name(person), role)):
        grid.sheet.write_string(row, at, text, left)
    by_day = [view.duties.get((person.staff_id, day), ()) for day in grid.days]
    for at, (day, duties) in enumerate(zip(grid.days, by_day, strict=True), FIRST_DAY):
        _cell(grid, row, at, day, person, duties)
    _sums(grid, row, [duty for duties in by_day for duty in duties])
    grid.sheet.set_row(row, 4 + 13 * max(1, *map(len, by_day), 0))


def _cell(grid: Grid, row: int, at: int, day: date, person: Person, duties: Sequence[AssignedDuty]) -> None:
    """A blank cell, a code, or several codes one below the other in the colours of their kinds."""
    sheet, styles = grid.sheet, grid.styles
    if not duties:
        sheet.write_blank(row, at, None, styles.cell(grid.shade(day)))
        return
    fill = grid.colour(duties[0].kind, duties[0].shift)
    codes = [_code(grid.view, person, duty) for duty in duties]
    if len(duties) == 1:
        sheet.write_string(row, at, codes[0], styles.cell(fill, shrink=True))
        return
    inks = [styles.of(font_color=INK.get(duty.kind, "#000000"), bold=duty.kind in INK) for duty in duties]
    lines = [f"{code}\n" for code in codes[:-1]] + codes[-1:]
    pieces = [piece for pair in zip(inks, lines, strict=True) for piece in pair]
    sheet.write_rich_string(row, at, *pieces, styles.cell(fill, text_wrap=True))


def cell_text(view: View, person: Person, day: date) -> str:
    """What the cell of a person and day shows: nothing, a code, or several one below the other."""
    return "\n".join(_code(view, person, duty) for duty in view.duties.get((person.staff_id, day), ()))


def _code(view: View, person: Person, duty: AssignedDuty) -> str:
    """The shift's code with its marks; for leave its letter."""
    if duty.kind == "leave":
        return view.say(named("letter", duty.rows[0].activity))
    onsite = duty.rows[0].works and any(row.site in view.names.client_sites for row in duty.rows)
    helps = any((row.team, row.role) != person.home for row in duty.rows)
    return duty.shift + ONSITE * onsite + HELPS * helps


def _sums(grid: Grid, row: int, duties: Sequence[AssignedDuty]) -> None:
    totals = person_totals(duties, grid.view.names.client_sites)
    for at, (key, number) in enumerate(zip(SUMS, totals, strict=True), grid.first_sum):
        style = grid.styles.cell(num_format="0.0;-0.0;" if key == "hours" else "0;-0;")
        grid.sheet.write_number(row, at, number, style)
