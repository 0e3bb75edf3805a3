"""Days and hours: what kind of day a date is, the planned span, local clock times and interval grids."""

from roster.calendar.clock import clock_minutes, intervals, window_minutes
from roster.calendar.daytypes import Calendar, DayOverride, DayType
from roster.calendar.festivals import festivals
from roster.calendar.horizon import Horizon
from roster.calendar.overrides import load_overrides
from roster.calendar.written import iso

__all__ = [
    "Calendar",
    "DayOverride",
    "DayType",
    "Horizon",
    "clock_minutes",
    "festivals",
    "intervals",
    "iso",
    "load_overrides",
    "window_minutes",
]
