"""Reading one table, .csv or .xlsx, into rows of text under known headings."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.errors import Fault, InputError
from roster.loading.headings import Column, Table
from roster.loading.nearest import unknown
from roster.loading.text_file import csv_lines, is_workbook, read_bytes
from roster.loading.workbook import workbook_lines

Line = Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """A table as text. `rows[i]` holds the stripped cells in the order of `columns`; blank rows are left out.

    `numbers[i]` is the row number a person sees in the file, its heading row being the first that is not blank.
    `headings` are the columns' headings as they stand in the file.
    """

    file: str
    table: Table
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def cells(self, name: str) -> tuple[str, ...]:
        """All cells of a column, empty where the file does not have it."""
        names = [column.name for column in self.columns]
        if name not in names:
            return ("",) * len(self.rows)
        at = names.index(name)
        return tuple(row[at] for row in self.rows)

    def place(self, number: int, name: str = "") -> str:
        """Where a row, or one of its cells, stands."""
        return f"{self.file} row {number}" + (f" column {self.shown(name)}" if name else "")

    def shown(self, name: str) -> str:
        """A column as a reader of the file knows it."""
        for column, heading in zip(self.columns, self.headings, strict=True):
            if column.name == name:
                return name if heading.casefold() == name else f"{name} ({heading})"
        return name


def find_table(folder: Path, name: str) -> Path | None:
    """The file of a table in a scenario folder, None without one. Raises InputError where .csv and .xlsx exist."""
    found = [path for path in (folder / f"{name}.csv", folder / f"{name}.xlsx") if path.is_file()]
    if len(found) > 1:
        raise InputError([Fault(f"{name}.csv", f"{name}.xlsx also exists", "keep one of the two files")])
    return found[0] if found else None


def read_sheet(path: Path, table: Table, *, sheet: str = "") -> Sheet:
    """One table from a .csv (UTF-8 with or without BOM, or GB18030) or an .xlsx, told apart by content.

    `sheet` names the sheet wanted of a workbook; without one, or where the workbook has a single sheet, the first.

    Raises InputError with every fault of headings and shape.
    """
    content = read_bytes(path)
    lines = (
        workbook_lines(content, path.name, sheet) if is_workbook(content) else csv_lines(content, path.name)
    )
    numbered = [(number, line) for number, line in lines if any(line)]
    if not numbered:
        headings = ",".join(column.name for column in table.columns)
        raise InputError([Fault(path.name, "the file is empty", f"a heading row with {headings}")])
    (first, heading), body = numbered[0], numbered[1:]
    width = max(i for i, cell in enumerate(heading, 1) if cell)
    columns, faults = _columns(heading[:width], table, f"{path.name} row {first}")
    faults += _shape_faults(body, width, path.name)
    if table.rows_needed and not body:
        faults.append(Fault(path.name, "no rows under the heading", "at least one row"))
    if faults:
        raise InputError(faults)
    rows = tuple((*line[:width], *[""] * (width - len(line))) for _, line in body)
    return Sheet(path.name, table, columns, tuple(heading[:width]), rows, tuple(number for number, _ in body))


def _columns(heading: Line, table: Table, place: str) -> tuple[tuple[Column, ...], list[Fault]]:
    """The columns that a heading row names, and what is wrong with it."""
    faults, columns = [], []
    for position, cell in enumerate(heading, 1):
        column = table.by_heading.get(unicodedata.normalize("NFKC", cell).strip().casefold())
        if column is None:
            remedy = (
                unknown("column", cell, table.by_name) if cell else f"name column {position} or remove it"
            )
            faults.append(Fault(f"{place} heading", cell, remedy))
        elif column in columns:
            faults.append(Fault(f"{place} heading", cell, f"give the column {column.name} once"))
        else:
            columns.append(column)
    faults += [
        Fault(f"{place} heading", "", f"column {column.name} ({column.zh[0]}) is missing: {column.meaning}")
        for column in table.columns
        if column.needed and column not in columns
    ]
    return tuple(columns), faults


def _shape_faults(body: Sequence[tuple[int, Line]], width: int, file: str) -> list[Fault]:
    return [
        Fault(
            f"{file} row {number}",
            ",".join(line[width:]),
            f"at most {width} cells; quote a cell that holds commas",
        )
        for number, line in body
        if len(line) > width and any(line[width:])
    ]
