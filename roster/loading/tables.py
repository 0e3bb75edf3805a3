"""Reading one table, .csv or .xlsx, into rows of text under known headings."""

import unicodedata
from collections.abc import Iterator, Sequence
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

    `numbers[i]` is the row number a person sees in the file, from 1, heading and blank rows counted.
    `headings` are the columns' headings as they stand in the file. `faults` is what is wrong with headings and
    shape; columns that are known can be read all the same.
    """

    file: str
    table: Table
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    faults: tuple[Fault, ...] = ()

    def has(self, *names: str) -> bool:
        """Whether the file has all these columns."""
        return {column.name for column in self.columns}.issuperset(names)

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
    """The file of a table in a folder, None without one. Raises InputError where .csv and .xlsx exist."""
    found = [path for path in (folder / f"{name}.csv", folder / f"{name}.xlsx") if path.is_file()]
    if len(found) > 1:
        raise InputError([Fault(f"{name}.csv", f"{name}.xlsx also exists", "keep one of the two files")])
    return found[0] if found else None


def read_sheet(path: Path, table: Table, *, sheet: str = "") -> Sheet:
    """One table from a .csv (UTF-8 with or without BOM, or GB18030) or an .xlsx, told apart by content.

    `sheet` names the sheet wanted of a workbook; without one, or where there is a single sheet, the first.

    Raises InputError for a file that holds no table. Faults of headings and shape go with the sheet.
    """
    content = read_bytes(path)
    workbook = is_workbook(content)
    lines = workbook_lines(content, path.name, sheet) if workbook else csv_lines(content, path.name)
    numbered = [(number, line) for number, line in lines if any(line)]
    if not numbered:
        headings = ",".join(column.name for column in table.columns)
        raise InputError([Fault(path.name, "the file is empty", f"a heading row with {headings}")])
    (first, heading), body = numbered[0], numbered[1:]
    columns, faults = _columns(heading, table, f"{path.name} row {first} heading")
    faults += _shape_faults(heading, body, path.name)
    if table.rows_needed and not body:
        faults.append(Fault(path.name, "no rows under the heading", "at least one row"))
    return Sheet(
        path.name,
        table,
        tuple(columns.values()),
        tuple(heading[at] for at in columns),
        tuple(tuple(line[at] if at < len(line) else "" for at in columns) for _, line in body),
        tuple(number for number, _ in body),
        tuple(faults),
    )


def _columns(heading: Line, table: Table, place: str) -> tuple[dict[int, Column], list[Fault]]:
    """The columns that a heading row names, by position from 0, and what is wrong with it."""
    faults: list[Fault] = []
    columns: dict[int, Column] = {}
    for position, cell in enumerate(heading):
        column = table.by_heading.get(unicodedata.normalize("NFKC", cell).strip().casefold())
        if column is None and cell:
            faults.append(Fault(place, cell, unknown("column", cell, table.by_name)))
        elif column is not None and column in columns.values():
            faults.append(Fault(place, cell, f"give the column {column.name} once"))
        elif column is not None:
            columns[position] = column
    faults += [
        Fault(place, "", f"column {column.name} ({column.zh[0]}) is missing: {column.meaning}")
        for column in table.columns
        if column.expected and column not in columns.values()
    ]
    return columns, faults


def _shape_faults(heading: Line, body: Sequence[tuple[int, Line]], file: str) -> Iterator[Fault]:
    """Rows with text in cells that have no heading."""
    width = len(heading)
    bare = [at for at, cell in enumerate(heading) if not cell]
    for number, line in body:
        stray = [cell for cell in (*(line[at] for at in bare if at < len(line)), *line[width:]) if cell]
        if stray:
            remedy = "no text outside the columns with a heading; quote cells that hold commas"
            yield Fault(f"{file} row {number}", ",".join(stray), remedy)
