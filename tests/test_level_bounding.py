"""The bound of one level beside the search, on a small centre that CP-SAT proves."""

import time

from benchmarks.hotline import problem
from roster.base import CONTRACT, SERVICE
from solver.build import build
from solver.levels import Settings
from solver.model import Model
from solver.search.columns.bounding import LevelBounding
from solver.solving import solve
from tests.conftest import AMPLE_S


class _Done:
    busy = False


class _Endless:
    busy = True


def test_the_bound_is_close_below_what_is_proven():
    recorder = build(problem(5, 2, interval_minutes=60))
    model = Model(recorder)
    model.objective[CONTRACT].clear()  # the bound knows nothing of the contract's shortages
    proven = {r.level: r for r in solve(model, Settings(time_limit=AMPLE_S), large=10**9, last=SERVICE).levels}[SERVICE]
    bounding = LevelBounding(recorder, SERVICE, AMPLE_S, after=_Done(), stopped=lambda: False)
    while bounding.busy:
        time.sleep(0.01)
    assert proven.proven
    assert bounding.bound is not None
    assert 0.95 * proven.objective <= bounding.bound <= proven.objective


def test_it_waits_for_its_turn_no_longer_than_its_time():
    recorder = build(problem(5, 2, interval_minutes=60))
    bounding = LevelBounding(recorder, SERVICE, 0.3, after=_Endless(), stopped=lambda: False)
    while bounding.busy:
        time.sleep(0.01)
    assert bounding.bound is None
