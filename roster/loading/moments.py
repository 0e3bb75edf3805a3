"""Cells of dates and date-times as instants of the contract's time zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from roster.errors import Fault
from roster.loading.rows import Row


def begin(value: date | datetime, zone: ZoneInfo) -> datetime:
    """The instant a stretch starts: midnight of a date; a date-time without offset is local."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone)
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def finish(value: date | datetime, zone: ZoneInfo) -> datetime:
    """The first instant after a stretch: the midnight that ends a date, or the date-time itself."""
    return begin(value if isinstance(value, datetime) else value + timedelta(days=1), zone)


def stretch(row: Row, zone: ZoneInfo) -> tuple[dict[str, datetime], tuple[Fault, ...]]:
    """`start` and `end` of a row as instants, half-open; a fault where the end is not behind the start."""
    instants = {}
    if row.has("start"):
        instants["start"] = begin(row.values["start"], zone)
    if row.has("end"):
        instants["end"] = finish(row.values["end"], zone)
    if len(instants) == 2 and instants["start"] >= instants["end"]:
        return {}, (row.fault("end", f"later than the start {row.texts['start']}"),)
    return instants, ()
