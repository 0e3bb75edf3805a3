from datetime import timedelta

import pytest

from roster.rules.forward_rotation import ForwardRotation
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = ForwardRotation(clauses=("T-1",))
ANN = person("A")


def found(*cells, past=(), rule=RULE):
    small = world(cells, days=4, past=past)
    return breaches(rule, small.roster(small.free))


def test_an_hour_earlier_keeps_it_and_a_minute_more_breaks_it():
    assert found((ANN, duty(0, "10-18")), (ANN, duty(1, "9-17"))) == []
    (breach,) = found((ANN, duty(0, "10.01-18")), (ANN, duty(1, "9-17")))
    assert (breach.limit, breach.unit, breach.points, breach.staff_ids) == (1, "h", 1, ("A",))
    assert breach.day == MONDAY + timedelta(days=1)
    assert breach.found == pytest.approx(1 + 1 / 60)


def test_any_later_start_is_forward_and_a_day_off_resets():
    assert found((ANN, duty(0, "6-14")), (ANN, duty(1, "22-30")), (ANN, duty(3, "6-14"))) == []


def test_lunch_is_no_new_start_and_standing_by_does_not_rotate():
    assert found((ANN, duty(0, "9-12 12-13:lunch 13-17")), (ANN, duty(1, "9-17"))) == []
    assert found((ANN, duty(0, "17-33", kind="oncall")), (ANN, duty(1, "9-17"))) == []


def test_a_start_past_midnight_belongs_to_its_date():
    (breach,) = found((ANN, duty(0, "24-32")), (ANN, duty(1, "22-30")))
    assert breach.found == 2


def test_the_last_shift_of_a_date_is_compared_with_the_first_of_the_next():
    (breach,) = found((ANN, duty(0, "9-12")), (ANN, duty(0, "14-17", kind="training")), (ANN, duty(1, "9-12")))
    assert breach.found == 5


def test_the_day_before_the_horizon_counts():
    (breach,) = found((ANN, duty(0, "9-17")), past=[(ANN, duty(-1, "14-22"))])
    assert (breach.found, breach.day) == (5, MONDAY)
    assert found(past=[(ANN, duty(-2, "14-22")), (ANN, duty(-1, "9-17"))]) == []


WORLD = world(
    [
        (ANN, duty(0, "9-17")), (ANN, duty(0, "10-18")), (ANN, duty(0, "12-13", kind="training")),
        (ANN, duty(1, "9-17")), (ANN, duty(1, "11-19")), (ANN, duty(1, "18-33", kind="oncall")),
        (ANN, duty(1, "24-31")), (ANN, duty(2, "22.59-30")), (ANN, duty(2, "8.30-12 13-17")), (ANN, duty(3, "6-14")),
    ],
    days=4,
    past=[(ANN, duty(-1, "10.30-18"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


@pytest.mark.parametrize("hours", [0.4, 2, 4])
def test_world_notices_a_fault(hours):
    disagree(WORLD, RULE, hours=hours)
