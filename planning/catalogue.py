"""The texts users read, in Chinese and English, kept in `messages.toml`."""

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from roster.words import Words

Language = Literal["zh", "en"]


@cache
def _messages() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("planning") / "messages.toml").read_text(encoding="utf-8"))


def language() -> Language:
    """ROSTER_LANG where it is set, else the terminal's locale: Chinese for zh_*, English for all others."""
    said = os.environ.get("ROSTER_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if said.lower().startswith("zh") else "en"


def text(key: str, **values: object) -> str:
    """The message 'section.name' in the user's language, filled in. Raises KeyError for an unknown key."""
    section, _, name = key.partition(".")
    return _messages()[section][name][language()].format(**values)


def pair(key: str, **values: object) -> Words:
    """The message 'section.name' in both languages; a value that is a pair itself is filled in by language."""
    section, _, name = key.partition(".")
    told = _messages()[section][name]
    filled = {code: {k: _of(value, code) for k, value in values.items()} for code in ("zh", "en")}
    return Words(told["zh"].format(**filled["zh"]), told["en"].format(**filled["en"]))


def _of(value: object, code: str) -> object:
    return getattr(value, code) if isinstance(value, Words) else value


def said(words: Words) -> str:
    """Words in the user's language."""
    return cast("str", getattr(words, language()))
