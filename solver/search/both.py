"""One roster in two forms: the cells of the annealing, which knows every statement, and the people of a crew."""

import random
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

import numpy as np

from roster.base import CONTRACT, SERVICE
from solver.search.alike.groups import FEW
from solver.search.annealing import Annealing
from solver.search.columns.crew import Crew
from solver.search.columns.pricing import Part
from solver.search.tables import Flags, Ints

ORDERS = 16
"""In how many orders people respond for a first roster: they differ by half, and take a tenth of a second a month."""


class Both:
    """The annealing's roster has the last word: what a crew makes is taken where it is better up to service."""

    def __init__(self, annealing: Annealing, crew: Crew, seed: int) -> None:
        self.annealing, self.crew, self.seed = annealing, crew, seed
        everybody = list(range(len(crew.programs)))
        random.Random(seed).shuffle(everybody)
        self.whole = Part(tuple(everybody))
        """Everybody on all days, in a drawn order."""

    @cached_property
    def alike(self) -> bool:
        """Whether people share programs, so that the relaxation is soon known and close to what can be had."""
        return len(self.crew.programs) >= FEW * len(set(map(id, self.crew.programs)))

    @cached_property
    def _at(self) -> Ints:
        """Where the crew's cells stand in the annealing."""
        place = {cell: k for k, cell in enumerate(self.annealing.cells)}
        return np.array([place[cell] for cell in self.crew.rows.cells], dtype=np.int64)

    def give(self) -> None:
        """Hands the best roster to the crew."""
        used = np.flatnonzero(self.annealing.best.used[self._at])
        for person, (first, after) in enumerate(pairwise(np.searchsorted(used, self.crew.rows.first))):
            self.crew.give(person, used[first:after].tolist())
            self.crew.legal[person] = True

    def _given(self) -> Flags:
        """The crew's roster as the annealing's cells have it."""
        used = np.array([cell.fixed for cell in self.annealing.cells])
        used[self._at[[k for cells in self.crew.given for k in cells]]] = True
        return used

    def _cost(self) -> list[int]:
        return self.annealing.cost[: SERVICE + 1].tolist()

    def take(self) -> bool:
        """Takes the crew's roster where it is better up to service. Whether it was."""
        used, cost = self.annealing.best.used.copy(), self._cost()
        self.annealing.take(self._given())
        if self._cost() < cost:
            return True
        self.annealing.take(used)
        return False

    def respond(self, over: Callable[[], bool], enough: int | None = None) -> None:
        """Everybody's best beside all others', in turn: the best of several orders, or until `enough` is short."""
        drawn, people = random.Random(self.seed), range(len(self.crew.programs))
        for _ in range(ORDERS):
            for person in people:
                self.crew.give(person, ())
                self.crew.legal[person] = False
            if over() or not self.crew.settle(drawn.sample(people, len(people)), over):
                return
            self.take()
            if enough is not None and self._cost()[: CONTRACT + 1] <= [0] * CONTRACT + [enough]:
                return
