"""What pydantic finds wrong with a contract, said for the person who wrote the file."""

from collections.abc import Collection, Iterator
from datetime import time
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from roster.contract import Contract
from roster.errors import Fault
from roster.loading.allowed import Schema, allowed, resolve
from roster.loading.contract_places import Location, Places
from roster.loading.nearest import one_of, unknown
from roster.loading.rule_groups import grouped_kinds
from roster.rules import RULES

_LONGEST = 60


@cache
def _schema() -> dict[str, Any]:
    return Contract.model_json_schema(by_alias=True)


def validation_faults(error: ValidationError, places: Places) -> Iterator[Fault]:
    """One fault for each thing that the validation found."""
    for entry in error.errors(include_url=False):
        if entry["type"] == "too_short" and entry["input"]:
            continue  # entries with faults of their own do not count as entries
        yield _fault(entry, places)


def _fault(entry: ErrorDetails, places: Places) -> Fault:
    location, value, context = entry["loc"], entry["input"], entry.get("ctx", {})
    place, last = places.of(location), str(location[-1]) if location else ""
    holder = place.removesuffix(last).rstrip(" .")
    match entry["type"]:
        case "extra_forbidden":
            return Fault(holder, last, unknown("key", last, _keys(location[:-1])))
        case "missing":
            return Fault(holder, "", f"needs {last}: {_allowed(location)}")
        case "union_tag_invalid":
            kinds = [kind.strip("' ") for kind in str(context["expected_tags"]).split(",")]
            return Fault(f"{place} kind", str(context["tag"]), _unknown_kind(str(context["tag"]), kinds))
        case "union_tag_not_found":
            kinds = tuple(_node(location).get("discriminator", {}).get("mapping", {}))
            return Fault(place, "", f"needs kind: one of {one_of(kinds)}")
        case "value_error" | "assertion_error":
            return Fault(place, _shown(value), entry["msg"].partition(", ")[2] or entry["msg"])
        case "tuple_type" | "list_type" if isinstance(value, dict):
            return Fault(place, _shown(value), f"a list; each table of it is written [[{last}]]")
        case _ if isinstance(value, time):
            return Fault(place, _shown(value), f"write the time in quotes: '{value:%H:%M}'")
        case _:
            return Fault(place, _shown(value), _allowed(location))


def _unknown_kind(name: str, kinds: Collection[str]) -> str:
    """All the kinds there are, those of rules in groups; the nearest one is the guess."""
    listed = grouped_kinds(kinds) if RULES.keys() >= set(kinds) else one_of(kinds)
    return unknown("kind", name, kinds, listed=listed)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _allowed(location: Location) -> str:
    return allowed(_node(location), _schema())


def _keys(location: Location) -> tuple[str, ...]:
    return tuple(str(key) for key in _node(location).get("properties", {}))


def _node(location: Location) -> Schema:
    """The schema at a location of the contract."""
    root = _schema()
    node: Schema = root
    for part in location:
        node = _step(resolve(node, root), part, root)
    return resolve(node, root)


def _step(node: Schema, part: int | str, root: Schema) -> Schema:
    if isinstance(part, int):
        return node.get("items", {})
    mapping = node.get("discriminator", {}).get("mapping", {})
    if part in mapping:
        return resolve({"$ref": mapping[part]}, root)
    if node.get("properties", {}).get("kind", {}).get("const") == part:
        return node  # a union of a single kind has no discriminator
    extra = node.get("additionalProperties")
    return node.get("properties", {}).get(part) or (extra if isinstance(extra, dict) else {})
