import pytest

from roster.rules.min_days_off_in_row import MinDaysOffInRow
from tests.worlds import agree, breaches, disagree, duty, person, world

TWO, THREE = MinDaysOffInRow(clauses=("T-1",)), MinDaysOffInRow(clauses=("T-1",), days=3)
ANN, BOB = person("A"), person("B")


def found(*days, past=(), rule=THREE, horizon=8):
    small = world([(ANN, duty(day)) for day in days], days=horizon, past=[(ANN, duty(day)) for day in past])
    return breaches(rule, small.roster(small.free))


def test_three_days_off_keep_it_and_each_day_short_is_measured():
    assert found(0, 4) == []
    (breach,) = found(0, 3)
    assert (breach.found, breach.limit, breach.points, breach.staff_ids) == (2, 3, 480, ("A",))
    (breach,) = found(5, 7)
    assert (breach.found, breach.points) == (1, 960)
    assert found(0, 1) == []


def test_days_off_at_an_edge_may_go_on():
    assert found(1, 2) == []
    assert found(0, 6) == []


def test_the_past_counts():
    assert len(found(1, past=(-1,))) == 1
    assert found(3, past=(-3, -1)) == []  # broken before the horizon only


def test_only_those_listed():
    assert found(3, 5, rule=MinDaysOffInRow(clauses=("T-1",), days=3, staff=("B",))) == []


WORLD = world(
    [
        *((ANN, duty(day)) for day in (0, 1, 2, 4, 5)), (ANN, duty(3, kind="oncall")),
        (BOB, duty(1)), (BOB, duty(2, kind="training")), (BOB, duty(4)), (BOB, duty(5)),
    ],
    days=6,
    past=[(ANN, duty(-3)), (ANN, duty(-1)), (BOB, duty(-2))],
)  # fmt: skip


@pytest.mark.parametrize("rule", [TWO, THREE, MinDaysOffInRow(clauses=("T-1",), staff=("B",))])
def test_check_and_model_agree(rule):
    agree(rule, WORLD)


@pytest.mark.parametrize("broken", [{"days": 2}, {"days": 4}, {"staff": ("A",)}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, THREE, **broken)
