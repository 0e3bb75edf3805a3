"""Explain: which clauses clash and the ways out, why somebody has a shift, and which clause costs most."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from planning.asking import ask, horizon_of
from planning.check import history_of
from planning.demand import forecast
from planning.plan import default_time_limit, plan
from planning.solving import SolverError, SolverProcess
from roster.errors import Fault, InputError
from roster.loading.scenario import Scenario, load_roster
from roster.problem import Problem
from roster.roster import Stretch
from solver.explain_results import CellTold, CostsTold, Explanation
from solver.messages import Failed, Question

Rows = tuple[Stretch, ...]
Cell = tuple[str, date]
OnProcess = Callable[[SolverProcess], None]


def explaining_limit(days: int) -> float:
    """Seconds for an explanation where nobody says: a minute, or what planning takes where that is more."""
    return max(60.0, default_time_limit(days))


@dataclass(frozen=True)
class Told:
    """An explanation with the problem it is about."""

    scenario: Scenario
    problem: Problem
    answer: Explanation | CellTold | CostsTold


def explain(
    scenario: Scenario,
    start: date,
    days: int,
    *,
    file: Path | None = None,
    cell: Cell | None = None,
    time_limit: float = 60.0,
    workers: int = 1,
    seed: int = 1,
    on_process: OnProcess = lambda _: None,
) -> Told:
    """Without a roster: the clashes. With a roster `file`: what each clause costs. With a `cell`: why it is so.

    A cell without a file is one of the roster planned now. Raises InputError for a span, file or cell that does not
    fit, SolverError where no answer comes.
    """
    horizon = horizon_of(scenario, start, days)
    problem = ask(scenario, horizon, forecast(scenario, horizon))
    if cell is not None:
        _require_cell(problem, cell)
    rows: Rows = ()
    if file is not None:
        told = load_roster(file, scenario)
        problem = problem.model_copy(update={"previous": history_of(problem.previous, told, horizon)})
        rows = tuple(row for row in told if row.date in set(horizon.dates))
    elif cell is not None:
        rows = _planned(scenario, start, days, time_limit=time_limit, workers=workers, seed=seed, on_process=on_process)
    about = "cell" if cell else "costs" if file else "clashes"
    settings = {"time_limit": time_limit, "workers": workers, "seed": seed}
    return Told(scenario, problem, answer(problem, about, rows, cell, on_process=on_process, **settings))


def answer(
    problem: Problem,
    about: Literal["clashes", "cell", "costs"],
    rows: Rows = (),
    cell: Cell | None = None,
    *,
    time_limit: float,
    workers: int = 1,
    seed: int = 1,
    on_process: OnProcess = lambda _: None,
) -> Explanation | CellTold | CostsTold:
    """Asks a question about a problem in a child process. Raises SolverError where it dies or refuses."""
    question = Question(
        problem=problem, time_limit=time_limit, workers=workers, seed=seed, about=about, rows=rows, cell=cell
    )
    with closing(SolverProcess()) as process:
        on_process(process)
        said = process.explain(question)
    if said is None or isinstance(said, Failed):
        raise SolverError(said.reason if said else "the solver process died")
    return said.told


def _planned(
    scenario: Scenario, start: date, days: int, *, time_limit: float, workers: int, seed: int, on_process: OnProcess
) -> Rows:
    made = plan(
        scenario, start, days, time_limit=time_limit, workers=workers, seed=seed, on_process=on_process
    )  # fmt: skip
    if made.roster is None:
        raise SolverError(f"no roster within {time_limit:g} s; raise --time-limit or give one with --roster")
    return made.roster.rows


def cell_of(given: str) -> Cell:
    """The person and the day of 'STAFF:DATE'. Raises InputError."""
    staff_id, _, day = given.rpartition(":")
    try:
        return staff_id, date.fromisoformat(day)
    except ValueError:
        raise InputError([Fault("--cell", given, "write STAFF:YYYY-MM-DD")]) from None


def _require_cell(problem: Problem, cell: Cell) -> None:
    staff_id, day = cell
    faults = []
    if staff_id not in problem.person_by_id:
        faults.append(Fault("--cell", staff_id, "a staff_id of staff.csv"))
    if day not in problem.horizon.dates:
        first, last = problem.horizon.start, problem.horizon.dates[-1]
        faults.append(Fault("--cell", day.isoformat(), f"a day from {first} to {last}"))
    if faults:
        raise InputError(faults)
