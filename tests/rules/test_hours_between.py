import pytest

from roster.rules.hours_between import HoursBetween
from tests.worlds import agree, breaches, disagree, duty, person, world

RULE = HoursBetween(clauses=("T-1",), least_minutes=16 * 60, most_minutes=20 * 60)
ANN, BOB = person("A"), person("B")


def found(*duties, past=(), rule=RULE):
    small = world([(ANN, d) for d in duties], days=4, past=[(ANN, d) for d in past], people=[ANN])
    return breaches(rule, small.roster(small.free))


def test_the_limits_keep_it_and_a_minute_beyond_is_measured():
    assert found(duty(0), duty(1)) == []
    assert found(duty(0), duty(1), duty(2, "9-13")) == []
    (breach,) = found(duty(0), duty(1, "9-16.59"))
    assert (breach.found, breach.limit, breach.points) == (959, 960, 1)
    (breach,) = found(duty(0), duty(1), duty(2, "9-13.01"))
    assert (breach.found, breach.limit, breach.points) == (1201, 1200, 1)


def test_lunch_on_call_and_the_past_are_not_counted():
    assert found(duty(0, "8-12 12-13:lunch 13-17"), duty(1), duty(2, kind="oncall"), past=[duty(-1)]) == []


def test_who_has_nothing_is_short():
    (breach,) = found(rule=RULE)
    assert (breach.found, breach.points) == (0, 960)


def test_limits_in_order():
    with pytest.raises(ValueError, match="least_minutes"):
        HoursBetween(clauses=("T-1",), least_minutes=2, most_minutes=1)


WORLD = world(
    [
        (ANN, duty(0)), (ANN, duty(1)), (ANN, duty(2, "9-13")), (ANN, duty(3, "9-12")), (ANN, duty(3, kind="oncall")),
        (BOB, duty(0, "8-12 12-13:lunch 13-17")), (BOB, duty(1)), (BOB, duty(2, "9-14")),
    ],
    days=4,
    past=[(ANN, duty(-1)), (BOB, duty(3, "9-13"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    agree(HoursBetween(clauses=("T-1",), least_minutes=500, most_minutes=1000, staff=("B",)), WORLD)


@pytest.mark.parametrize("broken", [{"least_minutes": 700}, {"most_minutes": 1400}, {"staff": ("A",)}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
