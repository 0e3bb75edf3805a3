"""The search for large problems on a small one, where CP-SAT alone proves what is best."""

import random
import threading
import time
from itertools import accumulate, combinations, repeat
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.hotline import problem
from roster.base import CONTRACT, COST, FAIRNESS, SERVICE
from solver.build import build
from solver.cliques import cliques
from solver.clock import Clock
from solver.levels import Settings, Stop, completed
from solver.model import Model
from solver.search.annealing import CALM, Annealing
from solver.search.both import Both
from solver.search.columns.bounding import LevelBounding
from solver.search.columns.crew import Crew, crew_at
from solver.search.columns.flow import Flows
from solver.search.columns.parts import Parts
from solver.search.columns.rounding import rounded
from solver.search.large import LargeSearch
from solver.search.tables import BROKEN
from solver.search.tally import fill, put, start
from solver.solving import solve, solve_recorded
from tests.conftest import AMPLE_S

PROVEN = Settings(time_limit=AMPLE_S)
SETTINGS = Settings(time_limit=8, slack=None)
"""So many seconds' worth of work, however long it takes."""


@pytest.fixture(scope="module")
def centre():
    """Six agents, three days, hours."""
    return build(problem(6, 3, interval_minutes=60))


@pytest.fixture(scope="module")
def whole(centre):
    """What CP-SAT alone makes of contract and service."""
    return {r.level: r for r in solve(Model(centre), PROVEN, last=SERVICE).levels}


@pytest.fixture(scope="module")
def by_parts(centre):
    return solve_recorded(centre, SETTINGS, large=0)


def test_by_parts_the_proven_best_is_met(whole, by_parts):
    found = {result.level: result for result in by_parts.levels}
    assert whole[CONTRACT].proven
    assert whole[SERVICE].proven
    assert found[CONTRACT].objective == whole[CONTRACT].objective
    assert whole[SERVICE].objective <= found[SERVICE].objective <= 1.02 * whole[SERVICE].objective
    assert 0 < found[SERVICE].bound <= whole[SERVICE].objective


@pytest.mark.parametrize("seed", range(3))
def test_the_tally_is_what_the_model_says(centre, seed):
    """Cells that come and go at random leave the same cost behind as the model gives for those that stay."""
    annealing = Annealing(centre, seed)
    annealing.descend(CONTRACT, lambda: False, enough=-1)
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
    annealing.descend(CONTRACT, lambda: False, enough=-1)
    before = annealing.cost.copy()
    annealing.improve(FAIRNESS, 2.0, lambda: False, lambda: None, enough=-1)
    assert annealing.cost[:FAIRNESS].tolist() <= before[:FAIRNESS].tolist()
    assert annealing.cost[FAIRNESS] < before[FAIRNESS]


def test_heat_leaves_a_valley_that_going_down_does_not(centre):
    cold, hot = Annealing(centre, 1), Annealing(centre, 1)
    cold.descend(SERVICE, lambda: False, enough=-1)
    hot.improve(SERVICE, 2.0, lambda: False, lambda: None, enough=-1)
    assert hot.cost[: SERVICE + 1].tolist() <= cold.cost[: SERVICE + 1].tolist()


def test_the_same_seed_gives_the_same_roster(centre):
    def once(seed):
        annealing = Annealing(centre, seed)
        annealing.improve(SERVICE, 0.7, lambda: False, lambda: None, enough=-1)
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


def search_of(recorder, **settings):
    kept = []
    given = Settings(**settings, slack=None)
    return LargeSearch(recorder, given, Clock(None), lambda *_: None, kept.append, Stop()), kept


def test_what_cp_sat_finds_is_annealed_on(centre, whole, monkeypatch):
    """Without a move of its own the search takes CP-SAT's roster over and goes on from it."""
    begun = []
    monkeypatch.setattr(Annealing, "descend", lambda *_, **__: None)
    monkeypatch.setattr(Annealing, "improve", lambda self, level, *_, **__: begun.append((level, self.cost.tolist())))
    monkeypatch.setattr(Parts, "improve", lambda *_: None)
    search, kept = search_of(centre, time_limit=20)
    outcome = search.run()
    found = {result.level: result for result in outcome.levels}
    assert found[CONTRACT].objective == whole[CONTRACT].objective
    assert found[CONTRACT].proven
    assert {cost[CONTRACT] > whole[CONTRACT].objective for level, cost in begun if level == CONTRACT} == {True}
    later = {(cost[BROKEN], cost[CONTRACT]) for level, cost in begun if level > CONTRACT}
    assert later <= {(0, whole[CONTRACT].objective)}
    assert search.annealing.cost[CONTRACT] == whole[CONTRACT].objective
    assert kept[-1] == outcome.rows


