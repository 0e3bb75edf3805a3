"""Annealing of a whole roster, level by level, within a time."""

from collections.abc import Callable, Sequence
from itertools import count

import numpy as np

from roster.base import SERVICE, Cell
from solver.clock import Clock
from solver.recorder import Recorder
from solver.search.anneal import Best, anneal, trail
from solver.search.tables import BROKEN, Compiler, Flags, Ints
from solver.search.tally import State, fill, least, start

MOVES_A_SECOND = 200_000
"""Moves that count as a second."""
AT_ONCE = 20_000
PATIENCE = 10
"""Rounds of so many moves without gain that end a descent."""
SAMPLE = 5_000
"""Moves from which the temperature is taken."""
USUAL = 0.5, 0.005
"""First and last temperature as shares of the mean rise."""
ALONE, ALONE_BELOW = 0.5, 0.1
"""Chance that a move changes one person alone; below service most such moves would take from what is settled."""
CALM = 0.03, 0.001
"""The same where little is left to mend: more heat breaks faster than it mends."""


class Annealing:
    """A roster that becomes better. `cells` are those of the recorder's world, the free ones first and in its order.

    The moves are counted by the `clock`.
    """

    def __init__(self, recorder: Recorder, seed: int, clock: Clock | None = None) -> None:
        self._seed, self.clock = seed, clock or Clock(None)
        with self.clock.preparing(len(recorder.world)):
            compiler = Compiler(recorder)
            self.cells: Sequence[Cell] = compiler.cells
            self._tables = compiler.tables()
        self._trail = trail()
        self._least = least(self._tables, np.array([cell.fixed for cell in self.cells]))
        self._state = self._filled(np.array([cell.fixed for cell in self.cells]))
        self.best = Best(self._state.used.copy(), self._state.cost.copy())

    @property
    def cost(self) -> Ints:
        """What the best roster costs by level, at 0 the strict statements it breaks."""
        return self.best.cost

    @property
    def chosen(self) -> list[Cell]:
        """The cells of the best roster."""
        return [self.cells[k] for k in np.flatnonzero(self.best.used)]

    def least(self, level: int) -> int:
        """What the level comes to at least, each statement by itself."""
        return int(self._least[level])

    def _filled(self, used: Flags) -> State:
        state = start(self._tables)
        fill(self._tables, state, np.flatnonzero(used).astype(np.int32))
        return state

    def take(self, used: Flags) -> None:
        """Goes on from another roster."""
        self._state = self._filled(used)
        self.best.used[:] = used
        self.best.cost[:] = self._state.cost

    def descend(self, level: int, over: Callable[[], bool], *, enough: int) -> None:
        """Improves the levels up to `level` without ever giving anything up, until `enough` is reached in it.

        One round is made however little time there is.
        """
        stalled = 0
        for k in count():
            if self._reached(level, enough) or stalled == PATIENCE or (k and over()):
                break
            before = self.cost[: level + 1].tolist()
            self._try(level, AT_ONCE, 0.0, k)
            stalled = stalled + 1 if self.cost[: level + 1].tolist() == before else 0
        self.take(self.best.used.copy())

    def improve(
        self,
        level: int,
        seconds: float,
        over: Callable[[], bool],
        improved: Callable[[], None],
        *,
        enough: int,
        between: tuple[float, float] = USUAL,
    ) -> None:
        """Anneals a level with those above it held, until it comes to `enough`.

        It cools within so many seconds and ends with them; one round is made however few they are. The temperature
        falls `between` two shares of the mean rise.
        """
        hot, cold = between
        begun = self.clock.now
        heat = self._try(level, SAMPLE, 0.0, 0)
        for k in count():
            share = (self.clock.now - begun) / max(seconds, 1e-9)
            if self._reached(level, enough) or (k and (share >= 1 or over())):
                break
            before = self.cost[level]
            self._try(level, AT_ONCE, heat * hot * (cold / hot) ** min(share, 1.0), k + 1)
            if self.cost[level] < before:
                improved()
        self.take(self.best.used.copy())

    def _try(self, level: int, moves: int, heat: float, k: int) -> float:
        seed = (self._seed * 1_000_003 + level * 10_007 + k) % 2**32
        self.clock.count(moves / MOVES_A_SECOND)
        alone = ALONE if level <= SERVICE else ALONE_BELOW
        return anneal(self._tables, self._state, self.best, self._trail, level, moves, heat, alone, seed)

    def _reached(self, level: int, enough: int) -> bool:
        return self.cost[BROKEN] == 0 and self.cost[level] <= enough
