from datetime import date, timedelta

import pytest

from roster.rules.overtime import Overtime
from tests.worlds import MONDAY, agree, breaches, disagree, duty, person, world

RULE = Overtime(clauses=("T-1",))
LONG = Overtime(clauses=("T-1",), hours_a_day=3, hours_a_month=5)
ANN, MONTHLY = person("A"), person("M", hours_system="month")


def found(*cells, past=(), days=7, rule=RULE, **fields):
    small = world(cells, days=days, past=past, **fields)
    return breaches(rule, small.roster(small.free))


def test_an_hour_a_day_keeps_it_and_a_minute_more_breaks_it():
    assert found((ANN, duty(0, "9-12 12-13:lunch 13-19"))) == []
    (breach,) = found((ANN, duty(0, "9-12 12-13:lunch 13-19.01")))
    assert (breach.limit, breach.unit, breach.points, breach.day) == (1, "h", 1, MONDAY)
    assert breach.found == pytest.approx(1 + 1 / 60)


def test_two_duties_of_a_date_add_up_and_standing_by_does_not():
    assert found((ANN, duty(0)), (ANN, duty(0, "18-19", kind="training")), (ANN, duty(0, "19-33", kind="oncall"))) == []
    (breach,) = found((ANN, duty(0)), (ANN, duty(0, "18-20", kind="training")))
    assert breach.found == 2


def test_the_month_adds_up_with_its_history():
    history = [(ANN, duty(-1, "8-19")), (ANN, duty(-2, "8-18")), (ANN, duty(-4, "8-19"))]  # 2 and 1 March; February
    assert found((ANN, duty(0, "9-17")), past=history, rule=LONG) == []
    (breach,) = found((ANN, duty(0, "9-17.01")), past=history, rule=LONG)
    assert (breach.limit, breach.unit, breach.points, breach.day) == (5, "h a month", 1, MONDAY)


def test_months_are_apart():
    saturday = date(2025, 3, 29)
    days = [(ANN, duty(saturday + timedelta(days=k), "8-19")) for k in range(4)]  # 29 to 31 March, 1 April
    assert [b.day for b in found(*days, start=saturday, rule=LONG)] == [date(2025, 3, 31)]


def test_overtime_in_a_month_whose_start_is_not_known_is_unknown():
    small = world([(ANN, duty(0, "9-17.30")), (MONTHLY, duty(0, "9-21"))])
    (finding,) = RULE.check(small.roster(small.free))
    assert (finding.verdict, finding.points, finding.found) == ("unknown", 0, 0.5)
    plain = world([(ANN, duty(0, "9-17"))])
    assert list(RULE.check(plain.roster(plain.free))) == []
    first = date(2025, 4, 1)
    whole = world([(ANN, duty(first, "9-17.30"))], start=first)
    assert list(RULE.check(whole.roster(whole.free))) == []


def test_comprehensive_hours_and_the_past_are_not_judged():
    assert found((MONTHLY, duty(0, "8-22")), past=[(ANN, duty(-1, "8-22"))]) == []


WORLD = world(
    [
        (ANN, duty(0, "8-17")), (ANN, duty(0, "17-18.30", kind="training")), (ANN, duty(1, "8-12.30")),
        (ANN, duty(1, "13-19.30")), (ANN, duty(1, "19-33", kind="oncall")), (ANN, duty(2, "8-19.01")),
        (ANN, duty(4, "8-18")), (MONTHLY, duty(0, "8-22")), (ANN, duty(5, "8-16")),
    ],
    days=7,
    past=[(ANN, duty(-2, "8-17")), (ANN, duty(-3, "8-18")), (ANN, duty(3, "8-16.30"))],
)  # fmt: skip
TURN = world(
    [(ANN, duty(date(2025, 3, 30) + timedelta(days=k), hours)) for k in range(4) for hours in ("8-18.30", "22-30.10")],
    days=4, start=date(2025, 3, 30),
)  # fmt: skip


@pytest.mark.parametrize("rule", [RULE, LONG, *(LONG.model_copy(update={"hours_a_month": h}) for h in (4, 36))])
@pytest.mark.parametrize("small", [WORLD, TURN])
def test_check_and_model_agree(rule, small):
    agree(rule, small)


@pytest.mark.parametrize("broken", [{"hours_a_day": 2.9}, {"hours_a_month": 4.4}, {"standard_hours_a_day": 8.5}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, LONG, **broken)


def test_the_daily_limit_is_noticed():
    disagree(WORLD, RULE, hours_a_day=3)


def test_history_over_the_month_leaves_room_for_plain_days_only():
    past = [(ANN, duty(-1, "8-19")), (ANN, duty(-2, "8-19"))]
    small = world([(ANN, duty(0, "8-16")), (ANN, duty(1, "8-16.01")), (ANN, duty(2, "8-12"))], days=3, past=past)
    agree(LONG, small)
