"""The sheets of a roster file as lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from roster.loading.text_file import csv_lines, is_workbook
from roster.loading.workbook import workbook_lines

Lines = Sequence[tuple[int, Sequence[str]]]
"""Row numbers from 1 with the stripped cells of the row."""


@dataclass(frozen=True)
class Tab:
    """One sheet of a file; the name is empty for a .csv."""

    file: str
    name: str
    lines: Lines

    def place(self, row: int, column: int) -> str:
        """A cell by the row number from 1 and its column from 0, as spreadsheets name it."""
        cell = f"{get_column_letter(column + 1)}{row}"
        return f"{self.file} sheet {self.name} cell {cell}" if self.name else f"{self.file} cell {cell}"


def tab_names(content: bytes) -> tuple[str, ...]:
    """The names of a workbook's sheets, one empty name for a .csv; none for what cannot be opened."""
    if not is_workbook(content):
        return ("",)
    try:
        book = load_workbook(BytesIO(content), read_only=True)
    except Exception:  # whatever is wrong with it is told by the reader of `rows`
        return ()
    try:
        return tuple(tab.title for tab in book.worksheets)
    finally:
        book.close()


def read_tab(content: bytes, file: str, name: str) -> Tab:
    """One sheet by its name. Raises InputError where it cannot be read."""
    lines = workbook_lines(content, file, name) if is_workbook(content) else csv_lines(content, file)
    return Tab(file, name, tuple(lines))
