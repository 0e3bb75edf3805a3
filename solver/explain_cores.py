"""The smallest set of rules that clash.

In this order: a roster that keeps all (a tight case is never called impossible), the linear relaxation (clashes by
amount), assumptions without objective, a deletion filter, minimal hitting sets. Whatever a method says is asked again
of a fresh model with these rules alone: sets from assumptions may be wrong (OR-Tools issue 5141).

Source: Liffiton, Sakallah (2008), J. Automated Reasoning 40; Ignatiev et al. (2015), CP, 'Smallest MUS extraction'.
"""

import time
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from roster.base import CONTRACT
from roster.roster import Stretch
from solver.explain_guarded import Guarded
from solver.explain_linear import relaxed
from solver.explain_world import Asked, Rules, in_week, rows_where
from solver.levels import FOUND, Settings, Stop
from solver.solving import solve_recorded

SMALLEST_SHARE = 0.15
"""Share of the time left that may go into a search for a clash of fewer rules than the one found."""
GROWN_SHARE = 0.2
"""Share of a question's time for adding to a set of rules that goes together: any larger one is good enough."""
WEEK_DAYS = 7
WEEKS_SHARE = 0.4
"""Share of the time left for a guess by single weeks."""
SURE = 0.01
"""A relaxation that misses less than this many points proves nothing: rounding."""


@dataclass(frozen=True)
class Core:
    """Rules that clash, checked by solving. `minimal`: every smaller part of it is kept by some roster."""

    rules: Rules
    minimal: bool
    smallest: bool


