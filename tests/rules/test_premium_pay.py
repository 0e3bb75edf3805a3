from datetime import date, timedelta

import pytest

from roster.rules.premium_pay import PremiumPay
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = PremiumPay(clauses=("T-1",))
ANN = person("A", hourly_cost=60)
BOB = person("B", hourly_cost=64.05)
MONTHLY = person("M", hourly_cost=60, hours_system="month")
SATURDAY = MONDAY + timedelta(days=5)
QINGMING = date(2025, 4, 4)  # a Friday


def premium(*cells, rule=RULE, **fields):
    small = world(cells, **{"days": 7, **fields})
    return [(b.found, b.limit, b.unit, b.points, b.day) for b in breaches(rule, small.roster(small.free))]


def test_a_workday_of_eight_hours_has_none_and_a_ninth_hour_half_its_wage():
    assert premium((ANN, duty(0, "9-12 12-13:lunch 13-18"))) == []
    assert premium((ANN, duty(0, "9-18"))) == [(30, 0, "yuan", 30, MONDAY)]


def test_a_rest_day_costs_the_wage_once_more_and_a_statutory_day_twice():
    assert premium((ANN, duty(SATURDAY, "9-17"))) == [(480, 0, "yuan", 480, MONDAY)]
    assert premium((ANN, duty(QINGMING, "9-17")), start=QINGMING) == [(960, 0, "yuan", 960, QINGMING)]


def test_bridge_days_are_rest_days_and_make_up_days_are_workdays():
    bridge, make_up = date(2025, 2, 3), date(2025, 2, 8)
    assert premium((ANN, duty(bridge, "9-17")), start=bridge)[0][0] == 480
    assert premium((ANN, duty(make_up, "9-17")), start=bridge) == []


def test_each_shift_is_rounded_to_a_yuan_half_up():
    assert premium((BOB, duty(SATURDAY, "9-10")))[0][0] == 64
    assert premium((person("C", hourly_cost=60.5), duty(SATURDAY, "9-10")))[0][0] == 61


def test_training_counts_and_standing_by_does_not():
    assert premium((ANN, duty(SATURDAY, "9-10", kind="training")), (ANN, duty(SATURDAY, "9-17", kind="oncall"))) == [
        (60, 0, "yuan", 60, MONDAY)
    ]


def test_comprehensive_hours_have_the_premium_of_statutory_days_only():
    assert premium((MONTHLY, duty(SATURDAY, "9-19")), (MONTHLY, duty(0, "9-21"))) == []
    assert premium((MONTHLY, duty(QINGMING, "9-17")), start=QINGMING)[0][0] == 960


def test_the_sum_is_a_week_s_over_all_people():
    rule = PremiumPay(clauses=("T-1",), yuan_a_week=540)
    cells = [(ANN, duty(SATURDAY, "9-17")), (BOB, duty(SATURDAY + timedelta(days=1), "9-10")), (ANN, duty(12, "9-17"))]
    assert premium(*cells, rule=rule, days=14) == [(544, 540, "yuan", 4, MONDAY)]


WORLD = world(
    [
        (ANN, duty(0, "9-18")), (ANN, duty(1, "9-17")), (BOB, duty(1, "9-18.10")), (ANN, duty(5, "9-10")),
        (BOB, duty(5, "9-9.20")), (ANN, duty(6, "22-24")), (BOB, duty(6, kind="oncall")), (MONTHLY, duty(6, "9-20")),
        (ANN, duty(12, "9-10")), (BOB, duty(8, "9-18.30")),
    ],
    days=13, past=[(ANN, duty(-1, "9-17")), (BOB, duty(4, "9-18"))],
)  # fmt: skip
HOLIDAY = world(
    [(who, duty(QINGMING + timedelta(days=k), "9-10")) for who in (ANN, BOB, MONTHLY) for k in (-1, 0, 1)],
    days=4, start=QINGMING - timedelta(days=1),
)  # fmt: skip
SOME = PremiumPay(clauses=("T-1",), yuan_a_week=182)


def test_check_and_model_agree():
    agree(SOME, WORLD)
    agree(SOME, HOLIDAY)
    agree(RULE, HOLIDAY)


@pytest.mark.parametrize(
    ("small", "broken"),
    [(WORLD, {"yuan_a_week": 150}), (WORLD, {"overtime_percent": 200}), (WORLD, {"rest_day_percent": 150}),
     (HOLIDAY, {"statutory_percent": 200}), (HOLIDAY, {"yuan_a_week": 190})],
)  # fmt: skip
def test_world_notices_a_fault(small, broken):
    disagree(small, SOME, **broken)


def test_the_model_pays_what_the_check_counts():
    costs_agree(SOME, WORLD)
    costs_agree(SOME, HOLIDAY)
