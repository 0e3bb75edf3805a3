from roster.goals.home_role import HomeRole
from tests.pricing import costs_agree
from tests.worlds import duty, person, world

GOAL = HomeRole(points=300)
ANN = person("A", skills=[("lab", "tech")])
RES = person("R", reserve=True, skills=[("lab", "tech")])
LAB = {"team": "lab", "role": "tech"}


def test_only_enrolled_people_away_from_home_cost():
    small = world([(ANN, duty(0)), (ANN, duty(1, **LAB)), (ANN, duty(1, "18-33", kind="oncall", **LAB)),
                   (RES, duty(0, **LAB))])  # fmt: skip
    assert GOAL.measure(small.roster(small.free)) == 600


def test_judge_and_model_agree():
    cells = [(ANN, duty(0)), (ANN, duty(1, **LAB)), (RES, duty(0, **LAB)), (ANN, duty(0, "9-12 13-17", **LAB))]
    costs_agree(GOAL, world(cells, past=[(ANN, duty(-1, **LAB))]))
