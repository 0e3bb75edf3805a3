"""roster.csv, locks.csv and previous.csv: rows of a roster."""

from collections.abc import Iterator
from datetime import timedelta

from roster.errors import Fault
from roster.loading.known import Known
from roster.loading.rows import Row, collect, repeats, settle
from roster.loading.tables import Sheet
from roster.roster import Stretch

_LONGEST = timedelta(hours=24)


def load_rows(sheet: Sheet, known: Known) -> tuple[Stretch, ...]:
    """Rows of a roster in the order of the file, times in the contract's zone. Overlaps are for the judge.

    Raises InputError with every fault: cells, times without offset, an end before its start, rows longer than
    24 h, rows that do not belong to their date, unknown people, teams, roles and sites, a row given twice.
    """
    twice = repeats(sheet, *(column.name for column in sheet.columns), what="the same row is")

    def make(row: Row) -> Stretch | tuple[Fault, ...]:
        more = (*_unknown(row, known), *_impossible(row, known), *twice.get(row.number, ()))
        complete = row.has("date", "staff_id", "start", "end", "kind")
        return (*row.faults, *more) if row.faults or more or not complete else _stretch(row, known)

    return settle(*collect(sheet, make))


def _unknown(row: Row, known: Known) -> Iterator[Fault]:
    yield from known.id_faults(row, "staff_id", known.staff, what="person")
    yield from known.id_faults(row, "site", known.sites)
    absent = row.values.get("kind") == "leave" and not row.has("team") and not row.has("role")
    if row.has("kind") and row.sheet.has("team", "role") and not absent:
        yield from known.duty_faults(row)


def _impossible(row: Row, known: Known) -> Iterator[Fault]:
    if row.has("start", "end"):
        length = row.values["end"] - row.values["start"]
        if length <= timedelta():
            yield row.fault("end", f"later than the start {row.texts['start']}")
        elif length > _LONGEST:
            yield row.fault("end", f"at most 24 h after the start {row.texts['start']}")
    if row.has("start", "date"):
        late = row.values["start"].astimezone(known.zone).date() - row.values["date"]
        if not 0 <= late.days <= 1:
            yield row.fault("date", f"the day the shift starts: that of {row.texts['start']} or the day before")


def _stretch(row: Row, known: Known) -> Stretch:
    values = row.values
    return Stretch(
        date=values["date"],
        staff_id=values["staff_id"],
        team=values.get("team", ""),
        role=values.get("role", ""),
        shift=values.get("shift", ""),
        post=values.get("post", ""),
        activity=values.get("activity", "duty" if values["kind"] == "work" else values["kind"]),
        start=values["start"].astimezone(known.zone),
        end=values["end"].astimezone(known.zone),
        site=values.get("site", ""),
        kind=values["kind"],
        paid=values.get("paid", True),
        locked=values.get("locked", False),
    )
