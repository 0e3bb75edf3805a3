"""Clashes of clauses: the smallest set, the amount, the ways out; and what is tight is never called impossible."""

from datetime import timedelta

import pytest

from roster.problem import Problem
from solver.explain import explain
from solver.explain_cores import Core, Finder
from solver.explain_guarded import Guarded
from solver.explain_results import Way
from solver.explain_world import Asked, changed
from solver.levels import Settings
from tests.clashing_contracts import CASES, MONDAY, Case
from tests.worlds import person

SETTINGS = Settings(time_limit=60)
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def clauses(problem: Problem, rules) -> set[str]:
    return {clause for k in rules for clause in problem.contract.rules[k].clauses}


def written(problem: Problem, way: Way) -> str:
    """A way out in the notation of the library."""
    if way.kind == "person":
        return f"person {way.people} {way.team}/{way.role}"
    if way.kind == "leave":
        return "leave " + " ".join(leave.staff_id for leave in way.leaves)
    kind = problem.contract.rules[way.rule].kind
    return f"{kind}.{way.field} {way.before:g}>{way.after:g}" if way.field else kind


def applied(problem: Problem, way: Way) -> Problem:
    """The problem after a way out, made here from what the way says."""
    if way.kind == "person":
        hired = [person(f"N{k}", team=way.team, role=way.role, hours_system=problem.people[0].hours_system)
                 for k in range(way.people)]  # fmt: skip
        return changed(problem, people=(*problem.people, *hired))
    if way.kind == "leave":
        return changed(problem, leave=tuple(leave for leave in problem.leave if leave not in way.leaves))
    rules = list(problem.contract.rules)
    if way.field:
        rules[way.rule] = rules[way.rule].model_copy(update={way.field: way.after})
    else:
        del rules[way.rule]
    return changed(problem, contract=problem.contract.model_copy(update={"rules": tuple(rules)}))


@every_case
def test_the_smallest_clash_its_amount_and_the_ways_out(case: Case):
    problem = case.problem()
    told = explain(problem, SETTINGS)
    assert told.status == "clash"
    [clash] = told.clashes
    assert clauses(problem, clash.rules) == case.core
    assert clash.minimal
    assert clash.smallest
    assert clash.points > 0
    assert {short.rule for short in clash.short} <= set(clash.rules)
    assert clash.short
    amount = (None, None) if clash.count is None else (clash.count.asked, clash.count.there)
    assert amount == (case.asked, case.there)
    offered = {written(problem, way) for way in clash.ways}
    assert case.ways <= offered
    assert [way.minutes for way in clash.ways] == sorted(way.minutes for way in clash.ways)
    for way in clash.ways:
        assert explain(applied(problem, way), SETTINGS).status == "kept", written(problem, way)


@every_case
def test_the_twin_that_is_just_possible_is_kept(case: Case):
    assert explain(case.feasible(), SETTINGS).status == "kept"


def test_a_wrong_set_from_the_solver_is_not_believed(monkeypatch):
    """Assumptions may come back with rules that can be kept: the answer is asked again and stays right."""
    [case] = [case for case in CASES if case.name.startswith("days in a row")]
    monkeypatch.setattr(Guarded, "conflict", lambda *_: frozenset({1}))
    problem = case.problem()
    assert clauses(problem, explain(problem, SETTINGS).clashes[0].rules) == case.core


def test_two_clashes_that_share_nothing_are_both_told():
    one, other = (next(c for c in CASES if c.name.startswith(name)) for name in ("headcount", "fewer enrolled"))
    problem = one.problem(rules=[*one.rules, *other.rules])
    told = explain(problem, SETTINGS)
    assert [clauses(problem, clash.rules) for clash in told.clashes] == [{"C0"}, {"C1"}]
    assert {written(problem, way) for way in told.clashes[0].ways} == {"person 1 desk/agent", "present.people 3>2"}


def test_more_people_are_no_way_out_where_they_may_not_sit():
    """A third person would end the clash of the headcount, and break the clause on seats."""
    [case] = [case for case in CASES if case.name.startswith("headcount")]
    problem = case.problem(rules=[*case.rules, {"kind": "seats", "teams": ["desk"], "people": 2}])
    told = explain(problem, SETTINGS)
    assert {written(problem, way) for clash in told.clashes for way in clash.ways} >= {"present.people 3>2"}
    assert not any(way.kind == "person" for clash in told.clashes for way in clash.ways)


def test_without_time_nothing_is_called_a_clash():
    assert explain(CASES[0].problem(), Settings(time_limit=1e-9)).status == "unknown"


def test_of_two_minimal_clashes_the_smaller_is_told():
    """Three clauses clash as a chain and two others directly: only the pair is smallest."""
    [rest] = [case for case in CASES if case.name.startswith("rest between")]
    seats = {"kind": "seats", "teams": ["desk"], "people": 0}
    problem = rest.problem(rules=[*rest.rules, seats])
    finder = Finder(Asked(problem), SETTINGS, each=5)
    assert finder.clash(finder.asked.hard)
    grown = finder._smallest(finder.asked.hard, Core(frozenset({0, 1, 2}), minimal=True, smallest=False))
    assert len(grown.rules) == 2
    assert 3 in grown.rules
    assert grown.smallest


def test_leaving_out_rule_after_rule_ends_where_every_rule_is_needed():
    """Only what clashes stays, and without any one of it nothing clashes."""
    [rest] = [case for case in CASES if case.name.startswith("rest between")]
    seats = {"kind": "seats", "teams": ["desk"], "people": 0}
    finder = Finder(Asked(rest.problem(rules=[*rest.rules, seats])), SETTINGS, each=5)
    found = finder._filtered(finder.asked.hard)
    assert found.minimal
    assert found.rules < finder.asked.hard
    assert finder.clash(found.rules)
    assert [finder.clash(found.rules - {k}) for k in found.rules] == [False] * len(found.rules)


def test_locked_rows_are_facts_and_leave_of_others_is_no_way_out():
    [case] = [case for case in CASES if case.name.startswith("two of three")]
    [clash] = explain(case.problem(), SETTINGS).clashes
    assert [(short.day, short.found, short.limit) for short in clash.short] == [(MONDAY, 1, 2)]
    assert not any(way.kind == "leave" for way in clash.ways)


def test_several_days_of_leave_are_refused_together_where_it_takes_several():
    [case] = [case for case in CASES if case.name.startswith("on site while")]
    problem = case.problem(people=[person("P1"), person("P2")], days=1)
    [clash] = explain(problem, SETTINGS).clashes
    [refused] = [way for way in clash.ways if way.kind == "leave"]
    assert {leave.staff_id for leave in refused.leaves} == {"P1", "P2"}
    assert all(leave.start < problem.horizon.at(MONDAY + timedelta(days=1), 0) for leave in refused.leaves)
