"""What days have in common: the covariances from which the day-level model is added up."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import day_kind
from roster.forecast.day_matrix import Floats

_MEMORY = {"year": 365.0, "month": 30.0, "week": 7.0}
_DRIFT = 90.0
_WAVES = 3
_LAST_DAYS = 5
_SEASON_WIDTH = 0.3
_SEASON_TOLD = 400
DAY_OF_MONTH = ("month wave", "day of month", "end of month")
"""The components that tell the days of a month apart."""
USUAL_SIZE: Mapping[str, float] = {
    "weekday": 0.2, "weekday drift": 0.03, "year": 0.1, "month": 0.05, "week": 0.05, "season": 0.05,
    "month wave": 0.03, "day of month": 0.03, "end of month": 0.03,
    "day type": 0.3, "beside holiday": 0.1, "festival": 0.1, "event": 0.15,
}  # fmt: skip
"""Standard deviation of each component's effect on the log volume before any history is seen."""


def covariances(
    some: Sequence[date], other: Sequence[date], queue: str, calendar: DayCalendar, names: Sequence[str]
) -> dict[str, Floats]:
    """Shape (some, other) a component of `names`: how alike two days are in it, 1 for the same.

    Components: `weekday` (make-up days are a mean of the workdays, days off a Sunday) and its drift; a level that
    forgets in a year, a month, a week; the season of the year; waves over the month, its single days, its last
    days; day types, places beside a holiday, festivals by name and offset, events by name.
    """
    apart = np.abs(_ordinals(some)[:, None] - _ordinals(other)[None, :])
    lag = np.arange(apart.max(initial=0) + 1)
    made = {name: np.exp(-lag / days)[apart] for name, days in _MEMORY.items() if name in names}
    if "weekday" in names or "weekday drift" in names:
        made["weekday"] = _weekdays(some, calendar) @ _weekdays(other, calendar).T
        made["weekday drift"] = made["weekday"] * np.exp(-lag / _DRIFT)[apart]
    if "season" in names:
        made["season"] = np.exp(-2 * (np.sin(np.pi * lag / 365.25) / _SEASON_WIDTH) ** 2)[apart]
    if "month wave" in names:
        made["month wave"] = _waves(some) @ _waves(other).T / _WAVES
    rows, columns = ([special_marks(day, queue, calendar) for day in days] for days in (some, other))
    made |= {name: _alike(rows, columns, name) for name in names if name not in made}
    return {name: made[name] for name in names}


def components(days: Sequence[date], queue: str, calendar: DayCalendar, *, day_of_month: bool) -> tuple[str, ...]:
    """The components that a history of these days tells something of."""
    marked = {name for day in days for name, mark in special_marks(day, queue, calendar).items() if mark}
    season = {"season"} if (days[-1] - days[0]).days >= _SEASON_TOLD else set[str]()
    told = {*_MEMORY, "weekday", "weekday drift", "month wave", *marked, *season}
    return tuple(name for name in USUAL_SIZE if name in told and (day_of_month or name not in DAY_OF_MONTH))


def told_lift(days: Sequence[date], queue: str, calendar: DayCalendar) -> Floats:
    """Sum of the log factors of the events that touch each day, as the user states them."""
    return np.array([sum(np.log(e.factor) for e in calendar.events if e.touches(day, queue)) for day in days])


def special_marks(day: date, queue: str, calendar: DayCalendar) -> Mapping[str, str]:
    """What is special about a day: its mark in each component that knows special days, "" for none."""
    left = monthrange(day.year, day.month)[1] - day.day
    return {
        "day of month": str(day.day),
        "end of month": str(left) if left < _LAST_DAYS else "",
        **calendar.marks(day, queue),
    }


def is_special(day: date, queue: str, calendar: DayCalendar) -> bool:
    """Whether an event touches the day, or it is by its type or place no ordinary day."""
    return any(calendar.marks(day, queue).values())


def _alike(some: Sequence[Mapping[str, str]], other: Sequence[Mapping[str, str]], name: str) -> Floats:
    """1 where two days bear the same mark, 0 elsewhere and where there is none."""
    number: dict[str, int] = {}
    rows, columns = (
        np.array([number.setdefault(mark[name], len(number) + 1) if mark[name] else 0 for mark in marks])
        for marks in (some, other)
    )
    return ((rows[:, None] == columns[None, :]) & (rows[:, None] > 0)).astype(float)


def _ordinals(days: Sequence[date]) -> npt.NDArray[np.int64]:
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def _waves(days: Sequence[date]) -> Floats:
    """Shape (days, 2 _WAVES): cosines and sines over the month, whose products are cosines of the difference."""
    phase = np.array([2 * np.pi * (day.day - 1) / monthrange(day.year, day.month)[1] for day in days])
    turns = phase[:, None] * np.arange(1, _WAVES + 1)
    return np.hstack([np.cos(turns), np.sin(turns)])


def _weekdays(days: Sequence[date], calendar: DayCalendar) -> Floats:
    """Shape (days, 7): 1 for the weekday; make-up days are a mean of the workdays, days off a Sunday."""
    columns = np.zeros((len(days), 7))
    for row, kind in enumerate(day_kind(calendar, day) for day in days):
        if kind.day_type == "makeup":
            columns[row, :5] = 0.2
        else:
            columns[row, kind.weekday] = 1.0  # -1 is Sunday
    return columns
