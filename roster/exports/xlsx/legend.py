"""The legend under the printable sheet: everything that is used on it, and nothing else."""

from collections.abc import Iterator
from typing import NamedTuple

from roster.exports.catalogue import clock, named
from roster.exports.duties import AssignedDuty
from roster.exports.xlsx.grid import Grid
from roster.exports.xlsx.palette import LEAVE
from roster.exports.xlsx.roster_people import HELPS, ONSITE

_ENTRY_WIDTH = 46


class Entry(NamedTuple):
    """A sample and its meaning."""

    sample: str
    colour: str
    meaning: str


def write_legend(grid: Grid, row: int) -> int:
    """The entries in blocks side by side, as many as the sheet is wide, filled block by block.

    Returns the first row below.
    """
    entries, starts = list(_entries(grid)), _block_starts(grid)
    deep = -(-len(entries) // len(starts))
    for k, entry in enumerate(entries):
        at = starts[k // deep]
        grid.sheet.write_string(row + k % deep, at, entry.sample, grid.styles.cell(entry.colour, shrink=True))
        grid.sheet.write_string(row + k % deep, at + 1, entry.meaning, grid.styles.of(indent=1))
    return row + deep


def _block_starts(grid: Grid) -> list[int]:
    """The columns at which a block of the legend has room to begin."""
    starts, room = [0], 0.0
    for at, wide in enumerate(grid.widths):
        if room >= _ENTRY_WIDTH and sum(grid.widths[at:]) >= _ENTRY_WIDTH:
            starts.append(at)
            room = 0.0
        room += wide
    return starts


def _entries(grid: Grid) -> Iterator[Entry]:
    view, days = grid.view, set(grid.days)
    duties = [duty for (_, day), found in view.duties.items() if day in days for duty in found]
    yield from _shifts(grid, {duty.shift: duty for duty in reversed(duties) if duty.kind != "leave"})
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
        said = [[clock(moment, duty.date, grid.view.language) for moment in block] for block in duty.blocks]
        times = " ".join("-".join(block) for block in said)
        yield Entry(code, grid.colour(duty.kind, code), f"{name} {times}" if name != code else times)
