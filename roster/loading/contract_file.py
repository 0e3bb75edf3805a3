"""contract.toml: read, merged with the labour rule set, validated, its parts checked against each other."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from roster.contract import Contract
from roster.errors import Fault, InputError
from roster.loading.contract_faults import validation_faults
from roster.loading.contract_links import link_faults
from roster.loading.contract_places import Places
from roster.loading.known import entries
from roster.loading.labour import merge_labour, setting_faults
from roster.loading.text_file import decode, read_bytes

_PLACE = re.compile(r"\s*\((at [^()]*)\)$")
_PLURALS = {name: field.alias for name, field in Contract.model_fields.items() if field.alias is not None}
"""What tables are called in files, by what they are called in the model."""


def load_contract(path: Path) -> Contract:
    """The contract of a file with the labour rule set merged in. Raises InputError with every fault."""
    return contract_of(read_contract(path), file=path.name)


def read_contract(path: Path) -> dict[str, Any]:
    """The tables of a contract file, not validated. Raises InputError for a missing file or broken TOML."""
    if not path.is_file():
        raise InputError(
            [Fault(path.name, "no such file", f"a {path.name} in {path.parent.name or 'the scenario folder'}")]
        )
    try:
        return tomllib.loads(decode(read_bytes(path), path.name).replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise InputError([_syntax_fault(path.name, str(error))]) from error


def contract_of(raw: Mapping[str, Any], *, file: str = "contract.toml") -> Contract:
    """The contract that a file's tables make. Raises InputError with every fault of values and references."""
    named = _in_singular(raw)
    merged = merge_labour(named)
    places = Places(file, merged)
    faults = [*_plural_faults(raw, file), *setting_faults(raw, file)]
    contract = None
    try:
        contract = Contract.model_validate(merged.raw)
    except ValidationError as error:
        faults += validation_faults(error, places)
    faults += link_faults(merged.raw, places)
    if contract is None or faults:
        raise InputError(tuple(dict.fromkeys(faults)))
    return contract


def _syntax_fault(file: str, message: str) -> Fault:
    at = _PLACE.search(message)
    place = f"{file} {at[1].removeprefix('at ')}" if at else file
    return Fault(place, _PLACE.sub("", message), "valid TOML; texts, times and ids stand in quotes")


def _plural_faults(raw: Mapping[str, Any], file: str) -> Iterator[Fault]:
    for plural, singular in _PLURALS.items():
        if plural in raw:
            yield Fault(file, f"[[{plural}]]", f"write [[{singular}]], one for each")
    for team in entries(raw, "team"):
        if "roles" in team:
            yield Fault(f"{file} [[team]] ({team.get('id')})", "roles", "write [[team.role]], one for each")


def _in_singular(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The tables under the names that files use, so that the other faults are found as well."""
    plural = {singular: raw[name] for name, singular in _PLURALS.items() if name in raw}
    return {**plural, **{key: value for key, value in raw.items() if key not in _PLURALS}}
