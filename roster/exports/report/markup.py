"""Markup that cannot be spoiled by text: plain strings are escaped, only `Markup` goes in as it is."""

import re
from html import escape

from roster.exports.report.wording import words
from roster.words import Words

_VOID = frozenset({"meta", "link", "br"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""Characters that stand in no document."""


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def plain(text: str) -> str:
    """The text without characters that no document may hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def safe(text: str) -> Markup:
    """Text as markup: escaped unless it is markup already."""
    return text if isinstance(text, Markup) else Markup(escape(plain(text)))


def join(*parts: str) -> Markup:
    """Parts one after the other."""
    return Markup("".join(map(safe, parts)))


def tag(name: str, /, *children: str, **attributes: str | float | None) -> Markup:
    """An element. A trailing underscore of an attribute falls away, others become hyphens; None leaves it out."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(plain(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{shown}>")
    return Markup(f"<{name}{shown}>{join(*children)}</{name}>")


def both(pair: Words, name: str = "span") -> Markup:
    """Chinese first, English beside it; once where both are the same."""
    if pair.zh == pair.en:
        return tag(name, pair.zh, class_="zh")
    return join(tag(name, pair.zh, class_="zh"), " ", tag(name, pair.en, class_="en", lang="en"))


def say(key: str, **values: object) -> Markup:
    """An entry of the report's words in both languages."""
    return both(words(key, **values))


def table(heads: tuple[str, ...], *rows: str, class_: str = "") -> Markup:
    """A table with a heading row of catalogue keys, in a frame that scrolls when it is too wide."""
    top = tag("thead", tag("tr", *(tag("th", say(key), scope="col") for key in heads)))
    return tag("div", tag("table", top, tag("tbody", *rows), class_=class_ or None), class_="scroll")
