"""The sheet that can be read back: the columns and texts of roster.csv."""

import csv
import io

from xlsxwriter import Workbook

from roster.exports.roster_csv import COLUMNS, roster_csv
from roster.exports.xlsx.page import A4, set_up_page
from roster.exports.xlsx.styles import Styles
from roster.exports.xlsx.text_sheet import TextSheet
from roster.exports.xlsx.view import View

NAME = "rows"
_WIDTHS = {"start": 26, "end": 26, "team": 16, "role": 16, "post": 18, "activity": 16, "date": 12}
_CHOICES = {
    "kind": ["work", "training", "backup", "oncall", "leave"],
    "paid": ["yes", "no"],
    "locked": ["yes", "no"],
}
_LAST_ROW = 1_048_575


def write_rows(book: Workbook, styles: Styles, view: View) -> None:
    """Every cell is text, also in rows that are added by hand, so that no program turns it into something else."""
    sheet = book.add_worksheet(NAME, TextSheet)
    assert isinstance(sheet, TextSheet)
    text = styles.of(num_format="@")
    sheet.set_column(0, len(COLUMNS) - 1, 10, text)
    for at, column in enumerate(COLUMNS):
        if column in _WIDTHS:
            sheet.set_column(at, at, _WIDTHS[column], text)
        if column in _CHOICES:
            sheet.data_validation(1, at, _LAST_ROW, at, {"validate": "list", "source": _CHOICES[column]})
    lines = list(csv.reader(io.StringIO(roster_csv(view.roster.rows))))
    for at, heading in enumerate(lines[0]):
        sheet.write_string(0, at, heading, styles.head())
    sheet.write_lines(1, lines[1:], text)
    set_up_page(sheet, view, paper=A4, heading_rows=(0, 0), columns=0)
    sheet.print_area(0, 0, 0, len(COLUMNS) - 1)  # to be read back, not to be printed
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(lines) - 1), len(COLUMNS) - 1)
