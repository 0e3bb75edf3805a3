from datetime import timedelta

import pytest

from roster.rules.present import Present
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = Present(clauses=("T-1",), team="desk", role="agent", people=2, beyond=("extra",))
ANN, BOB = person("A"), person("B")
CYD = person("C", team="lab", role="tech", skills=[("desk", "agent")])


def test_one_short_is_measured():
    small = world([(ANN, duty(0, "9-17"))], days=1, people=[ANN, BOB])
    (breach,) = breaches(RULE, small.roster(small.free))
    assert (breach.found, breach.limit, breach.team, breach.role, breach.points) == (1, 2, "desk", "agent", 480)


@pytest.mark.parametrize(("hours", "present"), [("9-13", True), ("9-12.59", False), ("9-11 12-14", True)])
def test_four_hours_make_a_person_present(hours, present):
    small = world([(ANN, duty(0, hours)), (BOB, duty(0))], days=1)
    assert (breaches(RULE, small.roster(small.free)) == []) is present


def test_lunch_is_no_presence():
    small = world([(ANN, duty(0, "9-12 12-13:lunch 13-13.59")), (BOB, duty(0))], days=1)
    assert len(breaches(RULE, small.roster(small.free))) == 1


def test_weekend_asks_nobody():
    small = world([(ANN, duty(0)), (BOB, duty(0))], days=7)
    assert {b.day.weekday() for b in breaches(RULE, small.roster(()))} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    "unfit",
    [{"employed_from": MONDAY + timedelta(days=1)}, {"employed_to": MONDAY - timedelta(days=1)},
     {"certified_on": MONDAY + timedelta(days=1)}, {"team": "lab", "role": "tech"}],
)  # fmt: skip
def test_who_is_not_employed_qualified_and_certified_is_not_present(unfit):
    small = world([(person("X", **unfit), duty(0)), (BOB, duty(0))], days=1)
    assert [b.found for b in breaches(RULE, small.roster(small.free))] == [1]
    agree(RULE, world([(person("X", **unfit), duty(0)), (BOB, duty(0)), (ANN, duty(0))], days=1))


def test_a_person_in_two_teams_is_present_for_one():
    both = [(ANN, duty(0, "8-12", team="lab", role="tech")), (ANN, duty(0, "12-16")), (BOB, duty(0))]
    small = world(both, days=1)
    assert [b.found for b in breaches(RULE, small.roster(small.free))] == [1]
    longer = world([(ANN, duty(0, "8-12", team="lab", role="tech")), (ANN, duty(0, "12-17")), (BOB, duty(0))], days=1)
    assert breaches(RULE, longer.roster(longer.free)) == []


WORLD = world(
    [
        (ANN, duty(0)), (BOB, duty(0, "9-13")), (CYD, duty(0, "9-12")), (CYD, duty(1)),
        (BOB, duty(1, post="extra")), (ANN, duty(1, "9-17", kind="training")),
        (BOB, duty(1, "9-13 13-14:lunch 14-15")), (ANN, duty(1, "8-16")),
    ],
    days=2,
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


@pytest.mark.parametrize("broken", [{"people": 1}, {"minutes": 300}, {"beyond": ()}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
