"""Reading `holiday_overrides.csv`: days whose type the user states, by a new notice or for a client."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from roster.calendar.daytypes import DayOverride, DayType
from roster.calendar.written import iso
from roster.errors import Fault, InputError

COLUMNS = ("date", "kind", "name", "source")

_KINDS = tuple(kind.value for kind in DayType)


def load_overrides(text: str, *, file: str = "holiday_overrides.csv") -> tuple[DayOverride, ...]:
    """Overrides in the order of the file, from CSV text with the columns `date,kind,name,source`.

    `kind` is a DayType value, `date` is ISO, `name` and `source` may be empty. A leading BOM and blank lines
    are accepted. `file` only names the place in messages.

    Raises InputError with every fault: a column missing or unknown, a bad date or kind, a date given twice.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), restkey="", restval="")
    faults = _heading_faults([heading.strip() for heading in reader.fieldnames or ()], file)
    if faults:
        raise InputError(faults)
    reader.fieldnames = [heading.strip() for heading in reader.fieldnames or ()]
    overrides: list[DayOverride] = []
    first_line: dict[date, int] = {}
    for row in reader:
        place = f"{file} row {reader.line_num}"
        day, kind, found = _read_row(row, place)
        faults += found
        if day is None:
            continue
        if day in first_line:
            remedy = f"already given in row {first_line[day]}; keep one"
            faults.append(Fault(f"{place} column date", row["date"], remedy))
        first_line.setdefault(day, reader.line_num)
        if kind is not None:
            overrides.append(DayOverride(day, kind, row["name"].strip(), row["source"].strip()))
    if faults:
        raise InputError(faults)
    return tuple(overrides)


def _heading_faults(headings: list[str], file: str) -> list[Fault]:
    place = f"{file} heading"
    columns = ", ".join(COLUMNS)
    missing = [Fault(place, "", f"column {name} is missing") for name in COLUMNS if name not in headings]
    unknown = [Fault(place, name, f"use only {columns}") for name in headings if name not in COLUMNS]
    twice = {name for name in headings if name in COLUMNS and headings.count(name) > 1}
    return missing + unknown + [Fault(place, name, "give the column once") for name in sorted(twice)]


def _read_row(row: Mapping[str, str], place: str) -> tuple[date | None, DayType | None, list[Fault]]:
    faults = []
    day, kind = None, None
    try:
        day = date.fromisoformat(iso(row["date"].strip()))
    except ValueError:
        faults.append(Fault(f"{place} column date", row["date"], "an ISO date such as 2027-02-05"))
    if row["kind"].strip() in _KINDS:
        kind = DayType(row["kind"].strip())
    else:
        faults.append(Fault(f"{place} column kind", row["kind"], f"one of {', '.join(_KINDS)}"))
    if "" in row:
        faults.append(Fault(place, ",".join(row[""]), f"more cells than the {len(COLUMNS)} columns; quote commas"))
    return day, kind, faults
