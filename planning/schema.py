"""JSON Schemas of the files of a scenario, for those who write them by hand or by program."""

from typing import Any

from pydantic import BaseModel

from roster.contract import Contract
from roster.events import Booking, Event
from roster.loading.allowed import resolve
from roster.loading.headings import BOOKINGS, EVENTS, LEAVE, REQUESTS, STAFF, TABLES, Column, Table
from roster.loading.labour import rule_set
from roster.people import Leave, Person, Request

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type[BaseModel]] = {
    STAFF.name: Person,
    LEAVE.name: Leave,
    REQUESTS.name: Request,
    EVENTS.name: Event,
    BOOKINGS.name: Booking,
}
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum", "minLength")


def schemas() -> Json:
    """Schemas by file: `contract` as contract.toml is written, `tables` by name, each as a list of rows.

    A column's `headings` are the Chinese headings accepted for it; `written` says how its cells look in a .csv.
    """
    return {
        "contract": {"$schema": DIALECT, **_contract()},
        "tables": {table.name: _table(table) for table in TABLES},
    }


def _contract() -> Json:
    """The contract's schema; the labour rule set in force shows its rules with the values it gives them."""
    schema = Contract.model_json_schema(by_alias=True)
    schema["$defs"]["Labour"]["properties"]["settings"] |= {
        "properties": {rule["kind"]: {"type": "object", "default": _values(rule)} for rule in rule_set()["rule"]},
        "additionalProperties": False,
    }
    return schema


def _values(rule: Json) -> Json:
    return {name: value for name, value in rule.items() if name not in ("kind", "clauses")}


def _table(table: Table) -> Json:
    model = _MODELS.get(table.name)
    fields = model.model_json_schema() if model else {}
    rows = {
        "type": "object",
        "properties": {column.name: _column(column, fields) for column in table.columns},
        "required": [column.name for column in table.columns if column.expected],
        "additionalProperties": False,
    }
    least = {"minItems": 1} if table.rows_needed else {}
    return {
        "$schema": DIALECT,
        "title": table.name,
        "description": table.meaning,
        "type": "array",
        "items": rows,
    } | least


def _column(column: Column, fields: Json) -> Json:
    """How a cell is written, within the limits of the model's field."""
    field = resolve(fields.get("properties", {}).get(column.name, {}), fields)
    limits = {key: field[key] for key in _LIMITS if key in field}
    whole = {"type": "integer"} if field.get("type") == "integer" else {}
    cell = column.kind.schema | whole | limits | {"description": column.meaning, "headings": list(column.zh)}
    return cell if "enum" in cell else cell | {"written": column.kind.allowed}
