"""The day of each Chinese festival, by the moon where it goes by the moon."""

from collections.abc import Iterator
from datetime import date

from holidays.calendars import _ChineseLunisolar

_MOON = _ChineseLunisolar()


def festivals(first: date, last: date) -> dict[date, str]:
    """The festivals in [first, last] by date.

    They are New Year, Spring Festival, Tomb-Sweeping, Labour Day, Dragon Boat, Mid-Autumn and National Day.
    Spring Festival is the first day of the first moon, Dragon Boat the fifth of the fifth, Mid-Autumn the fifteenth
    of the eighth; Tomb-Sweeping is the solar term. Years before 1901 and after 2099 have the solar dates alone.
    """
    years = range(first.year, last.year + 1)
    return {day: name for year in years for day, name in _of_year(year) if first <= day <= last}


def _of_year(year: int) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), "New Year"
    yield date(year, 5, 1), "Labour Day"
    yield date(year, 10, 1), "National Day"
    told = {
        "Spring Festival": _MOON.lunar_new_year_date(year),
        "Tomb-Sweeping": _MOON.qingming_date(year),
        "Dragon Boat": _MOON.dragon_boat_date(year),
        "Mid-Autumn": _MOON.mid_autumn_date(year),
    }
    for name, (day, _) in told.items():
        if day is not None:
            yield day, name
