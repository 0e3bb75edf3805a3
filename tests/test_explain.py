"""Clashes of clauses: the smallest set, the amount, the ways out; and what is tight is never called impossible."""

from dataclasses import replace
from datetime import timedelta

import pytest

from roster.people import Leave
from roster.problem import Problem
from solver import explain as explaining
from solver.explain import explain
from solver.explain_cores import Core, Finder
from solver.explain_guarded import Guarded
from solver.explain_results import Way
from solver.explain_together import together
from solver.explain_ways import MOST_PEOPLE, _first, _turning
from solver.explain_world import Asked, changed, in_week
from solver.levels import Settings
from tests.clashing_contracts import CASES, MONDAY, Case
from tests.worlds import at, person

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


def refuse(*_: object) -> None:
    raise AssertionError("the model of the whole span was asked")


def test_what_clashes_in_one_week_of_a_month_is_found_there(monkeypatch):
    """Leave of all in the third week: the small models of single weeks name the clash, no large one is needed."""
    [case] = [case for case in CASES if case.name.startswith("on site while")]
    rules = [*case.rules, {"kind": "weekly_rest"}]
    problem = case.problem(
        rules=rules, days=28, leave=[Leave(staff_id=f"P{k}", start=at(16, 0), end=at(17, 0)) for k in (1, 2, 3)]
    )
    asked = Asked(problem)
    finder = Finder(asked, SETTINGS, each=5)
    assert list(finder._weekly(asked.hard)) == [frozenset({0, 1})]
    monkeypatch.setattr(Finder, "_weekly", lambda *_: [frozenset({0, 1})])
    monkeypatch.setattr(Finder, "_priced", refuse)
    monkeypatch.setattr(Guarded, "conflict", refuse)
    assert finder._candidate(asked.hard) == frozenset({0, 1})


def test_a_week_begins_without_what_came_before_it_and_keeps_its_own_locks():
    [case] = [case for case in CASES if case.name.startswith("two of three")]
    problem = case.problem(days=14)
    first, second = (in_week(problem, week) for week in problem.horizon.weeks)
    assert (first.horizon.start, first.horizon.days, first.locks) == (MONDAY, 7, problem.locks)
    assert (second.horizon.start, second.horizon.days, second.locks) == (MONDAY + timedelta(days=7), 7, ())


def test_a_clash_of_the_month_that_no_week_has_is_found_all_the_same():
    [case] = [case for case in CASES if case.name.startswith("more shifts than the month")]
    problem = case.problem()
    finder = Finder(Asked(problem), SETTINGS, each=5)
    assert list(finder._weekly(finder.asked.hard)) == []
    assert clauses(problem, finder.core(finder.asked.hard).rules) == case.core


@pytest.mark.parametrize("least", [9, 5, 1, 0])
@pytest.mark.parametrize("likely", [None, 9, 6, 5, 1, 0, 12])
def test_the_nearest_value_that_works_is_found_from_any_guess_and_at_once_from_the_right_one(least, likely):
    tried = []

    def works(value: float) -> bool:
        tried.append(value)
        return value <= least

    values = [float(value) for value in range(9, 0, -1)]
    assert _first(values, works, likely) == (least if least else None)
    if likely == least:
        assert len(tried) <= 2


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
    assert told.complete


def two_clashes(*more: dict) -> Problem:
    """Two of two are asked to be three at work, and four enrolled."""
    one, other = (next(c for c in CASES if c.name.startswith(name)) for name in ("headcount", "fewer enrolled"))
    return one.problem(rules=[*one.rules, *other.rules, *more])


@pytest.mark.parametrize(
    ("more", "ways"),
    [((), ["person 2 desk/agent"]),
     (({"kind": "seats", "teams": ["desk"], "people": 2},), ["present.people 3>2", "person 2 desk/agent"])],
)  # fmt: skip
def test_what_ends_all_clashes_at_once_is_told_and_no_more_than_it_takes(more, ways):
    """The two people that one clash needs end the other one too, unless a clause on seats forbids it."""
    problem = two_clashes(*more)
    told = explain(problem, SETTINGS)
    assert len(told.clashes) == 2
    assert [written(problem, way) for way in told.together] == ways
    for way in told.together:
        problem = applied(problem, way)
    assert explain(problem, SETTINGS).status == "kept"


def test_ways_that_end_one_clash_each_and_do_not_go_together_are_not_told_together():
    """A way that ends its clash alone and breaks another clause is not believed for the whole."""
    problem = two_clashes({"kind": "seats", "teams": ["desk"], "people": 2})
    finder = Finder(Asked(problem), SETTINGS, each=5)
    hire = Way("person", 480, people=1, team="desk", role="agent")
    clashes = explain(problem, SETTINGS).clashes
    assert together(finder, [replace(clash, ways=(hire,)) for clash in clashes]) == ()
    assert together(finder, [replace(clash, ways=()) for clash in clashes]) == ()


def test_more_clashes_than_are_told_are_said_to_be_there(monkeypatch):
    monkeypatch.setattr(explaining, "MOST_CLASHES", 1)
    told = explain(two_clashes(), SETTINGS)
    assert (len(told.clashes), told.complete, told.together) == (1, False, ())


@pytest.mark.parametrize(("least", "guess"), [(1, 1), (3, 1), (3, 3), (3, 5), (1, 4)])
def test_the_fewest_people_are_found_from_any_guess(least, guess):
    assert _turning(lambda people: people >= least, guess) == least


def test_more_people_than_make_sense_are_no_way_out():
    assert _turning(lambda people: people > MOST_PEOPLE, 2) is None
    assert _turning(lambda _: True, MOST_PEOPLE + 1) is None


WORK = {
    "kind": "periodic_work", "period": "day", "who": ["desk/agent"], "activity": "report", "days": "every-day",
    "what": {"zh": "日报", "en": "the report of the day"}, "minutes": 60,
}  # fmt: skip


@pytest.mark.parametrize(("minutes", "missing"), [(60, False), (540, True)])
def test_work_inside_duties_that_found_no_place_is_told(minutes, missing):
    """Clauses on duties go together; nine hours of work fit into no duty of eight."""
    [case] = [case for case in CASES if case.name.startswith("headcount")]
    problem = case.problem(people=[person(f"P{k}") for k in range(3)], rules=[*case.rules, WORK | {"minutes": minutes}])
    told = explain(problem, SETTINGS)
    assert told.status == "kept"
    assert [short.rule for short in told.unplaced] == ([1] if missing else [])


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