def test_a_part_that_breaks_what_the_crew_does_not_know_is_refused(centre):
    """The tally has the last word: a crew without its contract would give it up."""
    search, _ = search_of(centre, time_limit=8)
    search._start()
    held = search.annealing.cost.tolist()
    crew = crew_at(centre, {SERVICE: 1})
    both = Both(search.annealing, crew, 1)
    both.give()
    assert all(crew.legal)
    assert crew.cost == held[SERVICE]
    for person in range(len(crew.programs)):
        crew.give(person, ())
    assert not both.take()
    assert search.annealing.cost.tolist() == held


def test_parts_take_service_below_where_annealing_ends(monkeypatch):
    monkeypatch.setattr(Annealing, "improve", lambda *_, **__: None)
    monkeypatch.setattr(Both, "respond", lambda *_: None)
    recorder = build(problem(12, 7, interval_minutes=60))
    search, _ = search_of(recorder, time_limit=40)
    search._start()
    before = search.annealing.cost.tolist()
    found = {result.level: result for result in search.run().levels}
    assert found[CONTRACT].objective <= before[CONTRACT]
    assert found[SERVICE].objective < before[SERVICE]
    assert found[SERVICE].bound <= found[SERVICE].objective


def test_people_responding_in_turn_give_a_first_roster_close_to_the_bound():
    recorder = build(problem(12, 7, interval_minutes=60))
    search, _ = search_of(recorder, time_limit=40)
    search.both.respond(lambda: False)
    assert search.annealing.cost[: CONTRACT + 1].tolist() == [0] * (CONTRACT + 1)
    bounding = LevelBounding(search.crew, search.clock, 40, stopped=lambda: False)
    bounding.wait(lambda: False)
    least = bounding.bound(0)
    assert least <= search.annealing.cost[SERVICE] <= 1.02 * least


@pytest.fixture
def settled(monkeypatch):
    """By order in which people responded: the order, and what the roster cost then."""
    heard, usual = [], Crew.settle

    def settle(crew, order, until):
        done = usual(crew, order, until)
        heard.append((tuple(order), crew.cost))
        return done

    monkeypatch.setattr(Crew, "settle", settle)
    return heard


def different(monkeypatch):
    """A centre whose people count as different."""
    monkeypatch.setattr("solver.search.both.FEW", 100)
    return build(problem(12, 7, interval_minutes=60))


def test_the_best_of_several_orders_is_kept(settled, monkeypatch):
    search, _ = search_of(different(monkeypatch), time_limit=40)
    search.both.respond(lambda: False)
    orders, costs = zip(*settled, strict=True)
    assert len(set(orders)) == len(orders) > 10
    assert {tuple(sorted(order)) for order in orders} == {tuple(range(12))}
    assert len(set(costs)) > 1
    assert search.annealing.cost[SERVICE] == min(costs) == search.annealing.cost[: SERVICE + 1].sum()


def test_where_the_contract_alone_is_asked_for_the_first_order_that_keeps_it_is_enough(settled, monkeypatch):
    search, _ = search_of(different(monkeypatch), time_limit=40)
    outcome = search.run(last=CONTRACT)
    assert [(level.level, level.objective) for level in outcome.levels] == [(CONTRACT, 0)]
    assert len(settled) == 1


def test_nobody_responds_once_a_stop_is_asked_for(settled, monkeypatch):
    search, _ = search_of(different(monkeypatch), time_limit=40)
    search.both.respond(lambda: True)
    assert settled == []


