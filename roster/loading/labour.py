"""The labour rule set merged into a contract as read from its file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from roster.errors import Fault
from roster.loading.nearest import unknown

RULE_SET = "cn_labour.toml"


@dataclass(frozen=True)
class Merged:
    """A contract with the labour rule set behind its own clauses and rules.

    `own` counts the contract's own entries of `clause` and `rule`; those after them are the rule set's.
    `settings` are the contract's settings by rule kind.
    """

    raw: Mapping[str, Any]
    own: Mapping[str, int]
    settings: Mapping[str, Mapping[str, Any]]


def rule_set() -> dict[str, Any]:
    """The clauses and rules of Chinese labour law as they come with the package."""
    return tomllib.loads(files("roster").joinpath("labour", RULE_SET).read_text(encoding="utf-8"))


def merge_labour(raw: Mapping[str, Any]) -> Merged:
    """The contract with the rule set behind it; `[labour.settings.<kind>]` changes its rules of that kind."""
    labour = rule_set()
    settings = _settings(raw)
    labour["rule"] = [{**rule, **settings.get(rule["kind"], {})} for rule in labour["rule"]]
    merged, own = dict(raw), {}
    for key in ("clause", "rule"):
        listed = raw.get(key, [])
        if isinstance(listed, list):
            merged[key] = [*listed, *labour[key]]
            own[key] = len(listed)
    return Merged(merged, own, settings)


def setting_faults(raw: Mapping[str, Any], file: str) -> list[Fault]:
    """Settings for kinds that the rule set does not hold, and settings that would change what a rule is."""
    kinds = {rule["kind"] for rule in rule_set()["rule"]}
    settings = _settings(raw)
    strange = [
        Fault(f"{file} [labour.settings.{kind}]", kind, unknown("kind of labour rule", kind, kinds))
        for kind in settings
        if kind not in kinds
    ]
    fixed = [
        Fault(f"{file} [labour.settings.{kind}] kind", str(table["kind"]), "remove it: the kind cannot be set")
        for kind, table in settings.items()
        if "kind" in table
    ]
    return strange + fixed


def _settings(raw: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    labour = raw.get("labour")
    settings = labour.get("settings") if isinstance(labour, dict) else None
    tables = settings if isinstance(settings, dict) else {}
    return {kind: table for kind, table in tables.items() if isinstance(table, dict)}
