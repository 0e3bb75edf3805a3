"""From the linear relaxation to a roster: what follows from limits for whole rosters, and answers person by person."""

from itertools import product
from random import Random

import numpy as np
import pytest

from benchmarks.hotline import problem
from roster.base import CONTRACT, SERVICE
from solver.build import build
from solver.search.columns.crew import crew_at
from solver.search.columns.flow import Relaxation, _sharpened, flows
from solver.search.columns.pricing import Part, Pricing
from solver.search.columns.rounding import rounded
from tests.conftest import AMPLE_S


@pytest.fixture(scope="module")
def crew():
    return crew_at(build(problem(12, 7, interval_minutes=60)), {CONTRACT: 1000, SERVICE: 1}, relaxed=True)


@pytest.mark.parametrize("seed", range(20))
def test_what_follows_from_a_limit_holds_for_all_that_keep_it(seed):
    drawn = Random(seed)
    weight = np.array([drawn.choice([0, 1, 2, 3, 4, 6]) for _ in range(6)])
    least, most = sorted(drawn.randrange(int(weight.sum()) + 1) for _ in range(2))
    limits = list(_sharpened(least, most, weight))
    assert len(limits) == 1 + 2 * len({k for k in weight if k > 1})
    for chosen in product((0, 1), repeat=6):
        if least <= weight @ chosen <= most:
            assert all(low <= share @ chosen <= high for low, high, share in limits)


def test_hours_that_no_whole_duties_fill_are_no_part_of_a_duty():
    """67 units are sixteen duties of four, whatever a shorter one fills."""
    highs = [high for _, high, share in _sharpened(0, 67, np.array([4, 3])) if share.tolist() == [1, 0]]
    assert min(highs) == 16


def _everybody(crew):
    return list(range(len(crew.programs)))


def test_beside_a_whole_roster_nobody_answers_worse(crew):
    everybody = _everybody(crew)
    usual = [np.zeros(len(crew.rows.most)) for _ in everybody]
    for person in everybody[::2]:  # half of them have a roster, somebody's answer to nothing
        crew.give(person, ())
        crew.legal[person] = False
        crew.respond(person)
        for row, weight in zip(*crew.rows.of(crew.given[person]), strict=True):
            usual[person][row] = weight
    before = crew.cost
    found = rounded(crew, Relaxation(np.zeros(0), usual), everybody)
    for person, cells in found.items():
        crew.give(person, cells)
    assert set(found) == set(everybody)
    assert crew.cost < before


def test_the_relaxation_made_whole_is_near_its_bound(crew):
    everybody = _everybody(crew)
    relaxed = flows(crew).relaxation(AMPLE_S)
    bound = Pricing(crew, Part(tuple(everybody))).answer(relaxed.prices).bound + crew.certain
    for person, cells in rounded(crew, relaxed, everybody).items():
        crew.give(person, cells)
    near = crew.cost
    assert bound <= near
    for person in everybody:
        crew.give(person, ())
    assert near - bound < 0.1 * (crew.cost - bound)


def test_between_whole_counts_costs_are_straight(crew):
    rows = crew.rows
    low = np.random.default_rng(1).integers(0, np.maximum(rows.most - 1, 1))
    low = np.minimum(low, rows.most - 1)
    ends = [rows.marginal(low, 0), rows.marginal(np.minimum(low + 1, rows.most), 0)]
    heavy = rows.weight[int(rows.first[0]) : int(rows.first[1])].max()
    assert heavy == 1
    inside = np.flatnonzero((rows.weight[: int(rows.first[1])] @ (low + 2 > rows.most)) == 0)
    assert len(inside)
    assert rows.marginal(low + 0.25, 0)[inside] == pytest.approx((0.75 * ends[0] + 0.25 * ends[1])[inside])
