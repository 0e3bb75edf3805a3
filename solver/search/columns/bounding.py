"""A lower bound of one level from column generation, worked out beside the search.

It is stronger than the linear relaxation of all cells, as everybody's rosters are whole. What other levels ask of
people together is left out.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from math import ceil
from typing import Protocol

from solver.recorder import Recorder
from solver.search.columns.ascent import Ascent
from solver.search.columns.crew import crew_at
from solver.search.columns.generation import Generation
from solver.search.columns.master import NoAnswer
from solver.search.columns.pricing import NEVER, Part

ASCENT_ROUNDS = 100
ROUNDS = 400
WAIT_S = 0.2
LEAST_CLOSE, CLOSE = 0.5, 1e-3
"""The distance of LP and bound, in points and as a share of the cost, at which the bound is good enough."""


class Waited(Protocol):
    """Work that may be waited for."""

    @property
    def busy(self) -> bool:
        """Whether it goes on."""
        ...


class LevelBounding:
    """The bound worked out in a thread of its own, once `after` is done; it rises until it is as good as it gets."""

    def __init__(
        self, recorder: Recorder, level: int, seconds: float, *, after: Waited, stopped: Callable[[], bool]
    ) -> None:
        self._recorder, self._level, self._after, self._stopped = recorder, level, after, stopped
        self._deadline = time.monotonic() + seconds
        self._whole: Generation | None = None
        self._constant = 0.0
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether the bound may still rise."""
        return self._thread.is_alive()

    @property
    def bound(self) -> int | None:
        """The least the level can come to, rounded up; None where nothing is known (yet)."""
        if self._whole is None or self._whole.bound <= -NEVER:
            return None
        return ceil(self._whole.bound + self._constant - 1e-6)

    def _over(self) -> bool:
        return self._stopped() or time.monotonic() >= self._deadline

    def _work(self) -> None:
        pause = threading.Event()
        while self._after.busy and not self._over():
            pause.wait(WAIT_S)
        crew = None if self._over() else crew_at(self._recorder, self._level)
        if crew is None:
            return
        everybody = tuple(range(len(crew.programs)))
        if not crew.settle(everybody, self._over):
            return
        generation = Generation(crew, Part(everybody), until=self._over)
        ascent = Ascent(generation.pricing)
        ascent.climb(ASCENT_ROUNDS, until=self._over)
        generation.begin(ascent)
        self._constant, self._whole = crew.rows.constant, generation
        with suppress(NoAnswer):
            close = CLOSE * abs(generation.value) + LEAST_CLOSE
            generation.converge(cutoff=float("inf"), rounds=ROUNDS, close=close)
