from datetime import timedelta

import pytest

from roster.rules.weekly_rest import WeeklyRest
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = WeeklyRest(clauses=("T-1",))
WITH_STANDBY = WeeklyRest(clauses=("T-1",), standby="is-work")
ANN, BOB = person("A"), person("B")


def found(*cells, past=(), days=7, rule=RULE, **fields):
    small = world(cells, days=days, past=past, **fields)
    return breaches(rule, small.roster(small.free))


SIX = [(ANN, duty(day, "9-10")) for day in range(6)]


def test_six_days_keep_it_and_the_seventh_breaks_it():
    assert found(*SIX) == []
    (breach,) = found(*SIX, (ANN, duty(6, "9-9.01", kind="training")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (0, 1, "days", 480)
    assert (breach.day, breach.staff_ids) == (MONDAY, ("A",))


def test_a_night_that_runs_into_the_day_breaks_it_and_one_to_midnight_does_not():
    assert found(*SIX, (ANN, duty(5, "20-24"))) == []
    assert len(found(*SIX, (ANN, duty(5, "20-24.01")))) == 1


def test_the_night_before_the_horizon_touches_its_first_day():
    later = [(ANN, duty(day, "9-10")) for day in range(1, 7)]
    assert found(*later, past=[(ANN, duty(-1, "16-24"))]) == []
    assert len(found(*later, past=[(ANN, duty(-1, "22-30"))])) == 1


def test_standing_by_is_rest_or_work_as_set():
    on_call = (ANN, duty(6, kind="oncall"))
    assert found(*SIX, on_call) == []
    assert len(found(*SIX, on_call, rule=WITH_STANDBY)) == 1


def test_weeks_not_wholly_known_are_not_judged():
    seven = [(ANN, duty(day)) for day in range(7)]
    assert found(*seven[:6], days=6) == []
    assert found(*seven[:5], (ANN, duty(5, "22-30")), days=6) == []
    tuesday = MONDAY + timedelta(days=1)
    assert found(*seven[1:], start=tuesday, days=6) == []


def test_each_week_has_its_own_day():
    fortnight = [(ANN, duty(day)) for day in (*range(1, 7), *range(7, 13))]
    assert found(*fortnight, days=14) == []
    (breach,) = found(*fortnight, (ANN, duty(13)), days=14)
    assert breach.day == MONDAY + timedelta(days=7)


def test_a_past_week_is_not_judged():
    assert found((ANN, duty(0)), past=[(ANN, duty(day)) for day in range(-7, 0)]) == []


WORLD = world(
    [
        (ANN, duty(0, "9-17")), (ANN, duty(1, "9-17", kind="training")), (ANN, duty(4, "22-30")),
        (ANN, duty(5, "9-12")),
        (ANN, duty(6, "9-33", kind="oncall")), (ANN, duty(6, "17-24")), (ANN, duty(7, "9-17")), (BOB, duty(0, "9-17")),
        (BOB, duty(3, "16-24.01")), (BOB, duty(4, kind="backup")),
    ],
    days=8,
    past=[(ANN, duty(-1, "22-30")), (ANN, duty(2)), (ANN, duty(3)),
          *[(BOB, duty(day)) for day in (1, 2, 3, 5, 6)]],
)  # fmt: skip
MIDNIGHT = (ANN, duty(5, "20-24"))
MIDWEEK = world([*((ANN, duty(day)) for day in range(7)), MIDNIGHT], days=7, past=[(ANN, duty(-1, "22-30"))])


@pytest.mark.parametrize("rule", [RULE, WITH_STANDBY])
@pytest.mark.parametrize("small", [WORLD, MIDWEEK])
def test_check_and_model_agree(rule, small):
    agree(rule, small)


def test_world_notices_a_fault():
    disagree(WORLD, RULE, standby="is-work")
    disagree(WORLD, WITH_STANDBY, standby="is-rest")
