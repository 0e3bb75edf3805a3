"""How sheets come out of a printer."""

from xlsxwriter.worksheet import Worksheet

from roster.exports.xlsx.view import View

A3, A4 = 8, 9
"""Paper sizes by their number in the file format."""


def set_up_page(sheet: Worksheet, view: View, *, paper: int, heading_rows: tuple[int, int], columns: int) -> None:
    """Landscape, as wide as one page; the heading rows and the first `columns` columns come again on each page."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(*heading_rows)
    if columns:
        sheet.repeat_columns(0, columns - 1)
    title = view.say(view.roster.problem.contract.title.words()).replace("&", "&&")[:80]
    sheet.set_footer(f"&L{title}&C{view.word('roster.page')}&R&A")
    sheet.hide_gridlines(2)
