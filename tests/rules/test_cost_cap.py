from datetime import date, timedelta

import pytest

from roster.rules.cost_cap import CostCap
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, breaches, contract, disagree, duty, person, world

ANN, BOB = person("A", hourly_cost=60), person("B", hourly_cost=64.05, skills=[("lab", "tech")])
CYD = person("C", hourly_cost=60, team="lab", role="tech", skills=[("desk", "agent")])
LAB = {"team": "lab", "role": "tech"}
SATURDAY = MONDAY + timedelta(days=5)


def cap(yuan, **fields):
    """A cap whose share is `yuan` a workday: the period counts for 248 workdays."""
    return CostCap(clauses=("T-1",), team="desk", yuan=yuan * 248, basis_workdays=248, **fields)


def over(rule, *cells, days=1, **fields):
    small = world(cells, days=days, **fields)
    return [(b.found, b.limit, b.unit, b.points, b.day, b.team) for b in breaches(rule, small.roster(small.free))]


def test_the_share_keeps_it_and_a_yuan_more_breaks_it():
    assert over(cap(480), (ANN, duty(0, "9-12 12-13:lunch 13-18"))) == []
    assert over(cap(479), (ANN, duty(0))) == [(480, 479, "yuan", 1, MONDAY, "desk")]


def test_the_basis_is_the_workdays_of_the_period():
    rule = CostCap(clauses=("T-1",), team="desk", yuan=480 * 248)
    assert over(rule, (ANN, duty(0))) == []  # 2025 has 248 workdays
    less = contract(period={"start": "2025-03-03", "end": "2025-03-14"})
    assert over(CostCap(clauses=("T-1",), team="desk", yuan=4800), (ANN, duty(0)), contract=less) == []
    assert over(CostCap(clauses=("T-1",), team="desk", yuan=4790), (ANN, duty(0)), contract=less)[0][1] == 479


def test_the_share_grows_with_the_workdays_of_the_horizon():
    five = [(ANN, duty(day)) for day in range(5)]
    assert over(cap(480), *five, days=7) == []
    assert over(cap(480), *five, (ANN, duty(5, "9-10")), days=7)[0][:4] == (2520, 2400, "yuan", 120)


def test_the_team_served_pays_whoever_it_is():
    assert over(cap(400), (CYD, duty(0))) != []
    assert over(cap(400), (BOB, duty(0, **LAB))) == []


def test_premiums_and_training_are_in_it_and_standing_by_is_not():
    assert over(cap(100), (ANN, duty(0, "9-18")))[0][0] == 570
    assert over(cap(100), (ANN, duty(0, kind="training")))[0][0] == 480
    assert over(cap(1), (ANN, duty(0, kind="oncall"))) == []
    may_day = date(2025, 5, 1)
    assert over(cap(100), (ANN, duty(may_day)), start=may_day)[0][0] == 1440


def test_a_horizon_without_a_workday_has_the_share_of_one():
    assert over(cap(960), (ANN, duty(SATURDAY)), start=SATURDAY, days=2) == []
    assert over(cap(959), (ANN, duty(SATURDAY)), start=SATURDAY, days=2)[0][1] == 959


def test_days_outside_the_period_do_not_count():
    ended = contract(period={"start": "2025-01-01", "end": "2025-03-03"})
    cells = [(ANN, duty(0)), (ANN, duty(1))]
    assert over(cap(480), *cells, days=2, contract=ended) == []
    gone = contract(period={"start": "2025-01-01", "end": "2025-02-28"})
    assert over(cap(1), *cells, days=2, contract=gone) == []
    going_on = contract(period={"start": "2025-01-01", "end": "2025-03-03", "continues": True})
    assert over(cap(479), *cells, days=2, contract=going_on)[0][:2] == (960, 958)


def test_comprehensive_hours_have_no_overtime_by_the_day():
    monthly = person("M", hourly_cost=60, hours_system="month")
    assert over(cap(1), (monthly, duty(0, "9-21")))[0][0] == 720
    assert over(cap(1), (monthly, duty(SATURDAY)), start=SATURDAY)[0][0] == 480


def test_the_past_is_not_in_it():
    assert over(cap(480), (ANN, duty(0)), past=[(ANN, duty(-1))]) == []


WORLD = world(
    [
        (ANN, duty(4, "9-17")), (ANN, duty(4, "9-18.20")), (BOB, duty(4, "9-17")), (BOB, duty(4, **LAB)),
        (CYD, duty(4, "9-12", kind="training")), (CYD, duty(4, "17-33", kind="oncall")), (BOB, duty(5, "9-10.10")),
        (ANN, duty(5, "9-10")), (CYD, duty(6, "9-12")),
    ],
    days=7,
    past=[(ANN, duty(0)), (ANN, duty(-1))],
)  # fmt: skip
RULE = cap(300)


def test_check_and_model_agree():
    agree(RULE, WORLD)
    agree(cap(260), WORLD)


@pytest.mark.parametrize(
    "broken", [{"yuan": 305 * 248}, {"basis_workdays": 260}, {"team": "lab"}, {"overtime_percent": 100},
               {"rest_day_percent": 100}],
)  # fmt: skip
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)


def test_the_model_pays_what_the_check_counts():
    costs_agree(RULE, WORLD)