class Finder:
    """Asks which rules of an `Asked` can be kept together. Answers are remembered, and stand for subsets."""

    def __init__(self, asked: Asked, settings: Settings, *, each: float, stop: Stop | None = None) -> None:
        self.asked, self.settings, self.each = asked, settings, each
        self.stop = stop or Stop()
        self.deadline = time.monotonic() + settings.time_limit
        self._kept: list[Rules] = []
        self._refused: list[Rules] = []
        self._model: Guarded | None = None
        self.rows: tuple[Stretch, ...] | None = None

    @property
    def left(self) -> float:
        """Seconds left; none after a stop."""
        return 0.0 if self.stop.asked else self.deadline - time.monotonic()

    @contextmanager
    def within(self, share: float) -> Generator[None]:
        """While the block runs, only this share of the time left may be used."""
        kept = self.deadline
        self.deadline = time.monotonic() + max(self.left, 0.0) * share
        try:
            yield
        finally:
            self.deadline = kept

    def clash(self, rules: Collection[int]) -> bool | None:
        """Whether no roster keeps the rules together; None where that was not settled in time."""
        asked = frozenset(rules)
        if any(asked <= kept for kept in self._kept):
            return False
        if any(refused <= asked for refused in self._refused):
            return True
        answer = self._settle(asked)
        if answer is not None:
            (self._refused if answer else self._kept).append(asked)
        return answer

    def _settle(self, rules: Rules) -> bool | None:
        for attempt in (self._by_search, self._by_relaxation, self._by_plan):
            if self.left <= 0:
                return None
            answer = attempt(rules)
            if answer is not None:
                return answer
        return None

    def _by_search(self, rules: Rules) -> bool | None:
        model = self.asked.model(rules, strict=True)
        solver = self.solver(self.each)
        status = solver.solve(model.cp)
        if status not in FOUND:
            return True if status == cp_model.INFEASIBLE else None
        return self._witness(rows_where(model, solver.response_proto.solution), rules)

    def _witness(self, rows: tuple[Stretch, ...], rules: Rules) -> bool | None:
        """A roster shows that rules can be kept when the judge finds nothing missing."""
        if self.asked.points(rows, rules):
            return None
        self.rows = rows
        return False

    def _by_relaxation(self, rules: Rules) -> bool | None:
        model = self.asked.model(rules, strict=False)
        terms = model.objective[CONTRACT]
        found = relaxed(model.cp, terms, min(self.each, self.left)) if terms else None
        least = model.constant[CONTRACT] + (found.least if found else 0)
        return True if least > SURE else None

    def _by_plan(self, rules: Rules) -> bool | None:
        """The whole search, begun by construction: finds rosters where everything is just possible."""
        settings = replace(self.settings, time_limit=min(4 * self.each, self.left))
        part = self.asked.part(self.asked.statements(rules))
        outcome = solve_recorded(part, settings, stop=self.stop, last=CONTRACT)
        if outcome.rows is None:
            return None
        return True if outcome.levels[0].bound > 0 else self._witness(outcome.rows, rules)

    def solver(self, seconds: float, *, linear: int = 2) -> cp_model.CpSolver:
        """A solver for one question."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.settings.seed
        solver.parameters.linearization_level = linear
        solver.parameters.max_time_in_seconds = max(min(seconds, self.left), 0.01)
        return solver

    # sets of rules

    @property
    def guarded(self) -> Guarded:
        """The model with switches, made when first needed."""
        if self._model is None:
            self._model = Guarded(self.asked)
        return self._model

    def core(self, rules: Rules) -> Core:
        """A smallest clashing set among rules that clash."""
        found = self._filtered(self._candidate(rules))
        if not found.minimal:
            return found
        with self.within(SMALLEST_SHARE):
            return self._smallest(rules, found)

    def _candidate(self, rules: Rules) -> Rules:
        """A clashing subset to begin with, confirmed on its own."""
        for guess in self._guesses(rules):
            if len(guess) < len(rules) and self.clash(guess):
                return guess
        return rules

    def _guesses(self, rules: Rules) -> Iterable[Rules]:
        if self.asked.problem.horizon.days > WEEK_DAYS:
            with self.within(WEEKS_SHARE):
                weekly = list(self._weekly(rules))
            yield from weekly
        conflict = self.guarded.conflict(rules, self.solver(self.each, linear=1))
        if conflict is not None:
            yield conflict
        priced = self._priced(rules)
        if priced is not None:
            yield priced

    def _weekly(self, rules: Rules) -> Iterable[Rules]:
        """A set of rules that clash in a week alone, the first week that has one: its models are small."""
        for week in self.asked.problem.horizon.weeks:
            settings = replace(self.settings, time_limit=max(self.left, 0.01))
            alone = Finder(Asked(in_week(self.asked.problem, week)), settings, each=self.each, stop=self.stop)
            mine = rules & alone.asked.hard
            if alone.clash(mine):
                core = alone.core(mine).rules
                yield core
                if self.clash(core):
                    return

    def _priced(self, rules: Rules) -> Rules | None:
        """The rules whose rows bear the shortage in the relaxation."""
        model = self.asked.model((), strict=False)
        owner: dict[int, int] = {}
        for k in sorted(rules):
            before = len(model.cp.proto.constraints)
            model.state(self.asked.said[k])
            owner.update(dict.fromkeys(range(before, len(model.cp.proto.constraints)), k))
        found = relaxed(model.cp, model.objective[CONTRACT], min(2 * self.each, max(self.left, 0.01)))
        if found is None or found.least <= SURE:
            return None
        return frozenset(owner[row] for row in found.prices if row in owner)

    def _filtered(self, rules: Rules) -> Core:
        """Leaves out one rule after the other as long as the rest still clashes; law is tried first."""
        minimal, kept = True, set(rules)
        for k in sorted(rules, key=lambda k: (self.asked.rule(k).level, k)):
            answer = self.clash(kept - {k})
            minimal &= answer is not None
            kept -= {k} if answer else set()
        return Core(frozenset(kept), minimal, smallest=len(kept) <= 1)

    def _smallest(self, rules: Rules, found: Core) -> Core:
        """Grows smallest sets that hit every known remainder, until one clashes or is no smaller than the one found."""
        remainders: list[Rules] = []
        while True:
            hitting = _least_hitting(rules, remainders)
            if len(hitting) >= len(found.rules):
                return replace(found, smallest=True)
            answer = self.clash(hitting)
            if answer is None:
                return found
            if answer:
                return Core(hitting, minimal=True, smallest=True)
            remainder = rules - self.guarded.grown(hitting, rules, self.solver(self.each * GROWN_SHARE))
            if not remainder:
                return found
            remainders.append(remainder)


def _least_hitting(rules: Rules, remainders: Collection[Rules]) -> Rules:
    """The fewest rules of which each remainder holds one."""
    model = cp_model.CpModel()
    chosen = {k: model.new_bool_var("") for k in sorted(rules)}
    for remainder in remainders:
        model.add_bool_or(chosen[k] for k in sorted(remainder))
    model.minimize(cp_model.LinearExpr.sum(list(chosen.values())))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return frozenset(k for k, literal in chosen.items() if solver.boolean_value(literal))
