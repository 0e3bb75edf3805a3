from roster.goals.home_site import HomeSite
from tests.pricing import costs_agree
from tests.worlds import duty, person, world

GOAL = HomeSite(teams=("desk",), points=300)
ANN = person("A", home_site="onsite")
RES = person("R", home_site="onsite", reserve=True)
LAB = person("L", team="lab", role="tech", home_site="onsite")


def test_only_work_of_the_team_s_enrolled_people_elsewhere_costs():
    small = world([(ANN, duty(0)), (ANN, duty(1, site="onsite")), (ANN, duty(1, "18-33", kind="oncall", site="remote")),
                   (RES, duty(0)), (LAB, duty(0, team="lab", role="tech"))])  # fmt: skip
    assert GOAL.measure(small.roster(small.free)) == 300


def test_judge_and_model_agree():
    cells = [(ANN, duty(0)), (ANN, duty(1, site="onsite")), (ANN, duty(2)), (RES, duty(0)), (LAB, duty(1))]
    costs_agree(GOAL, world(cells, days=3, past=[(ANN, duty(-1))]))
