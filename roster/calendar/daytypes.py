"""Day types of mainland China: workdays, make-up workdays, weekends, statutory holidays, bridging rest days.

Source: 全国年节及纪念日放假办法 (State Council order 795, in force from 2025; order 644 before) for the
statutory days, the yearly notice of the State Council for bridging days and make-up weekends, both as
carried by the `holidays` package.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal

from holidays.countries import China

Language = Literal["zh", "en"]

_LOCALES: Mapping[Language, str] = {"zh": "zh_CN", "en": "en_US"}
_MAKEUP_NAMES: Mapping[Language, str] = {"zh": "调休上班", "en": "Make-up workday"}
_REST_DAY = "休息日"  # how the zh_CN names of bridging days begin; statutory names never hold it


class DayType(StrEnum):
    """What a date is in the State Council calendar; every date has exactly one type.

    - `workday`: Monday to Friday, nothing special
    - `makeup`: a Saturday or Sunday worked in exchange for a bridging day; an ordinary workday by law
    - `weekend`: a Saturday or Sunday that is neither statutory nor made up
    - `statutory`: a holiday by law, work is paid at 300 % (Labour Law art. 44)
    - `bridge`: Monday to Friday, free by exchange or in lieu of a statutory day; a rest day (200 %)
    """

    WORKDAY = "workday"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    STATUTORY = "statutory"
    BRIDGE = "bridge"


_WORKING = frozenset({DayType.WORKDAY, DayType.MAKEUP})


@dataclass(frozen=True)
class DayOverride:
    """A date whose type the user states; `source` is the authority (a notice, the client's letter)."""

    date: date
    day_type: DayType
    name: str
    source: str


@dataclass(frozen=True)
class _Special:
    """A date that its weekday alone does not explain."""

    day_type: DayType
    names: Mapping[Language, str]


@lru_cache(maxsize=256)
def _specials(year: int) -> Mapping[date, _Special]:
    """The statutory, bridging and make-up days of one year, by date."""
    named = {lang: China(years=year, language=locale) for lang, locale in _LOCALES.items()}
    by_law = China(years=year, language=_LOCALES["zh"], observed=False)
    special = {}
    for day in named["zh"]:
        names = {lang: table[day] for lang, table in named.items()}
        if day in by_law and _REST_DAY not in by_law[day]:
            special[day] = _Special(DayType.STATUTORY, names)
        elif day.weekday() < 5:
            special[day] = _Special(DayType.BRIDGE, names)
    # the package lists its fixed make-up days of all years, whichever year was asked for
    for day in named["zh"].weekend_workdays:
        if day.year == year:
            special[day] = _Special(DayType.MAKEUP, _MAKEUP_NAMES)
    return MappingProxyType(special)


@dataclass(frozen=True)
class Calendar:
    """The State Council calendar with the user's overrides, which win over it.

    Raises ValueError when two overrides name the same date.
    """

    overrides: tuple[DayOverride, ...] = ()

    def __post_init__(self) -> None:
        if len(self._overridden) != len(self.overrides):
            dates = [entry.date for entry in self.overrides]
            twice = sorted({day.isoformat() for day in dates if dates.count(day) > 1})
            raise ValueError(f"each date is overridden at most once, not {', '.join(twice)}")

    @cached_property
    def _overridden(self) -> Mapping[date, DayOverride]:
        return {entry.date: entry for entry in self.overrides}

    @cached_property
    def _types(self) -> dict[date, DayType]:
        """The types told so far: the same days are asked for by every rule."""
        return {}

    def _entry(self, day: date) -> DayOverride | _Special | None:
        if isinstance(day, datetime):  # equals no date, so it would pass for an ordinary day
            raise TypeError(f"day is a date, not the date-time {day}")
        return self._overridden.get(day) or _specials(day.year).get(day)

    def day_type(self, day: date) -> DayType:
        """The type of the day, overrides first."""
        if day not in self._types or isinstance(day, datetime):
            entry, plain = self._entry(day), DayType.WORKDAY if day.weekday() < 5 else DayType.WEEKEND
            self._types[day] = plain if entry is None else entry.day_type
        return self._types[day]

    def is_workday(self, day: date) -> bool:
        """Whether the State Council has people work that day: a workday or a make-up weekend."""
        return self.day_type(day) in _WORKING

    def is_day_off(self, day: date) -> bool:
        """Whether the day is a weekend, a bridging day or a statutory holiday."""
        return not self.is_workday(day)

    def is_statutory(self, day: date) -> bool:
        """Whether work that day is paid at 300 %: 11 days a year to 2024, 13 from 2025."""
        return self.day_type(day) is DayType.STATUTORY

    def name(self, day: date, lang: Language = "zh") -> str:
        """What the day is called; '' on ordinary workdays and weekends.

        An override's name is used as it stands, in either language.
        """
        entry = self._entry(day)
        if isinstance(entry, DayOverride):
            return entry.name
        return "" if entry is None else entry.names[lang]

    def workdays(self, start: date, end: date) -> tuple[date, ...]:
        """The workdays and make-up workdays in [start, end), in order."""
        span = (start + timedelta(days=k) for k in range((end - start).days))
        return tuple(day for day in span if self.is_workday(day))

    def provisional(self, year: int) -> bool:
        """Whether the year's State Council notice is not known yet, so that bridging days may still move.

        A notice is known by its make-up workdays, which each one has had since 2001: neither the data nor
        the overrides hold one in a provisional year.
        """
        known = any(special.day_type is DayType.MAKEUP for special in _specials(year).values())
        stated = any(entry.day_type is DayType.MAKEUP and entry.date.year == year for entry in self.overrides)
        return not (known or stated)

    def has_makeup_in_week(self, day: date) -> bool:
        """Whether the Monday-to-Sunday week of the day holds a make-up workday (its 40 h limit moves)."""
        monday = day - timedelta(days=day.weekday())
        return any(self.day_type(monday + timedelta(days=k)) is DayType.MAKEUP for k in range(7))
