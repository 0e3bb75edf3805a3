from datetime import date, timedelta

import pytest

from roster.people import Leave
from roster.rules.turn_each import TurnEach
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, at, catches, contract, disagree, duty, person, world

# March 2025 begins on a Saturday. Its 21 workdays: the weeks of the 3rd, 10th, 17th and 24th, and Monday the 31st.
RULE = TurnEach(clauses=("T-1",), group=("desk/agent",), post="hall", period="month")
ANN, BOB, CYD, DAN = FOUR = [person(who) for who in "ABCD"]
MONTH, LAST = {"days": 29}, date(2025, 3, 31)
THIRD = {"start": MONDAY + timedelta(days=14), "days": 7}
IDLE = [(ANN, duty(day)) for day in range(5)] + [(BOB, duty(day)) for day in range(7, 12)]


NOBODY = [("not_applicable", 0, 0, 0, ())]


def turn(who, day, **more):
    return (who, duty(day, **({"post": "hall"} | more)))


def judged(cells=(), *, rule=RULE, people=FOUR, **fields):
    small = world(cells, people=people, **fields)
    return [(f.verdict, f.found, f.limit, f.points, f.staff_ids) for f in rule.check(small.roster(small.free))]


def test_a_turn_for_everybody_keeps_it_and_one_missing_is_named():
    cells = [turn(who, day) for day, who in enumerate(FOUR)]
    assert judged(cells, **MONTH) == [("met", 4, 4, 0, ())]
    assert judged(cells[1:], **MONTH) == [("breached", 0, 1, 480, ("A",))]
    small = world(cells[1:], people=FOUR, **MONTH)
    assert [(f.day, f.unit) for f in RULE.check(small.roster(small.free))] == [(LAST, "turns")]


def test_a_second_turn_of_one_is_none_of_another():
    cells = [turn(who, day) for who in (ANN, BOB, CYD) for day in (3, 4)]
    assert judged(cells, **MONTH) == [("breached", 0, 1, 480, ("D",))]
    twice = RULE.model_copy(update={"times": 2})
    cells += [turn(ANN, 5), turn(DAN, 28)]
    assert judged(cells, rule=twice, **MONTH) == [("breached", 1, 2, 480, ("D",))]


@pytest.mark.parametrize(
    ("more", "counts"),
    [({"hours": "9-13"}, True), ({"hours": "9-12.59"}, False), ({"hours": "9-12 12-13:lunch 13-14"}, True),
     ({"post": "desk"}, False), ({"kind": "training"}, False), ({"team": "lab", "role": "tech"}, True)],
)  # fmt: skip
def test_what_makes_a_turn(more, counts):
    expected = ("met", 1, 1, 0, ()) if counts else ("breached", 0, 1, 480, ("A",))
    assert judged([turn(ANN, 2, **more)], people=[ANN], **MONTH) == [expected]


def test_two_half_turns_on_a_day_are_none():
    halves = [turn(ANN, 2, hours="8-11", shift="M"), turn(ANN, 2, hours="14-17", shift="E")]
    assert judged(halves, people=[ANN], **MONTH)[0][0] == "breached"


@pytest.mark.parametrize(("weeks", "due"), [(1, 0), (2, 1), (3, 2), (4, 3)])
def test_the_group_keeps_the_pace(weeks, due):
    """Four people x 5, 10, 15 and 20 of 21 workdays, rounded down."""
    cells = [turn(who, day) for day, who in enumerate(FOUR[:due])]
    missing = tuple("ABCD"[due:])
    assert judged(cells, days=7 * weeks) == [("met", due, due, 0, missing)]
    if due:
        assert judged(cells[1:], days=7 * weeks) == [("at_risk", due - 1, due, 480, ("A", *missing))]


def test_turns_of_the_past_count():
    past = [*IDLE, turn(CYD, 4), turn(DAN, 5)]
    assert judged(past=past, **THIRD) == [("met", 2, 2, 0, ("A", "B"))]
    assert judged(past=past[:-1], **THIRD) == [("at_risk", 1, 2, 480, ("A", "B", "D"))]
    earlier = [*past[:-1], turn(DAN, -3)]
    assert judged(past=earlier, **THIRD) == [("at_risk", 1, 2, 480, ("A", "B", "D"))]


def test_without_the_past_the_horizon_owes_its_part_alone():
    """Two weeks hold 10 of 21 workdays: one of four people."""
    fortnight = {"start": MONDAY + timedelta(days=7), "days": 14}
    assert judged(**fortnight) == [("at_risk", 0, 1, 480, ("A", "B", "C", "D"))]
    assert judged([turn(ANN, 7)], **fortnight) == [("unknown", 1, 1, 0, ("B", "C", "D"))]
    assert judged([turn(ANN, 7)], past=[turn(ANN, 3)], **fortnight) == [("at_risk", 1, 2, 480, ("B", "C", "D"))]
    assert judged([turn(who, 7 + k) for k, who in enumerate(FOUR)], **fortnight) == [("met", 4, 1, 0, ())]


