from roster.goals.steady_shifts import SteadyShifts
from tests.pricing import costs_agree
from tests.worlds import duty, person, world

ANN = person("A")
GOAL = SteadyShifts(points=10)


def changes(*duties, past=()) -> int:
    small = world([(ANN, d) for d in duties], days=4, past=[(ANN, d) for d in past])
    return GOAL.measure(small.roster(small.free))


def test_only_changes_from_one_day_to_the_next_cost():
    assert changes(duty(0, "9-17"), duty(1, "9-17")) == 0
    assert changes(duty(0, "9-17"), duty(1, "8-16"), duty(2, "9-17")) == 20
    assert changes(duty(0, "9-17"), duty(2, "8-16")) == 0
    assert changes(duty(0, "9-17"), duty(1, "18-33", kind="oncall")) == 0


def test_the_last_day_of_the_past_counts():
    assert changes(duty(0, "9-17"), past=[duty(-1, "8-16")]) == 10


def test_judge_and_model_agree():
    cells = [(ANN, duty(0, "9-17")), (ANN, duty(1, "9-17")), (ANN, duty(2, "8-16")), (ANN, duty(3, "9-17", post="x"))]
    costs_agree(GOAL, world(cells, days=4, past=[(ANN, duty(-1, "8-16"))]))


def test_alike_cells_of_a_day_cost_one_change():
    cells = [(ANN, duty(0, "9-17")), (ANN, duty(1, "8-16")), (ANN, duty(1, "8-16", site="onsite"))]
    costs_agree(GOAL, world(cells, days=2))
