"""A person's program against the CP-SAT model of the same statements, in small worlds drawn at random."""

import random
from datetime import timedelta

import numpy as np
import pytest
from ortools.sat.python import cp_model

from roster.base import FAIRNESS, LAW, Cell
from solver.levels import FOUND
from solver.model import Model
from solver.person import compile_person, program
from solver.person.kernels import FAR
from solver.recorder import Recorder
from tests.worlds import MONDAY, duty, person, problem, world

ANN = person("A")
DAYS = 9
WEIGHTS = {FAIRNESS: 1}
HOURS = ("8-16", "14-22", "22-32", "9-13")


def drawn_world(draw):
    """A person's free cells of nine days; a few duties before them and a lock among them."""
    free = [(ANN, duty(day, hours)) for day in range(DAYS) for hours in HOURS if draw.random() < 0.8]
    past = [(ANN, duty(day, draw.choice(HOURS))) for day in range(-6, 0) if draw.random() < 0.5]
    locks = [(ANN, duty(draw.randrange(2, DAYS), "10-18"))] if draw.random() < 0.4 else []
    return world(free, past=[*past, *locks], days=DAYS, people=[ANN])


def night(duty):
    return duty.end.date() > duty.day


def hours(duty):
    return duty.paid_minutes


def clash(earlier, later):
    rest = (later.start - earlier.end) / timedelta(hours=1)
    return int(rest < 11)


def touched(duty):
    return {duty.day, (duty.end - timedelta(minutes=1)).date()}


def dates(*numbers):
    return {MONDAY + timedelta(days=k) for k in numbers}


VERBS = {
    "forbid": lambda m, draw: m.forbid([draw.choice(m.cells_of(ANN))]),
    "pair": lambda m, draw: m.pair(ANN, clash, reach_days=2),
    "total": lambda m, draw: m.total(ANN, hours, days=dates(*range(-6, DAYS)), at_most=60 * draw.randint(20, 70)),
    "week": lambda m, draw: m.total(ANN, night, days=dates(*range(7)), at_most=draw.randint(0, 2)),
    "window": lambda m, draw: m.window(ANN, lambda duty: 1, days=3, at_most=2),
    "run": lambda m, draw: m.run(ANN, lambda duty: True, at_most=draw.randint(1, 4)),
    "nights": lambda m, draw: m.run(ANN, night, at_most=1),
    "work": lambda m, draw: m.stint(ANN, lambda duty: True, of="work", at_least=draw.randint(2, 3)),
    "rest": lambda m, draw: m.stint(ANN, lambda duty: True, of="rest", at_least=draw.randint(2, 3)),
    "sets": lambda m, draw: m.sets(
        ANN, lambda duty: True, sets=[dates(-2, -1), dates(0), dates(2, 3), dates(5, 6)], at_most=draw.randint(0, 2)
    ),
    "owed": lambda m, draw: m.owed(ANN, hours, days=dates(*range(DAYS)), at_least=60 * draw.randint(5, 16)),
    "excess": lambda m, draw: m.excess(
        ANN, hours, days=dates(*range(-2, DAYS)), allowance=240, at_most=60 * draw.randint(0, 20)
    ),
    "free_day": lambda m, draw: m.free_day(ANN, touched, days=sorted(dates(*range(7)))),
    "spread": lambda m, draw: m.spread({c: 1 for c in m.cells_of(ANN) if night(c.duty)}, [9, 2, 0, 3, 11]),
}  # fmt: skip


def stated(seed):
    """A world with one duty a day and four other verbs drawn."""
    draw = random.Random(seed)
    small = drawn_world(draw)
    recorder = Recorder(small.problem, small.cells)
    recorder.level = LAW
    for day in range(DAYS):
        recorder.total(ANN, lambda duty: 1, days=dates(day), at_most=draw.choice((1, 1, 2)))
    for verb in draw.sample(sorted(VERBS), 4):
        recorder.level = FAIRNESS if verb == "spread" else LAW
        VERBS[verb](recorder, draw)
    return recorder


