"""The roster that CP-SAT begins from where a problem is neither small nor large."""

from types import SimpleNamespace

import pytest

from benchmarks.hotline import problem
from roster.base import CONTRACT, COST, LAW, SERVICE
from roster.roster import Roster
from roster.scorecard import scorecard
from solver import solving
from solver.build import build
from solver.clock import Clock
from solver.levels import LevelSearch, Settings, Stop, completed
from solver.model import Model
from solver.outcome import LevelResult, Outcome
from solver.search.columns.bounding import LevelBounding, crew_for
from solver.search.sketch import sketched
from tests.conftest import AMPLE_S

NOTHING = Outcome("UNKNOWN", None, (), 0.0, None, 1)


@pytest.fixture(scope="module")
def centre():
    return build(problem(12, 7, interval_minutes=60))


def sketch(centre, seed=1):
    kept = []
    cells = sketched(centre, Settings(time_limit=3, seed=seed), Clock(None), Stop(), kept.append)
    return centre.rows(set(cells)), kept


def test_it_keeps_the_law_and_serves_better_than_what_is_kept_first(centre):
    rows, (first,) = sketch(centre)
    found, before = (scorecard(Roster(centre.problem, each)) for each in (rows, first))
    assert found[LAW] == before[LAW] == 0
    assert found[CONTRACT] == 0
    assert found[SERVICE] < before[SERVICE]


@pytest.mark.parametrize(("slowness", "same"), [(1.5, True), (100, False)])
def test_the_clock_changes_nothing_on_a_machine_somewhat_slower(centre, monkeypatch, slowness, same):
    """By a clock on the wall that tells of all work what so many times it is good for."""
    begun = []
    monkeypatch.setattr(solving, "SKETCHED", 0)
    monkeypatch.setattr(solving, "solve", lambda *_, **named: begun.append(named["begun"]) or NOTHING)
    for times in (0, slowness):
        monkeypatch.setattr(Clock, "wall", property(lambda self, times=times: times * self.work))
        solving.solve_recorded(centre, Settings(time_limit=10), last=SERVICE)
    usual, late = (set(each.cells) for each in begun)
    assert (usual == late) is same


def test_cp_sat_begins_with_it_and_makes_it_no_worse(centre, monkeypatch):
    begun = []
    real = solving.solve

    def watched(*given, **named):
        begun.append(named["begun"])
        return real(*given, **named)

    monkeypatch.setattr(solving, "SKETCHED", 0)
    monkeypatch.setattr(solving, "solve", watched)
    outcome = solving.solve_recorded(centre, Settings(time_limit=10), last=SERVICE)
    (given,) = begun
    start = scorecard(Roster(centre.problem, centre.rows(set(given.cells))))
    found = scorecard(Roster(centre.problem, outcome.rows))
    assert [found[level] <= start[level] for level in (LAW, CONTRACT, SERVICE)] == [True] * 3
    assert 0 < outcome.first_roster_s <= outcome.seconds


def test_a_small_problem_is_left_to_cp_sat(centre, monkeypatch):
    begun = []
    monkeypatch.setattr(solving, "solve", lambda *_, **named: begun.append(named["begun"]) or NOTHING)
    free = len(centre.world)
    for least in (free + 1, free):
        monkeypatch.setattr(solving, "SKETCHED", least)
        solving.solve_recorded(centre, Settings(time_limit=3))
    assert [each is None for each in begun] == [True, False]


@pytest.mark.parametrize(
    ("least", "bound", "status"),
    [(None, 40, "FEASIBLE"), (30, 40, "FEASIBLE"), (70, 70, "FEASIBLE"), (120, 100, "OPTIMAL")],
)
def test_the_better_of_two_bounds_is_told(least, bound, status):
    asked = []
    bounding = SimpleNamespace(bound=lambda short: asked.append(short) or least)
    levels = (LevelResult(CONTRACT, 7, 7), LevelResult(SERVICE, 100, 40), LevelResult(COST, 5, 5))
    found = solving._bounded(Outcome("FEASIBLE", (), levels, 1.0, 1.0, 1), bounding)
    assert asked == [7]
    assert [level.bound for level in found.levels] == [7, bound, 5]
    assert found.status == status


def test_beside_cp_sat_service_has_the_bound_of_its_relaxation(centre, monkeypatch):
    monkeypatch.setattr(solving, "SKETCHED", 0)
    known = LevelBounding(crew_for(centre, SERVICE), Clock(), AMPLE_S, stopped=lambda: False)
    monkeypatch.setattr(solving, "LevelBounding", lambda *_, **__: known)
    found = {level.level: level for level in solving.solve_recorded(centre, Settings(time_limit=6)).levels}
    assert known.bound(found[CONTRACT].objective) <= found[SERVICE].bound <= found[SERVICE].objective


@pytest.mark.parametrize(("last", "begun"), [(CONTRACT, 0), (SERVICE, 1)])
def test_a_bound_is_worked_out_only_for_what_is_settled_and_left_when_that_is_done(centre, monkeypatch, last, begun):
    made, left = [], []

    def bounding(*_, **__):
        made.append(1)
        return SimpleNamespace(bound=lambda _: None, wait=lambda _: None, leave=lambda: left.append(1))

    monkeypatch.setattr(solving, "SKETCHED", 0)
    monkeypatch.setattr(solving, "LevelBounding", bounding)
    solving.solve_recorded(centre, Settings(time_limit=4), last=last)
    assert (len(made), len(left)) == (begun, begun)


def test_a_level_that_gains_nothing_leaves_the_roster_as_it_was(centre, monkeypatch):
    model = Model(centre)
    search = LevelSearch(model, Settings(), report=lambda *_: None, keep=lambda _: None, stop=Stop())
    drawn = [set(sketched(centre, Settings(3, seed=seed), Clock(None), Stop(), lambda _: None)) for seed in (1, 2)]
    worse, better = sorted(drawn, key=lambda cells: -scorecard(Roster(centre.problem, centre.rows(cells)))[SERVICE])

    def take(cells):
        search.found(completed(model, [int(cell in cells) for cell in model.x]))

    take(worse)
    monkeypatch.setattr(LevelSearch, "_search", lambda *_: take(better) or 0.0)
    result = search.settle(CONTRACT)
    assert (result.objective, result.bound) == (0, 0)
    assert set(search.chosen()) == set(centre.rows(worse))
    search.settle(SERVICE)
    assert set(search.chosen()) == set(centre.rows(better))
