"""Local clock times as minutes after midnight, and the grid of intervals inside service hours."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY_MINUTES = 1440

Window = tuple[int, int]
"""Minutes after midnight, half-open [start, end); the end may lie past midnight (above 1440)."""

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)


def clock_minutes(text: str) -> int:
    """Minutes after midnight of 'HH:MM', from '00:00' to '47:59'.

    '24:00' is 1440, '30:00' is six o'clock on the next day. Raises ValueError for anything else.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None or int(match[1]) >= 48:
        raise ValueError(f"a clock time is HH:MM from 00:00 to 47:59, not {text!r}")
    return int(match[1]) * 60 + int(match[2])


def window_minutes(start: str, end: str) -> Window:
    """The window from one clock time to the next: an end at or before the start is that of the following day.

    ('22:00', '06:00') is (1320, 1800); ('00:00', '24:00') and ('00:00', '00:00') are the whole day (0, 1440).
    """
    opens, closes = clock_minutes(start), clock_minutes(end)
    if closes <= opens:
        closes += DAY_MINUTES
    if closes <= opens:
        raise ValueError(f"a window ends within a day of its start, not {start}-{end}")
    return opens, closes


def intervals(day: date, windows: Sequence[Window], minutes: int, tz: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The half-open intervals [start, end) of the day's service hours, aware, in order, gap-free in a window.

    The grid is laid from local midnight in steps of `minutes`; an interval that a window cuts is shortened
    to the part inside. Clock arithmetic is local.

    Raises ValueError unless `minutes` divides an hour and the windows are non-empty, in order and disjoint.
    """
    if minutes < 1 or 60 % minutes:
        raise ValueError(f"an interval divides 60 minutes, not {minutes}")
    _require_ordered(windows)
    midnight = datetime.combine(day, time(), tz)
    return [
        (midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes))
        for window in windows
        for opens, closes in _cells(window, minutes)
    ]


def _require_ordered(windows: Sequence[Window]) -> None:
    for opens, closes in windows:
        if not 0 <= opens < closes:
            raise ValueError(f"0 <= start < end, not [{opens}, {closes})")
    for (_, closes), (opens, _) in pairwise(windows):
        if closes > opens:
            raise ValueError(f"windows are in order and disjoint: {closes} <= {opens} is broken")


def _cells(window: Window, minutes: int) -> Iterator[Window]:
    opens, closes = window
    while opens < closes:
        border = min(closes, (opens // minutes + 1) * minutes)
        yield opens, border
        opens = border
