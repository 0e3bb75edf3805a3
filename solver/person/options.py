"""What a person may be given on one day: sets of cells that go together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_OPTIONS = 400
"""Options of a day beyond which a person's program does not pay."""

Option = tuple[int, ...]
"""Positions of free cells; the empty one is a day without a new duty."""


class TooManyOptions(ValueError):
    """A day of one person has more sets of duties than a program should look at."""


@dataclass(frozen=True)
class DayLimit:
    """On one day the weights of the cells add up to at most `at_most`."""

    weights: Mapping[int, int]
    at_most: int


def options(cells: Sequence[int], apart: Mapping[int, Collection[int]], limits: Sequence[DayLimit]) -> list[Option]:
    """All sets of a day's cells of which no two clash and that keep every limit. Raises TooManyOptions."""
    found: list[Option] = []
    for option in _grown((), list(cells), apart, limits):
        found.append(option)
        if len(found) > MOST_OPTIONS:
            raise TooManyOptions(f"more than {MOST_OPTIONS} sets of duties on a day")
    return found


def _grown(
    option: Option, rest: Sequence[int], apart: Mapping[int, Collection[int]], limits: Sequence[DayLimit]
) -> Iterator[Option]:
    yield option
    for k, cell in enumerate(rest):
        wider = (*option, cell)
        if all(sum(limit.weights.get(c, 0) for c in wider) <= limit.at_most for limit in limits):
            later = [other for other in rest[k + 1 :] if other not in apart.get(cell, ())]
            yield from _grown(wider, later, apart, limits)
