"""What a form for any rule or goal holds, made from its fields; the loader judges what is entered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from roster.contract import Contract
from roster.loading.allowed import Schema, resolve

FieldKind = Literal["whole", "number", "choice", "texts", "date", "windows", "pairs", "yes_no", "json", "text"]
NOT_EDITED = frozenset({"kind", "clauses", "reading"})


@dataclass(frozen=True)
class FormField:
    """One parameter of a rule: how it is entered, its value, and its limits where the form can hold them."""

    name: str
    kind: FieldKind
    value: Any
    options: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    optional: bool = False
    meaning: str = ""


def form_fields(rule: BaseModel, contract: Contract) -> tuple[FormField, ...]:
    """The parameters of a rule that may be changed, in the order of its class."""
    schema = type(rule).model_json_schema()
    values = rule.model_dump(mode="json")
    known = known_ids(contract)
    return tuple(
        _field(name, schema["properties"][name], schema, getattr(rule, name), values[name], known.get(name, ()))
        for name in type(rule).model_fields
        if name not in NOT_EDITED
    )


def known_ids(contract: Contract) -> dict[str, tuple[str, ...]]:
    """By name of a parameter: the ids of the contract that it may take."""
    teams = tuple(team.id for team in contract.teams)
    roles = tuple(dict.fromkeys(role.id for team in contract.teams for role in team.roles))
    posts = tuple(post.id for post in contract.posts)
    sites = tuple(site.id for site in contract.sites)
    served = tuple(sorted(f"{team}/{role}" for team, role in contract.serves()))
    return {
        "team": teams, "teams": teams, "role": roles, "roles": roles, "post": posts, "posts": posts,
        "beyond": posts, "site": sites, "who": served, "group": served,
    }  # fmt: skip


def _field(name: str, raw: Schema, root: Schema, value: Any, dumped: Any, known: tuple[str, ...]) -> FormField:
    optional = any(option.get("type") == "null" for option in raw.get("anyOf", ()))
    schema = resolve(raw, root)
    meaning = str(raw.get("description", schema.get("description", "")))
    kind = _kind(schema, known)
    limits = {"minimum": schema.get("minimum"), "maximum": schema.get("maximum")}
    if kind == "whole" and "exclusiveMinimum" in schema:
        limits["minimum"] = int(schema["exclusiveMinimum"]) + 1
    if name == "level":
        low, high = int(limits["minimum"] or 1), int(limits["maximum"] or 6)
        return FormField(name, "choice", value, tuple(range(low, high + 1)), meaning=meaning)
    options = tuple(schema.get("enum", ())) or known
    if kind == "choice" and dumped not in options:
        options = (*options, dumped)
    if kind == "texts":
        options = tuple(dict.fromkeys([*options, *dumped]))
    return FormField(name, kind, written(kind, value, dumped), options, **limits, optional=optional, meaning=meaning)


def _kind(schema: Schema, known: Sequence[str]) -> FieldKind:
    kind = schema.get("type")
    if kind == "integer":
        return "whole"
    if kind == "number":
        return "number"
    if kind == "array":
        entries = schema.get("items", {})
        if "$ref" in entries:
            return "windows" if str(entries["$ref"]).endswith("/Window") else "json"
        return "pairs" if entries.get("type") == "array" else "texts"
    if kind == "object":
        return "json" if "properties" in schema else "pairs"
    if kind == "boolean":
        return "yes_no"
    if schema.get("format") == "date":
        return "date"
    return "choice" if "enum" in schema or (known and kind == "string") else "text"


def written(kind: FieldKind, value: Any, dumped: Any) -> Any:
    """A value as its widget holds it."""
    match kind:
        case "date":
            return value
        case "number":
            return None if value is None else float(value)
        case "texts":
            return list(dumped)
        case "json":
            return json.dumps(dumped, ensure_ascii=False)
        case "windows":
            return "; ".join(f"{window['start']}-{window['end']}" for window in dumped)
        case "pairs":
            entries = dumped.items() if isinstance(dumped, Mapping) else dumped
            return "; ".join(f"{key}: {amount}" for key, amount in entries)
        case _:
            return dumped


def read_entry(field: FormField, entered: Any) -> Any:
    """A widget's value as contract.toml holds it; what cannot be read is passed on for the loader to refuse."""
    if entered is None or (field.optional and entered == ""):
        return None
    match field.kind:
        case "number":
            return int(entered) if float(entered).is_integer() else float(entered)
        case "json":
            return _json(str(entered))
        case "windows":
            return _windows(str(entered))
        case "pairs":
            return _pairs(str(entered), as_table=":" in str(field.value) and not str(field.value)[:1].isdigit())
        case _:
            return entered


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _windows(text: str) -> Any:
    parts = [part.strip() for part in text.replace("；", ";").replace("：", ":").split(";") if part.strip()]
    pairs = [[end.strip() for end in part.replace("–", "-").split("-")] for part in parts]
    if any(len(pair) != 2 for pair in pairs):
        return text
    return [{"start": start, "end": end} for start, end in pairs]


def _pairs(text: str, *, as_table: bool) -> Any:
    parts = [part.strip() for part in text.replace("；", ";").replace("：", ":").split(";") if part.strip()]
    pairs = [[end.strip() for end in part.split(":")] for part in parts]
    if any(len(pair) != 2 for pair in pairs):
        return text
    found = [[_amount(key), _amount(amount)] for key, amount in pairs]
    return {str(key): amount for key, amount in found} if as_table else found


def _amount(text: str) -> int | float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def changes(fields: Sequence[FormField], entered: Mapping[str, Any]) -> dict[str, Any]:
    """What was changed, as contract.toml holds it; None takes a key away."""
    return {
        field.name: read_entry(field, entered[field.name]) for field in fields if entered[field.name] != field.value
    }
