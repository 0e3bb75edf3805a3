"""The figures of a simulation as tables and as JSON."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from planning.outputs import csv_text
from planning.simulate import Simulated
from roster.exports.compliance_json import compliance_json
from roster.simulation.figures import Estimate, Figured, PeriodKind, figures, offered, periods
from roster.simulation.play import Results
from roster.staffing.definitions import FIGURES

KINDS: tuple[PeriodKind, ...] = ("interval", "day", "week", "month", "span")
TARGET_COLUMNS = (
    "what_if", "queue", "period", "start", "whole", "figure", "formula", "target", "value", "low", "high", "least",
    "most", "chance", "chance_low", "chance_high",
)  # fmt: skip


def figure_table(results: Results, kind: PeriodKind) -> pd.DataFrame:
    """A row a queue and period: `start,queue,offered,...` and for each figure its value, `_low` and `_high` (the
    expected figure with 95 % confidence), `_least` and `_most` (where 95 % of the periods fall)."""
    rows: dict[tuple[str, object], dict[str, Any]] = {}
    names = [stream.name for stream in results.scene.streams]
    for figured in figures(results, kind):
        place = (figured.queue, figured.period.start)
        if place not in rows:
            coming = offered(results, names.index(figured.queue), figured.period)
            rows[place] = {"start": figured.period.start, "queue": figured.queue, **_columns("offered", coming)}
        rows[place] |= _columns(figured.definition.figure, figured.estimate)
    columns = ["start", "queue"]
    columns += [f"{name}{end}" for name in ("offered", *FIGURES) for end in ("", "_low", "_high", "_least", "_most")]
    return pd.DataFrame(list(rows.values())).reindex(columns=columns)


def _columns(name: str, of: Estimate) -> dict[str, float]:
    values = {"": of.value, "_low": of.low, "_high": of.high, "_least": of.least, "_most": of.most}
    return {f"{name}{end}": value for end, value in values.items()}


def target_table(simulated: Simulated) -> pd.DataFrame:
    """TARGET_COLUMNS for the months and the whole span, the roster as it is (empty `what_if`) first."""
    rows = [
        _target(label, figured)
        for label, results in simulated.all
        for kind in _summed_kinds(results)
        for figured in figures(results, kind)
    ]
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))


def _summed_kinds(results: Results) -> tuple[PeriodKind, ...]:
    """Months apart where the horizon touches more than one, or holds one whole; the span always."""
    months = periods(results.scene, "month")
    return ("span", "month") if len(months) > 1 or months[0].whole else ("span",)


def _target(label: str, figured: Figured) -> dict[str, Any]:
    of, definition = figured.estimate, figured.definition
    chance, low, high = figured.chance or (None, None, None)
    return {
        "what_if": label, "queue": figured.queue, "period": figured.period.kind, "start": figured.period.start,
        "whole": figured.period.whole, "figure": definition.figure, "formula": definition.formula.en,
        "target": definition.target, "value": of.value, "low": of.low, "high": of.high, "least": of.least,
        "most": of.most, "chance": chance, "chance_low": low, "chance_high": high,
    }  # fmt: skip


def simulation_files(simulated: Simulated) -> dict[str, bytes]:
    """One CSV a kind of period, and targets.csv; the first column says which variation a row is of."""
    tables = {"targets": target_table(simulated)}
    for kind in KINDS:
        parts = [figure_table(results, kind).assign(what_if=label) for label, results in simulated.all]
        joined = pd.concat(parts, ignore_index=True)
        tables[f"service_{kind}"] = joined[["what_if", *joined.columns.drop("what_if")]]
    return {f"{name}.csv": csv_text(table).encode() for name, table in tables.items()} | {
        "simulation.json": simulation_json(simulated).encode()
    }


def simulation_json(simulated: Simulated) -> str:
    """All figures of all variants as indented JSON; nan is null."""
    horizon = simulated.roster.problem.horizon
    facts = {
        "scenario": simulated.roster.problem.contract.id,
        "start": horizon.start.isoformat(),
        "days": horizon.days,
        "runs": simulated.results.runs,
        "seed": simulated.seed,
        "variants": [dict(_variant(label, results)) for label, results in simulated.all],
        "targets": _records(target_table(simulated)),
        "clauses": json.loads(compliance_json(simulated.judgements)),
        "warnings": [warning._asdict() for warning in simulated.warnings],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def _variant(label: str, results: Results) -> Iterator[tuple[str, object]]:
    yield "what_if", label
    for kind in KINDS:
        yield kind, _records(figure_table(results, kind))


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    written = table.assign(start=[start.isoformat() for start in table["start"]]).astype(object)
    return [
        {str(key): value for key, value in row.items()}
        for row in written.where(written.notna(), None).to_dict("records")
    ]
