"""An empty roster of letters to fill in: the people and days of a span, and what each letter means."""

import io
from collections.abc import Sequence
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from roster.calendar import Calendar, Horizon
from roster.exports.catalogue import Language, leave_letters, named, said, text
from roster.exports.names import Names
from roster.loading.scenario import Scenario
from roster.shifts import Segment, clock


def letter_template(scenario: Scenario, horizon: Horizon, language: Language) -> bytes:
    """A workbook that `roster check` reads once it is filled in: a grid to fill, and the letters with their shifts.

    The letters may be changed to those in use elsewhere. Equal input gives equal bytes.
    """
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": horizon.begin.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#E4E8EE", "border": 1, "align": "center"})
    off = book.add_format({"bold": True, "bg_color": "#F4F0F0", "border": 1, "align": "center"})
    cell = book.add_format({"border": 1, "num_format": "@", "align": "center"})
    grid = book.add_worksheet(text("sheet.roster", language))
    calendar = Calendar(scenario.day_overrides)
    _heading(grid, horizon.dates, calendar, (head, off), language)
    staff = [person for person in scenario.people if any(map(person.employed_on, horizon.dates))]
    for row, person in enumerate(staff, 2):
        for at, shown in enumerate((person.staff_id, person.name, *[""] * horizon.days)):
            grid.write_string(row, at, shown, cell)
    names = Names(scenario.contract)
    leave = {said(named("letter", kind), language): kind for kind in dict.fromkeys(leave_letters().values())}
    lines = [
        tuple(text(f"letters.{key}", language) for key in ("letter", "shift", "name", "times")),
        *((shift.id, shift.id, said(names.shift(shift.id), language), _times(shift.segments)) for shift in
          scenario.contract.shifts),
        *((letter, kind, said(named("activity", kind), language), "") for letter, kind in leave.items()),
        (text("letters.off", language), "-", text("letters.day_off", language), ""),
    ]  # fmt: skip
    _legend(book.add_worksheet(text("sheet.letters", language)), lines, (head, cell))
    book.close()
    return content.getvalue()


def _heading(
    sheet: Worksheet, days: Sequence[date], calendar: Calendar, styles: tuple[Format, Format], language: Language
) -> None:
    plain, off = styles
    sheet.set_column(0, 1, 11)
    sheet.set_column(2, 1 + len(days), 11 if len(days) <= 7 else 6)
    for at, key in enumerate(("staff_id", "name")):
        sheet.merge_range(0, at, 1, at, text(f"roster.{key}", language), plain)
    for at, day in enumerate(days, 2):
        style = plain if calendar.is_workday(day) else off
        sheet.write_string(0, at, day.isoformat(), style)
        sheet.write_string(1, at, text(f"weekday.{day.isoweekday()}", language), style)
    sheet.freeze_panes(2, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _legend(sheet: Worksheet, lines: Sequence[Sequence[str]], styles: tuple[Format, Format]) -> None:
    sheet.set_column(0, 1, 11)
    sheet.set_column(2, 3, 36)
    for row, line in enumerate(lines):
        for at, shown in enumerate(line):
            sheet.write_string(row, at, shown, styles[row > 0])


def _times(segments: Sequence[Segment]) -> str:
    return f"{clock(segments[0].start)}-{clock(segments[-1].end)}"
