"""Solving by column generation: where everybody has a program and one level holds all that costs.

A start person by person, the whole by column generation with a dive, then parts of it: days for everybody, with some
people open on all days or without, people over all days. Parts are chosen by what they gained for the work they took.
The bound is the Lagrangian one of the whole.
"""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from roster.base import CONTRACT, COST
from roster.roster import Stretch
from solver import statements as said
from solver.clock import Clock
from solver.growing import NoAnswer
from solver.levels import Keep, Report, Settings, Stop
from solver.model import MODEL_S
from solver.outcome import LevelResult, Outcome
from solver.recorder import Recorder
from solver.search.columns.ascent import Ascent
from solver.search.columns.branching import Tree
from solver.search.columns.counts import Floats
from solver.search.columns.crew import Crew, crew_at
from solver.search.columns.generation import Generation
from solver.search.columns.master import Column, Prices
from solver.search.columns.parts import Kind, Parts
from solver.search.columns.pricing import Part
from solver.search.columns.windows import Windows

WHOLE_SHARE = 0.5
"""Share of the time limit that the whole may take before its parts are improved."""
DIVE_SHARE = 0.8
"""Share of the time limit until which the whole's dive prices rosters anew."""
ROUNDS = 400
"""Most rounds of pricing for the whole."""
WINDOW_S = 2.0
"""Seconds of CP-SAT for a part."""
SMALL = 400
"""Cells up to which CP-SAT is also asked for the whole: it may prove what prices cannot."""
ASCENT_ROUNDS = 100
"""Rounds of subgradient ascent before the first LP."""
WIDE, FREE = 14, 3
"""Days in a row for everybody with so many people open on all days, one more kind of part."""
TURN_S = 1.0
"""Work, in seconds, of parts or cases before the others have their turn."""
GOALS = 8
"""A tree seeks rosters within such a part of the distance between roster and bound."""
CLOSE = 0.2
"""The distance of LP and bound at which the whole is taken as solved."""


