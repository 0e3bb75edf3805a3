import pytest

from roster.rules.one_duty_a_day import OneDutyADay
from tests.worlds import MONDAY, agree, breaches, catches, disagree, duty, person, world

RULE = OneDutyADay(clauses=("T-1",))
ANN, BOB = person("A"), person("B", skills=[("lab", "tech")])


def found(*cells, rule=RULE, past=()):
    small = world(cells, past=past)
    return breaches(rule, small.roster(small.free))


def test_one_shift_with_lunch_and_one_stand_by_are_allowed():
    assert found((ANN, duty(0, "9-12 12-13:lunch 13-17")), (ANN, duty(0, "17-33", kind="oncall"))) == []


def test_a_second_shift_is_one_too_many():
    (breach,) = found((ANN, duty(0, "9-12")), (ANN, duty(0, "13-17")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (2, 1, "shifts", 480)
    assert (breach.day, breach.staff_ids) == (MONDAY, ("A",))
    assert found((ANN, duty(0, "9-12")), (ANN, duty(0, "13-17")), rule=OneDutyADay(clauses=("T-1",), shifts=2)) == []


def test_the_same_shift_for_two_teams_is_two():
    assert found((BOB, duty(0, "9-12", shift="S")), (BOB, duty(0, "9-12", shift="S", team="lab", role="tech")))


def test_training_is_a_shift_and_two_stand_bys_are_one_too_many():
    assert found((ANN, duty(0, "9-12")), (ANN, duty(0, "13-17", kind="training")))
    (breach,) = found((ANN, duty(0, "0-9", kind="backup")), (ANN, duty(0, "17-33", kind="oncall")))
    assert (breach.found, breach.unit) == (2, "stand-bys")


def test_a_night_counts_on_the_day_it_starts():
    assert found((ANN, duty(0, "22-30")), (ANN, duty(1, "22-30"))) == []
    assert found((ANN, duty(0, "22-30")), past=[(ANN, duty(-1, "22-30"))]) == []


WORLD = world(
    [
        (ANN, duty(0, "9-12")), (ANN, duty(0, "13-17.30")), (ANN, duty(0, "13-17", kind="training")),
        (ANN, duty(0, "17-33", kind="oncall")), (ANN, duty(0, "18-20", kind="backup")), (ANN, duty(1, "9-12")),
        (ANN, duty(1, "22-30")), (BOB, duty(0, "9-12")), (BOB, duty(1, "9-12", site="remote")), (BOB, duty(1, "9-12")),
    ],
    past=[(ANN, duty(-1, "22-30"))],
)  # fmt: skip


@pytest.mark.parametrize("shifts", [1, 2])
def test_check_and_model_agree(shifts):
    agree(OneDutyADay(clauses=("T-1",), shifts=shifts), WORLD)


def test_world_notices_a_fault():
    def no_stand_by(m):
        for who in m.people():
            for day in m.days():
                m.total(who, lambda duty: int(duty.works), days={day}, at_most=1)

    disagree(WORLD, RULE, shifts=2)
    catches(WORLD, RULE, no_stand_by)
