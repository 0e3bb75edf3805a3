"""How long CP-SAT may search in a level."""

from ortools.sat.python import cp_model

from solver.build import build
from solver.clock import Clock
from solver.levels import _TIGHTEN_S, CP_SAT_S, Settings
from solver.model import Model
from solver.solving import solve
from tests.conftest import AMPLE_S
from tests.test_worker import asked


def test_the_deterministic_limit_of_every_level_counts_work_and_no_clock(monkeypatch):
    """However late it is when a level's turn comes, as beside another program."""
    recorder = build(asked())
    usual, limits = cp_model.CpSolver.solve, []

    def noted(solver, *given):
        limits.append(solver.parameters.max_deterministic_time)
        return usual(solver, *given)

    monkeypatch.setattr(cp_model.CpSolver, "solve", noted)
    for late in (0.0, AMPLE_S / 2):
        monkeypatch.setattr(Clock, "wall", late)
        solve(Model(recorder), Settings(time_limit=AMPLE_S, slack=2.0))
    half = len(limits) // 2
    assert limits[:half] == limits[half:]
    assert len({limit for limit in limits if limit < float("inf")}) > 1
    limits.clear()
    solve(Model(recorder), Settings(time_limit=AMPLE_S))
    assert set(limits) <= {float("inf"), _TIGHTEN_S / CP_SAT_S}, "the wall alone: a faster machine does more"
