"""The stints of work or rest that would be too short, day by day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

from solver.recorder import ONE_DAY
from solver.statements import LeastStint

T = TypeVar("T")


def too_short(
    statement: LeastStint, busy: Mapping[date, T], last: date
) -> Iterator[tuple[list[T | bool], list[T | bool]]]:
    """For each too short stint what would be busy in it and what would not; days without an entry are never busy.

    A stint is its days with one of the other kind before and after, none before the first known day or after `last`.
    """
    for length in range(1, statement.at_least):
        first = statement.known
        while first + (length + 1) * ONE_DAY <= last:
            days = [busy.get(first + k * ONE_DAY, False) for k in range(length + 2)]
            edges, inside = [days[0], days[-1]], days[1:-1]
            yield (inside, edges) if statement.of == "work" else (edges, inside)
            first += ONE_DAY
