"""Which days of a queue are alike, and on which it is open at all."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from roster.forecast.day_calendar import WORKING, DayCalendar
from roster.forecast.day_matrix import DayMatrix

_OPEN_SHARE = 0.25  # days without rows may also be days not recorded


class DayKind(NamedTuple):
    """Day type, with the weekday (Monday 0) for workdays and weekends and -1 for the other types."""

    day_type: str
    weekday: int

    @property
    def pool(self) -> str:
        """ "working" or "off": kinds of one pool lend each other what they have seen too seldom."""
        return "working" if self.day_type in WORKING else "off"


def day_kind(calendar: DayCalendar, day: date) -> DayKind:
    """Kind of `day`."""
    day_type = calendar.day_type(day)
    return DayKind(day_type, day.weekday() if day_type in ("workday", "weekend") else -1)


class Opening:
    """On which kinds of day the history shows a queue to be open."""

    def __init__(self, matrix: DayMatrix, calendar: DayCalendar) -> None:
        first, last = matrix.recorded
        span = (first + timedelta(days=i) for i in range((last - first).days + 1))
        self._calendar = calendar
        self._seen = Counter(day_kind(calendar, day) for day in span)
        self._open = Counter(day_kind(calendar, day) for day in matrix.days)

    def is_open(self, day: date) -> bool:
        """Whether contacts are expected on `day`.

        Open if a quarter of the days of its kind were. Kinds the history has not met: a bridge is as a
        statutory day, a statutory day as a Sunday, other days as the rest of their pool.
        """
        return self._kind_open(day_kind(self._calendar, day))

    def _kind_open(self, kind: DayKind) -> bool:
        if self._seen[kind]:
            return self._open[kind] >= _OPEN_SHARE * self._seen[kind]
        if kind.day_type == "bridge":
            return self._kind_open(DayKind("statutory", -1))
        if kind.day_type == "statutory":
            return self._kind_open(DayKind("weekend", 6))
        return any(count for other, count in self._open.items() if other.pool == kind.pool)
