"""Coverage charts and the roster grid in PDF."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.platypus import KeepTogether, LongTable, Table, TableStyle

from roster.exports.catalogue import named
from roster.exports.report.chart import LEFT, RIGHT, Chart, chart, scale
from roster.exports.report.coverage import QueueCover
from roster.exports.report.facts import Report
from roster.exports.report.pdf_text import INK, LATIN, LINE, SOFT, TINT, Type
from roster.exports.report.table import DayHead, Mark, PersonLine, RosterTable
from roster.exports.report.telling import day_verdict, service_lines
from roster.exports.report.wording import words
from roster.words import Words

ACROSS, CHART_HEIGHT = 4, 84.0
CHART_DAYS, GRID_DAYS = 35, 31
"""Days of charts in all, and days of the roster side by side."""

_BAR, _GAP, _NEED = HexColor("#A9CBE8"), HexColor("#EF9A92"), HexColor("#16324F")
_OFFERED, _SERVED = HexColor("#8A4FC4"), HexColor("#2E8B57")
_SHADES = {"weekend": "#F4F0F0", "bridge": "#F4F0F0", "statutory": "#F9DEDC", "makeup": "#DDEBF7"}


def coverage_flow(report: Report, of: Type, width: float) -> Iterator[Any]:
    """The charts of each queue, several in a row."""
    if not report.coverage:
        yield from of.both(words("coverage.none"))
        return
    yield from of.both(words("coverage.note"))
    for cover in report.coverage:
        yield from _queue(report, cover, of, width)


def _queue(report: Report, cover: QueueCover, of: Type, width: float) -> Iterator[Any]:
    axes = scale(cover, width / ACROSS - 8, CHART_HEIGHT)
    cells: list[Any] = []
    for day in cover.days[:CHART_DAYS]:
        weekday, verdict = words("contact.weekday", day=named("weekday", str(day.day.isoweekday()))), day_verdict(day)
        caption = of.line(f"{day.day:%m-%d} {weekday.zh}　{verdict.zh}", of.small_left)
        cells.append([caption, drawing(chart(day, axes))])
    rows = [cells[k : k + ACROSS] for k in range(0, len(cells), ACROSS)]
    if rows:
        rows[-1] += [""] * (ACROSS - len(rows[-1]))
    head = [of.head(cover.name, of.queue), *(line for said in service_lines(report, cover) for line in of.both(said))]
    grids = [Table([row], colWidths=[width / ACROSS] * ACROSS) for row in rows]
    yield KeepTogether([*head, *grids[:1]])
    yield from grids[1:]
    left = len(cover.days) - CHART_DAYS
    if left > 0:
        yield from of.both(words("coverage.left_out", count=left))


def drawing(drawn: Chart) -> Drawing:
    """A chart as a drawing, whose y grows upwards."""
    shown, top = Drawing(drawn.width, drawn.height), drawn.height
    for y, count in drawn.counts:
        shown.add(Line(LEFT, top - y, drawn.width - RIGHT, top - y, strokeColor=LINE, strokeWidth=0.4))
        shown.add(String(17, top - y - 2, str(count), fontName=LATIN, fontSize=6, fillColor=SOFT, textAnchor="end"))
    for x, hour in drawn.hours:
        shown.add(String(x, 4, str(hour), fontName=LATIN, fontSize=6, fillColor=SOFT, textAnchor="middle"))
    for y, share in drawn.shares:
        shown.add(
            String(drawn.width - RIGHT + 2, top - y - 2, f"{share}%", fontName=LATIN, fontSize=5.5, fillColor=_SERVED)
        )
    for boxes, colour in ((drawn.bars, _BAR), (drawn.missing, _GAP)):
        for box in boxes:
            if box.height:
                low = top - box.y - box.height
                shown.add(Rect(box.x, low, box.width, box.height, fillColor=colour, strokeColor=None))
    for steps, colour in ((drawn.offered, _OFFERED), (drawn.served, _SERVED), (drawn.steps, _NEED)):
        for step in steps:
            points = [part for x, y in step for part in (x, top - y)]
            shown.add(PolyLine(points, strokeColor=colour, strokeWidth=0.9))
    return shown


def roster_flow(report: Report, of: Type, width: float) -> Iterator[Any]:
    """The roster, a month's worth of days side by side, and the legend."""
    table = report.table
    for first in range(0, len(table.days), GRID_DAYS):
        yield _grid(table, range(first, min(first + GRID_DAYS, len(table.days))), of, width)
    zh = "　".join(f"{mark.code.zh} {mark.name.zh}" for mark in table.legend)
    en = "; ".join(f"{mark.code.en} {mark.name.en}" for mark in table.legend)
    yield from of.both(Words(zh, en))


def _grid(table: RosterTable, days: range, of: Type, width: float) -> LongTable:
    rows: list[list[Any]] = [["", *(of.line(_day(table.days[k]), of.small) for k in days), "h"]]
    style: list[tuple[Any, ...]] = [
        ("FONT", (1, 0), (-1, -1), LATIN, 6.4, 7.6), ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("TEXTCOLOR", (1, 0), (-1, -1), INK), ("GRID", (0, 0), (-1, -1), 0.3, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 1.5), ("RIGHTPADDING", (0, 0), (-1, -1), 1.5),
        *_shades(table, days),
    ]  # fmt: skip
    for team, people in table.groups:
        style += [("SPAN", (0, len(rows)), (-1, len(rows))), ("BACKGROUND", (0, len(rows)), (-1, len(rows)), TINT)]
        rows.append([of.head(team, of.band, beside=6)])
        for person in people:
            style += _fills(person, days, len(rows))
            rows.append(_person(person, days, of))
    name, hours = 88.0, 26.0
    cell = min(40.0, (width - name - hours) / len(days))
    return LongTable(
        rows, colWidths=[name, *[cell] * len(days), hours], repeatRows=1, style=TableStyle(style), hAlign="LEFT"
    )


def _shades(table: RosterTable, days: range) -> Iterator[tuple[Any, ...]]:
    """The colours of days off and of make-up workdays."""
    for column, k in enumerate(days, 1):
        if table.days[k].kind in _SHADES:
            yield ("BACKGROUND", (column, 0), (column, -1), HexColor(_SHADES[table.days[k].kind]))


def _day(head: DayHead) -> str:
    return f"{head.day:%m-%d}\n{head.weekday.zh}"


def _person(person: PersonLine, days: range, of: Type) -> list[Any]:
    codes = (_codes(person.cells[k], of) for k in days)
    return [of.line(f"{person.name} {person.staff_id}", of.small_left), *codes, f"{person.paid_hours:.1f}"]


def _codes(marks: Sequence[Mark], of: Type) -> Any:
    return of.code("\n".join(mark.code.zh for mark in marks))


def _fills(person: PersonLine, days: range, row: int) -> Iterator[tuple[Any, ...]]:
    """The colour of the first duty of each cell."""
    for column, k in enumerate(days, 1):
        marks: Sequence[Mark] = person.cells[k]
        if marks:
            yield ("BACKGROUND", (column, row), (column, row), HexColor(marks[0].colour))
