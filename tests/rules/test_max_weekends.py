import pytest

from roster.rules.max_weekends import MaxWeekends
from tests.worlds import agree, breaches, disagree, duty, person, world

ONE = MaxWeekends(clauses=("T-1",), weekends=1)
ANN, BOB = person("A"), person("B")


def found(*days, past=(), rule=ONE, horizon=21):
    small = world([(ANN, duty(day)) for day in days], days=horizon, past=[(ANN, duty(day)) for day in past])
    return breaches(rule, small.roster(small.free))


def test_saturday_sunday_or_both_is_one_weekend():
    assert found(5, 6) == []
    assert found(0, 4, 5, 7, 11) == []
    (breach,) = found(5, 13)
    assert (breach.found, breach.limit, breach.points, breach.staff_ids) == (2, 1, 480, ("A",))
    (breach,) = found(6, 12, 19)
    assert (breach.found, breach.points) == (3, 960)


def test_weekends_of_the_past_do_not_count():
    assert found(5, past=(-2, -1)) == []


def test_only_those_listed():
    assert found(5, 13, rule=MaxWeekends(clauses=("T-1",), weekends=1, staff=("B",))) == []


WORLD = world(
    [
        (ANN, duty(5)), (ANN, duty(6)), (ANN, duty(7)), (ANN, duty(12, kind="oncall")), (ANN, duty(13)),
        (ANN, duty(19)), (BOB, duty(5, "22-30")), (BOB, duty(4, "22-30")), (BOB, duty(13, kind="training")),
    ],
    days=20,
    past=[(ANN, duty(-1)), (BOB, duty(19))],
)  # fmt: skip


@pytest.mark.parametrize("weekends", [1, 2])
def test_check_and_model_agree(weekends):
    agree(MaxWeekends(clauses=("T-1",), weekends=weekends), WORLD)


@pytest.mark.parametrize("broken", [{"weekends": 0}, {"weekends": 2}, {"staff": ("A",)}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, ONE, **broken)
