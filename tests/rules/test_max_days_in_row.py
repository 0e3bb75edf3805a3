from datetime import timedelta

import pytest

from roster.rules.max_days_in_row import MaxDaysInRow
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = MaxDaysInRow(clauses=("T-1",))
THREE = MaxDaysInRow(clauses=("T-1",), days=3)
ANN, BOB = person("A"), person("B")


def found(*cells, past=(), days=10, rule=RULE):
    small = world(cells, days=days, past=past)
    return breaches(rule, small.roster(small.free))


def test_six_days_keep_it_and_each_further_day_is_measured():
    days = [(ANN, duty(day)) for day in range(8)]
    assert found(*days[:6]) == []
    (breach,) = found(*days)
    assert (breach.found, breach.limit, breach.unit, breach.points) == (8, 6, "days", 960)
    assert (breach.day, breach.staff_ids) == (MONDAY + timedelta(days=7), ("A",))


def test_training_counts_and_standing_by_cuts_the_run():
    days = [(ANN, duty(day)) for day in (0, 1, 3, 4)]
    assert len(found(*days, (ANN, duty(2, kind="training")), rule=THREE)) == 1
    assert found(*days, (ANN, duty(2, kind="oncall")), rule=THREE) == []


def test_days_before_the_horizon_count_and_the_past_alone_does_not():
    past = [(ANN, duty(day)) for day in (-3, -2, -1)]
    (breach,) = found((ANN, duty(0)), past=past, rule=THREE)
    assert (breach.found, breach.points) == (4, 480)
    assert found((ANN, duty(1)), past=[(ANN, duty(-4)), *past], rule=THREE) == []
    (breach,) = found((ANN, duty(0)), past=[(ANN, duty(-5)), (ANN, duty(-4)), *past], rule=THREE)
    assert (breach.found, breach.points) == (6, 480)


def test_the_last_day_of_the_horizon_counts():
    assert len(found(*[(ANN, duty(day)) for day in range(6, 10)], rule=THREE)) == 1


WORLD = world(
    [
        (ANN, duty(0, "22-30")), (ANN, duty(1)), (ANN, duty(1, "20-22")), (ANN, duty(2, kind="training")),
        (ANN, duty(2, kind="oncall")), (ANN, duty(3)), (ANN, duty(5)), (BOB, duty(0)), (BOB, duty(1)), (BOB, duty(2)),
    ],
    days=6,
    past=[(ANN, duty(-1)), (BOB, duty(-1)), (BOB, duty(-2)), (ANN, duty(4, "9-12"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(THREE, WORLD)


@pytest.mark.parametrize("days", [2, 4])
def test_world_notices_a_fault(days):
    disagree(WORLD, THREE, days=days)
