"""A whole solve: the levels one after the other, in the way that suits the size of the problem."""

from roster.base import CONTRACT, COST
from solver.levels import Keep, LevelSearch, Report, Settings, Stop, completed
from solver.model import Model
from solver.outcome import LevelResult, Outcome
from solver.recorder import Recorder
from solver.search.alike import begin
from solver.search.columns.search import ColumnSearch, crew_of
from solver.search.large import LargeSearch

LARGE = 5000
"""Free cells from which CP-SAT alone is no good engine any more."""
ALIKE_SHARE = 0.3
"""Share of the time limit for a start by numbers of people who are alike."""


def solve(
    model: Model,
    settings: Settings,
    *,
    report: Report = lambda *_: None,
    keep: Keep = lambda _: None,
    stop: Stop | None = None,
    large: int = LARGE,
    last: int = COST,
) -> Outcome:
    """Settles level after level within the time limit and returns the best roster with its bounds.

    `report(level result, seconds)` hears of every improvement; `keep(rows)` is handed each better roster.
    `large` is the number of free cells from which the roster is improved part by part, `last` the last level settled.
    Raises RuntimeError where the solver calls the model infeasible: a strict statement contradicts another.
    """
    kind = LargeSearch if len(model.x) >= large else LevelSearch
    search = kind(model, settings, report=report, keep=keep, stop=stop or Stop())
    _begin(search)
    results: list[LevelResult] = []
    for level in range(CONTRACT, last + 1):
        result = search.settle(level)
        if result is None:
            return Outcome("UNKNOWN", None, (), search.elapsed(), None, settings.seed)
        results.append(result)
    levels = search.concluded(results)
    status = "OPTIMAL" if all(level.proven for level in levels) else "FEASIBLE"
    return Outcome(status, search.chosen(), levels, search.elapsed(), search.first_roster_s, settings.seed)


def _begin(search: LevelSearch) -> None:
    """A first roster: at once where people are alike, else as the search has it."""
    settings = search.settings
    begun = begin(
        search.model.recorder, settings.time_limit * ALIKE_SHARE, workers=settings.workers, seed=settings.seed
    )
    if begun is not None:
        chosen = set(begun.cells)
        values = completed(search.model, [int(cell in chosen) for cell in search.model.x])
        if values:
            search.floors = begun.bounds
            search.found(values)
    if not search.values:
        search.start()


def solve_recorded(
    recorder: Recorder,
    settings: Settings,
    *,
    report: Report = lambda *_: None,
    keep: Keep = lambda _: None,
    stop: Stop | None = None,
) -> Outcome:
    """Like `solve`, by column generation where what is stated has the form for it."""
    stop = stop or Stop()
    found = crew_of(recorder)
    if found is not None:
        level, crew = found
        outcome = ColumnSearch(recorder, level, crew, settings, report, keep, stop).run()
        if outcome is not None:
            return outcome
    return solve(Model(recorder), settings, report=report, keep=keep, stop=stop)
