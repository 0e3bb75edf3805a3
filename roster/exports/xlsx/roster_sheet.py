"""The printable sheet: people down, days across, sums beside and below, legend."""

from collections.abc import Sequence
from datetime import date

from xlsxwriter import Workbook

from roster.exports.xlsx.grid import FIRST_DAY, Grid
from roster.exports.xlsx.legend import write_legend
from roster.exports.xlsx.page import A3, set_up_page
from roster.exports.xlsx.roster_headings import FIRST_HEADING, write_headings
from roster.exports.xlsx.roster_people import write_people
from roster.exports.xlsx.styles import Styles
from roster.exports.xlsx.view import View

ONE_PAGE_ROWS = 80
"""Up to so many rows a sheet is still readable when it is shrunk to one page."""


def write_roster(book: Workbook, styles: Styles, view: View, days: Sequence[date], title: str) -> None:
    """Writes the sheet `title` for some days of the horizon."""
    grid = Grid(book.add_worksheet(title), styles, view, days)
    for at, wide in enumerate(grid.widths):
        grid.sheet.set_column(at, at, wide)
    first = write_headings(grid)
    below = write_people(grid, first)
    end = write_legend(grid, below + 1)
    grid.sheet.freeze_panes(first, FIRST_DAY)
    set_up_page(grid.sheet, view, paper=A3, heading_rows=(FIRST_HEADING, first - 1), columns=FIRST_DAY)
    if end <= ONE_PAGE_ROWS:
        grid.sheet.fit_to_pages(1, 1)
