import pytest

from roster.rules.reachable import Reachable
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, at, breaches, disagree, duty, person, world

RULE = Reachable(clauses=("T-1",), who=("lab/tech",))
ANN, BOB = person("A", team="lab", role="tech"), person("B", team="lab", role="tech")


def lab(day, hours, **more):
    return duty(day, hours, team="lab", role="tech", **more)


def judged(*cells, rule=RULE, days=1, past=()):
    small = world(cells, days=days, past=past, people=[ANN, BOB])
    return breaches(rule, small.roster(small.free))


FIRST_MORNING = (BOB, lab(-1, "17-33", kind="oncall"))


def test_duty_and_on_call_make_a_whole_day():
    assert judged((ANN, lab(0, "9-17")), (BOB, lab(0, "17-33", kind="oncall")), past=[FIRST_MORNING]) == []


def test_half_an_hour_in_the_night_is_measured():
    (breach,) = judged(
        (ANN, lab(0, "0-3", kind="oncall")), (ANN, lab(0, "3.30-9", kind="oncall")), (BOB, lab(0, "9-24"))
    )
    assert (breach.start, breach.end, breach.day) == (at(0, 3), at(0, 3.5), MONDAY)
    assert (breach.found, breach.limit, breach.points, breach.team, breach.role) == (0, 1, 30, "lab", "tech")


def test_without_a_past_the_first_morning_is_open():
    (breach,) = judged((ANN, lab(0, "9-17")), (BOB, lab(0, "17-33", kind="oncall")))
    assert (breach.start, breach.end, breach.points) == (at(0, 0), at(0, 9), 540)


def test_the_last_night_is_asked_until_midnight():
    (breach,) = judged((ANN, lab(0, "9-23.59")), past=[FIRST_MORNING])
    assert (breach.end, breach.points) == (at(0, 24), 1)


@pytest.mark.parametrize("kind", ["backup", "training"])
def test_backup_and_training_do_not_count(kind):
    assert sum(b.points for b in judged((ANN, lab(0, "0-24", kind=kind)))) == 1440


def test_lunch_does_not_count_and_the_row_s_role_does():
    lunch = judged((ANN, lab(0, "9-12 12-13:lunch 13-24")), past=[FIRST_MORNING])
    assert [(b.start, b.points) for b in lunch] == [(at(0, 12), 60)]
    assert sum(b.points for b in judged((ANN, duty(0, "0-24")))) == 1440


def test_two_roles_may_share_one_person_in_the_windows_asked():
    rule = Reachable.model_validate(
        {"clauses": ["T-1"], "who": ["lab/tech", "desk/agent"], "windows": [{"start": "08:00", "end": "22:00"}]}
    )
    assert judged((ANN, lab(0, "8-12")), (BOB, duty(0, "12-22", kind="oncall")), rule=rule) == []
    (breach,) = judged((ANN, lab(0, "8-12")), rule=rule)
    assert (breach.points, breach.team, breach.role) == (600, "", "")


def test_days_and_season():
    short = {"windows": [{"start": "09:00", "end": "17:00"}]}
    work = Reachable.model_validate(RULE.model_dump() | short | {"days": "workday", "until": "2025-03-05"})
    assert [b.day.day for b in judged(rule=work, days=7)] == [3, 4, 5]


WORLD = world(
    [
        (ANN, lab(0, "9-17")), (BOB, lab(0, "8-12 12-13:lunch 13-17.30")), (ANN, lab(0, "17-33", kind="oncall")),
        (BOB, lab(0, "17.30-31.15", kind="oncall")), (ANN, lab(1, "9-24")), (BOB, lab(1, "7-20")),
        (BOB, lab(1, "20-32", kind="oncall")), (ANN, lab(1, "0-24", kind="backup")), (ANN, duty(1, "0-24")),
    ],
    past=[(BOB, lab(-1, "18-33", kind="oncall"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD, samples=25)


@pytest.mark.parametrize(
    "broken", [{"people": 2}, {"who": ("lab/tech", "desk/agent")}, {"windows": ({"start": "00:00", "end": "19:30"},)}]
)
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