def crew_of(recorder: Recorder, clock: Clock | None = None) -> tuple[int, Crew] | None:
    """The level that holds all that costs, with everybody's programs. None where what is stated has no such form."""
    levels = {stated.level for stated in recorder.stated if not said.subjects(stated.statement)}
    soft = any(stated.level > CONTRACT and said.subjects(stated.statement) for stated in recorder.stated)
    if len(levels) != 1 or soft:
        return None
    (level,) = levels
    crew = crew_at(recorder, {level: 1}, clock=clock)
    return None if crew is None else (level, crew)


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
    bound: float = float("-inf")
    best: float = float("inf")
    first_roster_s: float | None = None
    prices: Floats = field(default_factory=lambda: np.zeros(0))
    floors: dict[int, float] = field(default_factory=dict)
    known: tuple[Prices, list[Column]] | None = None
    windows: Windows | None = None
    tree: Tree | None = None
    goal: float = float("inf")
    branched: float = 0.0
    stuck: bool = False
    parts: Parts = field(init=False)

    def __post_init__(self) -> None:
        days, self.clock.ends = self.recorder.problem.horizon.days, self.settings.time_limit
        self.parts = Parts(self.crew, days, self.settings.seed, self.over, self._better)

    @property
    def clock(self) -> Clock:
        """The crew's, which counts the work."""
        return self.crew.clock

    @property
    def _left(self) -> float:
        return self.settings.time_limit - self.clock.now

    def over(self, share: float = 1.0) -> bool:
        """Whether time is up, or a stop was asked for."""
        return self.stop.asked or self.clock.now >= share * self.settings.time_limit

    def run(self) -> Outcome | None:
        """The best roster found; None where some person has none."""
        people = list(range(len(self.crew.programs)))
        if not self.crew.settle(people, lambda: self.over(0.5)):
            return None
        self._better()
        self._whole(Part(tuple(people)))
        self._improve()
        return self._outcome()

    def _whole(self, part: Part) -> None:
        """Everybody on all days: the bound, and a dive."""
        generation = Generation(self.crew, part, until=lambda: self.over(WHOLE_SHARE))
        ascent = Ascent(generation.pricing)
        ascent.climb(ASCENT_ROUNDS, until=lambda: self.over(WHOLE_SHARE))
        generation.begin(ascent)
        cutoff = generation.value - 1 + 1e-6
        with suppress(NoAnswer):
            prices, _ = generation.converge(cutoff=cutoff, rounds=ROUNDS, close=CLOSE)
            self.known = prices, list(generation.master.columns)
        self.prices, self.floors = generation.prices, generation.floors
        self._raise(generation.bound + self.crew.certain)
        if self.known is None or self.closed:
            return
        generation.until = lambda: self.over(DIVE_SHARE)
        with suppress(NoAnswer):
            self.parts.attempt(part, generation.dive(self.known[0], over=self.over))

    @property
    def closed(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= self.best

    def _raise(self, bound: float) -> None:
        """All costs are whole numbers, so the bound is rounded up."""
        if bound > self.bound:
            self.bound = ceil(bound - 1e-6)
        self._tell()

    def _tell(self) -> None:
        self.report(LevelResult(self.level, round(self.best), self._floor()), self.clock.wall)

    def _floor(self) -> int:
        return round(min(self.bound, self.best)) if self.bound > -1e20 else -(10**18)

    def _better(self) -> bool:
        """Takes note of a better roster; none is refused."""
        self.best = self.crew.cost
        if self.first_roster_s is None:
            self.first_roster_s = self.clock.wall
        self.keep(self.rows())
        self._tell()
        return True

    def _improve(self) -> None:
        """Part by part, also by CP-SAT, and by dives from what the whole knew."""
        parts = self.parts
        parts.prices, parts.floors = self.prices, self.floors
        drawn = random.Random(self.settings.seed)
        kinds = parts.kinds()
        kinds += [Kind(self._choose, days=size) for size in (2, 4, 7) if size < parts.days]
        if parts.days > WIDE and len(self.crew.programs) > FREE:
            kinds.append(Kind(parts.generate, days=WIDE, free=FREE))
        if len(self.crew.rows.cells) <= SMALL:
            kinds.append(Kind(self._choose, people=len(self.crew.programs)))
        if self.known is not None:
            kinds.append(Kind(lambda part: self._again(part, drawn), people=len(self.crew.programs)))
        while kinds and not self.closed and not self.over():
            parts.improve(kinds, lambda: self.closed or self._due)
            self._branch()

    @property
    def _due(self) -> bool:
        """Whether cases are to have their turn: they had less work than parts have had since their last gain."""
        return not self.stuck and self.known is not None and self.parts.idle > self.branched + TURN_S

    def _branch(self) -> None:
        """Cases in place of parts, until they had as much work as parts without a gain."""
        while self.branched < self.parts.idle and not self.closed and not self.over():
            tree = self._tree()
            if tree is None:
                return
            begun = self.clock.work
            with suppress(NoAnswer):
                self.parts.attempt(tree.part, tree.explore())
            self.branched += self.clock.work - begun
            if tree.bound > self.bound:
                self._raise(tree.bound)

    def _tree(self) -> Tree | None:
        """The tree at work; where it is done, one with a higher goal. None where that would be the same again."""
        done = self.tree is not None and not self.tree.open
        if self.known is None or (done and self.bound <= self.goal):
            self.stuck = True
            return None
        if self.tree is None or done:
            self.goal = self.bound + (self.best - 1 - self.bound) // GOALS
            self.tree = Tree(self.crew, self.prices, self.known, goal=self.goal, best=lambda: self.best, over=self.over)
        return self.tree

    def _again(self, part: Part, drawn: random.Random) -> float:
        """Another dive of the whole from what the first one knew, in another order. What it gained."""
        assert self.known is not None
        generation = Generation(self.crew, part, until=self.over)
        with suppress(NoAnswer):
            return self.parts.attempt(part, generation.dive(*self.known, drawn, over=self.over))
        return 0.0

    def _choose(self, part: Part) -> float:
        """CP-SAT over a part. What it gained."""
        if self.windows is None and self._left > MODEL_S * len(self.crew.rows.cells):
            with self.clock.preparing(len(self.crew.rows.cells)):
                self.windows = Windows(self.recorder, self.level, self.crew, self.settings, self.stop)
        if self.windows is None or self._left <= 0:
            return 0.0
        chosen = self.windows.anew(part, work=WINDOW_S, seconds=self.clock.wall_left)
        self.clock.count(chosen.work)
        if part.days is None and len(part.people) == len(self.crew.programs):
            self._raise(chosen.least)
        return self.parts.attempt(part, chosen.cells) if chosen.cells else 0.0

    def rows(self) -> tuple[Stretch, ...]:
        """The rows of the present roster, the locked ones of the horizon included."""
        return self.recorder.rows({self.crew.rows.cells[k] for cells in self.crew.given for k in cells})

    def _outcome(self) -> Outcome:
        cost = round(self.best)
        levels = tuple(
            LevelResult(level, cost, self._floor()) if level == self.level else LevelResult(level, 0, 0)
            for level in range(CONTRACT, COST + 1)
        )
        status = "OPTIMAL" if self.closed else "FEASIBLE"
        return Outcome(status, self.rows(), levels, self.clock.wall, self.first_roster_s, self.settings.seed)
