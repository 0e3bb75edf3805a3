from datetime import date

import pytest

from roster.rules.enrolled_fte import EnrolledFte
from tests.pricing import by_judge, by_model
from tests.worlds import MONDAY, accepted, breaches, disagree, duty, enumerated, person, world

RULE = EnrolledFte(clauses=("T-1",), fte=2.7)
STAFF = [
    person("A"),
    person("B", team="lab", role="tech"),
    person("C", role="expert", fte=0.7),
    person("R", reserve=True),
]


def judged(people, rule=RULE, **fields):
    return breaches(rule, world([], people=people, **fields).roster(()))


def test_all_teams_add_up_and_the_reserve_stays_apart():
    assert judged(STAFF) == []
    (breach,) = judged(STAFF, EnrolledFte(clauses=("T-1",), fte=3))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (pytest.approx(2.7), 3, "FTE", 144)


def test_many_fractions_add_up_without_a_rounding_breach():
    tenths, one = [person(str(k), fte=0.1) for k in range(10)], EnrolledFte(clauses=("T-1",), fte=1)
    assert sum(p.fte for p in tenths) < 1
    assert judged(tenths, one) == []
    assert [b.points for b in judged(tenths[1:], one)] == [48]


def test_a_second_skill_adds_nobody():
    skilled = [person("A", skills=[("desk", "expert"), ("lab", "tech")]), *STAFF[1:]]
    assert judged(skilled) == []
    assert len(judged(skilled[:2])) == 1


def test_the_day_with_the_least_counts_once():
    leaver = person("B", employed_to=MONDAY)
    (breach,) = judged([STAFF[0], leaver, STAFF[2]], days=5)
    assert (breach.day, breach.points) == (date(2025, 3, 4), 480)


KEPT = world([(STAFF[0], duty(0))], people=STAFF)
SHORT = world([(STAFF[0], duty(0))], people=[*STAFF[:2], person("C", role="expert", fte=0.6), STAFF[3]])


@pytest.mark.parametrize(("small", "rosters", "points"), [(KEPT, 2, 0), (SHORT, 0, 48)])
def test_check_and_model_agree(small, rosters, points):
    """No roster changes a staff list: all pass or none."""
    assert len(accepted(RULE, small)) == rosters
    assert accepted(RULE, small) == enumerated(RULE, small)
    assert by_judge(RULE, small.roster(())) == by_model([RULE], small, frozenset(), RULE.level) == points


@pytest.mark.parametrize(("small", "broken"), [(SHORT, {"fte": 2.6}), (KEPT, {"fte": 2.71})])
def test_world_notices_a_fault(small, broken):
    disagree(small, RULE, **broken)
