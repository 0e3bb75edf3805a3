"""Solving by column generation: where everybody has a program and one level holds all that costs.

A start person by person, the whole by column generation with a dive, then parts of it: days for everybody, people over
all days. Parts are chosen by what they gained for the work they took. The bound is the Lagrangian one of the whole.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from roster.base import CONTRACT, COST
from roster.options import rows_of
from roster.roster import Stretch
from solver import statements as said
from solver.levels import Keep, Report, Settings, Stop
from solver.outcome import LevelResult, Outcome
from solver.recorder import Recorder
from solver.search.columns.ascent import Ascent
from solver.search.columns.counts import Floats
from solver.search.columns.crew import Crew, crew_at
from solver.search.columns.generation import Generation
from solver.search.columns.master import Column, NoAnswer, Prices
from solver.search.columns.pricing import Part, Pricing
from solver.search.columns.windows import Windows

WHOLE_SHARE = 0.5
"""Share of the time limit that the whole may take before its parts are improved."""
DIVE_SHARE = 0.8
"""Share of the time limit until which the whole's dive prices rosters anew."""
ROUNDS = 400
"""Most rounds of pricing for the whole."""
PART_ROUNDS = 25
"""Most rounds of pricing for a part."""
WINDOW_S = 2.0
"""Deterministic seconds of CP-SAT for a part."""
LEAST_S = 0.05
"""What any part takes, in seconds."""
GREEDY = 0.6
"""How often the kind of part that gained most for its work is taken; else any."""
ASCENT_ROUNDS = 100
"""Rounds of subgradient ascent before the first LP."""
CLOSE = 0.2
"""The distance of LP and bound at which the whole is taken as solved."""


def crew_of(recorder: Recorder) -> tuple[int, Crew] | None:
    """The level that holds all that costs, with everybody's programs. None where what is stated has no such form."""
    levels = {stated.level for stated in recorder.stated if not said.subjects(stated.statement)}
    soft = any(stated.level > CONTRACT and said.subjects(stated.statement) for stated in recorder.stated)
    if len(levels) != 1 or soft:
        return None
    (level,) = levels
    crew = crew_at(recorder, level)
    return None if crew is None else (level, crew)


@dataclass
class _Kind:
    """A way to improve parts of so many people or days, and how it has done: cost gained and work taken, in seconds."""

    improve: Callable[[Part], tuple[float, float]]
    days: int = 0
    people: int = 0
    gained: float = 20.0
    taken: float = 1.0

    @property
    def rate(self) -> float:
        """Gain for work, of late."""
        return self.gained / self.taken

    def learn(self, gain: float, effort: float) -> None:
        """Remembers an attempt; what is long past fades."""
        self.gained, self.taken = 0.9 * self.gained + gain, 0.9 * self.taken + effort + LEAST_S


