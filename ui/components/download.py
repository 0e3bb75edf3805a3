"""The files of a roster, made when they are asked for."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planning.plan import Plan
from planning.publishing import publish
from planning.report import report_of
from planning.summary import summary_json
from roster.exports.compliance_json import compliance_json
from roster.exports.report.facts import Report
from roster.exports.report.html import report_html
from roster.exports.report.pdf import report_pdf
from roster.exports.roster_csv import roster_csv
from roster.exports.roster_xlsx import roster_xlsx
from roster.roster import Roster
from ui.texts import Language

_ZIPPED = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class File:
    """One file to download: its name, its kind, and how it is made."""

    name: str
    text: str
    mime: str
    make: Callable[[], bytes]


def files_of(plan: Plan, language: Language, *, editions: Path | None = None) -> tuple[File, ...]:
    """Every file of a plan with a roster; one edited by hand comes as `planning.edited.as_edited` makes it.

    `editions` is the folder that keeps the calendars handed out (see `planning.publishing.publish`).
    """
    roster = plan.roster
    if roster is None:
        return (File("summary.json", "summary_json", _JSON, lambda: summary_json(plan).encode()),)
    stem = f"{plan.problem.contract.id}-{plan.problem.horizon.start}"
    judged = plan.judgements
    return (
        File(f"{stem}.xlsx", "roster_xlsx", _XLSX, lambda: roster_xlsx(roster, judged, language=language)),
        File(f"{stem}-calendars.zip", "calendars", "application/zip", lambda: zipped(publish(roster, editions))),
        *_reports(plan, roster, stem),
        File("roster.csv", "roster_csv", "text/csv", lambda: roster_csv(roster.rows).encode()),
        File("compliance.json", "compliance_json", _JSON, lambda: compliance_json(judged).encode()),
        File("summary.json", "summary_json", _JSON, lambda: summary_json(plan).encode()),
    )


def _reports(plan: Plan, roster: Roster, stem: str) -> tuple[File, ...]:
    def facts() -> Report:
        return report_of(plan, roster, made_at=datetime.now(plan.problem.horizon.zone))

    return (
        File(f"{stem}-report.html", "report_html", "text/html", lambda: report_html(facts()).encode()),
        File(f"{stem}-report.pdf", "report_pdf", "application/pdf", lambda: report_pdf(facts())),
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one .zip; equal files give equal bytes."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(ZipInfo(name, _ZIPPED), files[name], ZIP_DEFLATED)
    return content.getvalue()


_JSON = "application/json"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
