from roster.rules.one_team_a_day import OneTeamADay
from tests.worlds import MONDAY, agree, breaches, catches, duty, person, world

RULE = OneTeamADay(clauses=("T-1",))
ANN = person("A", skills=[("lab", "tech"), ("desk", "expert")])
BOB = person("B")
LAB = {"team": "lab", "role": "tech"}


def found(*cells, past=()):
    small = world(cells, past=past)
    return breaches(RULE, small.roster(small.free))


def test_the_second_team_of_the_day_is_named():
    (breach,) = found((ANN, duty(0, "13-17", **LAB)), (ANN, duty(0, "9-12")))
    assert (breach.found, breach.limit, breach.team, breach.staff_ids) == (2, 1, "lab", ("A",))
    assert (breach.day, breach.points) == (MONDAY, 480)


def test_two_roles_of_a_team_and_two_days_are_allowed():
    assert found((ANN, duty(0, "9-12")), (ANN, duty(0, "13-17", role="expert")), (ANN, duty(1, **LAB))) == []


def test_training_and_stand_by_serve_no_team():
    others = [(ANN, duty(0, "13-15", kind="training", **LAB)), (ANN, duty(0, "17-22", kind="oncall", **LAB))]
    assert found((ANN, duty(0, "9-12")), *others) == []


def test_a_night_serves_on_the_day_it_starts():
    assert found((ANN, duty(0, "9-17")), past=[(ANN, duty(-1, "22-30", **LAB))]) == []


WORLD = world(
    [
        (ANN, duty(0, "9-12")), (ANN, duty(0, "13-17.10", **LAB)), (ANN, duty(0, "12-16", role="expert")),
        (ANN, duty(0, "13-15", kind="training", **LAB)), (ANN, duty(0, "17-33", kind="oncall", **LAB)),
        (ANN, duty(1, "9-17", **LAB)), (ANN, duty(1, "22-30")), (BOB, duty(0)), (BOB, duty(1)),
    ],
    past=[(ANN, duty(-1, "22-30", **LAB))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


def test_world_notices_a_fault():
    def any_kind(m):
        for who in m.people():
            m.pair(who, lambda a, b: int(a.team != b.team and a.day == b.day), reach_days=0)

    def roles(m):
        for who in m.people():
            m.pair(who, lambda a, b: int(a.role != b.role and a.kind == b.kind == "work"), reach_days=0)

    def next_day(m):
        for who in m.people():
            m.pair(who, lambda a, b: int(a.team != b.team and a.kind == b.kind == "work"), reach_days=1)

    catches(WORLD, RULE, any_kind)
    catches(WORLD, RULE, roles)
    catches(WORLD, RULE, next_day)
