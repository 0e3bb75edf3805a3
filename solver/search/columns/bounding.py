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


def crew_for(recorder: Recorder, level: int) -> Crew | None:
    """The crew that a level is bounded and improved with; None where somebody has no program."""
    return crew_at(recorder, {CONTRACT: WORTH, level: 1}, relaxed=True)


class LevelBounding:
    """The bound, worked out beside the search in a thread, which the interpreter waits for at its end: HiGHS cannot
    be left.

    Only the linear program is solved there: programs are asked where the bound is asked for, as they answer one at a
    time. The `relaxed` roster and everybody's `floors` belong to the bound: None and empty as long as it is not known.
    """

    def __init__(self, crew: Crew | None, seconds: float, *, stopped: Callable[[], bool]) -> None:
        self._crew, self._stopped = crew, stopped
        self._deadline = time.monotonic() + seconds
        self._least: float | None = None
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
        if self._least is None:
            self._answer()
        return None if self._least is None else ceil(self._least - WORTH * short - 1e-6)

    def leave(self) -> None:
        """Begins no further part of the work; what is known stays known."""
        self._deadline = time.monotonic()

    def _work(self) -> None:
        if self._crew is not None and not self._stopped():
            self.relaxed = relaxation(self._crew, self._deadline - time.monotonic())

    def _answer(self) -> None:
        """The Lagrangian at the relaxation's prices."""
        if self._crew is None or self.relaxed is None:
            return
        answer = Pricing(self._crew, Part(tuple(range(len(self._crew.programs))))).answer(self.relaxed.prices)
        self.floors, self._least = answer.floors, answer.bound + self._crew.certain
