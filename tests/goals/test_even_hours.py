from roster.goals.even_hours import EvenHours
from roster.people import Leave
from tests.pricing import costs_agree
from tests.worlds import at, duty, person, world

GOAL = EvenHours(hours_a_day=8)
ANN, BOB, RES = person("A"), person("B", fte=0.5), person("R", reserve=True)
CELLS = [(ANN, duty(0, "9-17")), (ANN, duty(1, "9-13")), (BOB, duty(0, "9-13")), (BOB, duty(1, "9-12.15")),
         (RES, duty(0, "9-17")), (ANN, duty(1, "18-33", kind="oncall"))]  # fmt: skip


def test_the_square_of_half_hours_from_the_agreed_hours():
    small = world(CELLS)
    assert GOAL.measure(small.roster(())) == 32**2 + 16**2
    assert GOAL.measure(small.roster(small.free)) == (32 - 24) ** 2 + (16 - 14) ** 2


def test_leave_lowers_what_is_agreed():
    leave = Leave(staff_id="A", start=at(1, 0), end=at(2, 0))
    small = world(CELLS, leave=(leave,))
    assert GOAL.measure(small.roster(())) == 16**2 + 16**2


def test_judge_and_model_agree():
    costs_agree(GOAL, world(CELLS[:3] + CELLS[4:]))
