"""What every method of expecting contacts takes and gives."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_matrix import DayMatrix, Floats


class Method(Protocol):
    """A way to expect the contacts of days ahead from those of days past, one queue at a time."""

    @property
    def name(self) -> str:
        """Name in backtest tables."""
        ...

    @property
    def knows_special_days(self) -> bool:
        """Whether it tells events and days about holidays from ordinary ones."""
        ...

    def tuned(self, matrix: DayMatrix, calendar: DayCalendar) -> "Method":
        """The method with its own settings fixed by the days of `matrix`, as used for all parts of them."""
        ...

    def means(self, matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
        """Expected contacts, shape (days, intervals of the matrix), from the days of `matrix`, all before `days`.

        NaN of days that the method knows nothing of.
        """
        ...
