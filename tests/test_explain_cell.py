"""Why a person has a shift on a day, what each clause costs, and how it is said."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from planning.explain import Told
from planning.explain_json import explained
from planning.explain_words import SHOWN, asked, clash_sentences, sentences
from roster.options import rows_of
from roster.people import Leave
from roster.roster import Stretch
from solver.explain import explain
from solver.explain_cell import why
from solver.explain_costs import costs
from solver.explain_results import CellTold, Clash, Explanation
from solver.explain_world import changed
from solver.levels import Settings
from tests.clashing_contracts import CASES, DAY, EARLY, LATE, NIGHT, Case
from tests.conftest import AMPLE_S
from tests.test_explain import two_clashes
from tests.worlds import MONDAY, Cell, at, duty, person

SETTINGS = Settings(time_limit=AMPLE_S)
ONE_ON_DUTY = {"kind": "present", "team": "desk", "role": "agent", "people": 1, "days": "every-day"}
LEAVE = {"kind": "approved_leave"}
TUESDAY = MONDAY + timedelta(days=1)


def case(rules, **fields) -> Case:
    return Case("", rules, frozenset(), {}, **fields)


def rows(*cells) -> tuple[Stretch, ...]:
    return tuple(row for who, what in cells for row in rows_of(Cell(person(who), what)))


def told(problem, held: tuple[Stretch, ...], who: str = "A") -> CellTold:
    return why(problem, held, who, MONDAY, SETTINGS)


def test_another_may_take_it_at_no_cost():
    problem = case([ONE_ON_DUTY], people=[person("A"), person("B")], shifts=(DAY,)).problem()
    answer = told(problem, rows(("A", duty(0, "9-17"))))
    assert answer.held == ("9-17",)
    assert [(taker.staff_id, taker.gives, taker.breaks, taker.change) for taker in answer.takers] == [("B", "", (), ())]
    assert answer.otherwise.change == ()
    assert answer.otherwise.proven
    assert answer.otherwise.moved == 2, "one goes, another comes"


def test_nobody_else_can_while_on_leave():
    leave = Leave(staff_id="B", start=at(0, 0), end=at(1, 0))
    problem = case([ONE_ON_DUTY, LEAVE], people=[person("A"), person("B")], leave=[leave]).problem()
    answer = told(problem, rows(("A", duty(0, "9-17"))))
    [other] = answer.takers
    assert other.breaks == (1,)
    assert answer.otherwise.change == ((2, 480),)
    assert answer.otherwise.worse == (0,)


def test_who_has_a_duty_exchanges_it_and_rest_is_judged():
    """Ann has the late shift; Bob's early one on Tuesday would come 8 hours after it."""
    rules = [{"kind": "min_rest", "hours": 11, "level": 2}]
    people = [person("A"), person("B"), person("C", team="lab", role="tech")]
    problem = case(rules, people=people, days=2, shifts=(EARLY, LATE)).problem()
    held = rows(("A", duty(0, "14-22")), ("B", duty(0, "6-14")), ("B", duty(1, "6-14")))
    [taker] = told(problem, held).takers
    assert (taker.staff_id, taker.gives, taker.breaks) == ("B", "6-14", (0,))
    assert taker.change == ((2, 180),), "three hours of rest short"


def test_a_day_off_is_compared_with_a_day_at_work():
    goal = {"kind": "near_target", "group": ["desk/agent"], "target": 0, "weight": 3}
    asked = case([ONE_ON_DUTY], people=[person("A"), person("B")]).problem()
    contract = type(asked.contract).model_validate(asked.contract.model_dump(by_alias=True) | {"goal": [goal]})
    problem = asked.model_copy(update={"contract": contract})
    answer = told(problem, rows(("B", duty(0, "9-17"))))
    assert answer.held == ()
    assert answer.otherwise.change == (), "Ann may work in place of Bob"
    alone = told(problem.model_copy(update={"people": (person("A"), person("B", employed_to=MONDAY))}),
                 rows(("B", duty(0, "9-17"))))  # fmt: skip
    assert alone.takers == ()


def test_what_lies_farther_away_stays_as_it_is():
    """Wednesday's roster is no part of the question: nobody is moved there."""
    problem = case([ONE_ON_DUTY], people=[person("A"), person("B")], days=4, shifts=(DAY, NIGHT)).problem()
    held = rows(*(("A", duty(day, "9-17")) for day in range(4)))
    answer = told(problem, held)
    assert answer.otherwise.moved <= 2 * 2, "the day and the one after"
    assert answer.otherwise.change == ()


def test_a_clause_costs_what_is_gained_without_it():
    """With at most one day in a row, two shifts in two days are out of reach: 1 point of fairness."""
    goal = {"kind": "near_target", "group": ["desk/agent"], "target": 2}
    rules = [{"kind": "max_days_in_row", "days": 1}, {"kind": "min_rest", "hours": 11}]
    asked = case(rules, people=[person("A")], days=2).problem()
    contract = type(asked.contract).model_validate(asked.contract.model_dump(by_alias=True) | {"goal": [goal]})
    found = costs(asked.model_copy(update={"contract": contract}), 20)
    assert [(cost.rule, cost.gain) for cost in found.costs] == [(0, ((4, 1),))]
    assert found.complete


