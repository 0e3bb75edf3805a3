"""A scenario's table as an editor: typed columns over the text of its cells."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from roster.exports.catalogue import leave_kinds
from roster.loading.cells import DATE, NUMBER, YES_NO, read_date, read_number, read_yes_no
from roster.loading.headings import Column, Table
from roster.loading.known import Known
from ui.texts import Say

SOURCE = "_source"
"""Hidden column: the position of the row in the file, empty for a new one."""

_PINNED = frozenset({"staff_id", "name"})
_WIDE = frozenset({"skills", "qualification", "vendor", "phone"})

CHOICES = {"hours_system": ("standard", "week", "month", "quarter", "year")}
"""Columns of the staff table that hold one of a few words."""


def editor_frame(table: Table, rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """The rows as a frame with every column of the table, dates and numbers as such, and where each comes from."""
    data: dict[str, list[object]] = {SOURCE: [float(at) for at in range(len(rows))]}
    for column in table.columns:
        data[column.name] = [_shown(column, row.get(column.name, "")) for row in rows]
    kinds = {column.name: "float64" for column in table.columns if column.kind is NUMBER} | {SOURCE: "float64"}
    return pd.DataFrame({name: pd.Series(cells, dtype=kinds.get(name, "object")) for name, cells in data.items()})


def edited_rows(table: Table, frame: pd.DataFrame, rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The frame's rows as text; a cell whose value is still that of the file keeps the file's own spelling."""
    found = []
    for record in frame.to_dict("records"):
        source = record.get(SOURCE)
        old = rows[int(source)] if isinstance(source, float) and source == source else {}
        found.append({column.name: _text(column, record.get(column.name), old) for column in table.columns})
    return found


def column_config(
    table: Table, known: Known, say: Say, frame: pd.DataFrame, names: Mapping[str, str]
) -> dict[str, Any]:
    """How each column is edited: dates, numbers, and a list to choose from where the contract knows the ids.

    `names` tells what is offered in words: people by staff id, kinds of leave by code.
    """
    chosen = choices(table, known)
    config: dict[str, Any] = {SOURCE: None}
    for column in table.columns:
        options: list[str] = []
        if column.name in chosen:
            present = [cell for cell in frame[column.name] if isinstance(cell, str) and cell]
            options = list(dict.fromkeys([*chosen[column.name], *present]))
        config[column.name] = _configured(column, options, say, names)
    return config


def _configured(column: Column, options: Sequence[str], say: Say, names: Mapping[str, str]) -> Any:
    label = column.zh[0] if say.language == "zh" else column.name
    pinned, meaning = column.name in _PINNED, column.meaning
    if options:

        def called(option: object) -> str:
            name = names.get(str(option), "")
            return name if str(option) in name else f"{option} {name}".strip()

        width = "medium" if names.keys() & set(options) else None
        return st.column_config.SelectboxColumn(
            label, help=meaning, pinned=pinned, options=options, format_func=called, width=width
        )
    if column.kind is DATE:
        return st.column_config.DateColumn(label, help=meaning, pinned=pinned, format="YYYY-MM-DD")
    if column.kind is NUMBER:
        return st.column_config.NumberColumn(label, help=meaning, pinned=pinned)
    width = "medium" if column.name in _WIDE else None
    return st.column_config.TextColumn(label, help=meaning, pinned=pinned, width=width)


def choices(table: Table, known: Known) -> dict[str, tuple[str, ...]]:
    """By column: what may stand in it, where that is a list."""
    teams = known.teams or {}
    found: dict[str, tuple[str, ...]] = {
        "team": tuple(teams),
        "role": tuple(dict.fromkeys(role for roles in teams.values() for role in sorted(roles))),
        "home_site": tuple(sorted(known.sites or ())),
        "shift": tuple(sorted(known.shifts or ())),
        **CHOICES,
    }
    if table.name != "staff":
        found["staff_id"] = tuple(sorted(known.staff or ()))
    if table.name == "requests":
        found["kind"] = ("on", "off", "shift")
    if table.name == "leave":
        found["kind"] = tuple(dict.fromkeys(leave_kinds().values()))
    yes_no = {column.name: ("yes", "no") for column in table.columns if column.kind is YES_NO}
    return {name: options for name, options in (found | yes_no).items() if name in table.by_name}


def _shown(column: Column, text: str) -> object:
    """A cell as the editor holds it; what cannot be read stays out of a typed column."""
    if not text:
        return None
    try:
        if column.kind is NUMBER:
            return read_number(text)
        if column.kind is DATE:
            return read_date(text)
        if column.kind is YES_NO:
            return "yes" if read_yes_no(text) else "no"
    except ValueError:
        return None
    return text


def _text(column: Column, value: object, old: Mapping[str, str]) -> str:
    """A cell of the editor as it is written."""
    before = old.get(column.name, "")
    if value is None or value is pd.NaT or value != value:
        return "" if _shown(column, before) is not None else before
    if isinstance(value, pd.Timestamp):
        value = value.date()
    if value == _shown(column, before):
        return before
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()
