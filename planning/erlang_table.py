"""Erlang C and A figures for the rows of a CSV file."""

import csv
import io
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from planning.outputs import write_files
from planning.refused import refused
from roster.errors import Fault, InputError
from roster.staffing.erlang_a import erlang_a
from roster.staffing.erlang_c import erlang_c
from roster.staffing.figures import QueueFigures

INPUTS = ("lambda_per_hour", "aht_s", "patience_s", "n", "T_s")
FIGURES: Mapping[str, str] = {
    "p_wait": "p_wait",
    "asa_answered_s": "asa_answered_s",
    "mean_wait_all_s": "mean_wait_all_s",
    "sl_answered_within_T_over_offered": "sl_answered_within",
    "sl_excl_short_abandons": "sl_excl_short_abandons",
    "p_abandon": "p_abandon",
    "occupancy": "occupancy",
}
COLUMNS = (*INPUTS, *FIGURES, "source")
_MOST_PEOPLE = 100_000


class _Column(NamedTuple):
    allowed: str
    holds: Callable[[float], bool]


_RULES: Mapping[str, _Column] = {
    "lambda_per_hour": _Column("a number of contacts an hour, at least 0", lambda v: 0 <= v < math.inf),
    "aht_s": _Column("a time in seconds above 0", lambda v: 0 < v < math.inf),
    "patience_s": _Column("a time in seconds above 0, or empty for Erlang C", lambda v: 0 < v < math.inf),
    "n": _Column(f"a whole number from 0 to {_MOST_PEOPLE}", lambda v: 0 <= v <= _MOST_PEOPLE and v == int(v)),
    "T_s": _Column("a time in seconds, at least 0", lambda v: 0 <= v < math.inf),
}


def erlang_table(path_in: Path, path_out: Path) -> None:
    """Read `lambda_per_hour,aht_s,patience_s,n,T_s` (empty patience: Erlang C), write them with the figures.

    Written columns: the inputs as they stood, p_wait, asa_answered_s, mean_wait_all_s,
    sl_answered_within_T_over_offered, sl_excl_short_abandons, p_abandon, occupancy (see QueueFigures), source
    (kept where given). Columns of that list may stand in the input and are computed anew; other columns are
    refused.

    Raises:
        InputError: unreadable file, missing or unknown columns, cells that are no allowed value; nothing is
        written.
    """
    rows = _read(path_in)
    values = _numbers(path_in, rows)
    figures = {column: np.empty(len(rows)) for column in FIGURES}
    patient = np.isnan(values["patience_s"])
    for cells, made in ((patient, _figures_c(values, patient)), (~patient, _figures_a(values, ~patient))):
        for column, name in FIGURES.items():
            figures[column][cells] = getattr(made, name)
    _write(path_out, rows, figures)


def _figures_c(values: Mapping[str, np.ndarray], cells: np.ndarray) -> QueueFigures:
    rate, aht, people, within = (values[name][cells] for name in ("lambda_per_hour", "aht_s", "n", "T_s"))
    return erlang_c(rate, aht, people, within)


def _figures_a(values: Mapping[str, np.ndarray], cells: np.ndarray) -> QueueFigures:
    rate, aht, patience, people, within = (values[name][cells] for name in INPUTS)
    return erlang_a(rate, aht, patience, people, within)


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            rows: list[dict[str, str]] = list(reader)
            header = list(reader.fieldnames or [])
    except OSError as error:
        raise InputError([refused(error, path)]) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError([Fault(str(path), "", f"a CSV file in UTF-8 ({error})")]) from error
    faults = [Fault(f"{path.name}, header", "", f"column {name} is needed") for name in INPUTS if name not in header]
    faults += [
        Fault(f"{path.name}, header", name, f"allowed columns: {', '.join(COLUMNS)}, each once")
        for position, name in enumerate(header)
        if name not in COLUMNS or name in header[:position]
    ]
    faults += [
        Fault(f"{path.name}, row {number}", "", f"{len(header)} cells, as in the header")
        for number, row in enumerate(rows, start=2)
        if "" in row
    ]
    if faults:
        raise InputError(faults)
    return rows


def _numbers(path: Path, rows: Sequence[Mapping[str, str]]) -> dict[str, np.ndarray]:
    faults: list[Fault] = []
    values = {name: np.full(len(rows), np.nan) for name in INPUTS}
    for number, row in enumerate(rows):
        for name in INPUTS:
            text = row[name].strip()
            if name == "patience_s" and not text:
                continue
            value = _number(text)
            values[name][number] = value
            if not _RULES[name].holds(value):
                faults.append(Fault(f"{path.name}, row {number + 2}, column {name}", row[name], _RULES[name].allowed))
    if faults:
        raise InputError(faults)
    return values


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _write(path: Path, rows: Sequence[Mapping[str, str]], figures: Mapping[str, np.ndarray]) -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows):
        told = [f"{figures[column][number]:.15g}" for column in FIGURES]
        writer.writerow([*(row[name] for name in INPUTS), *told, row.get("source", "")])
    write_files({path.name: made.getvalue().encode()}, path.parent)
