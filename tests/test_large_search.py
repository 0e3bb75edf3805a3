"""The search for large problems on a small one, where CP-SAT alone proves what is best."""

import random
from itertools import combinations

import pytest
from ortools.sat.python import cp_model

from benchmarks.hotline import problem
from roster.base import CONTRACT, SERVICE
from solver.build import build
from solver.cliques import cliques
from solver.levels import Settings, Stop, completed
from solver.model import Model
from solver.search.descent import Descent
from solver.search.neighbourhoods import Exchanges
from solver.search.prices import WEIGHTS, Prices
from solver.search.relaxation import lower_bound
from solver.solving import solve

SETTINGS = Settings(time_limit=25, workers=1, seed=1)


@pytest.fixture(scope="module")
def centre():
    """Six agents, three days, hours."""
    return build(problem(6, 3, interval_minutes=60))


@pytest.fixture(scope="module")
def whole(centre):
    """What CP-SAT alone makes of contract and service."""
    return {r.level: r for r in solve(Model(centre), SETTINGS, large=10**9, last=SERVICE).levels}


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
    bound = lower_bound(model.cp, model.objective[SERVICE], 30)
    assert bound is not None
    assert 0 < bound + model.constant[SERVICE] <= whole[SERVICE].objective


def test_a_price_is_what_a_cell_changes(centre):
    by_person = sorted((c for c in centre.world if not c.fixed), key=lambda cell: cell.person.staff_id)
    prices = Prices(centre, by_person)
    prices.add(random.Random(1).sample(range(len(by_person)), 12))
    before = prices.value()
    for k in range(0, len(by_person), 7):
        prices.add([k])
        changed = prices.value() - before
        prices.add([k], -1)
        assert prices.of([k])[0] == pytest.approx(changed)
    assert before > WEIGHTS[SERVICE]


def test_the_start_by_prices_is_a_legal_roster(centre):
    descent = Descent(centre, until=lambda: False)
    empty = descent.value
    descent.settle()
    chosen = set(descent.chosen)
    model = Model(centre)
    assert completed(model, [int(cell in chosen) for cell in model.x])
    assert descent.value < empty


def test_an_exchange_leaves_contract_and_service_as_they_are(centre):
    model = Model(centre)
    descent = Descent(centre, until=lambda: False)
    descent.settle()
    chosen = set(descent.chosen)
    values = completed(model, [int(cell in chosen) for cell in model.x])
    exchanges = Exchanges(model, 4)
    part = next(exchanges.draw(1, lambda: values))
    cp = model.cp.clone()
    part.besides(cp)
    free = [literal for literal in model.x.values() if literal.index in part.free]
    cp.maximize(sum(~v if values[v.index] else 1 * v for v in free))  # as different as it can be
    solver = cp_model.CpSolver()
    assert solver.solve(cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    other = completed(model, [solver.value(v) for v in model.x.values()])
    assert other
    assert other[: len(model.x)] != values[: len(model.x)]
    assert [_cost(centre, other, level) for level in (CONTRACT, SERVICE)] == [
        _cost(centre, values, level) for level in (CONTRACT, SERVICE)
    ]


def _cost(centre, values, level):
    """What a choice of cells comes to in a level."""
    model = Model(centre)
    if model.objective[level]:
        model.cp.minimize(model.total(model.objective[level]))
    found = completed(model, values)
    return sum(weight * found[literal.index] for literal, weight in model.objective[level])


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
    outcome = solve(Model(centre), Settings(time_limit=600), stop=stop, large=0)
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
