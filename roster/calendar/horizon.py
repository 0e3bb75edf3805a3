"""The planned span: whole local days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Horizon:
    """The span [start 00:00, start + days 00:00) in local time; a shift belongs to it when it starts in it.

    Raises ValueError for less than one day or an unknown time zone.
    """

    start: date
    days: int
    timezone: str

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"days >= 1, not {self.days}")
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"timezone is an IANA name, not {self.timezone!r}") from error

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every day of the horizon, in order; `days` of them."""
        return tuple(self.start + timedelta(days=k) for k in range(self.days))

    @property
    def begin(self) -> datetime:
        """Local midnight at which the first day begins."""
        return self.at(self.start, 0)

    @property
    def end(self) -> datetime:
        """Local midnight after the last day: the first instant that is no longer in the horizon."""
        return self.at(self.start + timedelta(days=self.days), 0)

    @cached_property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """The Monday-to-Sunday weeks that touch the horizon, each with all its seven dates."""
        monday = self.start - timedelta(days=self.start.weekday())
        count = ((self.dates[-1] - monday).days // 7) + 1
        return tuple(tuple(monday + timedelta(days=7 * w + d) for d in range(7)) for w in range(count))

    @cached_property
    def months(self) -> tuple[date, ...]:
        """The first day of each calendar month that touches the horizon."""
        return tuple(dict.fromkeys(day.replace(day=1) for day in self.dates))

    def index(self, day: date) -> int:
        """Position of the day, 0 for the first. Raises ValueError outside the horizon."""
        position = (day - self.start).days
        if not 0 <= position < self.days:
            raise ValueError(f"{self.start} <= day <= {self.dates[-1]}, not {day}")
        return position

    def at(self, day: date, minutes_after_midnight: int) -> datetime:
        """The instant the local clock of that day shows; 1440 and more run into the following days."""
        return datetime.combine(day, time(), self.zone) + timedelta(minutes=minutes_after_midnight)
