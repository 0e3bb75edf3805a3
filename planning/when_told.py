"""When something is: its day, and its stretch by the clock where it has one."""

from datetime import date, datetime, time, timedelta


def when_told(day: date | None, start: datetime | None, end: datetime | None) -> str:
    """'2025-03-03 09:00-11:30', the day alone without a stretch, '' without a day."""
    told = day.isoformat() if day else ""
    return f"{told} {start:%H:%M}-{_end_of(start, end)}" if start and end else told


def _end_of(start: datetime, end: datetime) -> str:
    """The end of a stretch by the clock; the midnight that ends the day it starts is 24:00."""
    midnight = end.time() == time() and end.date() - start.date() == timedelta(days=1)
    return "24:00" if midnight else f"{end:%H:%M}"
