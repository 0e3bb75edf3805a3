"""The program of all choices finds what trying every choice finds."""

import random
import threading
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from ortools.math_opt.python import mathopt

from roster.base import CONTRACT, LAW, SERVICE, Cell
from solver import choosing
from solver.choosing import WEIGHTS, chosen
from solver.levels import Stop
from solver.recorder import Recorder
from solver.search.annealing import Annealing
from tests.conftest import AMPLE_S
from tests.worlds import duty, person, problem

PEOPLE = [person(name) for name in "ABC"]
HOURS = ("9-12", "10-13", "9-11")


def world(seed, *, days):
    """Three people on two days, three duties each, and what is drawn to be said of them."""
    drawn = random.Random(seed)
    choices = [[Cell(who, duty(day, hours)) for hours in HOURS] for who in PEOPLE for day in range(2)]
    cells = [cell for each in choices for cell in each]
    recorder = Recorder(problem(PEOPLE, days=2), cells)
    for level in (CONTRACT, SERVICE):
        recorder.level = level
        for _ in range(2):
            some = drawn.sample(cells, 8)
            recorder.at_least({cell: drawn.choice((30, 60)) for cell in some}, drawn.randint(60, 240), points=2)
            recorder.at_most(dict.fromkeys(drawn.sample(cells, 8), 30), drawn.randint(0, 3) * 30, points=2)
            recorder.cover(drawn.sample(cells, 6), [900, drawn.randint(300, 500), 200, 150])
            recorder.price({cell: drawn.randint(1, 40) for cell in drawn.sample(cells, 5)})
    if days:
        recorder.level = CONTRACT
        by_day = [[cell for cell in cells if cell.duty.day == day] for day in sorted({c.duty.day for c in cells})]
        parts = [(drawn.sample(each, 4), drawn.choice((2, 3))) for each in by_day]
        recorder.days_at_least(parts, drawn.choice((1, 2)), points=90)
    recorder.level = CONTRACT
    for each in choices:
        recorder.one_of(each)
    return recorder, choices


def cost(annealing, used):
    annealing.take(np.array([cell in used for cell in annealing.cells]))
    return sum(weight * int(annealing.cost[level]) for level, weight in WEIGHTS.items())


@pytest.mark.parametrize("days", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_better(seed, days):
    recorder, choices = world(seed, days=days)
    annealing = Annealing(recorder, 1)
    costs = [cost(annealing, set(each)) for each in product(*choices)]
    cells, proven = chosen(recorder, choices, AMPLE_S, Stop())
    assert proven
    assert [cell in each for cell, each in zip(cells, choices, strict=True)] == [True] * len(choices)
    assert cost(annealing, set(cells)) <= min(costs) * (1 + 1e-4)
    assert min(costs) < max(costs)


def test_law_is_above_everything():
    recorder, choices = world(1, days=False)
    taken = chosen(recorder, choices, AMPLE_S, Stop())[0][0]
    recorder.level = LAW
    recorder.at_most({taken: 1}, 0, points=1)
    cells, proven = chosen(recorder, choices, AMPLE_S, Stop())
    assert proven
    assert cells[0] is not taken


def one_or_other():
    """Ann takes one of two duties."""
    cells = [Cell(PEOPLE[0], duty(0, hours)) for hours in HOURS[:2]]
    recorder = Recorder(problem(PEOPLE, days=1), cells)
    recorder.level = CONTRACT
    recorder.one_of(cells)
    return recorder, cells


@pytest.mark.parametrize("service", [15_000, 25_000])
def test_a_point_of_the_contract_is_given_up_for_more_than_twenty_contacts_only(service):
    recorder, cells = one_or_other()
    recorder.at_least({cells[0]: 1}, 1, points=1)
    recorder.level = SERVICE
    recorder.price({cells[0]: service})
    (taken,), _ = chosen(recorder, [cells], AMPLE_S, Stop())
    assert taken is cells[service > 20_000]


def test_the_last_day_that_is_missing_counts():
    recorder, cells = one_or_other()
    recorder.days_at_least([(cells[:1], 1)], 1, points=90)
    recorder.level = SERVICE
    recorder.price({cells[0]: 40})
    (taken,), proven = chosen(recorder, [cells], AMPLE_S, Stop())
    assert taken is cells[0]
    assert proven


def test_an_answer_that_time_ended_is_no_proof(monkeypatch):
    recorder, choices = world(1, days=False)
    usual = choosing.solved_whole
    monkeypatch.setattr(choosing, "solved_whole", lambda *given: replace(usual(*given), proven=False))
    assert not chosen(recorder, choices, AMPLE_S, Stop())[1]


def test_what_is_left_out_makes_it_no_proof():
    recorder, choices = world(1, days=False)
    recorder.level = SERVICE
    recorder.at_most({choices[0][0]: -1, choices[1][0]: 1}, 0, points=1)
    assert not chosen(recorder, choices, AMPLE_S, Stop())[1]


def test_without_time_there_is_no_answer():
    recorder, choices = world(1, days=True)
    assert chosen(recorder, choices, 0.0, Stop()) is None


def test_a_stop_does_not_wait_for_it(monkeypatch):
    recorder, choices = world(1, days=True)
    stop, left = Stop(), threading.Event()

    def endless(*_):
        stop.now()
        left.wait(AMPLE_S)
        return "an answer that was waited for"

    monkeypatch.setattr(choosing, "solved_whole", endless)
    assert chosen(recorder, choices, AMPLE_S, stop) is None
    left.set()


def test_a_solver_that_fails_is_no_answer(monkeypatch):
    def failing(*_, **__):
        raise RuntimeError("what SCIP says where it gives up")

    recorder, choices = world(1, days=True)
    monkeypatch.setattr(mathopt, "solve", failing)
    assert chosen(recorder, choices, AMPLE_S, Stop()) is None
