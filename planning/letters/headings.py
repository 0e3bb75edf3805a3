"""The dates across the top of a roster, as people write them: 2025-04-28, 2025/4/28, 4/28, 4月28日, 28."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planning.letters.sheets import Lines
from roster.calendar import iso

_MONTH_DAY = re.compile(r"(\d{1,2})(?:[/.-]|月)(\d{1,2})日?")
_DAY = re.compile(r"(\d{1,2})[日号]?")
_FULL = re.compile(r"\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|年\d{1,2}月\d{1,2}日)")
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})")
_SEARCHED = 20
"""Rows from the top in which the dates are looked for."""
_BARE = 5
"""Days without a month from which a row of consecutive numbers is taken for dates."""


@dataclass(frozen=True)
class DateRow:
    """The row of the dates: its number from 1, and the date of each column from 0."""

    row: int
    dates: dict[int, date]

    @property
    def first(self) -> int:
        """The first column with a date."""
        return min(self.dates)


def date_row(lines: Lines, start: date) -> DateRow | None:
    """The row with the most dates that leaves room for people to the left, None without one.

    Dates without year or month count from what stands above them, else from `start`.
    """
    found, since = None, start
    for number, cells in lines[:_SEARCHED]:
        dates = _dates(cells, since)
        if dates and min(dates) > 0 and (found is None or len(dates) > len(found.dates)):
            found = DateRow(number, dates)
        since = _told(cells) or since
    return found


def _dates(cells: Sequence[str], since: date) -> dict[int, date]:
    dates: dict[int, date] = {}
    certain = False
    last: date | None = None
    for at, cell in enumerate(cells):
        bare = _DAY.fullmatch(cell) is not None
        day = _date(cell, last, since)
        if day is None or (last is not None and day <= last) or (bare and last and day - last > timedelta(days=1)):
            continue
        certain |= not bare
        dates[at] = last = day
    return dates if certain or len(dates) >= _BARE else {}


def _date(cell: str, last: date | None, since: date) -> date | None:
    try:
        if _FULL.fullmatch(cell):
            return date.fromisoformat(iso(cell))
        if found := _MONTH_DAY.fullmatch(cell):
            day = date((last or since).year, int(found[1]), int(found[2]))
            return day if day >= (last or since - timedelta(days=183)) else day.replace(year=day.year + 1)
        if found := _DAY.fullmatch(cell):
            return last + timedelta(days=1) if last and _follows(last, int(found[1])) else _first(since, int(found[1]))
    except ValueError:
        return None
    return None


def _follows(last: date, number: int) -> bool:
    return (last + timedelta(days=1)).day == number


def _first(since: date, number: int) -> date:
    return since.replace(day=number)


def _told(cells: Sequence[str]) -> date | None:
    """The first date or month in a row of text."""
    for cell in cells:
        try:
            if found := _FULL.search(cell):
                return date.fromisoformat(iso(found[0]))
            if found := _MONTH.search(cell):
                return date(int(found[1]), int(found[2]), 1)
        except ValueError:
            continue
    return None
