"""Writes a plan's files, all or none."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from planning.demand import requirement
from planning.plan import Plan
from planning.summary import summary_json
from roster.exports.compliance_json import compliance_json
from roster.exports.roster_csv import roster_csv


def write_plan(plan: Plan, out: Path) -> tuple[Path, ...]:
    """Writes the files of a plan into `out`, made if need be. Each file is complete or not there at all.

    Without a roster (no answer in the time given) only summary.json is written.
    """
    files: dict[str, str] = {"summary.json": summary_json(plan)}
    if plan.roster is not None:
        files["roster.csv"] = roster_csv(plan.roster.rows)
        files["compliance.json"] = compliance_json(plan.judgements)
        files["requirement.csv"] = csv_text(requirement(plan.expected, plan.problem.contract))
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out, prefix=".writing-") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
        return tuple((Path(folder) / name).replace(out / name) for name in sorted(files))


def write_table(table: pd.DataFrame, out: Path) -> int:
    """Writes one table as CSV, complete or not at all; times ISO 8601. Returns the number of rows."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".writing-") as folder:
        part = Path(folder) / out.name
        part.write_text(csv_text(table), encoding="utf-8", newline="")
        part.replace(out)
    return len(table)


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV text with ISO 8601 starts and figures of at most ten digits."""
    starts = [start.isoformat() for start in table["start"]]
    return table.assign(start=starts).to_csv(index=False, float_format="%.10g")
