"""A roster for CP-SAT to begin from: annealed level by level."""

from roster.base import CONTRACT, COST, Cell
from solver.clock import Clock
from solver.levels import Keep, Settings, Stop
from solver.recorder import Recorder
from solver.search.annealing import CALM, USUAL, Annealing
from solver.search.tables import BROKEN

SLOWER = 2.0
"""The slack of its clock at least: from the same start CP-SAT proves the same."""


def sketched(
    recorder: Recorder, settings: Settings, clock: Clock, stop: Stop, keep: Keep, *, last: int = COST
) -> list[Cell] | None:
    """The cells of a roster that breaks no strict statement; None where none was found. `keep` hears of the first.

    Once all is compiled it is made within the settings' time, by a clock of its own with a slack of `SLOWER` at least.
    """
    annealing = Annealing(recorder, settings.seed, clock)
    annealing.clock = own = Clock(None if clock.slack is None else max(clock.slack, SLOWER))
    levels = range(CONTRACT, last + 1)
    seconds = settings.time_limit / (len(levels) + 1)

    def over(limit: float = settings.time_limit) -> bool:
        return stop.asked or own.now >= limit

    annealing.descend(CONTRACT, lambda: over(seconds), enough=annealing.least(CONTRACT))
    if not annealing.cost[BROKEN]:
        keep(recorder.rows(set(annealing.chosen)))
    for level in levels:
        least, between = annealing.least(level), CALM if level == CONTRACT else USUAL
        if annealing.cost[BROKEN] or annealing.cost[level] > least:
            annealing.improve(level, seconds, over, lambda: None, enough=least, between=between)
    clock.count(own.work)
    return None if annealing.cost[BROKEN] else annealing.chosen
