"""The geometry of the printable sheet: three columns for the person, one a day, one a sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xlsxwriter.worksheet import Worksheet

from roster.calendar import DayType
from roster.exports.xlsx import palette
from roster.exports.xlsx.styles import Styles
from roster.exports.xlsx.totals import PersonTotals
from roster.exports.xlsx.view import View

WHO = (("staff_id", 7), ("name", 10), ("role", 14))
"""Catalogue entries and widths of the columns before the days."""

SUMS = PersonTotals._fields
SUM_WIDTH = 7
FIRST_DAY = len(WHO)
_DAYS_WIDTH, _NARROWEST, _WIDEST = 160, 5.3, 23.0
_SHADES = {
    DayType.STATUTORY: palette.STATUTORY,
    DayType.MAKEUP: palette.MAKE_UP,
    DayType.WEEKEND: palette.DAY_OFF,
    DayType.BRIDGE: palette.DAY_OFF,
}


@dataclass(frozen=True)
class Grid:
    """One printable sheet with its days."""

    sheet: Worksheet
    styles: Styles
    view: View
    days: Sequence[date]

    @property
    def day_width(self) -> float:
        """Width of a day's column."""
        return max(_NARROWEST, min(_WIDEST, _DAYS_WIDTH / len(self.days)))

    @property
    def first_sum(self) -> int:
        """The column of the first sum."""
        return FIRST_DAY + len(self.days)

    @property
    def columns(self) -> int:
        """Columns in all."""
        return self.first_sum + len(SUMS)

    @property
    def widths(self) -> list[float]:
        """Widths of all columns."""
        return [*(wide for _, wide in WHO), *[self.day_width] * len(self.days), *[SUM_WIDTH] * len(SUMS)]

    @cached_property
    def shift_colours(self) -> dict[str, str]:
        """Colours of the working shifts."""
        worked = {row.shift for row in self.view.roster.rows if row.works}
        return palette.shift_colours(self.view.roster.problem.contract, worked)

    def shade(self, day: date) -> str:
        """The colour behind a day that is no ordinary workday, else ''."""
        return _SHADES.get(self.view.roster.problem.calendar.day_type(day), "")

    def colour(self, kind: str, shift: str) -> str:
        """The colour of a duty."""
        return palette.STANDING_BY.get(kind) or self.shift_colours[shift]

    def band(self, row: int, label: str, numbers: Sequence[int]) -> None:
        """A row of numbers by day under a label that takes the person's columns; zeros stay empty."""
        label_style = self.styles.cell(palette.TEAM, bold=True, align="left")
        style = self.styles.cell(palette.TEAM, bold=True, num_format="0;-0;")
        self.sheet.merge_range(row, 0, row, FIRST_DAY - 1, label, label_style)
        for at in range(FIRST_DAY, self.columns):
            self.sheet.write_blank(row, at, None, style)
        for at, number in enumerate(numbers, FIRST_DAY):
            self.sheet.write_number(row, at, number, style)
