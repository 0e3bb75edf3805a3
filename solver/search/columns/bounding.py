"""A lower bound of one level, worked out beside the search: the Lagrangian at the prices of the crew's relaxation.

Everybody's rosters are whole in it. Shortages of the contract are in it at a price, so that nothing is served by those
whom the contract needs elsewhere; what the search leaves short is taken off again.
"""

import threading
import time
from collections.abc import Callable
from math import ceil

from roster.base import CONTRACT
from solver.recorder import Recorder
from solver.search.columns.crew import Crew, crew_at
from solver.search.columns.flow import Relaxation, relaxation
from solver.search.columns.pricing import Part, Pricing

WORTH = 1000
"""What a point of the contract counts, in points of the level; any number gives a bound, a great one a good one."""


class LevelBounding:
    """The bound, worked out in a thread of its own, which the interpreter waits for at its end: HiGHS cannot be left.

    The `relaxed` roster and everybody's `floors` belong to it, `crew` is what they are about: None as long as they are
    not known.
    """

    def __init__(self, recorder: Recorder, level: int, seconds: float, *, stopped: Callable[[], bool]) -> None:
        self._recorder, self._level, self._stopped = recorder, level, stopped
        self._deadline = time.monotonic() + seconds
        self._least: float | None = None
        self.crew: Crew | None = None
        self.relaxed: Relaxation | None = None
        self.floors: dict[int, float] = {}
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether it is still being worked out."""
        return self._thread.is_alive()

    def bound(self, short: int) -> int | None:
        """What the level comes to at least where the contract is `short` of so much; None where that is not known."""
        return None if self._least is None else ceil(self._least - WORTH * short - 1e-6)

    def leave(self) -> None:
        """Begins no further part of the work; what is known stays known."""
        self._deadline = time.monotonic()

    def _over(self) -> bool:
        return self._stopped() or time.monotonic() >= self._deadline

    def _work(self) -> None:
        crew = crew_at(self._recorder, {CONTRACT: WORTH, self._level: 1}, relaxed=True)
        relaxed = None if crew is None or self._over() else relaxation(crew, self._deadline - time.monotonic())
        if crew is None or relaxed is None:
            return
        answer = Pricing(crew, Part(tuple(range(len(crew.programs))))).answer(relaxed.prices)
        self.crew, self.relaxed, self.floors = crew, relaxed, answer.floors
        self._least = answer.bound + crew.rows.constant
