"""Writes a plan's files, all or none."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pandas as pd

from planning.plan import Plan
from planning.refused import refused, refused_as_fault
from planning.service import service_told, with_served
from planning.summary import level_figures, service_figures, summary_json
from roster.errors import Fault, InputError
from roster.exports.calendars import calendars
from roster.exports.compliance_json import compliance_json
from roster.exports.deadlines import deadlines_csv
from roster.exports.report.facts import LevelFigures, Solved, gather
from roster.exports.report.html import report_html
from roster.exports.report.pdf import report_pdf
from roster.exports.report.pdf_font import installed_font
from roster.exports.roster_csv import roster_csv
from roster.exports.roster_xlsx import roster_xlsx
from roster.roster import Roster

CALENDARS = "calendars"


def write_plan(plan: Plan, out: Path) -> tuple[Path, ...]:
    """Writes the files of a plan into `out`, made if need be. Each file is complete or not there at all.

    Calendars already in `out` are the published ones: events that change raise their sequence, duties that are gone
    are kept as cancelled. Without a roster (no answer in the time given) only summary.json is written.

    Raises InputError where a calendar in `out` cannot be read, and where `out` cannot take the files, as a disk is
    full: what was there stays, and the roster is kept in a temporary folder.
    """
    summary = {"summary.json": summary_json(plan).encode()}
    if plan.roster is None:
        return write_files(summary, out)
    try:
        files = roster_files(plan, plan.roster) | calendar_files(plan.roster, published_in(out))
        return write_files(summary | files, out)
    except InputError as error:
        *others, last = error.faults
        raise InputError([*others, _kept(last, plan.roster)]) from error


def _kept(fault: Fault, roster: Roster) -> Fault:
    """Puts the roster where there is room yet, and tells where."""
    with suppress(OSError):
        path = Path(mkdtemp(prefix="roster-")) / "roster.csv"
        path.write_bytes(roster_csv(roster.rows).encode())
        return replace(fault, remedy=f"{fault.remedy}; the roster is kept in {path}")
    return fault


def roster_files(plan: Plan, roster: Roster) -> dict[str, bytes]:
    """The roster, what is needed, and how it was judged, by file name."""
    report = gather(roster, plan.judgements, with_served(plan.needed, plan.service), _solved(plan))
    return {
        "roster.csv": roster_csv(roster.rows).encode(),
        "roster.xlsx": roster_xlsx(roster, plan.judgements),
        "requirement.csv": csv_text(plan.needed).encode(),
        "deadlines.csv": deadlines_csv(roster).encode(),
        "compliance.json": compliance_json(plan.judgements).encode(),
        "report.html": report_html(report).encode(),
        "report.pdf": report_pdf(report, font=installed_font()),
    }


def _solved(plan: Plan) -> Solved:
    """How the roster was made, for the report."""
    return Solved(
        datetime.now(UTC),
        plan.outcome.status,
        plan.outcome.seed,
        plan.wall_s,
        tuple(LevelFigures(**level) for level in level_figures(plan)),
        tuple(service_told(queue) for queue in service_figures(plan)),
        plan.warnings,
    )


def calendar_files(roster: Roster, earlier: dict[str, bytes]) -> dict[str, bytes]:
    """One calendar a person, by file name. `earlier` are the published ones by staff id.

    A first edition carries a fixed stamp, so that equal rosters give equal bytes; changes carry the present time.
    """
    first = datetime(roster.problem.horizon.start.year - 1, 1, 1, tzinfo=UTC)
    made = calendars(roster, published=datetime.now(UTC) if earlier else first, earlier=earlier)
    return {f"{CALENDARS}/{staff_id}.ics": text for staff_id, text in made.items()}


def published_in(out: Path) -> dict[str, bytes]:
    """The calendars of an earlier plan in the same folder, by staff id. Raises InputError."""
    with refused_as_fault(out / CALENDARS):
        return {path.stem: path.read_bytes() for path in sorted((out / CALENDARS).glob("*.ics"))}


def write_files(files: dict[str, bytes], out: Path) -> tuple[Path, ...]:
    """Writes every file aside first and then moves all into place. Returns the paths in order of name.

    Raises InputError about the file, or the folder of several, where the system refuses; what was there stays.
    """
    with refused_as_fault(out / next(iter(files)) if len(files) == 1 else out):
        return _written(files, out)


def _written(files: dict[str, bytes], out: Path) -> tuple[Path, ...]:
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out, prefix=".writing-") as folder:
        for name, content in files.items():
            part = Path(folder) / name
            part.parent.mkdir(exist_ok=True)
            part.write_bytes(content)
        for name in files:
            (out / name).parent.mkdir(exist_ok=True)
        return tuple((Path(folder) / name).replace(out / name) for name in sorted(files))


def require_folder(out: Path) -> None:
    """Tries whether `out` can be made and written, and leaves nothing behind. Raises InputError."""
    made: list[Path] = []
    try:
        made += [folder for folder in (out, *out.parents) if not folder.exists()]
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=out, prefix=".writing-"):
            pass
    except OSError as error:
        raise InputError([refused(error, f"--out {out}")]) from error
    finally:
        for folder in made:
            if folder.is_dir():
                folder.rmdir()


def require_file(out: Path) -> None:
    """Tries whether a file can be written at `out`, and leaves nothing behind. Raises InputError."""
    if out.is_dir() or (out.exists() and not os.access(out, os.W_OK)):
        raise InputError([Fault("--out", str(out), "a file that can be written")])
    require_folder(out.parent)


def write_table(table: pd.DataFrame, out: Path) -> int:
    """Writes one table as CSV, complete or not at all; times ISO 8601. Returns the number of rows."""
    write_files({out.name: csv_text(table).encode()}, out.parent)
    return len(table)


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV text with ISO 8601 starts and figures of at most ten digits."""
    starts = [start.isoformat() for start in table["start"]]
    return table.assign(start=starts).to_csv(index=False, float_format="%.10g")
