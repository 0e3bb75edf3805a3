"""The bound of one level beside the search, on a small centre that CP-SAT proves."""

import threading

import pytest
from ortools.math_opt.python import mathopt

from benchmarks.hotline import problem
from roster.base import CONTRACT, SERVICE
from solver.build import build
from solver.clock import Clock
from solver.explain_world import changed
from solver.levels import Settings
from solver.model import Model
from solver.search.columns.bounding import WORTH, LevelBounding, crew_for
from solver.search.columns.crew import crew_at
from solver.search.columns.flow import Flows, flows, groups
from solver.search.columns.pricing import Part, Pricing
from solver.solving import solve
from tests.conftest import AMPLE_S


def centre(*, people: int, agents: int = 6):
    """Some agents and two days; so many are asked for at every moment."""
    asked = problem(agents, 2, interval_minutes=60)
    (hours,) = (rule for rule in asked.contract.rules if rule.kind == "service_hours")
    rules = tuple(
        hours.model_copy(update={"people": people}) if rule is hours else rule for rule in asked.contract.rules
    )
    return build(changed(asked, contract=asked.contract.model_copy(update={"rules": rules})))


def bound_of(recorder, short, *, stopped=False):
    bounding = LevelBounding(crew_for(recorder, SERVICE), Clock(None), AMPLE_S, stopped=lambda: stopped)
    assert bounding.bound(short) is None, "nobody has waited for it"
    bounding.wait(lambda: False)
    return bounding.bound(short)


@pytest.mark.parametrize("people", [1, 2])
def test_the_bound_is_close_below_what_is_proven(people):
    recorder = centre(people=people)
    levels = {r.level: r for r in solve(Model(recorder), Settings(time_limit=AMPLE_S), last=SERVICE).levels}
    contract, service = levels[CONTRACT], levels[SERVICE]
    assert contract.proven
    assert service.proven
    assert (contract.objective > 0) == (people == 2)
    bound = bound_of(recorder, contract.objective)
    assert bound is not None
    assert 0.95 * service.objective <= bound <= service.objective


def test_what_the_contract_is_short_of_is_taken_off():
    recorder = centre(people=1)
    assert bound_of(recorder, 0) - bound_of(recorder, 7) == 7 * WORTH


def test_a_stop_leaves_nothing_known():
    assert bound_of(centre(people=1), 0, stopped=True) is None


@pytest.mark.parametrize("slack", [1.0, None])
def test_it_is_open_until_its_work_is_counted_or_its_thread_is_done(monkeypatch, slack):
    done, real, clock = threading.Event(), Flows.relaxation, Clock(slack)
    monkeypatch.setattr(Flows, "relaxation", lambda *given: done.wait() and real(*given))
    bounding = LevelBounding(crew_for(centre(people=1), SERVICE), clock, AMPLE_S, stopped=lambda: False)
    assert bounding.open
    clock.count(AMPLE_S)
    assert bounding.open == (slack == 1), "on the wall's clock what is counted says nothing"
    done.set()
    bounding.wait(lambda: False)
    assert not bounding.open


def test_where_work_alone_counts_a_thread_that_is_done_early_tells_nothing():
    """Time is up before its work is counted: known on a fast machine alone, it would change what is searched."""
    clock = Clock(None)
    bounding = LevelBounding(crew_for(centre(people=1), SERVICE), clock, AMPLE_S, stopped=lambda: False)
    bounding._thread.join()
    bounding.wait(lambda: True)
    assert bounding.bound(0) is None
    clock.count(AMPLE_S)
    bounding.wait(lambda: True)
    assert bounding.bound(0) is not None


def test_where_an_interior_answer_fails_a_corner_gives_the_bound(monkeypatch):
    recorder, asked = centre(people=1), []
    usual = bound_of(recorder, 0)
    solve_usually = mathopt.solve

    def failing(*given, params, **others):
        asked.append(dict(params.highs.string_options))
        if params.highs.string_options:
            raise AttributeError("what ortools says where HiGHS ends without an answer")
        return solve_usually(*given, params=params, **others)

    monkeypatch.setattr(mathopt, "solve", failing)
    assert bound_of(recorder, 0) == pytest.approx(usual, rel=0.02)
    assert [bool(options) for options in asked] == [True, False]


def test_people_who_are_alike_are_one_flow_and_its_prices_are_worth_what_each_by_himself_is():
    """The Lagrangian at the prices of few flows is no worse than at those of as many as there are people."""
    recorder = build(problem(12, 3, interval_minutes=60))
    crew = crew_at(recorder, {CONTRACT: WORTH, SERVICE: 1})
    alike = groups(crew)
    assert sorted(person for group in alike for person in group.people) == list(range(12))
    assert len(alike) < 12
    pricing = Pricing(crew, Part(tuple(range(12))))
    best = pricing.answer(flows(crew).relaxation(AMPLE_S).prices).bound
    assert best > pricing.answer(0 * flows(crew).relaxation(AMPLE_S).prices).bound
    for group in alike:  # nobody shares a program with others of another form
        assert len({id(crew.programs[person]) for person in group.people}) == 1


def test_responding_in_turn_ends_however_great_the_costs():
    """At such costs sums of the same whole points differ as floats with their order; nobody gains by that."""
    made = crew_at(build(problem(12, 7, interval_minutes=60)), {CONTRACT: 10**9 + 7, SERVICE: 10**6 + 3}, relaxed=True)
    assert made is not None
    asked = iter(range(1000))
    assert made.settle(range(12), lambda: next(asked, None) is None)
    assert next(asked, None) is not None, "it went on until it was stopped"
