from datetime import timedelta

import pytest

from roster.rules.min_rest import MinRest
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = MinRest(clauses=("T-1",), hours=11)
ANN = person("A")


def two(first: str, second: str, *, gap: int = 1):
    small = world([(ANN, duty(0, first)), (ANN, duty(gap, second))], days=3)
    return breaches(RULE, small.roster(small.free))


def test_eleven_hours_keep_it_and_a_minute_less_breaks_it():
    assert two("9-17", "4-9") == []
    (breach,) = two("9-17.01", "4-9")
    assert (breach.staff_ids, breach.day, breach.limit, breach.unit) == (("A",), MONDAY + timedelta(days=1), 11, "h")
    assert breach.found == pytest.approx(11 - 1 / 60)
    assert breach.points == 1


def test_lunch_within_a_day_is_no_rest_between_shifts():
    small = world([(ANN, duty(0, "9-11.30 13.30-16.30"))])
    assert breaches(RULE, small.roster(small.free)) == []


def test_on_call_is_rest():
    small = world([(ANN, duty(0, "9-17")), (ANN, duty(0, "17-33", kind="oncall")), (ANN, duty(1, "9-17"))])
    assert breaches(RULE, small.roster(small.free)) == []


def test_first_day_counts_from_the_night_before():
    small = world([(ANN, duty(0, "9-17"))], past=[(ANN, duty(-1, "22-30"))])
    (breach,) = breaches(RULE, small.roster(small.free))
    assert breach.found == 3


WORLD = world(
    [
        (ANN, duty(0, "9-17")), (ANN, duty(0, "14-22")), (ANN, duty(0, "22-30")), (ANN, duty(1, "8-12")),
        (ANN, duty(1, "9.30-17")), (ANN, duty(1, "4-8")),
        (ANN, duty(1, "18-33", kind="oncall")), (ANN, duty(2, "9-17")),
    ],
    days=3,
    past=[(ANN, duty(-1, "14-22"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


@pytest.mark.parametrize("hours", [10.0, 11.5])
def test_world_notices_a_fault(hours):
    disagree(WORLD, RULE, hours=hours)
