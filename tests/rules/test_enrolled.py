from datetime import date

import pytest

from roster.roster import Roster
from roster.rules.enrolled import Enrolled
from tests.pricing import by_judge, by_model
from tests.worlds import MONDAY, accepted, breaches, disagree, duty, enumerated, person, problem, world

RULE = Enrolled(clauses=("T-1",), team="desk", role="agent", people=2)
STAFF = [person("A"), person("B"), person("C", role="expert"), person("R", reserve=True)]


def judged(people, rule=RULE, **fields):
    return breaches(rule, world([], people=people, **fields).roster(()))


def test_the_reserve_and_other_roles_are_not_enrolled():
    assert judged(STAFF) == []
    (breach,) = judged(STAFF, RULE.model_copy(update={"people": 3}))
    assert (breach.found, breach.limit, breach.team, breach.role, breach.points) == (2, 3, "desk", "agent", 480)


def test_heads_count_whole_and_fractions_as_time():
    half = [person("A"), person("B", fte=0.5)]
    assert judged(half) == []
    assert judged(half, RULE.model_copy(update={"people": 1.5})) == []
    assert [b.points for b in judged(half, RULE.model_copy(update={"people": 1.7}))] == [96]


def test_employment_holds_on_every_day_and_a_successor_keeps_it():
    leaver = person("B", employed_to=MONDAY)
    assert [(b.day, b.found) for b in judged([STAFF[0], leaver])] == [(date(2025, 3, 4), 1)]
    assert judged([STAFF[0], leaver, person("D", employed_from=date(2025, 3, 4))]) == []


def test_days_after_the_contract_ask_nothing():
    people = (STAFF[0], person("B", employed_to=date(2025, 12, 31)))
    asked = problem(people, start=date(2025, 12, 31), days=3)
    assert breaches(RULE, Roster(asked, ())) == []


KEPT = world([(STAFF[0], duty(0))], people=[STAFF[0], person("B", fte=0.5), *STAFF[2:]])
SHORT = world([(STAFF[0], duty(0))], people=[STAFF[0], person("B", employed_from=date(2025, 3, 4)), *STAFF[2:]])


@pytest.mark.parametrize(("small", "rosters", "points"), [(KEPT, 2, 0), (SHORT, 0, 480)])
def test_check_and_model_agree(small, rosters, points):
    """No roster changes a staff list: all pass or none."""
    assert len(accepted(RULE, small)) == rosters
    assert accepted(RULE, small) == enumerated(RULE, small)
    assert by_judge(RULE, small.roster(())) == by_model([RULE], small, frozenset(), RULE.level) == points


@pytest.mark.parametrize(("small", "broken"), [(SHORT, {"people": 1}), (KEPT, {"people": 3}), (SHORT, {"people": 0.5})])
def test_world_notices_a_fault(small, broken):
    disagree(small, RULE, **broken)
