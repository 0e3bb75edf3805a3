from datetime import timedelta

import pytest

from roster.rules.certified import Certified
from tests.worlds import MONDAY, agree, breaches, catches, duty, person, world

RULE = Certified(clauses=("T-1",))
TUESDAY = MONDAY + timedelta(days=1)
ANN = person("A", certified_on=TUESDAY)
NEW = person("N", certified_on=None)
OLD = person("O")


def found(*cells, past=()):
    small = world(cells, past=past)
    return breaches(RULE, small.roster(small.free))


def test_the_day_of_the_certificate_is_allowed_and_the_day_before_is_not():
    assert found((ANN, duty(1)), (OLD, duty(0))) == []
    (breach,) = found((ANN, duty(0, "9-12 12-13:lunch 13-17")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (480, 0, "min", 480)
    assert (breach.day, breach.staff_ids) == (MONDAY, ("A",))


def test_without_a_date_nobody_works():
    (breach,) = found((NEW, duty(1)))
    assert breach.staff_ids == ("N",)


@pytest.mark.parametrize("kind", ["training", "oncall", "backup"])
def test_training_and_standing_by_need_no_certificate(kind):
    assert found((NEW, duty(0, kind=kind))) == []


def test_the_past_is_not_judged():
    assert found((ANN, duty(1)), past=[(ANN, duty(-1))]) == []


WORLD = world(
    [
        (ANN, duty(0)), (ANN, duty(0, "22-30")), (ANN, duty(1)), (ANN, duty(0, kind="training")), (NEW, duty(1)),
        (NEW, duty(0, kind="backup")), (OLD, duty(0)),
    ],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


def test_world_notices_a_fault():
    def until_the_day(m):
        m.forbid(c for c in m.cells() if c.duty.kind == "work" and (c.person.certified_on or TUESDAY) >= c.duty.day)

    def unknown_passes(m):
        m.forbid(c for c in m.cells() if c.duty.kind == "work" and (c.person.certified_on or MONDAY) > c.duty.day)

    catches(WORLD, RULE, until_the_day)
    catches(WORLD, RULE, unknown_passes)
