import pytest

from roster.goals.headcount import Headcount, Need
from tests.pricing import costs_agree
from tests.worlds import MONDAY, duty, person, world

ANN, BOB, CAT = person("A"), person("B"), person("C")
NEED = Need(day=MONDAY, shift="D", people=2, under=100, over=3)
GOAL = Headcount(needs=(NEED, Need(day=MONDAY, shift="N", people=0, under=7, over=5)))
WORLD = world(
    [(who, duty(0, shift="D")) for who in (ANN, BOB, CAT)]
    + [(ANN, duty(0, "20-22", shift="N")), (BOB, duty(1, shift="D")), (CAT, duty(0, kind="oncall", shift="N"))],
    past=[(person("E"), duty(0, "9-12", shift="D"))],
)  # fmt: skip


@pytest.mark.parametrize(("people", "cost"), [(0, 100), (1, 0), (2, 3), (3, 6)])
def test_each_one_short_or_too_many_costs(people, cost):
    day = [cell for cell in WORLD.free if cell.duty.shift == "D" and cell.duty.day == MONDAY]
    assert GOAL.measure(WORLD.roster(day[:people])) == cost


def test_judge_and_model_agree():
    costs_agree(GOAL, WORLD)
