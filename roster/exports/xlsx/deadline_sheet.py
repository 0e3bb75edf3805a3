"""The sheet of deadlines: what recurring work is due when, and who does it."""

from xlsxwriter import Workbook

from roster.exports.catalogue import named
from roster.exports.deadlines import LIKE, DeadlineLine, deadline_lines
from roster.exports.xlsx.page import A3, set_up_page
from roster.exports.xlsx.palette import STATUS
from roster.exports.xlsx.styles import Styles, row_height
from roster.exports.xlsx.view import View

_COLUMNS = (
    ("due", 12), ("state", 10), ("clause", 9), ("what", 34), ("about", 25), ("who", 34), ("minutes", 9),
    ("planned", 9), ("done_by", 46), ("missing", 24),
)  # fmt: skip
_HEADING = 1


def write_deadlines(book: Workbook, styles: Styles, view: View) -> None:
    """Writes the sheet by due day; none where the contract knows no recurring work."""
    lines = deadline_lines(view.roster)
    if not lines:
        return
    sheet = book.add_worksheet(view.word("sheet.deadlines"))
    horizon, title = view.roster.problem.horizon, view.say(view.roster.problem.contract.title.words())
    shown = view.word("deadlines.title", contract=title, first=horizon.dates[0], last=horizon.dates[-1])
    sheet.write_string(0, 0, shown, styles.of(bold=True, font_size=14))
    sheet.set_row(0, 24)
    for at, (key, wide) in enumerate(_COLUMNS):
        sheet.set_column(at, at, wide)
        sheet.write_string(_HEADING, at, view.word(f"deadlines.{key}"), styles.head())
    for row, line in enumerate(lines, _HEADING + 1):
        cells = _cells(view, line)
        sheet.set_row(row, row_height((str(cells[key]), wide) for key, wide in _COLUMNS))
        for at, (key, _) in enumerate(_COLUMNS):
            colour = STATUS[LIKE[line.state]] if key == "state" else ""
            sheet.write(row, at, cells[key], styles.cell(colour, align="left", valign="top", text_wrap=True))
    sheet.freeze_panes(_HEADING + 1, 0)
    sheet.autofilter(_HEADING, 0, _HEADING + len(lines), len(_COLUMNS) - 1)
    set_up_page(sheet, view, paper=A3, heading_rows=(_HEADING, _HEADING), columns=0)


def _cells(view: View, line: DeadlineLine) -> dict[str, str | int]:
    return {
        "due": line.due.isoformat(),
        "state": view.say(named("deadline", line.state)),
        "clause": " ".join(line.clauses),
        "what": view.say(line.what),
        "about": line.about,
        "who": view.say(line.who),
        "minutes": line.minutes,
        "planned": line.planned,
        "done_by": "\n".join(line.done_by),
        "missing": "、".join(line.missing),
    }
