"""Text files as users have them: UTF-8 with or without BOM, or GB18030."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from roster.errors import Fault, InputError

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
_NO_TABLE = {
    b"%PDF": "the file is a PDF",
    b"\x89PNG": "the file is a picture",
    b"\xff\xd8\xff": "the file is a picture",
    b"\xd0\xcf\x11\xe0": "the file is an old .xls workbook or is protected by a password",
}
"""What begins so is no table, also where its bytes would pass for text."""


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError([Fault(path.name, error.strerror or "unreadable", "a file that can be read")]) from error


def is_workbook(content: bytes) -> bool:
    """Whether the content is an .xlsx workbook, whatever the file is called."""
    return content.startswith(_ZIP)


def decode(content: bytes, file: str) -> str:
    """Text of UTF-8 (with or without BOM) or GB18030 bytes. Raises InputError for anything else."""
    remedy = "save the file as UTF-8 (or GB18030)"
    for begins, told in _NO_TABLE.items():
        if content.startswith(begins):
            raise InputError([Fault(file, told, "an .xlsx workbook that opens, or a .csv")])
    if content.startswith(_UTF16_BOMS):
        raise InputError([Fault(file, "the text is UTF-16", remedy)])
    encodings = ("utf-8-sig",) if content.startswith(_UTF8_BOM) else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise InputError([Fault(file, "the file is not text", remedy)])
        return text
    raise InputError([Fault(file, "the text is neither UTF-8 nor GB18030", remedy)])


def csv_lines(content: bytes, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of comma-separated text with their numbers from 1, cells stripped; blank rows come too.

    Raises InputError for text of another encoding, open quotes, and tabs or semicolons in place of commas.
    """
    text = decode(content, file)
    head = text.lstrip().partition("\n")[0]
    if "," not in head and (";" in head or "\t" in head):
        raise InputError([Fault(f"{file} row 1 heading", head.strip()[:60], "separate the columns by commas")])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, line in enumerate(reader, 1):
            yield number, [cell.strip() for cell in line]
    except csv.Error as error:
        remedy = "close every quote, double the quotes inside a quoted cell"
        raise InputError([Fault(f"{file} row {number + 1}", str(error), remedy)]) from error
