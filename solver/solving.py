"""A whole solve: the levels one after the other, in the way that suits the size of the problem."""

from dataclasses import replace
from functools import partial

from roster.base import CONTRACT, COST, SERVICE
from solver.clock import Clock
from solver.levels import Keep, LevelSearch, Report, Settings, Stop, completed
from solver.model import Model
from solver.outcome import Outcome
from solver.recorder import Recorder
from solver.search.alike import Begun, begin
from solver.search.columns.bounding import LevelBounding, crew_for
from solver.search.columns.search import ColumnSearch, crew_of
from solver.search.large import LargeSearch
from solver.search.sketch import sketched

LARGE = 5000
"""Free cells from which CP-SAT alone is no good engine any more."""
SKETCHED, SKETCH_SHARE = 1000, 0.1
"""Free cells from which CP-SAT begins with an annealed roster, and the share of the time limit that may take."""
ALIKE_SHARE = 0.3
"""Share of the time limit for a start by numbers of people who are alike."""


def solve(
    model: Model,
    settings: Settings,
    *,
    report: Report = lambda *_: None,
    keep: Keep = lambda _: None,
    stop: Stop | None = None,
    last: int = COST,
    begun: Begun | None = None,
    clock: Clock | None = None,
) -> Outcome:
    """Settles level after level by CP-SAT within the time limit and returns the best roster with its bounds.

    `report(level result, seconds)` hears of every improvement; `keep(rows)` is handed each better roster.
    `last` is the last level settled; `begun` is a roster to begin from; `clock` keeps the time limit, a new one by
    default.
    Raises RuntimeError where the solver calls the model infeasible: a strict statement contradicts another.
    """
    search = LevelSearch(model, settings, report=report, keep=keep, stop=stop or Stop(), clock=clock)
    if begun is not None:
        chosen = set(begun.cells)
        values = completed(model, [int(cell in chosen) for cell in model.x])
        if values:
            search.floors = begun.bounds
            search.found(values)
    results = []
    for level in range(CONTRACT, last + 1):
        result = search.settle(level)
        if result is None:
            return Outcome("UNKNOWN", None, (), search.clock.wall, None, settings.seed)
        results.append(result)
    status = "OPTIMAL" if all(level.proven for level in results) else "FEASIBLE"
    return Outcome(status, search.chosen(), tuple(results), search.clock.wall, search.first_roster_s, settings.seed)


def solve_recorded(
    recorder: Recorder,
    settings: Settings,
    *,
    report: Report = lambda *_: None,
    keep: Keep = lambda _: None,
    stop: Stop | None = None,
    large: int = LARGE,
    last: int = COST,
    clock: Clock | None = None,
) -> Outcome:
    """Like `solve`, by the engine that suits what is stated; `large` free cells are a large problem."""
    stop, clock = stop or Stop(), clock or Clock(settings.slack)
    begun = begin(recorder, settings.time_limit * ALIKE_SHARE, clock, workers=settings.workers, seed=settings.seed)
    found = None if begun is not None or last < COST else crew_of(recorder, clock)
    if found is not None:
        level, crew = found
        outcome = ColumnSearch(recorder, level, crew, settings, report, keep, stop).run()
        if outcome is not None:
            return outcome
    free = sum(not cell.fixed for cell in recorder.world)
    if free >= large:
        return LargeSearch(recorder, settings, clock, report, keep, stop, begun).run(last)
    sketch = begun is None and free >= SKETCHED
    if sketch:
        begun = _sketch(recorder, settings, clock, keep, stop, last)
    with clock.preparing(len(recorder.world)):
        model = Model(recorder)
    solving = partial(
        solve, model, settings, report=report, keep=keep, stop=stop, last=last, begun=begun, clock=clock
    )  # fmt: skip
    if not sketch or last < SERVICE:
        return solving()
    bounding = LevelBounding(crew_for(recorder, SERVICE, clock), clock, settings.time_limit, stopped=lambda: stop.asked)
    try:
        outcome = solving()
        bounding.wait(lambda: stop.asked or clock.now >= settings.time_limit)
        return _bounded(outcome, bounding)
    finally:
        bounding.leave()


def _sketch(
    recorder: Recorder, settings: Settings, clock: Clock, keep: Keep, stop: Stop, last: int
) -> Begun | None:  # fmt: skip
    """An annealed roster within its share of the time; None where it breaks a strict statement."""
    mine = replace(settings, time_limit=settings.time_limit * SKETCH_SHARE)
    cells = sketched(recorder, mine, clock, stop, keep, last=last)
    return None if cells is None else Begun(cells, {})


def _bounded(outcome: Outcome, bounding: LevelBounding) -> Outcome:
    """The outcome with the bound of service that was worked out beside it, where that is the better one."""
    short = sum(level.objective for level in outcome.levels if level.level == CONTRACT)
    least = bounding.bound(short)
    if least is None:
        return outcome
    levels = tuple(
        replace(level, bound=max(level.bound, min(least, level.objective))) if level.level == SERVICE else level
        for level in outcome.levels
    )
    proven = bool(levels) and all(level.proven for level in levels)
    return replace(outcome, levels=levels, status="OPTIMAL" if proven else outcome.status)
