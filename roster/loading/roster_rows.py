"""roster.csv, locks.csv and previous.csv: rows of a roster."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from roster.errors import Fault
from roster.loading.known import Known
from roster.loading.moments import begin
from roster.loading.rows import Row, collect, repeats, settle, typed_rows
from roster.loading.tables import Sheet
from roster.roster import WORKING, Stretch

_LONGEST = timedelta(hours=24)
_SHIFT = ("staff_id", "date", "shift", "team", "role")
"""What the rows of one shift have in common, beside being all at work or all of one other kind."""
_STANDING_BY = frozenset({"backup", "oncall"})


def load_rows(sheet: Sheet, known: Known) -> tuple[Stretch, ...]:
    """Rows of a roster in the order of the file, times in the contract's zone. Overlaps are for the judge.

    A time without offset is one of the contract's clock. Raises InputError with every fault: cells, an end before its
    start, rows longer than 24 h, rows that do not belong to their date, shifts that start after it, unknown people,
    teams, roles and sites, a row given twice.
    """
    twice = repeats(sheet, *(column.name for column in sheet.columns), what="the same row is")
    late = _late(sheet, known)

    def make(written: Row) -> Stretch | tuple[Fault, ...]:
        row = _on_the_clock(written, known.zone)
        more = (*_unknown(row, known), *_impossible(row), *twice.get(row.number, ()), *late.get(row.number, ()))
        complete = row.has("date", "staff_id", "start", "end", "kind")
        return (*row.faults, *more) if row.faults or more or not complete else _stretch(row)

    return settle(*collect(sheet, make))


def without_offset(sheet: Sheet) -> int:
    """How many rows have a time without offset, read on the contract's clock."""
    times = [(row.values.get("start"), row.values.get("end")) for row in typed_rows(sheet)]
    return sum(any(moment is not None and moment.tzinfo is None for moment in pair) for pair in times)


def _on_the_clock(row: Row, zone: ZoneInfo) -> Row:
    """The row with its times in the contract's zone."""
    times = {name: begin(row.values[name], zone) for name in ("start", "end") if row.has(name)}
    return replace(row, values={**row.values, **times})


def _unknown(row: Row, known: Known) -> Iterator[Fault]:
    yield from known.id_faults(row, "staff_id", known.staff, what="person")
    yield from known.id_faults(row, "site", known.sites)
    absent = row.values.get("kind") == "leave" and not row.has("team") and not row.has("role")
    if row.has("kind") and row.sheet.has("team", "role") and not absent:
        yield from known.duty_faults(row)


def _impossible(row: Row) -> Iterator[Fault]:
    if row.has("start", "end"):
        length = row.values["end"] - row.values["start"]
        if length <= timedelta():
            yield row.fault("end", f"later than the start {row.texts['start']}")
        elif length > _LONGEST:
            yield row.fault("end", f"at most 24 h after the start {row.texts['start']}")
    if row.has("start", "date"):
        late = row.values["start"].date() - row.values["date"]
        if not 0 <= late.days <= 1:
            yield row.fault("date", f"the day the shift starts: that of {row.texts['start']} or the day before")


def _late(sheet: Sheet, known: Known) -> dict[int, tuple[Fault, ...]]:
    """By row number: the fault of a shift's first row that starts the day after its date; later rows may."""
    shifts: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in (_on_the_clock(written, known.zone) for written in typed_rows(sheet)):
        kind = row.values.get("kind", "")
        same = "at work" if kind in WORKING else kind
        shifts[(same, *(row.texts.get(name, "") for name in _SHIFT))].append(row)
    faults = {}
    for rows in shifts.values():
        if all(row.has("start", "date") for row in rows):
            first = min(rows, key=lambda row: row.values["start"])
            day = first.values["start"].date()
            if day - first.values["date"] == timedelta(days=1):
                remedy = f"the day the shift starts: its first row starts at {first.texts['start']}"
                faults[first.number] = (first.fault("date", remedy),)
    return faults


def _stretch(row: Row) -> Stretch:
    values = row.values
    kind = values["kind"]
    activity = values.get("activity", "duty" if kind == "work" else kind)
    return Stretch(
        date=values["date"],
        staff_id=values["staff_id"],
        team=values.get("team", ""),
        role=values.get("role", ""),
        shift=values.get("shift", ""),
        post=values.get("post", ""),
        activity=activity,
        start=values["start"],
        end=values["end"],
        site=values.get("site", ""),
        kind=kind,
        paid=values.get("paid", activity != "lunch" and kind not in _STANDING_BY),
        locked=values.get("locked", False),
    )
