"""Levels of large problems: one complete roster is annealed level by level, beside a bound of its own."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from roster.base import CONTRACT, COST, FAIRNESS, SERVICE, WISHES
from solver.levels import LevelSearch, completed, floor_of
from solver.outcome import LevelResult
from solver.search.annealing import Annealing
from solver.search.columns.bounding import LevelBounding
from solver.search.relaxation import Bounding

START_SHARE = 0.2
"""Share of the time limit for a first roster; it mostly stands long before."""
LARGE_SHARE = {CONTRACT: 0.05, SERVICE: 0.5, FAIRNESS: 0.5, WISHES: 0.5, COST: 1.0}
"""What a level may use of the time left when its turn comes."""
WAIT_S = 0.05
"""How often a finished search looks whether the bound is known."""


class LargeSearch(LevelSearch):
    """Settles levels by improving one complete roster."""

    bounding: Bounding | None = None
    whole: LevelBounding | None = None
    annealing: Annealing

    def start(self) -> None:
        """Makes a roster from nothing that breaks no strict statement and is short of as little as it goes."""
        self.annealing = Annealing(self.model.recorder, self.settings.seed)
        seconds = self.settings.time_limit * START_SHARE
        self.annealing.descend(CONTRACT, seconds, self._over(seconds), enough=self._least(CONTRACT))
        self._complete()

    def _over(self, deadline: float) -> Callable[[], bool]:
        """Whether a stop was asked for or a time, in seconds since the search began, has passed."""
        return lambda: self.stop.asked or self.elapsed() >= deadline

    def _least(self, level: int) -> int:
        return floor_of(self.model.objective[level]) + self.model.constant[level]

    def _complete(self) -> None:
        """Takes the annealed roster over where the model allows it, else goes on from the one before."""
        values = completed(self.model, self._x())
        if values:
            self.found(values)
        elif self.values:
            self._adopt()

    def _adopt(self) -> None:
        """Anneals on from the roster held."""
        free = len(self.model.x)
        fixed = [True] * (len(self.annealing.cells) - free)
        self.annealing.take(np.array([*self.values[:free], *fixed], dtype=bool))

    def _x(self) -> Sequence[int]:
        return self.annealing.best.used[: len(self.model.x)].astype(int).tolist()

    def _search(self, level: int) -> float:
        """Improves the level within its share of the time. Returns the bound."""
        if not self.values:
            return self._by_model(level)
        left = self.settings.time_limit - self.elapsed()
        terms = self.model.objective[level]
        if level == SERVICE and left > 0:
            self.bounding = Bounding(self.model.cp, terms, left)
            self.whole = LevelBounding(
                self.model.recorder, SERVICE, left, after=self.bounding, stopped=lambda: self.stop.asked
            )
        if self.value(terms) > floor_of(terms):
            seconds = left * LARGE_SHARE[level]
            over = self._over(self.elapsed() + seconds)
            self.annealing.improve(level, seconds, over, lambda: self._tell(level))
            self._complete()
        if level == CONTRACT and self.value(terms) > floor_of(terms):
            return self._by_model(level)
        return floor_of(terms) if self.value(terms) == floor_of(terms) else float("-inf")

    def _by_model(self, level: int) -> float:
        """What CP-SAT makes of the level."""
        bound = super()._search(level)
        if self.values:
            self._adopt()
        return bound

    def _tell(self, level: int) -> None:
        """Hands an improvement over."""
        rows = len(self.model.x)
        self.found([*self._x(), *self.values[rows:]])
        self.report(LevelResult(level, int(self.annealing.cost[level]), self._least(level)), self.elapsed())

    def concluded(self, results: Sequence[LevelResult]) -> tuple[LevelResult, ...]:
        """The results with the service bound, if it has become known."""
        over = self._over(self.settings.time_limit)
        waited = [bounding for bounding in (self.bounding, self.whole) if bounding is not None]
        while any(bounding.busy for bounding in waited) and not over():
            time.sleep(WAIT_S)
        relaxed = None if self.bounding is None or self.bounding.bound is None else self.bounding.bound
        whole = None if self.whole is None else self.whole.bound
        if relaxed is None and whole is None:
            return tuple(results)
        floor = -(10**18) if relaxed is None else relaxed + self.model.constant[SERVICE]
        known = floor if whole is None else max(floor, whole)
        return tuple(
            replace(result, bound=min(max(result.bound, known), result.objective))
            if result.level == SERVICE
            else result
            for result in results
        )
