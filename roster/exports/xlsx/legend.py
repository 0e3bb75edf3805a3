"""The legend under the printable sheet: everything that is used on it, and nothing else."""

from collections.abc import Iterator
from typing import NamedTuple

from roster.exports.catalogue import named
from roster.exports.duties import AssignedDuty
from roster.exports.xlsx.grid import FIRST_DAY, Grid
from roster.exports.xlsx.palette import LEAVE
from roster.exports.xlsx.roster_people import HELPS, ONSITE

_ENTRY_WIDTH = 50


class Entry(NamedTuple):
    """A sample and its meaning."""

    sample: str
    colour: str
    meaning: str


def write_legend(grid: Grid, row: int) -> None:
    """The entries in as many columns of days as hold their text, filled column by column."""
    entries = list(_entries(grid))
    span = min(len(grid.days), max(2, round(_ENTRY_WIDTH / grid.day_width)))
    deep = -(-len(entries) // max(1, len(grid.days) // span))
    grid.sheet.write_string(row, 0, grid.view.word("roster.legend"), grid.styles.of(bold=True))
    for k, entry in enumerate(entries):
        at = FIRST_DAY + (k // deep) * span
        grid.sheet.write_string(row + k % deep, at, entry.sample, grid.styles.cell(entry.colour, shrink=True))
        grid.sheet.write_string(row + k % deep, at + 1, entry.meaning, grid.styles.of(indent=1))


def _entries(grid: Grid) -> Iterator[Entry]:
    view, days = grid.view, set(grid.days)
    duties = [duty for (_, day), found in view.duties.items() if day in days for duty in found]
    yield from _shifts(grid, {duty.shift: duty for duty in duties if duty.kind != "leave"})
    for kind in sorted({duty.rows[0].activity for duty in duties if duty.kind == "leave"}):
        yield Entry(view.say(named("letter", kind)), LEAVE, view.say(named("activity", kind)))
    yield Entry(ONSITE, "", view.word("roster.onsite_mark"))
    yield Entry(HELPS, "", view.word("roster.help_mark"))


def _shifts(grid: Grid, examples: dict[str, AssignedDuty]) -> Iterator[Entry]:
    """The shifts in the order of the catalogue, codes outside it after them."""
    catalogue = [shift.id for shift in grid.view.roster.problem.contract.shifts]
    known = [code for code in catalogue if code in examples]
    for code in [*known, *sorted(examples.keys() - set(catalogue))]:
        duty = examples[code]
        name = grid.view.say(grid.view.names.shift(code))
        times = f"{duty.start:%H:%M}-{duty.end:%H:%M}"
        yield Entry(code, grid.colour(duty.kind, code), f"{name} {times}" if name != code else times)
