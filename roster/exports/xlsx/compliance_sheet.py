"""The compliance sheet: one row a clause and rule, with the clause's own words beside the verdict."""

from collections.abc import Iterator
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from roster.base import Breach
from roster.compliance import Judgement
from roster.exports.catalogue import named
from roster.exports.xlsx.page import A3, set_up_page
from roster.exports.xlsx.palette import STATUS
from roster.exports.xlsx.styles import Styles, row_height
from roster.exports.xlsx.view import View

_COLUMNS = (
    ("clause", 9), ("kind", 7), ("rule", 16), ("status", 12), ("zh", 42), ("en", 42), ("required", 8),
    ("measured", 8), ("unit", 8), ("findings", 56), ("where", 14), ("quote", 50),
)  # fmt: skip
_TOLD_AT_MOST = 25
_HEADING = 1


def write_compliance(book: Workbook, styles: Styles, view: View) -> None:
    """Writes the sheet, in the order of the contract."""
    sheet = book.add_worksheet(view.word("sheet.compliance"))
    horizon = view.roster.problem.horizon
    title = view.say(view.roster.problem.contract.title.words())
    shown = view.word("compliance.title", contract=title, first=horizon.dates[0], last=horizon.dates[-1])
    sheet.write_string(0, 0, shown, styles.of(bold=True, font_size=14))
    sheet.set_row(0, 24)
    for at, (key, wide) in enumerate(_COLUMNS):
        sheet.set_column(at, at, wide)
        sheet.write_string(_HEADING, at, view.word(f"compliance.{key}"), styles.head())
    for row, judgement in enumerate(view.judgements, _HEADING + 1):
        _judgement(sheet, styles, view, row, judgement)
    sheet.freeze_panes(_HEADING + 1, 1)
    sheet.autofilter(_HEADING, 0, _HEADING + max(1, len(view.judgements)), len(_COLUMNS) - 1)
    set_up_page(sheet, view, paper=A3, heading_rows=(_HEADING, _HEADING), columns=0)


def _judgement(sheet: Worksheet, styles: Styles, view: View, row: int, judgement: Judgement) -> None:
    plain = styles.cell(align="left", valign="top", text_wrap=True)
    marked = styles.cell(STATUS[judgement.status], valign="top", text_wrap=True)
    tightest, asked = judgement.tightest, view.names.asked(judgement)
    cells = {
        "clause": judgement.clause.id,
        "kind": view.say(named("clause_kind", judgement.clause.kind)),
        "rule": view.say(judgement.title) if judgement.title else "",
        "status": _status(view, judgement),
        "zh": asked.zh,
        "en": asked.en,
        "unit": view.say(named("unit", tightest.unit)) if tightest else "",
        "findings": "\n".join(_findings(view, judgement)),
        "where": judgement.clause.where,
        "quote": "\n".join(" ".join(quote.split()) for quote in judgement.clause.quote),
    }
    figures = {"required": tightest.limit, "measured": tightest.found} if tightest else {}
    sheet.set_row(row, row_height((cells.get(key, ""), wide) for key, wide in _COLUMNS))
    for at, (key, _) in enumerate(_COLUMNS):
        if key in figures:
            sheet.write_number(row, at, figures[key], plain)
        else:
            sheet.write_string(row, at, cells.get(key, ""), marked if key == "status" else plain)


def _status(view: View, judgement: Judgement) -> str:
    status = view.say(named("status", judgement.status))
    if judgement.in_force or judgement.rule is None:
        return status
    return view.word("compliance.not_in_force", status=status, reading=judgement.rule.reading)


def _findings(view: View, judgement: Judgement) -> Iterator[str]:
    """Breaches and open points in words, the gravest first, and how many more there are."""
    findings = sorted((*judgement.breaches, *judgement.open), key=lambda finding: -finding.points)
    for finding in findings[:_TOLD_AT_MOST]:
        yield _finding(view, finding)
    if len(findings) > _TOLD_AT_MOST:
        yield view.word("compliance.more", count=len(findings) - _TOLD_AT_MOST)


def _finding(view: View, finding: Breach) -> str:
    facts = {"when": _when(finding), "who": _who(view, finding)}
    if finding.verdict == "breached":
        unit = view.say(named("unit", finding.unit))
        return view.word("compliance.breach", found=finding.found, limit=finding.limit, unit=unit, **facts).strip()
    note = view.say(finding.note) if finding.note else ""
    return view.word("compliance.open", status=view.say(named("status", finding.verdict)), note=note, **facts).strip()


def _when(finding: Breach) -> str:
    day = finding.day.isoformat() if finding.day else ""
    if finding.start is None or finding.end is None:
        return day
    return f"{day} {_moment(finding.start, finding)}-{_moment(finding.end, finding)}".strip()


def _moment(moment: datetime, finding: Breach) -> str:
    return f"{moment:%H:%M}" if moment.date() == finding.day else f"{moment:%m-%d %H:%M}"


def _who(view: View, finding: Breach) -> str:
    people = view.roster.problem.person_by_id
    named_people = "、".join(f"{people[i].name}({i})" if i in people else i for i in finding.staff_ids)
    team = view.say(view.names.team(finding.team)) if finding.team else ""
    role = view.say(view.names.role(finding.team, finding.role)) if finding.role else ""
    return " ".join(part for part in (named_people, " / ".join(filter(None, (team, role)))) if part)
