from datetime import date, timedelta

import pytest

from roster.rules.standard_hours import StandardHours
from tests.worlds import MONDAY, agree, breaches, catches, disagree, duty, person, world

RULE = StandardHours(clauses=("T-1",))
ANN = person("A")
MONTHLY, WEEKLY = person("M", hours_system="month"), person("W", hours_system="week")
MAKE_UP = date(2025, 1, 20)  # Monday of the week whose Sunday is worked for the Spring Festival


def found(*cells, past=(), days=7, **fields):
    small = world(cells, days=days, past=past, **fields)
    return breaches(RULE, small.roster(small.free))


def test_eight_hours_keep_it_and_a_minute_more_breaks_it():
    assert found((ANN, duty(0, "9-12 12-13:lunch 13-18"))) == []
    (breach,) = found((ANN, duty(0, "9-12 12-13:lunch 13-18.01")))
    assert (breach.limit, breach.unit, breach.points, breach.day) == (8, "h", 1, MONDAY)
    assert breach.found == pytest.approx(8 + 1 / 60)


def test_training_is_paid_time_and_standing_by_is_not():
    assert found((ANN, duty(0, "9-17")), (ANN, duty(0, "17-33", kind="oncall"))) == []
    (breach,) = found((ANN, duty(0, "9-17")), (ANN, duty(0, "18-19", kind="training")))
    assert (breach.found, breach.points) == (9, 60)


def test_forty_hours_a_week_and_a_minute_more():
    five = [(ANN, duty(day)) for day in range(5)]
    assert found(*five) == []
    (breach,) = found(*five, (ANN, duty(5, "9-9.01")))
    assert (breach.limit, breach.unit, breach.points) == (40, "h a week", 1)
    assert breach.day == MONDAY + timedelta(days=5)


def test_days_of_the_week_before_the_horizon_count():
    wednesday = MONDAY + timedelta(days=2)
    past = [(ANN, duty(day, "8-18")) for day in (0, 1)]
    (breach,) = found(*[(ANN, duty(day)) for day in (2, 3, 4)], past=past, days=5, start=wednesday)
    assert (breach.found, breach.points, breach.day) == (44, 240, MONDAY + timedelta(days=4))


def test_a_past_week_over_the_limit_is_not_judged():
    past = [(ANN, duty(day - 7, "8-18")) for day in range(5)]
    assert found((ANN, duty(0)), past=past) == []


def test_a_week_with_a_make_up_day_takes_eight_hours_for_each_workday():
    six = [(ANN, duty(MAKE_UP + timedelta(days=day))) for day in (0, 1, 2, 3, 4, 6)]
    assert found(*six, start=MAKE_UP) == []
    (breach,) = found(*six, (ANN, duty(MAKE_UP + timedelta(days=5), "9-10")), start=MAKE_UP)
    assert (breach.found, breach.limit) == (49, 48)


def test_a_week_with_a_holiday_keeps_forty_hours():
    labour_day_week = date(2025, 4, 28)  # its Sunday, a make-up day, was the day before; the week has three workdays
    days = [(ANN, duty(labour_day_week + timedelta(days=day))) for day in range(5)]
    assert found(*days, start=labour_day_week) == []


def test_comprehensive_hours_are_left_to_their_own_rule():
    assert found((MONTHLY, duty(0, "8-20")), *[(MONTHLY, duty(day, "8-20")) for day in range(1, 5)]) == []
    assert found(*[(WEEKLY, duty(day, "8-20")) for day in range(4)]) == []


WORLD = world(
    [
        (ANN, duty(0, "9-17")), (ANN, duty(0, "22-30.01")), (ANN, duty(1, "9-12 12-13:lunch 13-18")),
        (ANN, duty(1, "18-20", kind="training")), (ANN, duty(2, "9-17", kind="oncall")), (ANN, duty(6, "9-17")),
        (ANN, duty(7, "9-17")), (ANN, duty(2, "9-9.01", kind="training")), (WEEKLY, duty(0, "8-18")),
        (MONTHLY, duty(0, "8-20")),
    ],
    days=8,
    past=[(ANN, duty(day, "9-17")) for day in (-1, 3, 4)] + [(WEEKLY, duty(5, "8-18")), (WEEKLY, duty(4, "8-18.01"))],
)  # fmt: skip
FULL_WEEK = world(
    [(ANN, duty(MAKE_UP + timedelta(days=day), "9-17")) for day in range(7)]
    + [(ANN, duty(MAKE_UP + timedelta(days=7), "9-17.01")), (ANN, duty(MAKE_UP + timedelta(days=5), "9-9.10"))],
    days=8, start=MAKE_UP,
)  # fmt: skip


@pytest.mark.parametrize("small", [WORLD, FULL_WEEK])
def test_check_and_model_agree(small):
    agree(RULE, small)


@pytest.mark.parametrize("broken", [{"hours_a_day": 8.05}, {"hours_a_week": 39.9}, {"hours_a_week": 40.1}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)


def test_the_week_with_a_make_up_day_notices_a_plain_week():
    def plain(m):
        for day in m.days():
            m.total(ANN, lambda duty: duty.paid_minutes, days={day}, at_most=480)
        for week in m.problem.horizon.weeks:
            m.total(ANN, lambda duty: duty.paid_minutes, days=set(week), at_most=2400)

    catches(FULL_WEEK, RULE, plain)
