"""A scenario's tables as text: read for editing, written back so that cells nobody touched stay as they were."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook

from planning.saving import encoded
from roster.errors import InputError
from roster.loading.headings import LEAVE, REQUESTS, STAFF, Table
from roster.loading.tables import Sheet, read_sheet
from roster.loading.text_file import is_workbook

TABLES: Mapping[str, Table] = {table.name: table for table in (STAFF, LEAVE, REQUESTS)}
"""The tables that are edited, by name."""

TextRow = Mapping[str, str]


def sheet_of(name: str, content: bytes) -> Sheet | None:
    """The table in a file's bytes, .csv or .xlsx; None for no bytes. Raises InputError where it is no table."""
    if not content.strip():
        return None
    with TemporaryDirectory(prefix="lunban-") as folder:
        path = Path(folder) / f"{name}{'.xlsx' if is_workbook(content) else '.csv'}"
        path.write_bytes(content)
        return read_sheet(path, TABLES[name])


def text_rows(sheet: Sheet | None) -> list[dict[str, str]]:
    """The cells by English column name, row by row."""
    if sheet is None:
        return []
    names = [column.name for column in sheet.columns]
    return [dict(zip(names, row, strict=True)) for row in sheet.rows]


def table_bytes(name: str, rows: Sequence[TextRow], *, like: bytes = b"") -> bytes:
    """The rows as a file of the same form as `like`: workbook or text, its encoding, line ends and headings.

    Columns that `like` does not have are added where a row has text for them. Rows without any text are left out.
    """
    sheet = sheet_of(name, like)
    kept = [row for row in rows if any(row.values())]
    lines = list(_lines(TABLES[name], sheet, kept))
    return _workbook(name, lines) if is_workbook(like) else _csv(lines, like)


def as_workbook(name: str, content: bytes) -> bytes:
    """A table's file as an .xlsx workbook of text cells, whatever it was."""
    if is_workbook(content):
        return content
    return _workbook(name, list(_lines(TABLES[name], sheet_of(name, content), text_rows(sheet_of(name, content)))))


def as_stored(name: str, upload: bytes, *, stored: bytes) -> bytes:
    """An uploaded table in the kind of file that is stored: .csv stays .csv also where a workbook was uploaded."""
    if is_workbook(upload) == is_workbook(stored):
        return upload
    return table_bytes(name, text_rows(sheet_of(name, upload)), like=stored)


def readable(name: str, content: bytes) -> bool:
    """Whether the bytes hold a table at all."""
    try:
        sheet_of(name, content)
    except InputError:
        return False
    return True


def _lines(table: Table, sheet: Sheet | None, rows: Sequence[TextRow]) -> Iterable[list[str]]:
    """Heading and rows in the order of the file's own columns, others behind them."""
    if sheet is None:
        columns, headings = [column.name for column in table.columns], [column.name for column in table.columns]
    else:
        columns, headings = [column.name for column in sheet.columns], list(sheet.headings)
    more = [name for name in table.by_name if name not in columns and any(row.get(name) for row in rows)]
    yield [*headings, *more]
    for row in rows:
        yield [row.get(name, "") for name in (*columns, *more)]


def _csv(lines: Sequence[Sequence[str]], like: bytes) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n" if b"\r\n" in like else "\n").writerows(lines)
    return encoded(text.getvalue(), like=like)


def _workbook(name: str, lines: Sequence[Sequence[str]]) -> bytes:
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    page = book.add_worksheet(name)
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    width = max(map(len, lines), default=1)
    page.set_column(0, max(width - 1, 0), 14, text)
    page.freeze_panes(1, 1)
    for at, line in enumerate(lines):
        for column, cell in enumerate(line):
            page.write_string(at, column, cell, bold if at == 0 else text)
    book.close()
    return content.getvalue()
