"""A horizon's part of a calendar month: `roster.periods` under the names of its first users."""

from datetime import date

from roster.periods import PeriodPart as MonthPart
from roster.periods import period_of, period_part
from roster.roster import Roster

__all__ = ["MonthPart", "month_part"]


def month_part(roster: Roster, month: date) -> MonthPart:
    """The horizon's part of the month that begins on `month`."""
    return period_part(roster, period_of("month", month))