@pytest.mark.parametrize("alike", [False, True])
def test_service_begins_with_the_relaxation_made_whole(monkeypatch, alike):
    """People of one program wait for it; where they are different, all respond, and parts are tried after it."""
    tried, improved, responded = [], [], []
    monkeypatch.setattr("solver.search.both.FEW", 1 if alike else 100)
    monkeypatch.setattr(Both, "respond", lambda *_: responded.append(len(tried)))
    monkeypatch.setattr(Annealing, "improve", lambda *_, **__: None)
    monkeypatch.setattr(Parts, "improve", lambda *_: improved.append(len(tried)))
    monkeypatch.setattr(Parts, "attempt", lambda parts, part, chosen: tried.append((parts, part, chosen)) or 0.0)
    search, _ = search_of(build(problem(12, 7, interval_minutes=60)), time_limit=40)
    search.run()
    assert responded == ([] if alike else [0])
    *before, (parts, part, chosen) = tried
    assert [chosen for _, _, chosen in before] == ([] if alike else [{}])
    assert improved == ([] if alike else [1, 2]), "while it is solved, and by its prices"
    assert sorted(part.people) == sorted(chosen) == list(range(12))
    assert chosen == rounded(parts.crew, search.bounding.relaxed, part.people)


@pytest.mark.parametrize("late", [False, True])
def test_parts_are_improved_until_the_relaxation_is_known_or_too_late(monkeypatch, late):
    asked, ended = iter([True, True, False]), []
    monkeypatch.setattr(LevelBounding, "open", property(lambda _: next(asked)))
    monkeypatch.setattr(Parts, "improve", lambda parts, *_: ended.extend(parts.over() for _ in range(1 if late else 3)))
    search, _ = search_of(build(problem(12, 7, interval_minutes=60)), time_limit=40)
    search.bounding = LevelBounding(search.crew, search.clock, 40, stopped=lambda: True)
    search._until_the_relaxation(Parts(search.crew, 7, 1, lambda: False, lambda: True), [], lambda: late)
    assert ended == ([True] if late else [False, False, True])


def test_the_contract_is_mended_calmly(centre, monkeypatch):
    asked = []
    monkeypatch.setattr(Annealing, "improve", lambda *given, between, **_: asked.append((given[1], between)))
    monkeypatch.setattr(LargeSearch, "_open", lambda *_: True)
    search, _ = search_of(centre, time_limit=40)
    assert search._mend(), "a round that gains nothing ends it"
    assert asked == [(CONTRACT, CALM)]


def test_a_stop_does_not_wait_for_the_bound(centre, monkeypatch):
    """The relaxation takes as long as the test; the stop is asked for while the search waits for it."""
    stop, over = Stop(), threading.Event()
    monkeypatch.setattr(Flows, "relaxation", lambda *_: over.wait())
    monkeypatch.setattr("solver.search.columns.bounding.WAIT_S", 0.01)
    real = LevelBounding.wait
    monkeypatch.setattr(LevelBounding, "wait", lambda self, until: stop.now() or real(self, until))
    outcome = solve_recorded(centre, SETTINGS, stop=stop, large=0)
    over.set()
    assert outcome.rows
    assert {level.level: level.bound for level in outcome.levels}[SERVICE] == Annealing(centre, 1).least(SERVICE)


@pytest.mark.parametrize("alike", [False, True])
def test_where_work_alone_counts_the_clock_changes_nothing(monkeypatch, alike):
    """By a clock that runs wild, and a thread that is done at any time."""
    monkeypatch.setattr("solver.search.both.FEW", 1 if alike else 100)
    recorder, drawn, real = build(problem(12, 7, interval_minutes=60)), random.Random(1), Flows.relaxation

    def late(flows, seconds):
        found = real(flows, seconds)
        time.sleep(drawn.random())
        return found

    usual = solve_recorded(recorder, SETTINGS, large=0)
    ticks = accumulate(repeat(None), lambda now, _: now + 3 * drawn.random(), initial=0.0)
    monkeypatch.setattr("solver.clock.time", SimpleNamespace(monotonic=lambda: next(ticks)))
    monkeypatch.setattr(Flows, "relaxation", late)
    again = solve_recorded(recorder, SETTINGS, large=0)
    assert again.rows == usual.rows
    assert again.levels == usual.levels
    assert {level.level: level.bound for level in usual.levels}[SERVICE] > 0


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
