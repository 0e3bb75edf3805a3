"""Rows of a roster put together into duties: what a person would call one shift."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from roster.roster import Stretch

APART = timedelta(hours=1)
"""A gap at least this long splits a duty into blocks."""


@dataclass(frozen=True)
class AssignedDuty:
    """The rows of one person, day and shift in order of start; at least one. Training may lie inside work."""

    rows: tuple[Stretch, ...]

    @property
    def date(self) -> date:
        """The day the shift starts."""
        return self.rows[0].date

    @property
    def staff_id(self) -> str:
        """Whose duty it is."""
        return self.rows[0].staff_id

    @property
    def kind(self) -> str:
        """Kind of its rows; work where it holds both work and training."""
        return "work" if any(row.kind == "work" for row in self.rows) else self.rows[0].kind

    @property
    def shift(self) -> str:
        """Shift code of all its rows."""
        return self.rows[0].shift

    @property
    def start(self) -> datetime:
        """Start of the first row."""
        return self.rows[0].start

    @property
    def end(self) -> datetime:
        """The latest end."""
        return max(row.end for row in self.rows)

    @property
    def blocks(self) -> tuple[tuple[datetime, datetime], ...]:
        """Start and end of each block; a block begins where all rows before it ended at least `APART` earlier."""
        found = [(self.rows[0].start, self.rows[0].end)]
        for row in self.rows[1:]:
            begun, ended = found[-1]
            if row.start - ended >= APART:
                found.append((row.start, row.end))
            else:
                found[-1] = (begun, max(ended, row.end))
        return tuple(found)


def duties_of(rows: Iterable[Stretch], zone: ZoneInfo) -> Iterator[AssignedDuty]:
    """The duties in order of person, date, kind and start, with their times in the local zone."""
    local = [_local(row, zone) for row in rows]
    ordered = sorted(local, key=lambda row: (*_belonging(row), row.start, row.end))
    made = [AssignedDuty(tuple(group)) for _, group in groupby(ordered, key=_belonging)]
    return iter(sorted(made, key=lambda duty: (duty.staff_id, duty.date, duty.kind, duty.start, duty.shift)))


def _local(row: Stretch, zone: ZoneInfo) -> Stretch:
    if row.start.tzinfo is zone and row.end.tzinfo is zone:
        return row
    return replace(row, start=row.start.astimezone(zone), end=row.end.astimezone(zone))


def _belonging(row: Stretch) -> tuple[str, date, str, str]:
    """What the rows of one duty have in common."""
    return (row.staff_id, row.date, "" if row.works else row.kind, row.shift)