def test_a_clash_costs_both_sides_of_it():
    [cap] = [one for one in CASES if one.name.startswith("a cost cap")]
    found = costs(cap.problem(), 20)
    assert [(cost.rule, cost.gain) for cost in found.costs] == [(0, ((2, 1),)), (1, ((2, 1),))]


# how it is said


def every_answer() -> list[Told]:
    one = case([ONE_ON_DUTY, LEAVE], people=[person("A"), person("B")],
               leave=[Leave(staff_id="B", start=at(0, 0), end=at(1, 0))]).problem()  # fmt: skip
    cell = told(one, rows(("A", duty(0, "9-17"))))
    free = told(one, rows(("A", duty(0, "9-17"))), who="B")
    clashes = [Told(None, c.problem(), explain(c.problem(), SETTINGS)) for c in CASES[:3]]
    priced = Told(None, CASES[-1].problem(), costs(CASES[-1].problem(), 20))
    both = two_clashes()
    several = explain(both, SETTINGS)
    more = [several, replace(several, complete=False, together=()), replace(several, together=())]
    late = Explanation("kept", (), 1.0, unplaced=several.clashes[0].short)
    return [
        Told(None, one, cell),
        Told(None, one, free),
        *clashes,
        priced,
        *(Told(None, both, a) for a in (*more, late)),
    ]


@pytest.fixture(scope="module")
def answers() -> list[Told]:
    return every_answer()


def test_every_answer_is_said_in_both_languages(answers):
    for answer in answers:
        said = list(sentences(answer))
        assert said
        for words in said:
            assert words.zh
            assert words.en
            assert "{" not in words.zh + words.en
            assert not any(
                "一" <= mark <= "鿿" for mark in words.en.split("“")[0].replace("名", "").replace("测试", "")
            )


def test_a_clash_is_said_with_quote_place_count_and_ways(answers):
    said = "\n".join(words.en for words in sentences(answers[2]))
    assert "C0 Test: At least 3 of name / name are present every day, 4 h each. “test” (test, 1)" in said
    assert "3 person-shifts are asked, 2 are there at most" in said
    assert "1 more full-time name of name" in said
    assert "ease C0 from 3 to 2" in said


def test_of_several_clashes_is_said_what_ends_all_of_them_and_whether_there_may_be_more(answers):
    large = Clash(tuple(range(SHOWN + 2)), minimal=False, smallest=False, points=1, short=(), count=None)
    case = CASES[0].problem(rules=[CASES[0].rules[0]] * (SHOWN + 2))
    named = [words.en for words in clash_sentences(case, large)]
    assert named[SHOWN + 1].strip().startswith("And 2 more, most of which may have no part in it")
    together, open_, none, late = ([words.en for words in sentences(answer)] for answer in answers[-4:])
    aside = "with every clause kept but those of the other clashes"
    assert sum(aside in line for line in together) == 2
    assert together[-2].startswith("Together these end every clash")
    assert together[-1].strip().startswith("- 2 more full-time")
    assert open_[-1].startswith("Whether the other clauses go together was not settled")
    assert none[-1].startswith("No set of ways out")
    assert late[-1].startswith("Work inside duties is placed second")
    assert not any(aside in words.en for words in sentences(answers[2])), "one clash alone leaves nothing aside"


def test_a_quote_over_several_lines_of_a_table_is_one_line():
    case = CASES[0]
    problem = case.problem()
    clause = problem.contract.clauses[0].model_copy(update={"quote": ("twelve\n\t12", "four  4")})
    made = problem.contract.model_copy(update={"clauses": (clause, *problem.contract.clauses[1:])})
    assert "“twelve 12；four 4”" in asked(changed(problem, contract=made), made.rules[0]).en


def test_the_reason_names_who_and_what_would_be_broken(answers):
    said = [words.en for words in sentences(answers[0])]
    assert said[0] == "A (A) on 2025-03-03: name."
    assert "contract +480 person-minutes" in said[1]
    assert any(line.strip().startswith("B (B)") and "breaks C1" in line for line in said)


def test_json_names_clauses_and_stays_plain(answers):
    for answer in answers:
        plain = json.loads(json.dumps(explained(answer), ensure_ascii=False))
        assert plain["about"] in ("cell", "clashes", "costs")
        assert plain["sentences"]
    clash = explained(answers[4])["clashes"][0]
    assert [rule["clause"] for rule in clash["rules"]] == ["C0", "C1"]
    assert [rule["quote"] for rule in clash["rules"]] == [["test"], ["test"]]
    assert {way["kind"] for way in clash["ways"]} == {"person", "clause", "leave"}
    assert explained(answers[5])["costs"][0]["rule"]["rule"] == "present"


def test_the_day_asked_about_is_inside(answers):
    assert answers[0].answer.day == MONDAY
    assert TUESDAY not in answers[0].problem.horizon.dates
