"""The words of the report, in Chinese and English, kept in `words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from roster.words import Words


@cache
def _entries() -> dict[str, dict[str, Words]]:
    raw = tomllib.loads((files("roster.exports.report") / "words.toml").read_text(encoding="utf-8"))
    return {section: {name: Words(**pair) for name, pair in entries.items()} for section, entries in raw.items()}


def words(key: str, **values: object) -> Words:
    """The entry 'section.name', filled in: a value that is Words gives each language its own.

    Raises KeyError for an unknown key.
    """
    section, _, name = key.partition(".")
    entry = _entries()[section][name]
    zh, en = ({k: v[at] if isinstance(v, Words) else v for k, v in values.items()} for at in (0, 1))
    return Words(entry.zh.format(**zh), entry.en.format(**en))


def called(section: str, code: object) -> Words:
    """What a code is called; the code itself where the catalogue does not have it."""
    return _entries()[section].get(str(code), Words(str(code), str(code)))


def same(text: str) -> Words:
    """A text that is the same in both languages: a name, a date, a figure."""
    return Words(text, text)


def figure(value: float) -> str:
    """A number with at most three decimals and separated thousands."""
    shown = f"{value:,.3f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown
