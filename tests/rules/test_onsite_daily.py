import pytest

from roster.rules.onsite_daily import OnsiteDaily
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = OnsiteDaily(clauses=("T-1",), team="desk", site="onsite", people=2)
ANN, BOB, CYD = person("A"), person("B", role="expert"), person("C")


def test_one_short_is_measured():
    small = world([(ANN, duty(0, site="onsite")), (BOB, duty(0))], days=1)
    (breach,) = breaches(RULE, small.roster(small.free))
    assert (breach.day, breach.team, breach.found, breach.limit, breach.points) == (MONDAY, "desk", 1, 2, 480)


@pytest.mark.parametrize(("hours", "kept"), [("9-13", True), ("9-12.59", False), ("9-12 12-13:lunch 13-14", True)])
def test_four_hours_at_the_site_count(hours, kept):
    small = world([(ANN, duty(0, site="onsite")), (BOB, duty(0, hours, role="expert", site="onsite"))], days=1)
    assert (breaches(RULE, small.roster(small.free)) == []) is kept


def test_another_team_s_people_do_not_count():
    small = world([(ANN, duty(0, site="onsite")), (CYD, duty(0, team="lab", role="tech", site="onsite"))], days=1)
    assert [breach.found for breach in breaches(RULE, small.roster(small.free))] == [1]


def test_weekend_asks_nobody_and_the_last_workday_does():
    found = breaches(RULE, world([], days=5, people=[ANN]).roster(()))
    assert [breach.day.weekday() for breach in found] == [0, 1, 2, 3, 4]
    assert len(breaches(RULE, world([], days=7, people=[ANN]).roster(()))) == 5


WORLD = world(
    [
        (ANN, duty(0, site="onsite")), (BOB, duty(0, "7-11", role="expert", site="onsite")),
        (CYD, duty(0, "13-16", site="onsite")), (ANN, duty(1, "8-12.30", site="onsite")), (ANN, duty(1, "13-15")),
        (BOB, duty(1, "9-17", role="expert", site="office")), (CYD, duty(1, "14-22", site="onsite")),
        (CYD, duty(1, "0-9", site="onsite", kind="training")),
    ],
    days=2,
    past=[(BOB, duty(1, "10-19", role="expert", site="onsite"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD)


@pytest.mark.parametrize("broken", [{"people": 1}, {"minutes": 180}, {"site": "office"}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