def test_a_period_that_ends_without_its_past_is_unknown():
    """Six of 21 workdays owe one of four turns; the rest may have been taken before."""
    end = {"start": MONDAY + timedelta(days=21), "days": 8}
    assert judged([turn(ANN, 28)], **end) == [("unknown", 1, 1, 0, ("B", "C", "D"))]
    assert judged(past=IDLE, **end) == [("at_risk", 0, 1, 480, ("A", "B", "C", "D"))]


def leave(first, last, **fields):
    return Leave(staff_id="A", start=at(first, 0), end=at(last + 1, 0), **fields)


@pytest.mark.parametrize(
    ("fields", "entries", "owes"),
    [
        ({}, (), True),
        ({"reserve": True}, (), False),
        ({"role": "expert"}, (), False),
        ({"role": "expert", "skills": [("desk", "agent")]}, (), False),
        ({"employed_from": date(2025, 3, 17)}, (), True),  # 11 of 21 workdays
        ({"employed_from": date(2025, 3, 18)}, (), False),
        ({"employed_to": date(2025, 3, 14)}, (), False),
        ({}, (leave(0, 13),), True),
        ({}, (leave(0, 14),), False),
        ({}, (leave(0, 14, approved=False),), True),
    ],
)
def test_who_owes_a_turn(fields, entries, owes):
    expected = [("breached", 0, 1, 480, ("A",))] if owes else NOBODY
    small = world([turn(BOB, 0)], people=[person("A", **fields)], leave=entries, **MONTH)
    assert judged(people=[person("A", **fields)], leave=entries, **MONTH) == expected
    assert owes == any(f.points for f in RULE.check(small.roster(())))


@pytest.mark.parametrize(("begins", "expected"), [(17, ("breached", 0, 1, 480, ("A",))), (18, None)])
def test_days_before_the_contract_owe_nothing_and_are_not_missing(begins, expected):
    start = date(2025, 3, begins)
    late = contract(period={"start": start, "end": "2025-12-31"})
    days = {"start": start, "days": 32 - begins, "contract": late}
    assert judged(people=[ANN], **days) == ([expected] if expected else NOBODY)


def test_a_contract_that_ends_within_the_period_ends_it():
    ending = contract(period={"start": "2025-01-01", "end": "2025-03-20"})
    assert judged(people=[ANN], days=18, contract=ending) == [("breached", 0, 1, 480, ("A",))]
    assert judged(people=[ANN], days=17, contract=ending) == [("met", 0, 0, 0, ("A",))]


@pytest.mark.parametrize(("period", "days"), [("quarter", 90), ("half-year", 181), ("year", 365)])
def test_a_turn_is_due_on_the_last_day_of_the_period(period, days):
    rule = RULE.model_copy(update={"period": period})
    year = {"rule": rule, "people": [ANN], "start": date(2025, 1, 1)}
    assert [found[0] for found in judged(**year, days=days)] == ["breached"]
    assert [found[0] for found in judged(**year, days=days - 1)] == ["met"]


AGREE = [ANN, BOB, person("C", employed_from=MONDAY + timedelta(days=20))]
ENDING = world(
    [
        turn(ANN, 25), turn(ANN, 28, hours="9-12.59"), turn(BOB, 25), turn(BOB, 28), turn(BOB, 29), turn(CYD, 26),
        turn(BOB, 26, post="desk"), turn(ANN, 27, kind="training"), turn(ANN, 26),
    ],
    start=MONDAY + timedelta(days=25), days=6, people=AGREE,
    past=[turn(ANN, 24, hours="9-12"), *[(ANN, duty(day)) for day in range(24) if day % 7 < 5 and day != 21],
          turn(BOB, 21), turn(BOB, -3)],
)  # fmt: skip
OPEN = world(
    [turn(ANN, 14), turn(ANN, 15), turn(BOB, 16), turn(CYD, 17), turn(DAN, 18), turn(DAN, 19, hours="9-12")],
    people=FOUR, past=IDLE, **THIRD,
)  # fmt: skip
UNSEEN = world(
    [turn(ANN, 14), turn(ANN, 15), turn(BOB, 16), turn(CYD, 17), turn(DAN, 18)],
    people=FOUR, past=[*IDLE[1:], turn(CYD, 8)], start=MONDAY + timedelta(days=14), days=12,
)  # fmt: skip
TWICE = RULE.model_copy(update={"times": 2})


@pytest.mark.parametrize("rule", [RULE, TWICE])
@pytest.mark.parametrize("small", [ENDING, OPEN, UNSEEN])
def test_check_and_model_agree(rule, small):
    agree(rule, small)
    costs_agree(rule, small)


@pytest.mark.parametrize(
    ("small", "rule", "broken"),
    [(ENDING, TWICE, {"times": 1}), (ENDING, RULE, {"minutes": 180}), (OPEN, RULE, {"period": "quarter"}),
     (UNSEEN, RULE, {"post": "desk"}), (OPEN, RULE, {"group": ("desk/expert",)})],
)  # fmt: skip
def test_world_notices_a_fault(small, rule, broken):
    disagree(small, rule, **broken)


def test_world_notices_that_turns_are_counted_instead_of_people():
    def by_turns(m):
        m.at_least({c: 1 for c in m.cells() if c.duty.post == "hall" and c.duty.serving_minutes >= 240}, 2, points=480)

    catches(OPEN, RULE, by_turns)
