import pytest

from roster.rules.min_days_in_row import MinDaysInRow
from tests.worlds import agree, breaches, disagree, duty, person, world

TWO, THREE = MinDaysInRow(clauses=("T-1",)), MinDaysInRow(clauses=("T-1",), days=3)
ANN, BOB = person("A"), person("B")


def found(*days, past=(), rule=THREE, horizon=8):
    small = world([(ANN, duty(day)) for day in days], days=horizon, past=[(ANN, duty(day)) for day in past])
    return breaches(rule, small.roster(small.free))


def test_three_days_keep_it_and_each_day_short_is_measured():
    assert found(2, 3, 4) == []
    (breach,) = found(2, 3)
    assert (breach.found, breach.limit, breach.points, breach.staff_ids) == (2, 3, 480, ("A",))
    (breach,) = found(4)
    assert (breach.found, breach.points) == (1, 960)


def test_blocks_at_an_edge_may_go_on():
    assert found(0) == []
    assert found(6, 7) == []
    assert len(found(1)) == 1
    assert len(found(6, horizon=8)) == 1


def test_the_past_counts_and_is_not_judged():
    assert found(0, past=(-4, -2, -1)) == []
    assert len(found(0, past=(-4, -1))) == 1
    assert found(0, past=(-1,)) == []  # the first day that anything is known of


def test_only_those_listed():
    assert found(3, rule=MinDaysInRow(clauses=("T-1",), days=3, staff=("B",))) == []


WORLD = world(
    [
        *((ANN, duty(day)) for day in (0, 1, 2, 4, 5)), (ANN, duty(2, kind="oncall")),
        (BOB, duty(0)), (BOB, duty(1)), (BOB, duty(2)), (BOB, duty(4)), (BOB, duty(5, kind="training")),
    ],
    days=6,
    past=[(ANN, duty(-3)), (BOB, duty(-1)), (BOB, duty(3))],
)  # fmt: skip


@pytest.mark.parametrize("rule", [TWO, THREE, MinDaysInRow(clauses=("T-1",), staff=("B",))])
def test_check_and_model_agree(rule):
    agree(rule, WORLD)


@pytest.mark.parametrize("broken", [{"days": 2}, {"days": 4}, {"staff": ("A",)}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, THREE, **broken)
