"""report.pdf: the report for printing, shorter than report.html: no quotes, no tooltips."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Spacer

from roster.exports.catalogue import named
from roster.exports.report.contacts import Watch
from roster.exports.report.contacts_html import backup_cells, contact_cells, day_name, night_note
from roster.exports.report.facts import Report
from roster.exports.report.html import planned_facts
from roster.exports.report.pdf_charts import coverage_flow, roster_flow
from roster.exports.report.pdf_font import register_font
from roster.exports.report.pdf_text import LINE, SOFT, Cell, Type
from roster.exports.report.verdicts import Finding, RuleLine
from roster.exports.report.wording import called, figure, same, words
from roster.words import Words

MARGIN = 34.0
SHORTAGES_TOLD, FINDINGS_TOLD = 60, 3
_CONTACT = ("contact.name", "contact.duty", "contact.team", "contact.hours", "contact.phone")


def report_pdf(report: Report, *, font: Path | None = None) -> bytes:
    """The report as a PDF on A4 landscape pages, the same bytes for the same facts and font.

    `font` is a TrueType file with Chinese glyphs, embedded as far as used; without it the viewer supplies one.
    """
    of = Type(register_font(font))
    out = io.BytesIO()
    width, height = landscape(A4)
    title = f"{words('report.title').zh} {report.title.zh}"
    document = SimpleDocTemplate(
        out, pagesize=(width, height), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN + 6,
        title=title, author="Lunban", subject=f"{report.days[0]} - {report.days[-1]}", lang="zh-CN", invariant=1,
    )  # fmt: skip

    def footer(canvas: Canvas, page: SimpleDocTemplate) -> None:
        _footer(canvas, page.page, title, of)

    document.build(list(_flow(report, of, width - 2 * MARGIN - 12)), onFirstPage=footer, onLaterPages=footer)
    return out.getvalue()


def _footer(canvas: Canvas, page: int, title: str, of: Type) -> None:
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    right = landscape(A4)[0] - MARGIN
    canvas.line(MARGIN, MARGIN, right, MARGIN)
    canvas.setFillColor(SOFT)
    canvas.setFont(of.chinese, 7.5)
    canvas.drawString(MARGIN, MARGIN - 11, title)
    canvas.drawRightString(right, MARGIN - 11, words("report.page", page=page).zh)
    canvas.restoreState()


def _flow(report: Report, of: Type, width: float) -> Iterator[Any]:
    yield of.head(report.title, of.title)
    yield of.head(words("report.title"), of.zh)
    yield Spacer(1, 6)
    parts = (_planned, _warnings, _shortages, _levels)
    for part in parts:
        yield from part(report, of, width)
    yield of.head(words("section.coverage"))
    yield from coverage_flow(report, of, width)
    yield from _contacts(report, of, width)
    yield of.head(words("section.roster"))
    yield from roster_flow(report, of, width)
    yield from _clauses(report, of, width)
    yield from _assumptions(report, of, width)


def _planned(report: Report, of: Type, width: float) -> Iterator[Any]:
    counts = [(named("status", status), count) for status, count in report.verdicts]
    said = Words(
        "，".join(f"{name.zh} {count}" for name, count in counts),
        ", ".join(f"{name.en} {count}" for name, count in counts),
    )
    facts = [(words(f"planned.{key}"), value) for key, value in planned_facts(report)]
    facts += [(words("verdict.hard"), same(str(report.hard_breaches))), (words("section.verdicts"), said)]
    half = -(-len(facts) // 2)
    pairs = [(*facts[k], *(facts[k + half] if k + half < len(facts) else ("", ""))) for k in range(half)]
    yield of.table((), pairs, (2, 5, 2, 5), width)
