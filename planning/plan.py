"""Plan: contract in, checked roster out."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from planning.asking import ask, horizon_of, warnings_of
from planning.catalogue import text
from planning.clashes import clashes
from planning.demand import forecast, requirement
from planning.idle import without_lawful_shift
from planning.inside import work_inside_told
from planning.service import judged_by, prepare, service_of
from planning.solving import OnProgress, SolverProcess, solve_in_child
from roster.compliance import Judgement, audit, hard_breaches
from roster.exports.roster_csv import roster_csv
from roster.forecast.base import Forecast
from roster.leave_rows import leave_rows
from roster.loading.scenario import Scenario, load_roster
from roster.problem import Problem
from roster.roster import Roster
from roster.scorecard import scorecard
from roster.simulation.play import Results
from roster.words import Words
from solver.outcome import Outcome

Say = Callable[[str], None]


def default_time_limit(days: int) -> float:
    """Seconds for solving where nobody says: 30 for a week, 8 more for each further day, 240 at most."""
    return float(min(30 + 8 * max(days - 7, 0), 240))


DEFAULT_SLACK = 2.0
"""How much longer than counted a plan may take where nobody says: half as fast a machine makes the same roster."""


@dataclass(frozen=True)
class Plan:
    """A planned horizon: what was asked, what came out, and how it was judged.

    `roster` is None where no roster was found in the time given. It is the exported one, read back. `service` is what
    it gives when calls are played against it; None where nothing is forecast, and for a roster edited by hand.
    """

    scenario: Scenario
    problem: Problem
    expected: Forecast | None
    outcome: Outcome
    roster: Roster | None
    judgements: tuple[Judgement, ...]
    points: dict[int, int]
    warnings: tuple[Words, ...]
    wall_s: float
    service: Results | None = None

    @cached_property
    def needed(self) -> pd.DataFrame:
        """People needed in each interval: the columns of `planning.demand.requirement`."""
        return requirement(self.expected, self.problem.contract, self.scenario.bookings)

    @property
    def hard_breaches(self) -> int:
        """Hard breaches of the roster."""
        return hard_breaches(self.judgements)


def plan(
    scenario: Scenario,
    start: date,
    days: int,
    *,
    time_limit: float = 30.0,
    workers: int = 1,
    seed: int = 1,
    slack: float | None = 1.0,
    say: Say = lambda _: None,
    on_progress: OnProgress = lambda _: None,
    on_process: Callable[[SolverProcess], None] = lambda _: None,
) -> Plan:
    """Forecasts, asks, solves in a child process, writes the roster out, reads it back and judges it.

    The limit is in seconds of a `solver.clock.Clock` with this `slack`: of the wall; beyond 1 of work, as long as the
    machine is no slower than that; with None of work alone.
    `on_process` is handed the solver process before it solves, for another thread to stop it.
    Raises InputError for a span that cannot be planned, SolverError where the solver refuses twice.
    """
    begun = time.monotonic()
    horizon = horizon_of(scenario, start, days)
    process = SolverProcess()  # loads its libraries while the demand is computed
    on_process(process)
    try:
        expected = forecast(scenario, horizon)
        problem = ask(scenario, horizon, expected)
        process.wait_until_ready()
        prepared = prepare(problem, expected, scenario.history, scenario.bookings)
        say(text("plan.solving", people=len(problem.people), days=days, limit=time_limit))
        outcome = solve_in_child(
            problem, time_limit=time_limit, workers=workers, seed=seed, slack=slack, on_progress=on_progress,
            process=process,
        )  # fmt: skip
    finally:
        process.close()
    roster = None if outcome.rows is None else _exported(scenario, problem, outcome)
    prepared.join()
    service = service_of(roster, expected, scenario.history, scenario.bookings) if roster else None
    judgements = audit(roster) if roster else ()
    if roster and service:
        judgements = judged_by(roster, judgements, service)
    points = scorecard(roster) if roster else {}
    warnings = tuple(told_of(scenario, problem, outcome, roster, judgements))
    return Plan(
        scenario, problem, expected, outcome, roster, judgements, points, warnings, time.monotonic() - begun, service
    )


def told_of(
    scenario: Scenario, problem: Problem, outcome: Outcome, roster: Roster | None, judgements: Sequence[Judgement]
) -> Iterator[Words]:
    """What a reader of the plan should know: of the scenario, of clauses that clash, of people without a shift."""
    yield from warnings_of(scenario, problem.horizon)
    yield from clashes(problem, judgements)
    yield from without_lawful_shift(roster) if roster else ()
    yield from work_inside_told(outcome)


def _exported(scenario: Scenario, problem: Problem, outcome: Outcome) -> Roster:
    """The roster as a reader of roster.csv sees it."""
    text = roster_csv((*(outcome.rows or ()), *leave_rows(problem)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        path.write_text(text, encoding="utf-8")
        return Roster(problem, load_roster(path, scenario))
