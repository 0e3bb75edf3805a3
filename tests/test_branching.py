"""Branch and price on small staff rostering instances, made up here, that CP-SAT alone can prove."""

import numpy as np
import pytest

from benchmarks.staff_instance import read
from benchmarks.staff_problem import problem
from solver.build import build
from solver.growing import NoAnswer
from solver.levels import Settings, Stop
from solver.model import Model
from solver.search.columns import search as columns
from solver.search.columns.branching import Tree, dear_cells
from solver.search.columns.generation import Generation
from solver.search.columns.limits import Limits
from solver.search.columns.pricing import Part
from solver.search.columns.search import ColumnSearch
from solver.solving import solve
from tests.conftest import AMPLE_S
from tests.test_columns import STAFF, crew, least, text

EVERYBODY = Part(tuple(range(len(STAFF))))
SEEDS = (57, 19, 3)
"""Of instances; the best roster of the first costs much more than the root's bound."""


@pytest.fixture(scope="module", params=SEEDS)
def case(request, tmp_path_factory):
    """A recorder and its least cost."""
    path = tmp_path_factory.mktemp("branching") / "made_up.txt"
    path.write_text(text(request.param), encoding="utf-8")
    recorder = build(problem(read(path)))
    return recorder, least(recorder)


def rooted(recorder):
    """A crew, and its generation at the root."""
    made = crew(recorder)
    whole = Generation(made, EVERYBODY, until=lambda: False)
    prices, _ = whole.converge(cutoff=1e9, rounds=200, close=1e-6)
    return made, whole, prices


def tree_of(made, whole, prices, *, goal, met=(float("inf"),), over=False):
    """A tree below a root; `met` are the costs of rosters met so far."""
    known = prices, whole.master.columns
    return Tree(made, whole.prices, known, goal=goal, best=lambda: min(met), over=lambda: over)


def grown(recorder, goal, best):
    """A tree explored to its end, with the least cost met on the way, and all bounds of the tree."""
    made, whole, prices = rooted(recorder)
    met, bounds = [best], []
    tree = tree_of(made, whole, prices, goal=goal, met=met)
    while tree.open:
        for person, cells in tree.explore().items():
            made.give(person, cells)
        met.append(made.cost)
        bounds.append(tree.bound)
    return min(met), bounds


def test_nodes_whose_program_has_no_answer_stay_in_the_bound(case, monkeypatch):
    recorder, optimum = case
    made, whole, prices = rooted(recorder)
    tree = tree_of(made, whole, prices, goal=optimum)
    while tree.open and len(tree._nodes) < 3:
        tree.explore()
    least, usual = tree.bound, Generation.converge

    def failing(*_, **__):
        raise NoAnswer("time is up")

    monkeypatch.setattr(Generation, "converge", failing)
    for _ in range(min(2, len(tree._nodes))):
        with pytest.raises(NoAnswer):
            tree.explore()
    monkeypatch.setattr(Generation, "converge", usual)
    while tree.open:
        tree.explore()
    assert tree.bound == least


@pytest.mark.parametrize("above", [0, 5])
def test_the_tree_ends_at_the_least_cost(case, above):
    recorder, optimum = case
    best, bounds = grown(recorder, goal=optimum + above, best=float("inf"))
    assert best == optimum
    assert bounds == sorted(bounds)
    assert np.ceil(bounds[-1] - 1e-6) == optimum


def test_the_tree_proves_that_nothing_is_better(case):
    recorder, optimum = case
    best, bounds = grown(recorder, goal=optimum - 1, best=optimum)
    assert best == optimum
    assert np.ceil(bounds[-1] - 1e-6) == optimum
    assert max(bounds) <= optimum


def test_a_goal_that_nothing_reaches_is_no_bound_beyond_it(case):
    recorder, optimum = case
    _, bounds = grown(recorder, goal=optimum - 4, best=float("inf"))
    assert optimum - 4 < bounds[-1] <= optimum - 3


def test_no_case_is_lost(case):
    """Where no roster is taken, the bound stays at the least cost, as whole nodes are kept."""
    recorder, optimum = case
    made, whole, prices = rooted(recorder)
    tree = tree_of(made, whole, prices, goal=optimum)
    while tree.open:
        tree.explore()
        assert tree.bound <= optimum + 1e-4


@pytest.mark.parametrize("over", [0, 12])
def test_no_cell_of_a_roster_that_is_sought_is_left_out(case, over):
    """A cell that a roster within the goal has, as CP-SAT tells by making it one, is never among the dear ones."""
    recorder, optimum = case
    made, whole, _ = rooted(recorder)
    answer = whole.pricing.answer(whole.prices)
    distance = optimum + over - answer.bound - made.certain
    left_out = [made.rows.cells[k] for k in dear_cells(made, whole.prices, answer.floors, distance)]
    assert all(cost_with(recorder, cell) > optimum + over for cell in left_out)
    assert len(left_out) < len(made.rows.cells)


def cost_with(recorder, cell):
    """What the cheapest roster with a cell costs; without end where there is none."""
    model = Model(recorder)
    model.cp.add(model.x[cell] == 1)
    try:
        return sum(level.objective for level in solve(model, Settings(AMPLE_S, 1, 1)).levels)
    except RuntimeError:
        return float("inf")


def test_limits_hold_the_best_counts(case):
    recorder, _ = case
    made, whole, _ = rooted(recorder)
    for low, high in ((made.counts, made.counts), (made.counts, made.rows.most), (0 * made.counts, made.counts)):
        whole.pricing.keep_to(Limits(low, high), 1e4)
        answer = whole.pricing.answer(whole.prices)
        counts = np.zeros_like(made.counts)
        for cells in answer.chosen.values():
            rows, weights = made.rows.of(cells)
            counts[rows] += weights
        best = (answer.gap + counts)[whole.pricing.touched]
        assert (low[whole.pricing.touched] <= best).all()
        assert (best <= high[whole.pricing.touched]).all()


def test_what_prices_leave_open_is_proven_without_the_model(case, monkeypatch):
    recorder, optimum = case
    monkeypatch.setattr(columns, "SMALL", 0)
    monkeypatch.setattr(ColumnSearch, "_choose", lambda search, _: search.clock.count(0.1) or 0.0)
    heard = []
    search = ColumnSearch(
        recorder, 3, crew(recorder), Settings(time_limit=120), lambda r, _: heard.append(r), lambda _: None, Stop()
    )
    outcome = search.run()
    assert outcome.status == "OPTIMAL"
    assert min(r.objective for r in heard) == optimum
    assert max(r.bound for r in heard) == optimum


def test_a_tree_that_is_stopped_keeps_its_nodes(case):
    recorder, optimum = case
    made, whole, prices = rooted(recorder)
    tree = tree_of(made, whole, prices, goal=optimum + 1, over=True)
    assert tree.explore() == {}
    assert tree.open
    assert tree.bound <= optimum + 1e-4
