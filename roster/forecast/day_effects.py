"""The columns of the day-level regression: day of the month, special days, events, weekdays."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import numpy as np

from roster.forecast.base import DayCalendar
from roster.forecast.day_kind import day_kind
from roster.forecast.day_matrix import Floats


def effect_names(days: Sequence[date], queue: str, calendar: DayCalendar) -> tuple[str, ...]:
    """Names of all effects other than weekday and month that touch any of `days`."""
    return tuple(sorted({name for day in days for name in _effects_of(day, queue, calendar)}))


def _effects_of(day: date, queue: str, calendar: DayCalendar) -> set[str]:
    day_type = calendar.day_type(day)
    special = {day_type} if day_type in ("makeup", "statutory", "bridge") else set[str]()
    events = {f"event {event.name}" for event in calendar.events if event.touches(day, queue)}
    return (special | {calendar.place_by_holiday(day)} | events) - {""}


def slow_columns(
    days: Sequence[date],
    queue: str,
    calendar: DayCalendar,
    harmonics: int,
    effects: tuple[str, ...],
) -> Floats:
    """Shape (days, 2 harmonics + effects): month's sines and cosines, then a 0/1 column an effect."""
    month = np.array([2 * np.pi * (day.day - 1) / monthrange(day.year, day.month)[1] for day in days])
    waves = [wave(k * month) for k in range(1, harmonics + 1) for wave in (np.sin, np.cos)]
    marks = [[name in present for name in effects] for present in (_effects_of(day, queue, calendar) for day in days)]
    return np.column_stack([*waves, np.array(marks, dtype=float).reshape(len(days), len(effects))])


def prior_effects(
    days: Sequence[date], queue: str, calendar: DayCalendar, effects: tuple[str, ...], size: int
) -> Floats:
    """0, for an event the mean log factor of its days in the history."""
    prior = np.zeros(size)
    for position, name in enumerate(effects, start=size - len(effects)):
        told = [
            np.log(e.factor) for d in days for e in calendar.events if f"event {e.name}" == name and e.touches(d, queue)
        ]
        prior[position] = np.mean(told) if told else 0.0
    return prior


def known_lift(days: Sequence[date], queue: str, calendar: DayCalendar, effects: tuple[str, ...]) -> Floats:
    """Log factors of the events of which the history knows nothing."""
    fresh = [event for event in calendar.events if f"event {event.name}" not in effects]
    return np.array([sum(np.log(event.factor) for event in fresh if event.touches(day, queue)) for day in days])


def weekday_columns(days: Sequence[date], calendar: DayCalendar) -> Floats:
    """Shape (days, 7): 1 for the weekday; make-up days are a mean of the workdays, days off a Sunday."""
    columns = np.zeros((len(days), 7))
    for row, kind in enumerate(day_kind(calendar, day) for day in days):
        if kind.day_type == "makeup":
            columns[row, :5] = 0.2
        else:
            columns[row, kind.weekday] = 1.0  # -1 is Sunday
    return columns
