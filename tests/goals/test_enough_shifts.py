from datetime import timedelta

from roster.goals.enough_shifts import EnoughShifts
from roster.rules.one_duty_a_day import OneDutyADay
from tests.pricing import by_model, costs_agree
from tests.worlds import MONDAY, duty, person, world

GOAL = EnoughShifts(group=("desk/agent",), shifts=2, points=7)
ANN, BOB, LAB = person("A"), person("B"), person("L", team="lab", role="tech")
CELLS = [(ANN, duty(0)), (ANN, duty(1)), (ANN, duty(1, "18-33", kind="oncall")), (BOB, duty(0)), (BOB, duty(1)),
         (LAB, duty(0, team="lab", role="tech"))]  # fmt: skip


def test_each_person_below_costs_once_however_far_below():
    small = world(CELLS)
    ann = frozenset(cell for cell in small.free if cell.person == ANN and cell.duty.works)
    assert GOAL.measure(small.roster(())) == 14
    assert GOAL.measure(small.roster(ann)) == 7
    assert GOAL.measure(small.roster([next(iter(ann))])) == 14


def test_being_on_call_and_the_past_are_no_shifts():
    small = world(CELLS, past=[(ANN, duty(MONDAY - timedelta(days=1)))])
    standby = [cell for cell in small.free if (cell.person == ANN and cell.duty.day == MONDAY) or not cell.duty.works]
    assert GOAL.measure(small.roster(standby)) == 14
    assert by_model([GOAL], small, frozenset(standby), GOAL.level) == 14


def test_judge_and_model_agree():
    costs_agree(GOAL, world(CELLS))


def test_it_stands_beside_rules():
    small = world(CELLS)
    both = [GOAL, OneDutyADay(clauses=("T-1",))]
    assert by_model(both, small, frozenset(), GOAL.level) == 14
