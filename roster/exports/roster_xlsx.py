"""roster.xlsx: the roster as managers print, read and edit it."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from xlsxwriter import Workbook

from roster.compliance import Judgement
from roster.exports.catalogue import Language
from roster.exports.collector import collector_paused
from roster.exports.xlsx.compliance_sheet import write_compliance
from roster.exports.xlsx.day_sheet import rows_by_day, write_day
from roster.exports.xlsx.deadline_sheet import write_deadlines
from roster.exports.xlsx.roster_sheet import write_roster
from roster.exports.xlsx.rows_sheet import write_rows
from roster.exports.xlsx.styles import Styles
from roster.exports.xlsx.view import View
from roster.roster import Roster

MONTH_DAYS = 35
"""A horizon longer than this is printed on a sheet a calendar month."""


@collector_paused()
def roster_xlsx(roster: Roster, judgements: Sequence[Judgement], *, language: Language = "zh") -> bytes:
    """The workbook: the printable roster, a sheet a day, deadlines where there are any, compliance, and `rows` with
    the texts of roster.csv.

    Sheets are written from the rows; `rows` alone is read back, and read back it gives the same rows. Equal input
    gives equal bytes.
    """
    view = View(roster, tuple(judgements), language)
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    begin = roster.problem.horizon.begin
    book.set_properties(
        {
            "title": view.say(roster.problem.contract.title.words()),
            "created": datetime(begin.year, begin.month, begin.day),
        }
    )
    styles = Styles(book)
    for title, days in _months(view):
        write_roster(book, styles, view, days, title)
    rows = rows_by_day(view)
    for day in roster.problem.horizon.dates:
        write_day(book, styles, view, day, rows.get(day, {}))
    write_deadlines(book, styles, view)
    write_compliance(book, styles, view)
    write_rows(book, styles, view)
    book.close()
    return content.getvalue()


def _months(view: View) -> Iterator[tuple[str, Sequence[date]]]:
    """The printable sheets: one, or one a calendar month of a long horizon."""
    horizon, title = view.roster.problem.horizon, view.word("sheet.roster")
    if horizon.days <= MONTH_DAYS:
        yield title, horizon.dates
        return
    for first in horizon.months:
        days = [day for day in horizon.dates if day.replace(day=1) == first]
        yield f"{title} {first:%Y-%m}", days
