"""Large problems: one complete roster is improved level by level, beside a bound of its own.

It is annealed over exact counts of every statement. Service is improved part by part by column generation, too, and by
the relaxation that gives its bound, made whole person by person. CP-SAT is asked only where the contract stays short.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from roster.base import CONTRACT, COST, FAIRNESS, SERVICE, WISHES
from roster.roster import Stretch
from solver.clock import Clock
from solver.levels import Keep, LevelSearch, Report, Settings, Stop, completed
from solver.model import MODEL_S, Model
from solver.outcome import LevelResult, Outcome
from solver.recorder import Recorder
from solver.search.alike import Begun
from solver.search.annealing import CALM, Annealing
from solver.search.both import Both
from solver.search.columns.bounding import LevelBounding, crew_for
from solver.search.columns.crew import Crew
from solver.search.columns.parts import Kind, Parts
from solver.search.columns.rounding import rounded
from solver.search.tables import BROKEN, Flags

START_SHARE = 0.2
"""Share of the time limit for a first roster; it mostly stands long before."""
SHARE = {CONTRACT: 0.6, SERVICE: 0.3, FAIRNESS: 0.7, WISHES: 0.5, COST: 1.0}
"""What annealing of a level may use of the time left when its turn comes."""
MEND_SHARE = 0.1
"""What a round of annealing where the contract is short may use of the time left."""
MODEL_SHARE = 0.5
"""What CP-SAT may use of the time left where the contract stays short."""
RELAXED_SHARE = 0.6
"""What the search gives the relaxation of service at most, of the time left when its turn comes."""
PARTS_SHARE = 0.55
"""What column generation over parts may use of the time left once the relaxation is known."""
DAYS, APART = (3, 4), (4,)
"""Sizes of those parts: days in a row, and days one by one with a person open on all: who is wanted on other days can
only move where others can on both."""
PATIENCE_SHARE = 0.2
"""What of the time left parts may use without a gain."""
HANDING_SHARE = 0.05
"""What of the time handing better rosters over takes at most: the rows of a thousand take a second."""
CLOSE = 1e-3
"""A roster so close to its bound, relatively, is not improved by parts."""


@dataclass
class LargeSearch:
    """Settles levels by improving one complete roster."""

    recorder: Recorder
    settings: Settings
    clock: Clock
    report: Report
    keep: Keep
    stop: Stop
    begun: Begun | None = None
    first_roster_s: float | None = None
    kept: Flags | None = None
    bounding: LevelBounding | None = None
    contract_bound: int = -(10**18)
    handed: float = 0.0
    handing: float = 0.0

    @cached_property
    def annealing(self) -> Annealing:
        """The roster over exact counts of every statement."""
        return Annealing(self.recorder, self.settings.seed, self.clock)

    def __post_init__(self) -> None:
        self.clock.ends = self.settings.time_limit

    def _over(self, share: float = 1.0) -> Callable[[], bool]:
        """Whether a stop was asked for or a share of the time left now has passed."""
        deadline = self.clock.now + share * self._left
        return lambda: self.stop.asked or self.clock.now >= deadline

    @property
    def _left(self) -> float:
        return self.settings.time_limit - self.clock.now

    def run(self, last: int = COST) -> Outcome:
        """Level after level, up to `last`, within the time limit: the best roster and its bounds."""
        try:
            return self._run(last)
        finally:
            if self.bounding is not None:
                self.bounding.leave()

    def _run(self, last: int) -> Outcome:
        if self.begun is not None:
            chosen = set(self.begun.cells)
            self.annealing.take(np.array([cell.fixed or cell in chosen for cell in self.annealing.cells]))
        asked = any(stated.level == SERVICE for stated in self.recorder.stated)
        if last >= SERVICE and asked and (self.begun is None or self._open(SERVICE)):  # first: it is solved beside
            self.bounding = LevelBounding(
                self.crew, self.clock, self.settings.time_limit, stopped=lambda: self.stop.asked
            )
        self._start(last)
        self._contract()
        if self.annealing.cost[BROKEN]:
            return Outcome("UNKNOWN", None, (), self.clock.wall, None, self.settings.seed)
        self._tell(CONTRACT)
        for level in range(SERVICE, last + 1):
            if level == SERVICE:
                self._service()
            else:
                self._settle(level)
            self._found()
            self._tell(level)
        return self._outcome(last)

    def _start(self, last: int = COST) -> None:
        """Makes a roster from what there is, or everybody's best in turn, and fills what is short."""
        enough = self.annealing.least(CONTRACT)
        over = self._over(START_SHARE)
        if self.begun is None and self.both is not None and not self.both.alike:
            self.both.respond(over, enough if last == CONTRACT else None)
        self.annealing.descend(CONTRACT, over, enough=enough)
        self._found()

    def _contract(self) -> None:
        """Fills what the contract is short of: by annealing, and by CP-SAT where that gains no more."""
        stalled = self._mend()
        worth = stalled and self._open(CONTRACT) and self._left * MODEL_SHARE > MODEL_S * len(self.recorder.world)
        if not (worth or self.annealing.cost[BROKEN]):
            return
        with self.clock.preparing(len(self.recorder.world)):
            model = Model(self.recorder)
        settings = replace(self.settings, time_limit=self.clock.now + max(self._left * MODEL_SHARE, 0.1))
        search = LevelSearch(model, settings, report=self.report, keep=self.keep, stop=self.stop, clock=self.clock)
        search.values = completed(model, self.annealing.best.used[: len(model.x)].astype(int).tolist())
        result = search.settle(CONTRACT)
        if result is None:
            return
        self.contract_bound = result.bound
        fixed = [True] * (len(self.annealing.cells) - len(model.x))
        self.annealing.take(np.array([*search.values[: len(model.x)], *fixed], dtype=bool))
        self._found()

    def _open(self, level: int) -> bool:
        """Whether the level may become better."""
        return bool(self.annealing.cost[level] > self._floor(level))

    def _settle(self, level: int) -> None:
        """Anneals a level within its share of the time."""
        if self._open(level) and self._left > 0:
            seconds, over, enough = self._left * SHARE[level], self._over(SHARE[level]), self._floor(level)
            self.annealing.improve(level, seconds, over, lambda: self._improved(level), enough=enough)

    def _mend(self) -> bool:
        """Anneals what the contract is short of, calmly, again from the best roster; whether a round gained nothing."""
        seconds = self._left * MEND_SHARE
        over, improved = self._over(SHARE[CONTRACT]), partial(self._improved, CONTRACT)
        while self._open(CONTRACT) and not over():
            before, floor = self.annealing.cost[: CONTRACT + 1].tolist(), self._floor(CONTRACT)
            self.annealing.improve(CONTRACT, seconds, over, improved, enough=floor, between=CALM)
            if self.annealing.cost[: CONTRACT + 1].tolist() == before:
                return True
        return False

    def _improved(self, level: int) -> None:
        if (self.clock.wall - self.handed) * HANDING_SHARE >= self.handing:
            self._found()
        self._tell(level)

    def _found(self) -> None:
        """Hands the best roster over, once."""
        used = self.annealing.best.used
        known = self.kept is not None and np.array_equal(used, self.kept)
        if not self.annealing.cost[BROKEN] and not known:
            self.kept = used.copy()
            begun = self.clock.wall
            self.first_roster_s = begun if self.first_roster_s is None else self.first_roster_s
            self.keep(self._rows())
            self.handed = self.clock.wall
            self.handing = self.handed - begun

    def _tell(self, level: int) -> None:
        result = LevelResult(level, int(self.annealing.cost[level]), self._floor(level))
        self.report(result, self.clock.wall)

    def _floor(self, level: int) -> int:
        """What the level comes to at least, as far as is known by now."""
        cost = self.annealing.cost
        least = self.annealing.least(level)
        if self.bounding is not None and level == SERVICE:
            least = max(least, self.bounding.bound(int(cost[CONTRACT])) or least)
        if level == CONTRACT:
            least = max(least, self.contract_bound)
        floors = {} if self.begun is None else self.begun.bounds
        if all(cost[above] <= floors.get(above, self.annealing.least(above)) for above in range(CONTRACT, level)):
            least = max(least, floors.get(level, least))
        return min(least, int(cost[level]))

    def _rows(self) -> tuple[Stretch, ...]:
        """The rows of the best roster, the locked ones of the horizon included."""
        return self.recorder.rows(set(self.annealing.chosen))

    # service: part by part, and from its relaxation made whole; annealed where parts gain nothing

    def _service(self) -> None:
        """By what the bound is found with; annealing does without it."""
        both = self.both
        if not self._open(SERVICE):
            return
        if both is None:
            self._settle(SERVICE)
            return
        days, seed = self.recorder.problem.horizon.days, self.settings.seed
        parts = Parts(both.crew, days, seed, self._over(), lambda: self._take(both))
        kinds = parts.kinds(DAYS, (), APART)
        both.give()
        if both.alike:
            self._begin_with_the_relaxation(both, parts, self._over(RELAXED_SHARE))
            if not self._close(SERVICE):
                self._settle(SERVICE)
            return
        parts.attempt(both.whole, {})
        self._settle(SERVICE)
        both.give()
        late = self._over(RELAXED_SHARE)
        self._until_the_relaxation(parts, kinds, late)
        self._begin_with_the_relaxation(both, parts, late)
        self._by_parts(parts, kinds, PARTS_SHARE)

    def _take(self, both: Both) -> bool:
        """Takes the crew's roster where it is better, and tells."""
        better = both.take()
        if better:
            self._improved(SERVICE)
        return better

    def _by_parts(self, parts: Parts, kinds: Sequence[Kind], share: float) -> None:
        """Improves parts for a share of the time left, as long as they gain something."""
        patience, last = self._left * PATIENCE_SHARE, self.clock.now
        cost = self.annealing.cost[SERVICE]

        def enough() -> bool:
            nonlocal last, cost
            if self.annealing.cost[SERVICE] < cost:
                last, cost = self.clock.now, self.annealing.cost[SERVICE]
            return self.clock.now - last >= patience or self._close(SERVICE)

        parts.over = self._over(share)
        parts.improve(kinds, enough)

    def _until_the_relaxation(self, parts: Parts, kinds: Sequence[Kind], late: Callable[[], bool]) -> None:
        """Improves parts, without prices to draw them by, while the relaxation is still being solved."""
        bounding = self.bounding
        if bounding is not None:
            parts.over = lambda: late() or not bounding.open
            parts.improve(kinds, lambda: self._close(SERVICE))
            parts.over = self._over()

    def _begin_with_the_relaxation(self, both: Both, parts: Parts, late: Callable[[], bool]) -> None:
        """Makes the relaxation whole where it is known in time; parts are drawn by its prices from then on."""
        known = self._awaited(late)
        if known is None or known.relaxed is None or known.bound(0) is None or self._close(SERVICE):
            return
        parts.prices, parts.floors = known.relaxed.prices, known.floors
        parts.attempt(both.whole, rounded(both.crew, known.relaxed, both.whole.people))

    def _close(self, level: int) -> bool:
        """Whether the level is as good as at its bound."""
        return self._floor(level) >= self.annealing.cost[level] * (1 - CLOSE)

    @cached_property
    def crew(self) -> Crew | None:
        """Everybody's programs, with which service is bounded and improved; None where somebody has none."""
        return crew_for(self.recorder, SERVICE, self.clock)

    @cached_property
    def both(self) -> Both | None:
        """The roster as the annealing's and as the crew's."""
        return None if self.crew is None else Both(self.annealing, self.crew, self.settings.seed)

    def _awaited(self, over: Callable[[], bool]) -> LevelBounding | None:
        """The bound once it is worked out."""
        if self.bounding is not None:
            self.bounding.wait(over)
        return self.bounding

    def _outcome(self, last: int) -> Outcome:
        if self._open(SERVICE):
            self._awaited(self._over())
        levels = tuple(
            LevelResult(level, int(self.annealing.cost[level]), self._floor(level))
            for level in range(CONTRACT, last + 1)
        )
        status = "OPTIMAL" if all(level.proven for level in levels) else "FEASIBLE"
        return Outcome(status, self._rows(), levels, self.clock.wall, self.first_roster_s, self.settings.seed)
