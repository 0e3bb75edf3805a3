"""Changes to contract.toml that leave every other line as it is, comments and order included.

A TOML document keeps the entries of an array of tables together, while contract.toml has each [[rule]] below its
[[clause]]. So the text is cut at its table headings, one entry is edited with tomlkit, and the pieces are joined.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.items import AbstractTable

from roster.contract import Contract
from roster.errors import Fault, InputError
from roster.loading.labour import rule_set

Changes = Mapping[str, Any]
"""New values by key; None takes the key away."""

_HEADING = re.compile(r"^[ \t]*\[{1,2}[ \t]*([A-Za-z0-9_.\- \t\"']+?)[ \t]*\]{1,2}[ \t]*(#.*)?$")


def own_rules(contract: Contract) -> int:
    """How many of the contract's rules are its own; those after them are the labour rule set's."""
    return len(contract.rules) - len(rule_set()["rule"])


def with_reading(text: str, clause_id: str, reading: str) -> str:
    """The contract with another reading of one clause. Raises InputError where the clause is not in the text."""
    clauses = tomllib.loads(_plain(text)).get("clause", [])
    for index, clause in enumerate(clauses):
        if clause.get("id") == clause_id:
            return _with_entry(text, "clause", index, {"reading": reading})
    raise InputError([Fault("contract.toml [[clause]]", clause_id, "a clause of the contract's own")])


def with_rule(text: str, index: int, changes: Changes) -> str:
    """The contract with changed parameters of its rule number `index`, from 0."""
    return _with_entry(text, "rule", index, changes)


def with_goal(text: str, index: int, changes: Changes) -> str:
    """The contract with changed parameters of its goal number `index`, from 0."""
    return _with_entry(text, "goal", index, changes)


def with_labour(text: str, kind: str, changes: Changes) -> str:
    """The contract with changed settings of the labour rules of a kind, under [labour.settings.<kind>]."""
    plain = _plain(text)
    pieces = list(_pieces(plain))
    name = f"labour.settings.{kind}"
    for at, (heading, piece) in enumerate(pieces):
        if heading == name:
            pieces[at] = (heading, _edited(piece, ("labour", "settings", kind), changes))
            return _as(text, _joined(pieces))
    settings = tomllib.loads(plain).get("labour", {}).get("settings", {})
    if kind in settings:  # written as an inline table or under dotted keys
        return _as(text, _edited(plain, ("labour", "settings", kind), changes))
    added = f"[{name}]\n" + tomlkit.dumps({key: value for key, value in changes.items() if value is not None})
    at = max((at for at, (heading, _) in enumerate(pieces) if heading.split(".")[0] == "labour"), default=-1)
    before, after = _joined(pieces[: at + 1]) if at >= 0 else plain, _joined(pieces[at + 1 :]) if at >= 0 else ""
    body, tail = _cut_tail(before)
    return _as(text, f"{body}\n{added}{tail or chr(10)}{after}")


def _with_entry(text: str, table: str, index: int, changes: Changes) -> str:
    plain = _plain(text)
    pieces = list(_pieces(plain))
    starts = [at for at, (heading, _) in enumerate(pieces) if heading == table]
    if len(starts) != len(tomllib.loads(plain).get(table, [])):  # entries written as one inline array
        return _as(text, _edited(plain, (table, index), changes))
    first = last = starts[index]
    while last + 1 < len(pieces) and pieces[last + 1][0].startswith(f"{table}."):
        last += 1
    entry = _joined(pieces[first : last + 1])
    return _as(text, _joined(pieces[:first]) + _edited(entry, (table, 0), changes) + _joined(pieces[last + 1 :]))


def _edited(piece: str, path: tuple[str | int, ...], changes: Changes) -> str:
    """One piece of the text, a document by itself, with the table at `path` changed."""
    body, tail = _cut_tail(piece)
    document = tomlkit.parse(body)
    table: Any = document
    for step in path:
        table = table[step]
    _change(table, changes)
    return tomlkit.dumps(document) + tail


def _change(table: AbstractTable, changes: Changes) -> None:
    for key, value in changes.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = _item(value)


def _item(value: object) -> object:
    """A value as it is written: tables inside lists stand on one line."""
    if isinstance(value, (list, tuple)):
        listed = tomlkit.array()
        for entry in value:
            listed.append(_item(entry))
        return listed
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return value


def _cut_tail(piece: str) -> tuple[str, str]:
    """A piece without, and then with only, the blank lines and comments at its end: they belong to what follows."""
    lines = piece.splitlines(keepends=True)
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "".join(lines[:end]), "".join(lines[end:])


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text cut at its table headings: (name of the table, its lines). What looks like a heading inside a
    text or a list of several lines is none: a piece that is no TOML by itself goes on."""
    heading = ""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        found = _HEADING.match(line.rstrip("\n"))
        if found and _complete("".join(lines)):
            yield heading, "".join(lines)
            heading, lines = re.sub(r"[\s\"']", "", found[1]), []
        lines.append(line)
    yield heading, "".join(lines)


def _complete(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _joined(pieces: list[tuple[str, str]]) -> str:
    return "".join(piece for _, piece in pieces)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _as(text: str, changed: str) -> str:
    """The changed text with the line ends of the one it came from."""
    return changed.replace("\n", "\r\n") if "\r\n" in text else changed
