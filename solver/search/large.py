"""Levels of large problems: a start by prices, then parts of the roster chosen anew, beside a bound of their own."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from roster.base import CONTRACT, COST, FAIRNESS, SERVICE, WISHES
from solver.levels import FOUND, LevelSearch, completed, fix, floor_of, hint
from solver.model import Model
from solver.outcome import LevelResult
from solver.search.columns.bounding import LevelBounding
from solver.search.descent import Descent
from solver.search.neighbourhoods import PATIENCE, Exchanges, Neighbourhood, windows
from solver.search.relaxation import Bounding

START_SHARE = 0.3
"""Share of the time limit for the start by prices; it mostly ends long before."""
LARGE_SHARE = {CONTRACT: 0.5, SERVICE: 0.25, FAIRNESS: 0.7, WISHES: 0.5, COST: 1.0}
"""What a level may use of the time left when its turn comes."""
WAIT_S = 0.05
"""How often a finished search looks whether the bound is known."""
PART_S = 4.0
"""Deterministic seconds for a part of the roster."""


class LargeSearch(LevelSearch):
    """Settles levels by improving one complete roster."""

    bounding: Bounding | None = None
    whole: LevelBounding | None = None

    def start(self) -> None:
        """Makes a roster person by person, and takes it where the whole model allows it."""
        deadline = self.settings.time_limit * START_SHARE
        descent = Descent(self.model.recorder, until=lambda: self._over(deadline))
        descent.settle()
        chosen = set(descent.chosen)
        values = completed(self.model, [int(cell in chosen) for cell in self.model.x])
        if values:
            self.found(values)

    def _over(self, deadline: float) -> bool:
        return self.stop.asked or self.elapsed() >= deadline

    def _search(self, level: int) -> float:
        """Improves the level within its share of the time. Returns the bound."""
        if not self.values:
            return super()._search(level)
        terms = self.model.objective[level]
        if self.value(terms) == floor_of(terms):
            return floor_of(terms)
        left = self.settings.time_limit - self.elapsed()
        deadline = self.elapsed() + left * LARGE_SHARE[level]
        if level == SERVICE:
            self.bounding = Bounding(self.model.cp, terms, left)
            self.whole = LevelBounding(
                self.model.recorder, SERVICE, left, after=self.bounding, stopped=lambda: self.stop.asked
            )
        if level <= SERVICE:
            self._improve(self.model, level, windows(self.model, self.settings.seed), deadline, self.values)
        else:
            self._exchange(level, deadline)
        return float("-inf")

    def concluded(self, results: Sequence[LevelResult]) -> tuple[LevelResult, ...]:
        """The results with the service bound, if it has become known."""
        waited = [bounding for bounding in (self.bounding, self.whole) if bounding is not None]
        while any(bounding.busy for bounding in waited) and not self._over(self.settings.time_limit):
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

    def _exchange(self, level: int, deadline: float) -> None:
        """Lets people change places: counts stay, and with them contract and service."""
        exchanges = Exchanges(self.model, level)
        part = exchanges.model
        values = completed(part, self.values)
        if not values:
            return
        for settled in range(CONTRACT, level):
            if part.objective[settled]:
                most = sum(weight * values[literal.index] for literal, weight in part.objective[settled])
                part.cp.add(part.total(part.objective[settled]) <= most)
        self._improve(part, level, exchanges.draw(self.settings.seed, lambda: self.values), deadline, values)

    def _improve(
        self, model: Model, level: int, parts: Iterator[Neighbourhood], deadline: float, values: Sequence[int]
    ) -> None:
        """Chooses one part after the other anew, until time is up or nothing is gained any more."""
        failures = 0
        model.cp.clear_objective()
        model.cp.minimize(model.total(model.objective[level]))
        hint(model.cp, values)
        for part in parts:
            if failures >= PATIENCE or self._over(deadline):
                return
            better = self._anew(model, part, values, deadline)
            failures += 1
            if better and _worth(model, level, better) < _worth(model, level, values):
                failures = 0
                values = better
                hint(model.cp, values)
                self._take(model, level, values)

    def _take(self, model: Model, level: int, values: Sequence[int]) -> None:
        """Makes a better choice of cells the present roster."""
        if model is not self.model:
            self.found([*values[: len(model.x)], *self.values[len(model.x) :]])
            return
        self.found(values)
        floor, worth = floor_of(model.objective[level]), _worth(model, level, values)
        self.report(LevelResult(level, worth + model.constant[level], floor + model.constant[level]), self.elapsed())

    def _anew(self, model: Model, part: Neighbourhood, values: Sequence[int], deadline: float) -> list[int]:
        """All values with the part chosen anew; empty where nothing was found in time."""
        cp = model.cp.clone()
        fix(cp, (literal for literal in model.x.values() if literal.index not in part.free), values)
        part.besides(cp)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.settings.workers
        solver.parameters.random_seed = self.settings.seed
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = PART_S
        solver.parameters.max_time_in_seconds = max(deadline - self.elapsed(), 0.1)
        with self.stop.halting(solver, lambda: True):
            status = solver.solve(cp)
        return list(solver.response_proto.solution) if status in FOUND else []


def _worth(model: Model, level: int, values: Sequence[int]) -> int:
    return sum(weight * values[literal.index] for literal, weight in model.objective[level])
