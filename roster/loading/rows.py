"""Rows of text into values, with every fault kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from roster.errors import Fault, InputError
from roster.loading.allowed import allowed
from roster.loading.headings import Column
from roster.loading.tables import Sheet

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Row:
    """One row: texts and values by English column name; empty cells and unreadable ones have no value."""

    sheet: Sheet
    number: int
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()

    @property
    def place(self) -> str:
        """Where the row stands."""
        return self.sheet.place(self.number)

    def fault(self, column: str, remedy: str) -> Fault:
        """A fault of one cell."""
        return Fault(self.sheet.place(self.number, column), self.texts.get(column, ""), remedy)

    def has(self, *columns: str) -> bool:
        """Whether all these cells have a value."""
        return all(column in self.values for column in columns)


def typed_rows(sheet: Sheet) -> Iterator[Row]:
    """Each row with its cells read by the kind of their column."""
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        texts = {column.name: cell for column, cell in zip(sheet.columns, cells, strict=True)}
        values: dict[str, Any] = {}
        faults = []
        for column, cell in zip(sheet.columns, cells, strict=True):
            try:
                if cell:
                    values[column.name] = column.kind.read(cell)
                elif column.needed:
                    faults.append(_empty(sheet, number, column))
            except (ValueError, OverflowError):
                faults.append(Fault(sheet.place(number, column.name), cell, column.kind.allowed))
        yield Row(sheet, number, texts, values, tuple(faults))


def _empty(sheet: Sheet, number: int, column: Column) -> Fault:
    return Fault(
        sheet.place(number, column.name),
        "",
        f"the cell is empty; give {column.kind.allowed}: {column.meaning}",
    )


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def build(model: type[M], row: Row, more: Iterable[Fault] = (), **changed: Any) -> M | tuple[Fault, ...]:
    """The row as a model, `changed` values in place of the row's, or all its faults, `more` included."""
    try:
        built = model.model_validate({**row.values, **changed})
    except ValidationError as error:
        return (*row.faults, *_model_faults(model, row, error), *more)
    return (*row.faults, *more) or built


def _model_faults(model: type[BaseModel], row: Row, error: ValidationError) -> Iterator[Fault]:
    known = {fault.place for fault in row.faults}
    for entry in error.errors(include_url=False):
        if not entry["loc"]:
            yield Fault(row.place, "", entry["msg"].removeprefix("Value error, "))
            continue
        column = str(entry["loc"][0])
        if row.sheet.has(column) and row.sheet.place(row.number, column) not in known:
            schema = _schema(model)
            yield row.fault(column, allowed(schema["properties"][column], schema))


def collect(sheet: Sheet, make: Callable[[Row], T | tuple[Fault, ...]]) -> tuple[list[tuple[Row, T]], list[Fault]]:
    """Each row that `make` turns into a value, with it; and the faults of the sheet and of all other rows."""
    good: list[tuple[Row, T]] = []
    found = list(sheet.faults)
    for row in typed_rows(sheet):
        made = make(row)
        if isinstance(made, tuple):
            found += made
        else:
            good.append((row, made))
    return good, found


def repeats(sheet: Sheet, *columns: str, what: str) -> dict[int, tuple[Fault, ...]]:
    """By row number: the fault of a row whose cells in all these columns stand in an earlier row already."""
    if not sheet.has(*(column.name for column in sheet.table.columns if column.needed)):
        return {}
    first: dict[tuple[str, ...], int] = {}
    faults: dict[int, tuple[Fault, ...]] = {}
    for number, key in zip(sheet.numbers, zip(*map(sheet.cells, columns), strict=True), strict=True):
        held = first.setdefault(key, number)
        if held != number and any(key):
            place = sheet.place(number, columns[0] if len(columns) == 1 else "")
            remedy = f"{what} already given in row {held}; keep one"
            faults[number] = (Fault(place, " ".join(filter(None, key)), remedy),)
    return faults


def settle(values: Iterable[tuple[Row, T]], found: Sequence[Fault]) -> tuple[T, ...]:
    """The values in the order of the file. Raises InputError where any fault was found."""
    if found:
        raise InputError(found)
    return tuple(value for _, value in values)