@dataclass
class ColumnSearch:
    """Improves one roster until it is proven or time is up."""

    recorder: Recorder
    level: int
    crew: Crew
    settings: Settings
    report: Report
    keep: Keep
    stop: Stop
    started: float = field(default_factory=time.monotonic)
    bound: float = float("-inf")
    best: float = float("inf")
    first_roster_s: float | None = None
    prices: Floats = field(default_factory=lambda: np.zeros(0))
    floors: dict[int, float] = field(default_factory=dict)
    known: tuple[Prices, list[Column]] | None = None
    windows: Windows | None = None

    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.started

    def over(self, share: float = 1.0) -> bool:
        """Whether time is up, or a stop was asked for."""
        return self.stop.asked or self.elapsed() >= share * self.settings.time_limit

    def run(self) -> Outcome | None:
        """The best roster found; None where some person has none."""
        people = list(range(len(self.crew.programs)))
        if not self.crew.settle(people, lambda: self.over(0.5)):
            return None
        self._better()
        self._whole(Part(tuple(people)))
        self._improve(people)
        return self._outcome()

    def _whole(self, part: Part) -> None:
        """Everybody on all days: the bound, and a dive."""
        generation = Generation(self.crew, part, until=lambda: self.over(WHOLE_SHARE))
        ascent = Ascent(generation.pricing)
        ascent.climb(ASCENT_ROUNDS, until=lambda: self.over(WHOLE_SHARE))
        generation.begin(ascent)
        cutoff = generation.value - 1 + 1e-6
        self.prices, self.floors = ascent.prices, ascent.floors
        with suppress(NoAnswer):
            prices, _ = generation.converge(cutoff=cutoff, rounds=ROUNDS, close=CLOSE)
            self.prices, self.floors = generation.prices, generation.floors
            self._raise(generation.bound + self.crew.rows.constant)
            self.known = prices, list(generation.master.columns)
            generation.until = lambda: self.over(DIVE_SHARE)
            if not self.closed:
                self._try(part, generation.dive(prices))

    @property
    def closed(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= self.best

    def _raise(self, bound: float) -> None:
        """All costs are whole numbers, so the bound is rounded up."""
        self.bound = max(self.bound, ceil(bound - 1e-6))
        self._tell()

    def _tell(self) -> None:
        self.report(LevelResult(self.level, round(self.best), self._floor()), self.elapsed())

    def _floor(self) -> int:
        return round(min(self.bound, self.best)) if self.bound > -1e20 else -(10**18)

    def _better(self) -> None:
        """Takes note of a better roster."""
        self.best = self.crew.cost
        if self.first_roster_s is None:
            self.first_roster_s = self.elapsed()
        self.keep(self.rows())
        self._tell()

    def _try(self, part: Part, chosen: Mapping[int, Sequence[int]]) -> float:
        """Takes a part's answer and lets people respond; goes back where that is no better. The gain."""
        before, cost = self.crew.snapshot(), self.best
        for person, cells in chosen.items():
            kept = [k for k in self.crew.given[person] if not part.holds(int(self.crew.day_of[k]))]
            self.crew.give(person, sorted([*kept, *cells]))
        self.crew.settle(part.people, self.over)
        gain = cost - self.crew.cost
        if gain < -1e-6:
            self.crew.restore(before)
        elif gain > 1e-6:
            self._better()
        return max(gain, 0.0)

    def _improve(self, people: Sequence[int]) -> None:
        """One part after the other, the kinds that gain most more often."""
        drawn = random.Random(self.settings.seed)
        days = self.recorder.problem.horizon.days
        kinds = [_Kind(self._generate, days=size) for size in (4, 7, 10, 14) if size < days]
        kinds += [_Kind(self._generate, people=size) for size in (3, 5, 8, 12) if size < len(people)]
        kinds += [_Kind(self._choose, days=size) for size in (2, 4, 7) if size < days]
        if self.known is not None:
            kinds.append(_Kind(lambda part: self._again(part, drawn), people=len(people)))
        while kinds and not self.over() and not self.closed:
            kind = max(kinds, key=lambda k: k.rate) if drawn.random() < GREEDY else drawn.choice(kinds)
            kind.learn(*kind.improve(self._part(kind, people, drawn)))

    def _generate(self, part: Part) -> tuple[float, float]:
        """Column generation and a dive over a part. What it gained, and the work it took."""
        generation = Generation(self.crew, part, until=self.over)
        cutoff = generation.value - 1 + 1e-6
        gain = 0.0
        with suppress(NoAnswer):
            prices, _ = generation.converge(cutoff=cutoff, rounds=PART_ROUNDS, close=0.5)
            if generation.bound < cutoff and not self.over():
                gain = self._try(part, generation.dive(prices))
        return gain, generation.pricing.effort

    def _again(self, part: Part, drawn: random.Random) -> tuple[float, float]:
        """Another dive of the whole from what the first one knew, in another order. What it gained, and its work."""
        assert self.known is not None
        generation = Generation(self.crew, part, until=self.over)
        gain = 0.0
        with suppress(NoAnswer):
            gain = self._try(part, generation.dive(*self.known, drawn))
        return gain, generation.pricing.effort

    def _choose(self, part: Part) -> tuple[float, float]:
        """CP-SAT over a part. What it gained, and the work it took."""
        if self.windows is None:
            self.windows = Windows(self.recorder, self.level, self.crew, self.settings, self.stop)
        left = self.settings.time_limit - self.elapsed()
        chosen, effort = self.windows.anew(part, work=WINDOW_S, seconds=left)
        return (self._try(part, chosen) if chosen else 0.0), effort

    def _part(self, kind: _Kind, people: Sequence[int], drawn: random.Random) -> Part:
        """People or days drawn by their share of the distance from the bound."""
        by_person, by_day = self._shares()
        if kind.people:
            left, chosen = list(people), []
            while len(chosen) < kind.people:
                (person,) = drawn.choices(left, weights=[by_person[p] for p in left])
                chosen.append(left.pop(left.index(person)))
            return Part(tuple(sorted(chosen)))
        horizon = range(len(by_day))
        firsts = range(1 - kind.days // 2, len(horizon) - kind.days // 2)
        spans = [[day for day in range(first, first + kind.days) if day in horizon] for first in firsts]
        (span,) = drawn.choices(spans, weights=[sum(by_day[day] for day in span) for span in spans])
        return Part(tuple(people), frozenset(span))

    def _shares(self) -> tuple[list[float], list[float]]:
        """By person and by day, with a little for everybody and every day."""
        everybody = tuple(range(len(self.crew.programs)))
        people, rows = Pricing(self.crew, Part(everybody)).shares(self.prices, self.floors)
        days = [0.0] * self.recorder.problem.horizon.days
        for row, share in enumerate(rows):
            days[self.crew.row_day[row]] += max(float(share), 0.0)
        least = 0.2 * sum(days) / len(days) + 0.1
        worth = [max(people.get(p, 0.0), 0.0) for p in range(len(self.crew.programs))]
        some = 0.5 * sum(worth) / len(worth) + 0.1
        return [share + some for share in worth], [share + least for share in days]

    def rows(self) -> tuple[Stretch, ...]:
        """The rows of the present roster, the locked ones of the horizon included."""
        start = self.recorder.problem.horizon.start
        chosen = {self.crew.rows.cells[k] for cells in self.crew.given for k in cells}
        kept = (c for c in self.recorder.world if (c.duty.day >= start if c.fixed else c in chosen))
        return tuple(row for cell in kept for row in rows_of(cell, locked=cell.fixed))

    def _outcome(self) -> Outcome:
        cost = round(self.best)
        levels = tuple(
            LevelResult(level, cost, self._floor()) if level == self.level else LevelResult(level, 0, 0)
            for level in range(CONTRACT, COST + 1)
        )
        status = "OPTIMAL" if self.closed else "FEASIBLE"
        return Outcome(status, self.rows(), levels, self.elapsed(), self.first_roster_s, self.settings.seed)
