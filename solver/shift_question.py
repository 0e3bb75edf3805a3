"""What a shift catalogue is chosen by: who answers when, what being short costs, how many work how long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Use = tuple[int, int]
"""A shift, by its place in `Question.paid`, on a kind of day, by its place in `Question.dates`."""
Counts = Mapping[Use, int]
"""How many people start a shift on each day of a kind; what is absent is 0."""


@dataclass(frozen=True)
class Cover:
    """Intervals in which the same uses answer: n people lose `lost[n]` thousandths of a contact, all dates together.

    `lost` is convex and non-increasing; its last value holds beyond.
    """

    uses: frozenset[Use]
    lost: tuple[int, ...]


@dataclass(frozen=True)
class Floor:
    """At least `people` of the uses are wanted; each person missing costs `price` thousandths of a contact."""

    uses: frozenset[Use]
    people: int
    price: int


@dataclass(frozen=True)
class Ceiling:
    """At most `people` of the uses are wanted; each person beyond costs `price` thousandths of a contact."""

    uses: frozenset[Use]
    people: int
    price: int


@dataclass(frozen=True)
class Question:
    """Everything a catalogue is chosen by.

    `paid`: paid minutes of each shift; `counted`: the shifts that count against the size of a catalogue, all others
    are there anyway; `dates`: number of dates of each kind of day; `people`: most who work on such a day; `uses`:
    which shifts may start on which kinds of day.
    """

    paid: tuple[int, ...]
    counted: frozenset[int]
    dates: tuple[int, ...]
    people: tuple[int, ...]
    uses: frozenset[Use]
    covers: tuple[Cover, ...]
    floors: tuple[Floor, ...]
    ceilings: tuple[Ceiling, ...]

    def minutes(self, counts: Counts) -> int:
        """Paid minutes of all dates."""
        return sum(self.dates[kind] * self.paid[shift] * n for (shift, kind), n in counts.items())

    def lost(self, counts: Counts) -> int:
        """Thousandths of a contact lost, all dates together."""
        there = ((cover, count(cover.uses, counts)) for cover in self.covers)
        return sum(cover.lost[min(n, len(cover.lost) - 1)] for cover, n in there)

    def missed(self, counts: Counts) -> int:
        """What is missing below the floors and too much above the ceilings, at its price."""
        short = sum(floor.price * max(floor.people - count(floor.uses, counts), 0) for floor in self.floors)
        return short + sum(top.price * max(count(top.uses, counts) - top.people, 0) for top in self.ceilings)

    def points(self, counts: Counts) -> int:
        """What a catalogue is judged by: the loss and what is missed at its price."""
        return self.lost(counts) + self.missed(counts)

    def tables(self, people: int) -> Iterator[tuple[frozenset[Use], tuple[int, ...]]]:
        """Each cover, floor and ceiling as the points of 0 .. `people` people of its uses."""
        numbers = range(people + 1)
        for cover in self.covers:
            yield cover.uses, tuple(cover.lost[min(n, len(cover.lost) - 1)] for n in numbers)
        for floor in self.floors:
            yield floor.uses, tuple(floor.price * max(floor.people - n, 0) for n in numbers)
        for top in self.ceilings:
            yield top.uses, tuple(top.price * max(n - top.people, 0) for n in numbers)


def count(uses: Iterable[Use], counts: Counts) -> int:
    """People of the uses, all together."""
    return sum(counts.get(use, 0) for use in uses)
