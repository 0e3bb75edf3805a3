from roster.goals.cost import Cost
from tests.pricing import costs_agree
from tests.worlds import duty, person, world

ANN = person("A", hourly_cost=61.25)
GOAL = Cost(journey_yuan={"onsite": 30})


def test_paid_hours_and_journeys():
    small = world([(ANN, duty(0, "9-12 12-13:lunch 13-17.30", site="onsite")), (ANN, duty(0, "18-33", kind="oncall"))])
    assert GOAL.measure(small.roster(small.free)) == round(7.5 * 61.25) + 30


def test_judge_and_model_agree():
    cells = [(ANN, duty(0, "9-17", site="onsite")), (ANN, duty(1, "9-13")), (ANN, duty(1, "13-14", kind="training"))]
    costs_agree(GOAL, world(cells))
