"""report.pdf: the report for printing, shorter than report.html: no quotes, no tooltips."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, SimpleDocTemplate, Spacer

from roster.exports.catalogue import named
from roster.exports.report.contacts import Watch
from roster.exports.report.facts import Report
from roster.exports.report.pdf_charts import coverage_flow, roster_flow
from roster.exports.report.pdf_font import register_font
from roster.exports.report.pdf_text import LINE, SOFT, Cell, Type
from roster.exports.report.telling import backup_cells, contact_cells, day_name, night_note, planned_facts
from roster.exports.report.verdicts import Finding, Reading, RuleLine
from roster.exports.report.wording import called, figure, same, words
from roster.exports.xlsx.palette import STATUS
from roster.words import Words

MARGIN = 34.0
ROOM = 110.0
"""What a heading needs below it, in points."""

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
    yield of.head(report.title, of.title, beside=12)
    yield of.head(words("report.title"), of.zh)
    yield Spacer(1, 6)
    parts = (_planned, _warnings, _shortages, _levels)
    for part in parts:
        yield from part(report, of, width)
    yield from _head("coverage", of)
    yield from coverage_flow(report, of, width)
    yield from _contacts(report, of, width)
    yield from _head("roster", of)
    yield from roster_flow(report, of, width)
    yield from _clauses(report, of, width)
    yield from _assumptions(report, of, width)


def _head(section: str, of: Type) -> Iterator[Any]:
    """A heading that does not stand alone at the foot of a page."""
    yield CondPageBreak(ROOM)
    yield of.head(words(f"section.{section}"))


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


def _warnings(report: Report, of: Type, width: float) -> Iterator[Any]:  # noqa: ARG001 - all parts alike
    if report.solved.warnings:
        yield from _head("warnings", of)
        for warning in report.solved.warnings:
            yield from of.both(warning)


def _shortages(report: Report, of: Type, width: float) -> Iterator[Any]:
    yield from _head("shortages", of)
    if not report.shortages:
        yield from of.both(words("shortage.none"))
        return
    rows: list[tuple[Cell, ...]] = []
    for shortage in report.shortages[:SHORTAGES_TOLD]:
        found = shortage.finding
        when = same(found.when) if found.when else words("shortage.days")
        clause = [of.line(" ".join(shortage.clauses)), *of.both(shortage.rule)]
        amount = [*of.both(found.amount), *(of.both(found.note) if found.note else [])]
        rows.append((clause, when, shortage.who, amount))
    heads = ("shortage.clause", "shortage.when", "shortage.who", "shortage.amount")
    yield of.table(heads, rows, (3, 3, 4, 4), width)
    left = len(report.shortages) - SHORTAGES_TOLD
    if left > 0:
        yield from of.both(words("report.more", count=left))


def _levels(report: Report, of: Type, width: float) -> Iterator[Any]:
    yield from _head("levels", of)
    if not report.solved.levels:
        yield from of.both(words("level.none"))
        return
    rows = [
        (
            str(level.level), called("level", level.level), figure(level.objective), figure(level.bound),
            f"{level.gap:.2%}", called("level_unit", level.unit),
        )
        for level in report.solved.levels
    ]  # fmt: skip
    heads = ("level.level", "level.name", "level.objective", "level.bound", "level.gap", "level.unit")
    yield of.table(heads, rows, (1, 3, 3, 3, 2, 4), width)


def _contacts(report: Report, of: Type, width: float) -> Iterator[Any]:
    yield from _head("tonight", of)
    yield from of.both(night_note())
    rows: list[list[Cell]] = []
    for watch in report.nights:
        rows += _watch(watch, [list(contact_cells(contact, watch.day)) for contact in watch.people])
    yield of.table(("contact.night", *_CONTACT), rows, (3, 3, 2, 5, 4, 3), width)
    yield from _head("backups", of)
    if not report.backups:
        yield from of.both(words("contact.no_backup"))
        return
    rows = []
    for watch in report.backups:
        rows += _watch(watch, [list(backup_cells(contact, watch.day)) for contact in watch.people])
    yield of.table(("contact.day", *_CONTACT, "contact.arrival"), rows, (3, 3, 2, 5, 4, 3, 2), width)


def _watch(watch: Watch, lines: list[list[Words]]) -> Iterator[list[Cell]]:
    """The date in front of the first line only."""
    day: Cell = day_name(watch.day)
    for line in lines or [[words("contact.nobody"), *[same("")] * 4]]:
        yield [day, *line]
        day = ""


def _clauses(report: Report, of: Type, width: float) -> Iterator[Any]:
    yield from _head("clauses", of)
    yield from of.both(words("clause.in_force"))
    rows: list[tuple[Cell, ...]] = []
    for entry in report.clauses:
        clause: Cell = [of.line(entry.clause), *of.both(entry.title)]
        for line in filter(lambda rule: not rule.other_reading, entry.rules):
            status = of.chip(named("status", line.status), STATUS[line.status])
            rows.append((clause, status, [*of.both(line.demand), *_findings(line, of)], *_figures(line)))
            clause = ""
    heads = ("clause.clause", "clause.status", "clause.words", "clause.required", "clause.measured")
    yield of.table(heads, rows, (4, 2.4, 10, 1.7, 2.2), width)


def _figures(line: RuleLine) -> tuple[Words, Words]:
    return (line.tightest.required, line.tightest.measured) if line.tightest else (same(""), same(""))


def _findings(line: RuleLine, of: Type) -> Iterator[Any]:
    findings = (*line.breaches, *line.open)
    for finding in findings[:FINDINGS_TOLD]:
        yield of.line(_told(finding))
    if len(findings) > FINDINGS_TOLD:
        yield of.line(words("report.more", count=len(findings) - FINDINGS_TOLD).zh)


def _told(finding: Finding) -> str:
    parts = (
        finding.when, finding.who.zh, finding.amount.zh if finding.verdict == "breached" else "",
        finding.note.zh if finding.note else "",
    )  # fmt: skip
    return "· " + " ".join(filter(None, parts))


def _assumptions(report: Report, of: Type, width: float) -> Iterator[Any]:
    if report.readings:
        yield from _head("assumptions", of)
        rows = [_reading(reading, of) for reading in report.readings]
        yield of.table(
            ("clause.clause", "clause.words", "clause.reading", "clause.status"), rows, (1, 7, 2.5, 1.4), width
        )


def _reading(reading: Reading, of: Type) -> tuple[Cell, ...]:
    """A reading, whether it is the one in use, and what its own rules say."""
    use = words("clause.chosen" if reading.chosen else "clause.not_chosen")
    status = of.chip(named("status", reading.status), STATUS[reading.status]) if reading.status else ""
    return (reading.clause, reading.meaning, [of.line(reading.name), *of.both(use)], status)
