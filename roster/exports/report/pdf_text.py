"""Bilingual paragraphs and tables for PDF: Chinese in its own font, Latin text in Helvetica."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, TableStyle

from roster.exports.report.markup import plain
from roster.exports.report.wording import words
from roster.words import Words

INK, SOFT, LINE, TINT, ACCENT = (HexColor(c) for c in ("#1C2530", "#5D6B7A", "#D9DFE6", "#F5F7F9", "#1F5F99"))
LATIN = "Helvetica"
_OTHER = re.compile("[^\x20-\x7e\xa0-\xff\n\t]+")
"""Runs that Helvetica has no glyphs for."""

Cell = str | Words | Sequence[Any]


@dataclass(frozen=True)
class Type:
    """Sets text; `chinese` is the registered name of a font with Chinese glyphs."""

    chinese: str

    @cached_property
    def zh(self) -> ParagraphStyle:
        """Chinese text, broken between any two characters."""
        return ParagraphStyle("zh", fontName=LATIN, fontSize=8.5, leading=11.5, textColor=INK, wordWrap="CJK")

    @cached_property
    def en(self) -> ParagraphStyle:
        """English text below it, smaller and softer."""
        return ParagraphStyle("en", fontName=LATIN, fontSize=7.2, leading=9, textColor=SOFT)

    @cached_property
    def small(self) -> ParagraphStyle:
        """Codes in narrow cells."""
        return ParagraphStyle("small", parent=self.zh, fontSize=6.4, leading=7.6, alignment=TA_CENTER)

    @cached_property
    def small_left(self) -> ParagraphStyle:
        """Names before them, captions."""
        return ParagraphStyle("small_left", parent=self.small, alignment=TA_LEFT)

    @cached_property
    def heading(self) -> ParagraphStyle:
        """Headings of sections."""
        return ParagraphStyle("heading", parent=self.zh, fontSize=13, leading=18, spaceBefore=12, spaceAfter=5)

    @cached_property
    def queue(self) -> ParagraphStyle:
        """Headings below them."""
        return ParagraphStyle("queue", parent=self.zh, fontSize=10.5, leading=14, spaceBefore=7, spaceAfter=2)

    @cached_property
    def band(self) -> ParagraphStyle:
        """A team's line in the roster."""
        return ParagraphStyle("band", parent=self.zh, fontSize=7, leading=9)

    @cached_property
    def title(self) -> ParagraphStyle:
        """The title of the report."""
        return ParagraphStyle("title", parent=self.zh, fontSize=19, leading=26)

    def runs(self, text: str) -> str:
        """Text as reportlab markup, each run in a font that has its characters."""
        face = f'<font name="{self.chinese}">'
        return _OTHER.sub(lambda run: f"{face}{run[0]}</font>", escape(plain(text))).replace("\n", "<br/>")

    def code(self, text: str) -> str | Paragraph:
        """A short text of a narrow cell, as plain as it can be: paragraphs are dear and rosters have many cells."""
        return self.line(text, self.small) if _OTHER.search(text) else text

    def line(self, text: str, style: ParagraphStyle | None = None) -> Paragraph:
        """One language as a paragraph."""
        return Paragraph(self.runs(text), style or self.zh)

    def both(self, pair: Words) -> list[Paragraph]:
        """Chinese, and English below it where it says something else."""
        below = [self.line(pair.en, self.en)] if pair.en != pair.zh else []
        return [self.line(pair.zh), *below]

    def head(self, pair: Words, style: ParagraphStyle | None = None, *, beside: float = 9) -> Paragraph:
        """Chinese with English beside it, `beside` points high."""
        colour = SOFT.hexval().replace("0x", "#")
        soft = f' <font size="{beside}" color="{colour}">{self.runs(pair.en)}</font>' if pair.en != pair.zh else ""
        return Paragraph(self.runs(pair.zh) + soft, style or self.heading)

    def chip(self, pair: Words, colour: str) -> list[Any]:
        """A verdict on its colour."""
        marked = f'<font backColor="{colour}">&nbsp;{self.runs(pair.zh)}&nbsp;</font>'
        return [Paragraph(marked, self.zh), *self.both(pair)[1:]]

    def cell(self, content: Cell) -> Sequence[Any]:
        """What stands in a table's cell."""
        if isinstance(content, Words):
            return self.both(content)
        return [self.line(content)] if isinstance(content, str) else content

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[Cell]], shares: Sequence[float], width: float
    ) -> LongTable:
        """A table; a heading row of catalogue keys comes again on each page, `shares` divide the width."""
        top = [[self.both(words(key)) for key in heads]] if heads else []
        body = [[self.cell(cell) for cell in row] for row in rows]
        widths = [width * share / sum(shares) for share in shares]
        shade = [("BACKGROUND", (0, 0), (-1, 0), TINT)] if heads else []
        style = TableStyle([*_TABLE, *shade])
        return LongTable([*top, *body], colWidths=widths, repeatRows=len(top), style=style)


_TABLE = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
)
