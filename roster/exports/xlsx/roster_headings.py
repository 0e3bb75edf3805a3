"""Title and column headings of the printable sheet."""

from datetime import date

from roster.compliance import hard_breaches
from roster.exports.xlsx.grid import FIRST_DAY, SUMS, WHO, Grid
from roster.exports.xlsx.styles import row_height

FIRST_HEADING = 2
"""The row of the first column heading, below title and subtitle."""


def write_headings(grid: Grid) -> int:
    """Title, subtitle and headings; each day has its date, its weekday and, where any day has one, its name.

    Returns the first row below.
    """
    _title(grid)
    named = any(map(grid.view.day_name, grid.days))
    last = FIRST_HEADING + 1 + named
    for at, (key, _) in enumerate(WHO):
        _tall(grid, last, at, key)
    for at, day in enumerate(grid.days, FIRST_DAY):
        _day(grid, last, at, day)
    for at, key in enumerate(SUMS, grid.first_sum):
        _tall(grid, last, at, key)
    if named:
        grid.sheet.set_row(last, row_height((grid.view.day_name(day), grid.day_width) for day in grid.days))
    return last + 1


def _title(grid: Grid) -> None:
    view, contract = grid.view, grid.view.roster.problem.contract
    title = view.word("roster.title", contract=view.say(contract.title.words()), first=grid.days[0], last=grid.days[-1])
    hard = hard_breaches(view.judgements)
    subtitle = view.word("roster.subtitle", buyer=view.say(contract.buyer.words()), hard=hard)
    grid.sheet.write_string(0, 0, title, grid.styles.of(bold=True, font_size=16))
    grid.sheet.write_string(1, 0, subtitle, grid.styles.of(font_color="#595959"))
    grid.sheet.set_row(0, 28)
    grid.sheet.set_row(1, 18)


def _tall(grid: Grid, last: int, at: int, key: str) -> None:
    grid.sheet.merge_range(FIRST_HEADING, at, last, at, grid.view.word(f"roster.{key}"), grid.styles.head())


def _day(grid: Grid, last: int, at: int, day: date) -> None:
    style = grid.styles.head(grid.shade(day))
    number = f"{day.month}/{day.day}" if day.day == 1 or day == grid.days[0] else str(day.day)
    texts = (number, grid.view.word(f"weekday.{day.isoweekday()}"), grid.view.day_name(day))
    for row, text in zip(range(FIRST_HEADING, last + 1), texts, strict=False):
        grid.sheet.write_string(row, at, text, style)
