from datetime import date, timedelta

import pytest

from roster.rules.employed import Employed
from tests.worlds import MONDAY, agree, breaches, catches, duty, person, world

RULE = Employed(clauses=("T-1",))
TUESDAY = MONDAY + timedelta(days=1)
NEW = person("N", employed_from=TUESDAY)
GONE = person("G", employed_to=MONDAY)
ANN = person("A", employed_from=date(2020, 1, 1), employed_to=MONDAY + timedelta(days=2))


def found(*cells, past=()):
    small = world(cells, past=past, days=3)
    return breaches(RULE, small.roster(small.free))


def test_both_ends_of_the_employment_count():
    assert found((NEW, duty(1)), (GONE, duty(0)), (ANN, duty(2))) == []


@pytest.mark.parametrize(("who", "day"), [(NEW, 0), (GONE, 1)])
def test_a_day_outside_is_measured(who, day):
    (breach,) = found((who, duty(day, "9-12 12-13:lunch 13-17")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (480, 0, "min", 480)
    assert (breach.day, breach.staff_ids) == (MONDAY + timedelta(days=day), (who.staff_id,))


def test_the_night_of_the_last_day_may_reach_midnight_and_no_further():
    assert found((GONE, duty(0, "16-24"))) == []
    (breach,) = found((GONE, duty(0, "16-24.01")))
    assert breach.found == 1


def test_standing_by_is_a_duty_too_and_the_past_is_not_judged():
    assert found((NEW, duty(0, kind="oncall")))
    assert found(past=[(GONE, duty(-1))]) == []
    assert found(past=[(NEW, duty(-1))]) == []


WORLD = world(
    [
        (NEW, duty(0, "9-17")), (NEW, duty(0, "17-33", kind="oncall")), (NEW, duty(1, "9-17")), (GONE, duty(0, "9-24")),
        (GONE, duty(0, "20-26")), (GONE, duty(1, "9-17", kind="backup")), (ANN, duty(2, "9-17")),
        (ANN, duty(1, "22-30")),
    ],
    days=3,
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


def test_world_notices_a_fault():
    catches(WORLD, RULE, lambda m: m.forbid(c for c in m.cells() if not c.person.employed_on(c.duty.day)))
    catches(WORLD, RULE, lambda m: m.forbid(c for c in m.cells() if not c.person.employed_on(c.duty.end.date())))
