"""The search for large problems on a small one, where CP-SAT alone proves what is best."""

import random
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.hotline import problem
from roster.base import CONTRACT, COST, FAIRNESS, SERVICE
from solver.build import build
from solver.cliques import cliques
from solver.levels import Settings, Stop, completed
from solver.model import Model
from solver.search.annealing import Annealing
from solver.search.large import LargeSearch
from solver.search.relaxation import lower_bound
from solver.search.tables import BROKEN
from solver.search.tally import fill, put, start
from solver.solving import solve
from tests.conftest import AMPLE_S

PROVEN = Settings(time_limit=AMPLE_S)
SETTINGS = Settings(time_limit=8)
"""With the clock stopped: so many seconds' worth of moves, however long they take."""


@pytest.fixture(scope="module", autouse=True)
def stopped_clock():
    """Searches end by the number of their moves alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("solver.search.annealing.time", SimpleNamespace(monotonic=lambda: 0.0))
        patch.setattr(LargeSearch, "elapsed", lambda _: 0.0)
        yield


@pytest.fixture(scope="module")
def centre():
    """Six agents, three days, hours."""
    return build(problem(6, 3, interval_minutes=60))


@pytest.fixture(scope="module")
def whole(centre):
    """What CP-SAT alone makes of contract and service."""
    return {r.level: r for r in solve(Model(centre), PROVEN, large=10**9, last=SERVICE).levels}


@pytest.fixture(scope="module")
def by_parts(centre):
    return solve(Model(centre), SETTINGS, large=0)


def test_by_parts_the_proven_best_is_met(whole, by_parts):
    found = {result.level: result for result in by_parts.levels}
    assert whole[CONTRACT].proven
    assert whole[SERVICE].proven
    assert found[CONTRACT].objective == whole[CONTRACT].objective
    assert whole[SERVICE].objective <= found[SERVICE].objective <= 1.02 * whole[SERVICE].objective
    assert 0 < found[SERVICE].bound <= whole[SERVICE].objective


def test_the_relaxation_is_no_higher_than_the_optimum(centre, whole):
    model = Model(centre)
    bound = lower_bound(model.cp, model.objective[SERVICE], AMPLE_S)
    assert bound is not None
    assert 0 < bound + model.constant[SERVICE] <= whole[SERVICE].objective


@pytest.mark.parametrize("seed", range(3))
def test_the_tally_is_what_the_model_says(centre, seed):
    """Cells that come and go at random leave the same cost behind as the model gives for those that stay."""
    annealing = Annealing(centre, seed)
    annealing.descend(CONTRACT, 1.0, lambda: False, enough=-1)
    model = Model(centre)
    x = annealing.best.used[: len(model.x)].astype(int).tolist()
    assert annealing.cost[BROKEN] == 0
    for level in (CONTRACT, SERVICE, FAIRNESS, COST):
        assert annealing.cost[level] == _cost(centre, x, level) + model.constant[level]


@pytest.mark.parametrize("level", [CONTRACT, SERVICE, FAIRNESS])
def test_moves_leave_the_tally_as_if_made_anew(centre, level):
    annealing = Annealing(centre, 1)
    tables, state = annealing._tables, annealing._state
    annealing._try(level, 20_000, 500.0, 1)
    for used, cost in ((state.used, state.cost), annealing.best):
        again = start(tables)
        fill(tables, again, np.flatnonzero(used).astype(np.int32))
        assert again.cost.tolist() == cost.tolist()


def test_cells_that_go_again_leave_no_trace(centre):
    tables, used = Annealing(centre, 1)._tables, range(len(centre.world))
    state = start(tables)
    for cell in random.Random(1).sample(used, 40):
        put(tables, state, cell, 1)
    for cell in np.flatnonzero(state.used):
        put(tables, state, cell, -1)
    empty = start(tables)
    assert all(np.array_equal(one, other) for one, other in zip(state, empty, strict=True))


def test_annealing_gives_nothing_of_a_settled_level_up():
    annealing = Annealing(build(problem(10, 7, interval_minutes=60)), 1)
    annealing.descend(CONTRACT, 1.0, lambda: False, enough=-1)
    before = annealing.cost.copy()
    annealing.improve(FAIRNESS, 2.0, lambda: False, lambda: None)
    assert annealing.cost[:FAIRNESS].tolist() <= before[:FAIRNESS].tolist()
    assert annealing.cost[FAIRNESS] < before[FAIRNESS]


def test_heat_leaves_a_valley_that_going_down_does_not(centre):
    cold, hot = Annealing(centre, 1), Annealing(centre, 1)
    cold.descend(SERVICE, 2.0, lambda: False, enough=-1)
    hot.improve(SERVICE, 2.0, lambda: False, lambda: None)
    assert hot.cost[: SERVICE + 1].tolist() <= cold.cost[: SERVICE + 1].tolist()


def test_the_same_seed_gives_the_same_roster(centre):
    def once(seed):
        annealing = Annealing(centre, seed)
        annealing.improve(SERVICE, 0.7, lambda: False, lambda: None)
        return annealing.best.used.tolist()

    assert once(3) == once(3)
    assert once(3) != once(4)


def _cost(centre, x, level):
    """What a choice of cells comes to in a level."""
    model = Model(centre)
    if model.objective[level]:
        model.cp.minimize(model.total(model.objective[level]))
    found = completed(model, x)
    assert found
    return sum(weight * found[literal.index] for literal, weight in model.objective[level])


def test_what_cp_sat_finds_is_annealed_on(centre, monkeypatch):
    """Without a move of its own the search takes CP-SAT's roster over, and with it the levels below."""
    for way in ("descend", "improve"):
        monkeypatch.setattr(Annealing, way, lambda *_, **__: None)
    model = Model(centre)
    search = LargeSearch(model, SETTINGS, report=lambda *_: None, keep=lambda _: None, stop=Stop())
    search.start()
    assert search.settle(CONTRACT) is not None
    held = [bool(search.values[literal.index]) for literal in model.x.values()]
    assert any(held)
    assert search.annealing.best.used[: len(held)].tolist() == held
    assert search.annealing.cost[BROKEN] == 0


class _Endless:
    """A bound that is never known."""

    busy, bound = True, None

    def __init__(self, *_: object) -> None:
        self.made = True


def test_a_stop_does_not_wait_for_the_bound(centre, monkeypatch):
    monkeypatch.setattr("solver.search.large.Bounding", _Endless)
    stop = Stop()
    waits: list[float] = []
    monkeypatch.setattr("solver.search.large.time.sleep", lambda seconds: waits.append(seconds) or stop.now())
    outcome = solve(Model(centre), Settings(time_limit=6), stop=stop, large=0)
    assert outcome.rows
    assert len(waits) == 1


@pytest.mark.parametrize("seed", range(5))
def test_cliques_hold_every_edge_and_nothing_else(seed):
    drawn = random.Random(seed)
    neighbours: dict[int, set[int]] = {k: set() for k in range(12)}
    for one, two in combinations(range(12), 2):
        if drawn.random() < 0.5:
            neighbours[one].add(two)
            neighbours[two].add(one)
    edges = {frozenset(pair) for pair in combinations(range(12), 2) if pair[1] in neighbours[pair[0]]}
    held = {frozenset(pair) for clique in cliques(neighbours) for pair in combinations(clique, 2)}
    assert held == edges
