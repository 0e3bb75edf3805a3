"""What a field allows, in plain words, taken from its JSON Schema so that no limit is written twice."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "boolean": "true or false",
    "object": "a table",
    "null": "nothing",
}
_LIMITS = (
    ("exclusiveMinimum", "above {:g}"),
    ("minimum", "at least {:g}"),
    ("exclusiveMaximum", "below {:g}"),
    ("maximum", "at most {:g}"),
)


def resolve(schema: Schema, root: Schema) -> Schema:
    """The schema itself: references followed, of 'this or nothing' the former."""
    while True:
        if "$ref" in schema:
            schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
            continue
        given = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
        if len(given) != 1:
            return schema
        schema = given[0]


def allowed(schema: Schema, root: Schema) -> str:
    """What is allowed at a place, such as 'a number above 0 and at most 1'."""
    schema = resolve(schema, root)
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if "const" in schema:
        return f"{schema['const']} and nothing else"
    if schema.get("type") == "array":
        entries = allowed(schema.get("items", {}), root)
        return ("one or more entries, each " if schema.get("minItems") else "a list, each entry ") + entries
    if schema.get("format") == "date":
        return "a date such as 2025-03-09"
    limits = [words.format(schema[key]) for key, words in _LIMITS if key in schema]
    pattern = [f"of the form {schema['pattern']}"] if "pattern" in schema else []
    kind = _TYPES.get(schema.get("type", ""), "a value of its kind")
    if schema.get("type") == "string" and schema.get("minLength"):
        kind = "text that is not empty"
    return " ".join([kind, " and ".join(limits + pattern)]).strip()
