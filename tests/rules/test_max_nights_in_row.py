from datetime import timedelta

import pytest

from roster.rules.max_nights_in_row import MaxNightsInRow
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = MaxNightsInRow(clauses=("T-1",))
TWO = MaxNightsInRow(clauses=("T-1",), nights=2)
ANN, BOB = person("A"), person("B")


def found(*cells, past=(), days=7, rule=RULE):
    small = world(cells, days=days, past=past)
    return breaches(rule, small.roster(small.free))


def test_three_nights_keep_it_and_each_further_one_is_measured():
    nights = [(ANN, duty(day, "22-30")) for day in range(5)]
    assert found(*nights[:3]) == []
    (breach,) = found(*nights)
    assert (breach.found, breach.limit, breach.unit, breach.points) == (5, 3, "nights", 960)
    assert (breach.day, breach.staff_ids) == (MONDAY + timedelta(days=4), ("A",))


@pytest.mark.parametrize(
    ("hours", "night"),
    [
        ("16-24", True),
        ("16-23.59", False),
        ("4-12", True),
        ("4.01-12", False),
        ("21-23 29-30", True),
        ("20-23.30", False),
    ],
)
def test_two_hours_make_a_night(hours, night):
    others = [(ANN, duty(day, "22-30")) for day in (0, 1)]
    assert bool(found(*others, (ANN, duty(2, hours)), rule=TWO)) is night


def test_on_call_is_no_night_and_a_day_between_cuts_the_run():
    nights = [(ANN, duty(day, "22-30")) for day in (0, 1, 3)]
    assert found(*nights, (ANN, duty(2, "22-30", kind="oncall")), (ANN, duty(2, "9-17")), rule=TWO) == []


def test_two_short_stretches_of_different_shifts_make_no_night():
    nights = [(ANN, duty(day, "22-30")) for day in (0, 1)]
    assert found(*nights, (ANN, duty(2, "5-9")), (ANN, duty(2, "20-23")), rule=TWO) == []


def test_nights_before_the_horizon_count():
    (breach,) = found((ANN, duty(0, "22-30")), past=[(ANN, duty(day, "22-30")) for day in (-1, -2)], rule=TWO)
    assert (breach.found, breach.points) == (3, 480)
    assert found((ANN, duty(1, "22-30")), past=[(ANN, duty(day, "22-30")) for day in (-1, -2, -3)], rule=TWO) == []


WORLD = world(
    [
        (ANN, duty(0, "20-24.05")), (ANN, duty(0, "9-17")), (ANN, duty(1, "4-12")), (ANN, duty(1, "22-30")),
        (ANN, duty(2, "22-30", kind="oncall")), (ANN, duty(2, "24-26")), (ANN, duty(3, "3.50-7")),
        (BOB, duty(0, "5-7 20-23")), (BOB, duty(1, "0-2")), (BOB, duty(1, "14-23.55")),
        (BOB, duty(2, "22-30", kind="training")),
    ],
    days=4,
    past=[(ANN, duty(-1, "22-30")), (BOB, duty(-1, "22-30")), (BOB, duty(3, "23-31"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(TWO, WORLD)
    agree(MaxNightsInRow(clauses=("T-1",), nights=1, minutes=60), WORLD)


@pytest.mark.parametrize(
    "broken", [{"nights": 1}, {"nights": 3}, {"minutes": 110}, {"night_start": "22:10"}, {"night_end": "05:30"}]
)
def test_world_notices_a_fault(broken):
    disagree(WORLD, TWO, **broken)
