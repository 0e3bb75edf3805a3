"""A roster for CP-SAT to begin from: annealed level by level.

The moves are counted and nothing else runs beside it, so it is the same on any machine that is not `SLOWER` by far.
"""

from collections.abc import Callable

from roster.base import CONTRACT, COST, Cell
from solver.levels import Keep, Settings
from solver.recorder import Recorder
from solver.search.annealing import CALM, USUAL, Annealing
from solver.search.tables import BROKEN

SLOWER = 2.0
"""By how much a machine, or its load, may be slower than the one whose moves are counted, before the clock ends it."""


def sketched(
    recorder: Recorder, settings: Settings, over: Callable[[], bool], keep: Keep, *, last: int = COST
) -> list[Cell] | None:
    """The cells of a roster that breaks no strict statement; None where none was found. `keep` hears of the first."""
    annealing = Annealing(recorder, settings.seed, slower=SLOWER)
    levels = range(CONTRACT, last + 1)
    seconds = settings.time_limit / (len(levels) + 1)
    annealing.descend(CONTRACT, seconds, over, enough=annealing.least(CONTRACT))
    if not annealing.cost[BROKEN]:
        keep(recorder.rows(set(annealing.chosen)))
    for level in levels:
        least, between = annealing.least(level), CALM if level == CONTRACT else USUAL
        if annealing.cost[BROKEN] or annealing.cost[level] > least:
            annealing.improve(level, seconds, over, lambda: None, enough=least, between=between)
    return None if annealing.cost[BROKEN] else annealing.chosen
