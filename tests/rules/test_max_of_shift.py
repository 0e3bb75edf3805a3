import pytest

from roster.rules.max_of_shift import MaxOfShift
from tests.worlds import agree, breaches, disagree, duty, person, world

ONE = MaxOfShift(clauses=("T-1",), shift="N", times=1)
ANN, BOB = person("A"), person("B")


def night(day):
    return duty(day, "22-30", shift="N")


def found(*duties, past=(), rule=ONE):
    small = world([(ANN, d) for d in duties], days=6, past=[(ANN, d) for d in past])
    return breaches(rule, small.roster(small.free))


def test_one_keeps_it_and_each_further_one_is_measured():
    assert found(night(0), duty(1), duty(2)) == []
    (breach,) = found(night(0), night(2), night(5))
    assert (breach.found, breach.limit, breach.points, breach.staff_ids) == (3, 1, 960, ("A",))


def test_the_past_does_not_count_and_others_are_left_alone():
    assert found(night(0), past=[night(-1)]) == []
    assert found(night(0), night(1), rule=MaxOfShift(clauses=("T-1",), shift="N", times=1, staff=("B",))) == []
    assert len(found(night(0), rule=MaxOfShift(clauses=("T-1",), shift="N", times=0))) == 1


WORLD = world(
    [
        *((ANN, night(day)) for day in (0, 1, 3)), (ANN, duty(2)), (BOB, night(0)), (BOB, night(1)), (BOB, night(4)),
    ],
    days=6,
    past=[(ANN, night(-1)), (BOB, night(2))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(ONE, WORLD)
    agree(MaxOfShift(clauses=("T-1",), shift="N", times=2), WORLD)


@pytest.mark.parametrize("broken", [{"times": 0}, {"times": 2}, {"shift": "9-17"}, {"staff": ("B",)}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, ONE, **broken)