def least(recorder, prices, with_cell=None):
    """What CP-SAT finds for a roster that holds the cell; None where there is none."""
    model = Model(recorder)
    literals = list(model.x.values())
    terms = [*zip(literals, prices, strict=True), *model.objective[FAIRNESS]]
    model.cp.minimize(model.total(terms) + model.constant[FAIRNESS])
    if with_cell is not None:
        model.cp.add(literals[with_cell] == 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return round(solver.objective_value) if solver.solve(model.cp) in FOUND else None


@pytest.mark.parametrize("seed", range(40))
def test_the_program_finds_what_cp_sat_finds(seed):
    recorder = stated(seed)
    prices = np.random.default_rng(seed).integers(-9, 5, sum(not c.fixed for c in recorder.world)).astype(float)
    expected = least(recorder, prices.astype(int).tolist())
    made = compile_person(recorder, ANN, WEIGHTS)
    if expected is None:
        assert made is None or made.best(prices).cells is None
        return
    assert made is not None
    assert made.exact
    best = made.best(prices)
    assert best.cells is not None
    assert best.cost == pytest.approx(expected)
    assert made.own_cost(best.cells) + prices[list(best.cells)].sum() == pytest.approx(best.cost)
    through = made.through(prices)
    for k in range(0, len(prices), 5):
        cost = least(recorder, prices.astype(int).tolist(), with_cell=k)
        assert (cost is None and through[k] == FAR) or cost == pytest.approx(through[k])


def test_most_worlds_have_a_roster():
    recorders = [stated(seed) for seed in range(40)]
    assert sum(least(r, [0] * sum(not c.fixed for c in r.world)) is not None for r in recorders) > 25


@pytest.mark.parametrize("seed", range(6))
def test_a_sum_too_large_to_be_counted_is_kept_by_its_multiplier(seed, monkeypatch):
    monkeypatch.setattr(program, "MOST_CELLS", 0)
    recorder = Recorder(*_plain())
    recorder.level = LAW
    for day in range(14):
        recorder.total(ANN, lambda duty: 1, days=dates(day), at_most=1)
    recorder.total(ANN, hours, days=dates(*range(14)), at_most=60 * 70)
    recorder.owed(ANN, night, days=dates(*range(14)), at_least=3)
    made = compile_person(recorder, ANN, {})
    assert made is not None
    assert not made.exact
    prices = np.random.default_rng(seed).integers(-90, 30, len(recorder.world)).astype(float)
    expected = least(recorder, prices.astype(int).tolist())
    best = made.best(prices)
    assert best.cells is not None
    chosen = [recorder.world[k].duty for k in best.cells]
    assert sum(map(hours, chosen)) <= 60 * 70
    assert sum(map(night, chosen)) >= 3
    assert best.bound - 1e-6 <= expected <= best.cost + 1e-6
    assert best.cost - best.bound <= 0.2 * abs(expected)


def test_where_multipliers_lead_nowhere_the_sum_is_counted_in_a_larger_table(monkeypatch):
    """Every duty is worth the same, so that a multiplier takes all of them or none, but five are asked."""
    monkeypatch.setattr(program, "MOST_CELLS", 0)
    recorder = Recorder(*_plain())
    recorder.level = LAW
    for day in range(14):
        recorder.total(ANN, lambda duty: 1, days=dates(day), at_most=1)
    recorder.total(ANN, lambda duty: 1, days=dates(*range(14)), at_most=5)
    recorder.owed(ANN, lambda duty: 1, days=dates(*range(14)), at_least=5)
    made = compile_person(recorder, ANN, {})
    assert made is not None
    best = made.best(np.full(made.cells, -3.0))
    assert best.cells is not None
    assert (len(best.cells), best.cost, best.bound) == (5, -15, -15)


def _plain():
    cells = [Cell(ANN, duty(day, hours)) for day in range(14) for hours in HOURS]
    return problem([ANN], days=14), cells


def test_only_the_open_days_change():
    recorder = Recorder(*_plain())
    recorder.level = LAW
    recorder.run(ANN, lambda duty: True, at_most=4)
    recorder.pair(ANN, clash, reach_days=2)
    made = compile_person(recorder, ANN, {})
    assert made is not None
    before = made.best(np.array([-1.0 - k % 3 for k in range(made.cells)])).cells
    prices = np.array([-1.0 - (k + 1) % 3 for k in range(made.cells)])
    after = made.best(prices, made.forced(before, {3, 4, 5})).cells
    assert {k for k in before if made.day_of[k] not in (3, 4, 5)} == {
        k for k in after if made.day_of[k] not in (3, 4, 5)
    }
    assert before != after
    assert prices[list(after)].sum() < prices[list(before)].sum()


def test_a_statement_without_a_form_gives_no_program():
    recorder = Recorder(*_plain())
    recorder.level = FAIRNESS
    recorder.pair(ANN, clash, reach_days=2)
    assert compile_person(recorder, ANN, {}) is None
