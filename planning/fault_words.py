"""Faults in Chinese: what the loaders say, kept with its translation in `faults.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from roster.errors import Fault

_BLANK = re.compile(r"\\\{(\w+)\\\}")
_SAID_IN = {"what": "say", "limits": "say", "one": "say", "other": "say", "known": "list", "names": "list"}
"""In which part of the catalogue the content of a blank is looked up; all others stay as they are."""


def in_chinese(fault: Fault) -> Fault:
    """The fault with place, value and remedy in Chinese; names, numbers and cells of the user as they are."""
    return Fault(chinese(fault.place, "place"), chinese(fault.value, "value"), chinese(fault.remedy))


def chinese(text: str, part: str = "say") -> str:
    """A text of the loaders in Chinese by one part of the catalogue; the text itself where no entry fits."""
    for pattern, translation in _entries()[part]:
        found = pattern.fullmatch(text)
        if found:
            return translation.format(**{name: _filled(name, held) for name, held in found.groupdict().items()})
    return text


def _filled(blank: str, held: str) -> str:
    return chinese(held, _SAID_IN[blank]) if blank in _SAID_IN else held


@cache
def _entries() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """By part: what a text looks like, and its translation with the same blanks."""
    raw = tomllib.loads((files("planning") / "faults.toml").read_text(encoding="utf-8"))
    return {part: tuple((_pattern(entry["en"]), entry["zh"]) for entry in listed) for part, listed in raw.items()}


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_BLANK.sub(r"(?P<\1>.+?)", re.escape(text)), re.DOTALL)
