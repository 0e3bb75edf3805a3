import pytest

from roster.rules.qualified import Qualified
from tests.worlds import MONDAY, agree, breaches, catches, duty, person, world

RULE = Qualified(clauses=("T-1",))
ANN, BOB = person("A", skills=[("lab", "tech")]), person("B")
LAB, EXPERT = {"team": "lab", "role": "tech"}, {"role": "expert"}


def found(*cells, past=()):
    small = world(cells, past=past)
    return breaches(RULE, small.roster(small.free))


def test_home_and_skills_are_allowed():
    assert found((ANN, duty(0)), (ANN, duty(1, **LAB)), (BOB, duty(0))) == []


@pytest.mark.parametrize("kind", ["work", "oncall", "backup"])
def test_another_role_is_measured(kind):
    (breach,) = found((BOB, duty(1, "9-12 13-17", kind=kind, **EXPERT)))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (420, 0, "min", 420)
    assert (breach.staff_ids, breach.team, breach.role) == (("B",), "desk", "expert")
    assert (breach.day - MONDAY).days == 1


def test_a_new_role_may_be_learnt_and_the_past_is_not_judged():
    assert found((BOB, duty(0, kind="training", **LAB)), past=[(BOB, duty(-1, **LAB))]) == []


WORLD = world(
    [
        (ANN, duty(0)), (ANN, duty(0, **LAB)), (ANN, duty(1, **EXPERT)), (BOB, duty(0, kind="oncall", **LAB)),
        (BOB, duty(0)), (BOB, duty(1, kind="training", **LAB)), (BOB, duty(1, **LAB)), (BOB, duty(1, "22-30")),
    ],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


def test_world_notices_a_fault():
    catches(WORLD, RULE, lambda m: m.forbid(c for c in m.cells() if not c.person.serves(c.duty.team, c.duty.role)))
    catches(WORLD, RULE, lambda m: m.forbid(c for c in m.cells() if (c.duty.team, c.duty.role) != c.person.home))
