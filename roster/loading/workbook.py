"""Rows of an .xlsx workbook as the text a .csv would hold."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from roster.errors import Fault, InputError

_BROKEN = (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, SyntaxError)


def workbook_lines(content: bytes, file: str, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet with their numbers from 1, cells as text; formulas by the value last computed.

    Raises InputError for a broken workbook, or where several sheets exist and none has the name asked for.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and validations it drops
        try:
            lines = _lines(content, file, sheet)
        except _BROKEN as error:
            raise InputError([Fault(file, str(error)[:80], "an .xlsx workbook that opens, or a .csv")]) from error
    return iter(lines)


def _lines(content: bytes, file: str, sheet: str) -> list[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        names = [tab.title for tab in book.worksheets]
        if not names or (sheet and sheet not in names and len(names) > 1):
            raise InputError([Fault(file, f"sheets {', '.join(names)}", f"a sheet named {sheet or 'as the file'}")])
        tab: Any = book[sheet if sheet in names else names[0]]
        tab.reset_dimensions()  # some programs write a wrong extent
        return [(number, [_text(cell) for cell in row]) for number, row in enumerate(tab.iter_rows(), 1)]
    finally:
        book.close()


def _text(cell: Any) -> str:
    """A cell as it would stand in a .csv: ISO dates, yes/no, whole numbers without a point."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return _moment(value, str(cell.number_format))
        case date() | time():
            return value.isoformat()
        case _:
            return str(value).strip()


def _moment(value: datetime, number_format: str) -> str:
    value = (value + timedelta(milliseconds=500)).replace(microsecond=0)  # the file counts days in floats
    shows_time = "h" in number_format.lower() or value.time() != time()
    return value.isoformat() if shows_time else value.date().isoformat()
