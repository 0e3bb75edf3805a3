"""Cell formats of one workbook, each made once, and the room that texts take."""

import math
from collections.abc import Iterable
from functools import cached_property

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from roster.exports.xlsx.palette import GRID, TEAM

_FITTING = 1.1  # the book's font is smaller than the one that widths are counted in
_BASE = {"font_name": "微软雅黑", "font_size": 9, "valign": "vcenter"}


class Styles:
    """Formats by their properties, in xlsxwriter's words, on top of the book's font."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[frozenset[tuple[str, object]], Format] = {}

    @cached_property
    def lines(self) -> Format:
        """Lines around a cell and nothing else, for rules that format cells by what they hold."""
        return self._book.add_format({"border": 1, "border_color": GRID})

    def of(self, **properties: object) -> Format:
        """The format with these properties."""
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format(_BASE | properties)
        return self._made[key]

    def cell(self, colour: str = "", **properties: object) -> Format:
        """A bordered, centred cell, filled where a colour is given."""
        fill: dict[str, object] = {"bg_color": colour} if colour else {}
        return self.of(**{"border": 1, "border_color": GRID, "align": "center"} | fill | properties)

    def head(self, colour: str = "") -> Format:
        """A heading cell."""
        return self.cell(colour or TEAM, bold=True, text_wrap=True)


LINE_HEIGHT, TALLEST = 13.0, 409.0
"""Height of a line and of the tallest row the file format allows, in points."""


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Height of a row that holds wrapped texts in columns of the given widths: no program works it out by itself."""
    deep = max(
        sum(max(1, math.ceil(width(line) / (wide * _FITTING))) for line in text.split("\n")) for text, wide in texts
    )
    return min(TALLEST, 4 + LINE_HEIGHT * deep)


def width(text: str) -> int:
    """Width of a text in columns of a fixed font: 2 for Chinese characters and their punctuation, 1 for others."""
    return len(text) if text.isascii() else sum(2 if character > "\u2e7f" else 1 for character in text)
