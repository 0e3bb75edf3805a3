from datetime import timedelta

import pytest

from roster.rules.protected_persons import ProtectedPersons
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = ProtectedPersons(clauses=("T-1",))
NURSING, PREGNANT = person("N", labour_flags=["nursing"]), person("P", labour_flags=["pregnant_7m"])
BOTH, ANN = person("B", labour_flags=["nursing", "pregnant_7m"]), person("A")
KEPT = "9-12 12-13:lunch 13-17 17-18:break"


def found(*cells, past=(), rule=RULE):
    small = world(cells, past=past)
    return [(b.found, b.limit, b.unit, b.points) for b in breaches(rule, small.roster(small.free))]


def test_a_day_with_the_nursing_hour_keeps_it_and_a_minute_less_breaks_it():
    assert found((NURSING, duty(0, KEPT))) == []
    assert found((NURSING, duty(0, "9-12 12-13:lunch 13-17 17-17.59:break"))) == [(59, 60, "min of break", 1)]


def test_rest_in_pregnancy_is_half_an_hour_and_both_take_the_longer():
    assert found((PREGNANT, duty(0, "9-12 12-12.30:break"))) == []
    assert found((PREGNANT, duty(0, "9-12 12-12.29:break"))) == [(29, 30, "min of break", 1)]
    assert found((BOTH, duty(0, "9-12 12-12.30:break"))) == [(30, 60, "min of break", 30)]


def test_lunch_is_no_break_and_others_need_none():
    assert found((NURSING, duty(0, "9-12 12-13:lunch 13-17"))) == [(0, 60, "min of break", 60)]
    assert found((ANN, duty(0, "14-30"))) == []


def test_breaks_of_a_date_add_up_and_training_asks_for_them_too():
    assert found((NURSING, duty(0, "9-10 10-11:break")), (NURSING, duty(0, "14-16", kind="training"))) == []
    assert found((NURSING, duty(0, "14-16", kind="training"))) == [(0, 60, "min of break", 60)]


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [("6-7:break 7-12", 0), ("5.59-7:break 7-12", 1), ("14-15:break 15-22", 0), ("15-16:break 16-22.01", 1),
     ("21-22:break 22-28.30", 390), ("24-25:break 25-31", 360)],
)  # fmt: skip
def test_night_is_ten_in_the_evening_to_six(hours, minutes):
    assert found((NURSING, duty(0, hours))) == ([(minutes, 0, "min at night", minutes)] if minutes else [])


def test_on_call_at_night_counts_as_set_and_backup_never():
    on_call = (NURSING, duty(0, "18-30", kind="oncall"))
    assert found(on_call) == [(480, 0, "min at night", 480)]
    assert found(on_call, rule=ProtectedPersons(clauses=("T-1",), standby="ignored")) == []
    assert found((NURSING, duty(0, "0-24", kind="backup"))) == []


def test_no_overtime():
    assert found((PREGNANT, duty(0, "8-9:break 9-16"))) == []
    assert found((PREGNANT, duty(0, "8-9:break 9-16.01"))) == [(481, 480, "min", 1)]


def test_the_past_is_not_judged_and_the_date_of_the_shift_counts():
    assert found(past=[(NURSING, duty(-1, "22-30"))]) == []
    small = world([(NURSING, duty(1, "21-22:break 22-26"))])
    assert [b.day for b in breaches(RULE, small.roster(small.free))] == [MONDAY + timedelta(days=1)]


WORLD = world(
    [
        (NURSING, duty(0, "9-12 13-16 16-17:break")), (NURSING, duty(0, "17-18", kind="training")),
        (NURSING, duty(0, "5.30-6 6-7:break")), (NURSING, duty(0, "18-22", kind="oncall")),
        (NURSING, duty(1, "0-24", kind="backup")), (NURSING, duty(1, "20-24", kind="oncall")),
        (PREGNANT, duty(0, "9-16.20 16.20-17.05:break")), (PREGNANT, duty(1, "16-17 17-17.45:break 18-22.01")),
        (PREGNANT, duty(1, "9-10 10-10.45:break")), (PREGNANT, duty(1, "11-18.10")), (ANN, duty(0, "20-30")),
        (PREGNANT, duty(0, "24-24.45:break")),
    ],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    agree(ProtectedPersons(clauses=("T-1",), standby="ignored", night_end="05:30", nursing_minutes=30), WORLD)


@pytest.mark.parametrize(
    "broken",
    [{"night_start": "22:05"}, {"night_start": "19:00"}, {"nursing_minutes": 61}, {"pregnant_rest_minutes": 50},
     {"standard_hours_a_day": 9}, {"standby": "ignored"}],
)  # fmt: skip
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
