"""Improving a roster part by part, by column generation: days for everybody, people over all days, or both.

Parts are drawn where the roster is far from its bound, and of the kinds that gained most for the work they took.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from solver.growing import NoAnswer
from solver.search.columns.counts import Floats
from solver.search.columns.crew import Crew
from solver.search.columns.generation import Generation
from solver.search.columns.pricing import Part, Pricing

ROUNDS = 25
"""Most rounds of pricing for a part."""
LEAST_S = 0.02
"""What any part takes, in seconds."""
GREEDY = 0.6
"""How often the kind of part that gained most for its work is taken; else any, the sooner the less work it takes."""
DAYS, PEOPLE = (3, 4, 7, 10, 14), (3, 5, 8, 12)
"""Sizes of parts: days in a row for everybody, people over all days."""


@dataclass
class Kind:
    """A way to improve parts of so many people or days, and how it has done: cost gained and work taken, in seconds."""

    improve: Callable[[Part], float]
    """Its gain."""
    days: int = 0
    people: int = 0
    apart: bool = False
    """Whether days are drawn one by one, not in a row."""
    free: int = 0
    """How many people are open on all days besides: who is wanted on other days can only move where they can."""
    gained: float = 20.0
    taken: float = 1.0
    tries: float = 1.0

    @property
    def rate(self) -> float:
        """Gain for work, of late."""
        return self.gained / self.taken

    def learn(self, gain: float, effort: float) -> None:
        """Remembers an attempt; what is long past fades."""
        self.gained, self.taken = 0.9 * self.gained + gain, 0.9 * self.taken + effort
        self.tries = 0.9 * self.tries + 1


@dataclass
class Parts:
    """The parts of a crew's roster. `over` says that time is up; `better` takes note of a gain, or refuses it.

    `prices` of all rows and everybody's `floors` say where the roster is far from its bound. `idle` is the work since
    the last gain.
    """

    crew: Crew
    days: int
    seed: int
    over: Callable[[], bool]
    better: Callable[[], bool]
    prices: Floats = field(default_factory=lambda: np.zeros(0))
    floors: dict[int, float] = field(default_factory=dict)
    idle: float = 0.0
    _drawn: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._drawn = random.Random(self.seed)

    def kinds(
        self, days: Sequence[int] = DAYS, people: Sequence[int] = PEOPLE, apart: Sequence[int] = ()
    ) -> list[Kind]:
        """Column generation over parts of these sizes, where there are as many.

        `apart` are days not in a row, with one person open on all.
        """
        found = [Kind(self.generate, days=size, apart=True, free=1) for size in apart if size < self.days]
        found += [Kind(self.generate, days=size) for size in days if size < self.days]
        return found + [Kind(self.generate, people=size) for size in people if size < len(self.crew.programs)]

    def improve(self, kinds: Sequence[Kind], enough: Callable[[], bool]) -> None:
        """One part after the other, the kinds that gain most more often."""
        drawn = self._drawn
        while kinds and not self.over() and not enough():
            kind = max(kinds, key=lambda k: k.rate)
            if drawn.random() >= GREEDY:  # all have the same time then, not the same number of parts
                (kind,) = drawn.choices(kinds, weights=[k.tries / k.taken for k in kinds])
            begun = self.crew.clock.work
            gain = kind.improve(self._part(kind, drawn))
            self.crew.clock.count(LEAST_S)
            effort = self.crew.clock.work - begun
            kind.learn(gain, effort)
            self.idle = 0.0 if gain else self.idle + effort

    def attempt(self, part: Part, chosen: Mapping[int, Sequence[int]]) -> float:
        """Takes a part's answer and lets people respond; goes back where that is no better. The gain."""
        before, cost = self.crew.snapshot(), self.crew.cost
        for person, cells in chosen.items():
            kept = [k for k in self.crew.given[person] if not part.holds(person, int(self.crew.day_of[k]))]
            self.crew.give(person, sorted([*kept, *cells]))
        self.crew.settle(part.people, self.over)
        gain = cost - self.crew.cost
        if gain < -1e-6 or (gain > 1e-6 and not self.better()):
            self.crew.restore(before)
            return 0.0
        return max(gain, 0.0)

    def generate(self, part: Part) -> float:
        """Column generation and a dive over a part. What it gained."""
        generation = Generation(self.crew, part, until=self.over)
        cutoff = generation.value - 1 + 1e-6
        gain = 0.0
        with suppress(NoAnswer):
            prices, _ = generation.converge(cutoff=cutoff, rounds=ROUNDS, close=0.5)
            if generation.bound < cutoff and not self.over():
                gain = self.attempt(part, generation.dive(prices, over=self.over))
        return gain

    def _part(self, kind: Kind, drawn: random.Random) -> Part:
        """People or days drawn by their share of the distance from the bound."""
        by_person, by_day = self._shares()
        people = range(len(self.crew.programs))
        if kind.people:
            return Part(tuple(_some(drawn, by_person, kind.people)))
        if kind.apart:
            days = frozenset(_some(drawn, by_day, kind.days))
            return Part(tuple(people), days, frozenset(_some(drawn, by_person, kind.free)))
        firsts = range(1 - kind.days // 2, self.days - kind.days // 2)
        spans = [[day for day in range(first, first + kind.days) if 0 <= day < self.days] for first in firsts]
        (span,) = drawn.choices(spans, weights=[sum(by_day[day] for day in span) for span in spans])
        return Part(tuple(people), frozenset(span), frozenset(_some(drawn, by_person, kind.free)))

    def _shares(self) -> tuple[list[float], list[float]]:
        """By person and by day, with a little for everybody and every day; alike where no bound is known."""
        everybody = tuple(range(len(self.crew.programs)))
        if not self.floors:
            return [1.0] * len(everybody), [1.0] * self.days
        people, rows = Pricing(self.crew, Part(everybody)).shares(self.prices, self.floors)
        days = [0.0] * self.days
        for row, share in enumerate(rows):
            days[self.crew.row_day[row]] += max(float(share), 0.0)
        least = 0.2 * sum(days) / len(days) + 0.1
        worth = [max(people.get(p, 0.0), 0.0) for p in everybody]
        some = 0.5 * sum(worth) / len(worth) + 0.1
        return [share + some for share in worth], [share + least for share in days]


def _some(drawn: random.Random, weights: Sequence[float], count: int) -> list[int]:
    """So many places, in order, drawn one by one by weight."""
    left, chosen = list(range(len(weights))), []
    while len(chosen) < count:
        (place,) = drawn.choices(left, weights=[weights[k] for k in left])
        chosen.append(left.pop(left.index(place)))
    return sorted(chosen)
