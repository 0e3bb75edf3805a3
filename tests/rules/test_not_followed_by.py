import pytest

from roster.rules.not_followed_by import NotFollowedBy
from tests.worlds import agree, breaches, disagree, duty, person, world

RULE = NotFollowedBy(clauses=("T-1",), first=("L",), then=("E", "D"))
ANN, BOB = person("A"), person("B")


def of(day, shift):
    return duty(day, {"E": "6-14", "D": "9-17", "L": "14-22"}[shift], shift=shift)


def found(*duties, past=(), rule=RULE):
    small = world([(ANN, d) for d in duties], days=6, past=[(ANN, d) for d in past])
    return breaches(rule, small.roster(small.free))


def test_the_next_day_is_barred_and_the_day_after_is_not():
    (breach,) = found(of(0, "L"), of(1, "E"))
    assert (breach.found, breach.points, breach.staff_ids) == (1, 480, ("A",))
    assert len(found(of(0, "L"), of(1, "D"))) == 1
    assert found(of(0, "L"), of(2, "E"), of(3, "L"), of(4, "L")) == []
    assert found(of(0, "E"), of(1, "L")) == []


def test_the_day_before_the_horizon_counts():
    assert len(found(of(0, "E"), past=[of(-1, "L")])) == 1


WORLD = world(
    [
        (ANN, of(0, "E")), (ANN, of(1, "L")), (ANN, of(1, "D")), (ANN, of(2, "E")), (ANN, of(3, "D")),
        (BOB, of(0, "L")), (BOB, of(1, "D")), (BOB, of(2, "L")), (BOB, of(4, "E")),
    ],
    days=6,
    past=[(ANN, of(-1, "L")), (BOB, of(3, "L"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    agree(NotFollowedBy(clauses=("T-1",), first=("E", "L"), then=("E",)), WORLD)


@pytest.mark.parametrize("broken", [{"first": ("E",)}, {"then": ("D",)}, {"then": ("E", "D", "L")}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
