"""Strict levels of objectives: each is settled, held, and only then the next one counts."""

import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, isfinite

from ortools.sat.python import cp_model

from roster.base import CONTRACT, COST, FAIRNESS, SERVICE, WISHES
from roster.roster import Stretch
from solver.clock import Clock
from solver.literals import Literal, Terms
from solver.model import Model
from solver.outcome import LevelResult

Keep = Callable[[tuple[Stretch, ...]], None]
Report = Callable[[LevelResult, float], None]

SHARE = {CONTRACT: 0.5, SERVICE: 0.5, FAIRNESS: 0.5, WISHES: 0.5, COST: 1.0}
"""What a level may use of the time left when its turn comes; what it does not use is left for the next."""


CP_SAT_S = 1.8
"""Seconds that a deterministic second of CP-SAT takes: 1.3 to 2.5 where a search is long."""
_TIGHTEN_S = 5.0
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True)
class Settings:
    """How long and how to search. `time_limit` is seconds of a `Clock` with this `slack` for all levels together.

    With one worker the same seed gives the same roster wherever the work counted is what ends a search (decision 10).
    """

    time_limit: float = 30.0
    workers: int = 1
    seed: int = 1
    slack: float | None = 1.0


class Stop:
    """A request to stop now and keep the best; safe to raise from another thread at any time."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def now(self) -> None:
        """Asks for the stop."""
        self._event.set()

    @property
    def asked(self) -> bool:
        """Whether the stop was asked for."""
        return self._event.is_set()

    @contextmanager
    def halting(self, halt: Callable[[], None], found: Callable[[], bool] = lambda: True) -> Generator[None]:
        """While the block runs, a stop ends a solver's search by `halt` once something is `found`.

        Repeated, as a call that comes before the search has begun may be lost.
        """
        done = threading.Event()

        def wait() -> None:
            while not done.wait(0.05):
                if self.asked and found():
                    halt()

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


class LevelSearch:
    """Works through the levels of one model, holding the best values found so far."""

    def __init__(
        self, model: Model, settings: Settings, *, report: Report, keep: Keep, stop: Stop, clock: Clock | None = None
    ) -> None:
        self.model, self.settings = model, settings
        self.report, self.keep, self.stop = report, keep, stop
        self.clock = clock or Clock(settings.slack)
        self.first_roster_s: float | None = None
        self.values: Sequence[int] = ()
        self.floors: dict[int, int] = {}

    def found(self, values: Sequence[int]) -> None:
        """Takes over a better assignment of all variables."""
        self.values = values
        if self.first_roster_s is None:
            self.first_roster_s = self.clock.wall
        self.keep(self.chosen())

    def chosen(self) -> tuple[Stretch, ...]:
        """The rows of the best roster, the locked ones of the horizon included."""
        return self.model.recorder.rows({cell for cell, x in self.model.x.items() if self.values[x.index]})

    def settle(self, level: int) -> LevelResult | None:
        """Minimises one level and holds it from then on. None where no roster is known."""
        terms, constant = self.model.objective[level], self.model.constant[level]
        if self.values and not terms:
            return LevelResult(level, constant, constant)
        self._aim(level)
        aimed = self.values
        known = self.floors.get(level, -(10**18)) - constant
        reached = bool(self.values) and self.value(terms) <= known
        bound = known if reached or (self.stop.asked and self.values) else max(self._search(level), known)
        if not self.values:
            return None
        if aimed and self.values is not aimed and self.value(terms) >= _worth(aimed, terms):
            self.found(aimed)  # where nothing was gained, what it was worth in later levels stays
        if terms and self.values is not aimed:
            self._tighten()
        value, least = self.value(terms), floor_of(terms)
        if value > known:
            self.floors = {}  # what was known of later levels held only with this one at its least
        if terms:
            self.model.cp.add(self.model.total(terms) <= value)
        proven = min(max(_rounded_up(bound), least), value) if terms else value
        result = LevelResult(level, value + constant, proven + constant)
        self.report(result, self.clock.wall)
        return result

    def value(self, terms: Terms) -> int:
        """What weighted terms come to in the best roster."""
        return _worth(self.values, terms)

    def _aim(self, level: int) -> None:
        """Makes the level the objective; the best roster so far becomes its starting point."""
        cp, terms = self.model.cp, self.model.objective[level]
        cp.clear_objective()
        if terms:
            cp.minimize(self.model.total(terms))
        if self.values:
            self._tighten()

    def _tighten(self) -> None:
        """Sets slacks, steps and the like to what the best roster needs in this level, and hints all of it.

        An earlier level left them anywhere within their bounds; without this the search would begin by clearing
        them away one by one.
        """
        self.values = completed(self.model, self.values) or self.values
        hint(self.model.cp, self.values)

    def _search(self, level: int) -> float:
        """Searches with the level's share of the time, with all of it where no roster is known. Returns the bound."""
        solver, status = self._solve(level, SHARE[level])
        if status == cp_model.UNKNOWN and not self.values:
            solver, status = self._solve(level, 1.0)
        if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
            raise RuntimeError(f"level {level}: the solver calls the model {status.name}")
        # without a solution the response carries no bound, only zeros
        return solver.best_objective_bound if status in FOUND else float("-inf")

    def _solve(self, level: int, share: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        settings, clock = self.settings, self.clock
        solver.parameters.num_workers = settings.workers
        solver.parameters.random_seed = settings.seed
        solver.parameters.linearization_level = 2
        limit_wall(solver, clock.on_wall(max(settings.time_limit - clock.now, 0.1) * share))
        if settings.workers == 1 and clock.by_work:  # what is left of it, too, is counted without the clock
            limit_work(solver, max(settings.time_limit - clock.work, 0.1) * share)
        with self.stop.halting(solver.stop_search, lambda: bool(self.values)):
            status = solver.solve(self.model.cp, _Watch(self, level))
        clock.count(work_of(solver))
        return solver, status


def _worth(values: Sequence[int], terms: Terms) -> int:
    """What weighted terms come to in an assignment of all variables."""
    return sum(weight * values[literal.index] for literal, weight in terms)


def floor_of(terms: Terms) -> int:
    """What weighted terms come to at least: only steps of at most 1 have negative weights."""
    return sum(min(weight, 0) for _, weight in terms)


def completed(model: Model, x: Sequence[int]) -> list[int]:
    """The values of all variables where the cells are chosen as in `x`; empty where the model does not allow it."""
    cp = model.cp.clone()
    fix(cp, model.x.values(), x)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    limit_work(solver, _TIGHTEN_S)
    return list(solver.response_proto.solution) if solver.solve(cp) in FOUND else []


def fix(cp: cp_model.CpModel, literals: Iterable[Literal], values: Sequence[int]) -> None:
    """Holds Booleans at their values by one row: as many as are 1 stay 1, and no other becomes 1."""
    held = list(literals)
    if held:
        ones = [values[literal.index] for literal in held]
        cp.add(cp_model.LinearExpr.weighted_sum(held, [1 if one else -1 for one in ones]) >= sum(ones))


def limit_work(solver: cp_model.CpSolver, seconds: float) -> None:
    """Ends a search by its work."""
    solver.parameters.max_deterministic_time = seconds / CP_SAT_S


def work_of(solver: cp_model.CpSolver) -> float:
    """The work of a search, in seconds; of more workers, whose work is added up, what the wall shows."""
    alone = solver.parameters.num_workers == 1
    return solver.response_proto.deterministic_time * CP_SAT_S if alone else solver.wall_time


def limit_wall(solver: cp_model.CpSolver, seconds: float | None) -> None:
    """Ends a search by the wall, if it is to."""
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds


def hint(cp: cp_model.CpModel, values: Sequence[int]) -> None:
    """Makes values the starting point of a search."""
    cp.clear_hints()
    cp.proto.solution_hint.vars.extend(range(len(values)))
    cp.proto.solution_hint.values.extend(values)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Takes each better roster as it is found and passes its figures on."""

    def __init__(self, search: LevelSearch, level: int) -> None:
        super().__init__()
        self.search, self.level = search, level

    def on_solution_callback(self) -> None:
        """Called by the solver at each improvement."""
        search = self.search
        search.found(list(self.response_proto.solution))
        constant = search.model.constant[self.level]
        bound = _rounded_up(self.best_objective_bound) + constant
        search.report(LevelResult(self.level, round(self.objective_value) + constant, bound), search.clock.wall)


def _rounded_up(bound: float) -> int:
    """The integer bound that a floating one proves."""
    return ceil(bound - 1e-6) if isfinite(bound) and bound > -1e17 else -(10**18)
