"""The texts of the front end in Chinese and English, kept in `texts.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from roster.words import Words

Language = Literal["zh", "en"]
TEXTS = Path(__file__).parent / "texts.toml"


@cache
def entries() -> dict[str, dict[str, Words]]:
    """Every text by section and name."""
    raw = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return {section: {name: Words(**pair) for name, pair in named.items()} for section, named in raw.items()}


@dataclass(frozen=True)
class Say:
    """The texts in one language: `say("plan.start", days=7)`, and `say.of(words)` for a pair."""

    language: Language = "zh"

    def __call__(self, key: str, **values: object) -> str:
        """The text 'section.name', filled in. Raises KeyError for an unknown key."""
        section, _, name = key.partition(".")
        return self.of(entries()[section][name]).format(**values)

    def of(self, words: Words) -> str:
        """One language of a pair."""
        return words.zh if self.language == "zh" else words.en

    def named(self, section: str, code: str) -> str:
        """What a code such as a field's name is called; the code itself where the catalogue does not have it."""
        return self.of(entries().get(section, {}).get(code, Words(code, code)))


def language_of(locale: str | None) -> Language:
    """The language for a browser's locale: English for en-*, Chinese for all others and for none."""
    return "en" if (locale or "").lower().startswith("en") else "zh"
