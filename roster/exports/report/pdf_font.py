"""A font for Chinese text in PDF: one that is installed and can be embedded, else one that the viewer supplies."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFile

from roster.errors import Fault, InputError

VARIABLE = "ROSTER_PDF_FONT"
"""Names a TrueType font file for the PDF."""

SUPPLIED = "STSong-Light"
"""In no file: viewers that know Chinese have a font for it."""

_KNOWN = (
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "msyh.ttc", "simhei.ttf", "simsun.ttc", "simfang.ttf", "STHeiti Light.ttc",
    "Arial Unicode.ttf",
)  # fmt: skip
"""Files with TrueType outlines and the characters of GB 2312; fonts with PostScript outlines cannot be embedded."""


def installed_font() -> Path | None:
    """The file that ROSTER_PDF_FONT names, else the first known font in the usual folders, else None.

    Raises InputError where the variable names a file that cannot be embedded.
    """
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        if not _embeddable(Path(chosen)):
            raise InputError([Fault(VARIABLE, chosen, "a .ttf or .ttc file with TrueType outlines, or leave it unset")])
        return Path(chosen)
    return next(filter(_embeddable, _candidates()), None)


@cache
def register_font(file: Path | None) -> str:
    """Makes the font of a file known to reportlab, or the viewer's where there is none; returns its name."""
    if file is None:
        pdfmetrics.registerFont(UnicodeCIDFont(SUPPLIED))
        return SUPPLIED
    name = f"embedded {file}"
    pdfmetrics.registerFont(TTFont(name, str(file)))
    return name


def _candidates() -> Iterator[Path]:
    folders = [Path(folder) for folder in vars(rl_config)["TTFSearchPath"] if Path(folder).is_dir()]
    for name in _KNOWN:
        for folder in folders:
            yield from sorted(folder.rglob(name))


def _embeddable(file: Path) -> bool:
    try:
        TTFontFile(str(file), charInfo=0)
    except (TTFError, OSError):
        return False
    return True
