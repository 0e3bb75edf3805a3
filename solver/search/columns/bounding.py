"""A lower bound of one level, worked out beside the search: the Lagrangian at the prices of the crew's relaxation.

Everybody's rosters are whole in it. Shortages of the contract are in it at a price, so that nothing is served by those
whom the contract needs elsewhere; what the search leaves short is taken off again.
"""

import threading
from collections.abc import Callable
from math import ceil

from roster.base import CONTRACT
from solver.clock import Clock
from solver.recorder import Recorder
from solver.search.columns.crew import Crew, crew_at
from solver.search.columns.flow import Flows, Relaxation, flows
from solver.search.columns.pricing import Part, Pricing

WORTH = 1000
"""What a point of the contract counts, in points of the level; any number gives a bound, a great one a good one."""
LP_S = 8e-8
"""Seconds that a linear program takes, about, by its entries to the power of 1.5: 4 s for 146,000, 11 s for 273,000."""
WAIT_S = 0.05
"""How often it is looked whether who waits may go on."""


def crew_for(recorder: Recorder, level: int, clock: Clock | None = None) -> Crew | None:
    """The crew that a level is bounded and improved with; None where somebody has no program."""
    return crew_at(recorder, {CONTRACT: WORTH, level: 1}, clock=clock, relaxed=True)


class LevelBounding:
    """The bound, worked out beside the search in a thread, which the interpreter waits for at its end: HiGHS cannot
    be left.

    Only the linear program is solved there: programs are asked where the bound is asked for, as they answer one at a
    time. What it counts follows from its size, and where work counts nobody hears of it before that is counted, so that
    the search does not hang on when a thread is done. Then the `relaxed` roster and everybody's `floors` belong to the
    bound: None and empty where it was not known in time.
    """

    def __init__(self, crew: Crew | None, clock: Clock, limit: float, *, stopped: Callable[[], bool]) -> None:
        self._crew, self._clock, self._stopped = crew, clock, stopped
        with clock.preparing(0 if crew is None else len(crew.rows.cells)):
            self._flows = None if crew is None else flows(crew)
        self._due = clock.work + (0.0 if self._flows is None else LP_S * self._flows.program.weights.nnz**1.5)
        self._left = False
        self._found: Relaxation | None = None
        self._least: float | None = None
        self.relaxed: Relaxation | None = None
        self.floors: dict[int, float] = {}
        seconds = clock.on_wall(limit - clock.now)
        self._thread = threading.Thread(target=self._work, args=(self._flows, seconds))
        self._thread.start()

    @property
    def open(self) -> bool:
        """Whether what is worked out beside the search is not done: by the count, or by the wall where that counts."""
        return self._clock.work < self._due if self._clock.by_work else self._thread.is_alive()

    def wait(self, over: Callable[[], bool]) -> None:
        """Returns once it is known, or `over` before it is counted; what was worked out beside is counted."""
        while self._thread.is_alive() and not self._stopped() and not (over() and self.open):
            self._thread.join(WAIT_S)
        if self._thread.is_alive() or self.relaxed is not None or (over() and self.open):
            return
        self._clock.count_until(self._due)
        self.relaxed = self._found
        if self._crew is not None and self.relaxed is not None:
            answer = Pricing(self._crew, Part(tuple(range(len(self._crew.programs))))).answer(self.relaxed.prices)
            self.floors, self._least = answer.floors, answer.bound + self._crew.certain

    def bound(self, short: int) -> int | None:
        """What the level comes to at least where the contract is `short` of so much; None where that is not known."""
        return None if self._least is None else ceil(self._least - WORTH * short - 1e-6)

    def leave(self) -> None:
        """Begins no further part of the work; what is known stays known."""
        self._left = True

    def _work(self, flows: Flows | None, seconds: float | None) -> None:
        if flows is not None and not self._stopped() and not self._left:
            self._found = flows.relaxation(seconds)
