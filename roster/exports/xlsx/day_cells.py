"""A day cut into half-hours: what each person does in each of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from roster.roster import ONE_MINUTE, Stretch

STEP_MINUTES = 30
STEP = STEP_MINUTES * ONE_MINUTE
SLOTS = 48
"""Half-hours of a day; slot k is [midnight + k * 30 min, midnight + (k + 1) * 30 min)."""


class Run(NamedTuple):
    """Neighbouring slots [first, end) with the same kind and activity."""

    first: int
    end: int
    kind: str
    activity: str


def runs(rows: Iterable[Stretch], midnight: datetime) -> Iterator[Run]:
    """What a person does, slot by slot: the row with the most time in the slot, work before standing by."""
    best: dict[int, tuple[tuple[bool, int], Stretch]] = {}
    for row in rows:
        start, end = ((moment - midnight) // ONE_MINUTE for moment in (row.start, row.end))
        for slot in _touched(row, midnight):
            rank = (row.works, min(end, (slot + 1) * STEP_MINUTES) - max(start, slot * STEP_MINUTES))
            if slot not in best or rank > best[slot][0]:
                best[slot] = (rank, row)
    cells = [(slot, best[slot][1]) for slot in sorted(best)]
    # slots minus their position are equal along an unbroken row of slots
    keyed = ((slot - at, row.kind, row.activity, slot) for at, (slot, row) in enumerate(cells))
    for (_, kind, activity), group in groupby(keyed, key=lambda entry: entry[:3]):
        slots = [entry[3] for entry in group]
        yield Run(slots[0], slots[-1] + 1, kind, activity)


def serving(rows: Iterable[Stretch], midnight: datetime) -> list[int]:
    """How many of the rows serve throughout each slot."""
    counts = [0] * SLOTS
    for row in rows:
        if row.serves:
            for slot in _touched(row, midnight):
                begins = midnight + slot * STEP
                counts[slot] += row.start <= begins and begins + STEP <= row.end
    return counts


def hours_shown(rows: Iterable[Stretch], midnight: datetime) -> range:
    """The slots of the whole hours from the first to the last in which somebody is at work; all where nobody is."""
    touched = [found for row in rows if row.works and (found := _touched(row, midnight))]
    if not touched:
        return range(SLOTS)
    first, end = min(found.start for found in touched), max(found.stop for found in touched)
    return range(first - first % 2, end + end % 2)


def _touched(row: Stretch, midnight: datetime) -> range:
    """The slots of the day that a row has time in."""
    first = max(0, (row.start - midnight) // STEP)
    return range(first, min(SLOTS, -((midnight - row.end) // STEP)))
