"""A proposed catalogue as TOML that can be pasted into contract.toml."""

from collections.abc import Iterable
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array

from planning.shift_design import ShiftDesign
from roster.shifts import Segment, Shift

_TAGGED = ("posts", "days", "since", "until", "flags", "not_flags", "reserve")


def fragment(made: ShiftDesign) -> str:
    """[[shift]] entries of the proposed shifts; a comment says which given entries they replace."""
    document = tomlkit.document()
    document.add(tomlkit.comment(f"{made.team}/{made.role}: in place of {', '.join(s.id for s in made.replaced)}"))
    document.add(tomlkit.nl())
    tables = tomlkit.aot()
    for shift in made.proposed.shifts:
        _add(tables, shift)
    document.add("shift", tables)
    return tomlkit.dumps(document)


def _add(tables: AoT, shift: Shift) -> None:
    """One entry; what is as it is where nothing is said stays out."""
    table = tomlkit.table()
    for key in ("id", "zh", "en"):
        table.add(key, getattr(shift, key))
    for key in ("serves", "sites"):
        table.add(key, list(getattr(shift, key)))
    for key in _TAGGED:
        value = getattr(shift, key)
        if value != Shift.model_fields[key].default:
            table.add(key, sorted(value) if isinstance(value, frozenset) else _plain(value))
    table.add("segments", _segments(shift.segments))
    tables.append(table)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _segments(segments: Iterable[Segment]) -> Array:
    """One stretch a line."""
    listed = tomlkit.array().multiline(multiline=True)
    for segment in segments:
        line = tomlkit.inline_table()
        line.update(segment.model_dump(exclude_defaults=True))
        listed.append(line)
    return listed
