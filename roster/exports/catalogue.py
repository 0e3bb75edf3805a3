"""The words of exported files, in Chinese and English, kept in `words.toml`."""

import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Literal

from roster.words import Words

Language = Literal["zh", "en"]


@cache
def _entries() -> dict[str, dict[str, Words]]:
    raw = tomllib.loads((files("roster.exports") / "words.toml").read_text(encoding="utf-8"))
    return {section: {name: Words(**pair) for name, pair in entries.items()} for section, entries in raw.items()}


def words(key: str, **values: object) -> Words:
    """The entry 'section.name', filled in, in both languages. Raises KeyError for an unknown key."""
    entry = _entry(key)
    return Words(entry.zh.format(**values), entry.en.format(**values))


def text(key: str, language: Language, **values: object) -> str:
    """The entry 'section.name', filled in, in one language. Raises KeyError for an unknown key."""
    return said(_entry(key), language).format(**values)


def _entry(key: str) -> Words:
    section, _, name = key.partition(".")
    return _entries()[section][name]


def named(section: str, code: str) -> Words:
    """What a code such as an activity is called; the code itself where the catalogue does not have it."""
    return _entries()[section].get(code, Words(code, code))


def leave_kinds() -> dict[str, str]:
    """The kind of leave by its code and its names."""
    known = _entries()
    shown = {kind: (kind, *known["activity"][kind]) for kind in known["letter"]}
    return {text: kind for kind, texts in shown.items() for text in texts}


def leave_letters() -> dict[str, str]:
    """The kind of leave by its code, its names and its letters on the printed sheet."""
    letters = {text: kind for kind, pair in _entries()["letter"].items() for text in pair}
    return leave_kinds() | letters


def said(pair: Words, language: Language) -> str:
    """One language of a pair."""
    return pair.zh if language == "zh" else pair.en


def clock(moment: datetime, day: date, language: Language) -> str:
    """The local clock time of a moment, told as the next day's where it is not on `day`."""
    time = f"{moment:%H:%M}"
    return time if moment.date() == day else text("clock.next_day", language, time=time)
