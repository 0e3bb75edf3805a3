from datetime import timedelta

import pytest

from roster.people import Leave
from roster.rules.reserve_ready import ReserveReady
from tests.pricing import by_judge, by_model
from tests.worlds import MONDAY, accepted, at, breaches, disagree, duty, enumerated, person, world

RULE = ReserveReady(clauses=("T-1",), who=("desk/agent",), people=2, arrival_hours=2)
ANN = person("A")


def reserve(staff_id, **fields):
    return person(staff_id, **({"reserve": True, "arrival_hours": 2} | fields))


READY = [ANN, reserve("R"), reserve("S", arrival_hours=0)]


def judged(people, rule=RULE, **fields):
    return breaches(rule, world([], people=people, **fields).roster(()))


def test_two_in_two_hours_keep_it_and_one_short_is_measured():
    assert judged(READY) == []
    (breach,) = judged(READY[:2])
    assert (breach.found, breach.limit, breach.unit, breach.points) == (1, 2, "persons", 480)
    assert (breach.day, breach.staff_ids) == (MONDAY, ("R",))


@pytest.mark.parametrize(
    "late",
    [{"arrival_hours": 2.01}, {"arrival_hours": None}, {"reserve": False}, {"team": "lab", "role": "tech"},
     {"role": "expert"}, {"employed_from": MONDAY + timedelta(days=1)}, {"employed_to": MONDAY - timedelta(days=1)},
     {"certified_on": MONDAY + timedelta(days=1)}],
)  # fmt: skip
def test_who_does_not_count(late):
    people = [*READY[:2], reserve("S", **late)]
    assert [b.found for b in judged(people, days=1)] == [1]
    small = world([(ANN, duty(0))], people=people, days=1)
    assert by_model([RULE], small, frozenset(), RULE.level) == 480


def test_a_second_skill_is_enough_and_counts_once():
    able = reserve("S", team="lab", role="tech", skills=[("desk", "agent"), ("desk", "expert")])
    both = RULE.model_copy(update={"who": ("desk/agent", "desk/expert")})
    assert judged([*READY[:2], able]) == []
    assert [b.found for b in judged([ANN, able], both)] == [1]


def test_leave_keeps_away_and_the_worst_day_counts_once():
    away = Leave(staff_id="S", start=at(1, 12), end=at(3, 0))
    (breach,) = judged(READY, days=5, leave=(away,))
    assert (breach.day, breach.points) == (MONDAY + timedelta(days=1), 480)
    assert judged(READY, days=5, leave=(away.model_copy(update={"approved": False}),)) == []


def test_outside_the_contract_nothing_is_asked():
    assert list(RULE.check(world([], people=[ANN], start=MONDAY + timedelta(days=365)).roster(()))) == []


KEPT = world([(ANN, duty(0))], people=READY)
LEAVER = reserve("S", employed_to=MONDAY)
SHORT = world([(ANN, duty(0))], people=[*READY[:2], LEAVER])
AWAY = world(
    [(ANN, duty(0))], people=READY, leave=(Leave(staff_id="R", start=at(1, 0), end=at(2, 0)),
                                           Leave(staff_id="S", start=at(1, 8), end=at(1, 9))),
)  # fmt: skip


@pytest.mark.parametrize(("small", "rosters", "points"), [(KEPT, 2, 0), (SHORT, 0, 480), (AWAY, 0, 960)])
def test_check_and_model_agree(small, rosters, points):
    """No roster changes a staff list: all pass or none."""
    assert len(accepted(RULE, small)) == rosters
    assert accepted(RULE, small) == enumerated(RULE, small)
    assert by_judge(RULE, small.roster(())) == by_model([RULE], small, frozenset(), RULE.level) == points


@pytest.mark.parametrize(
    ("small", "broken"),
    [(SHORT, {"people": 1}), (KEPT, {"people": 3}), (KEPT, {"arrival_hours": 1.9}), (KEPT, {"who": ("lab/tech",)})],
)
def test_world_notices_a_fault(small, broken):
    disagree(small, RULE, **broken)
