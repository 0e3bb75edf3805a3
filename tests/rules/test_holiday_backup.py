from datetime import date

import pytest

from roster.rules.holiday_backup import HolidayBackup
from tests.pricing import costs_agree
from tests.worlds import agree, breaches, disagree, duty, person, world

RULE = HolidayBackup(clauses=("T-1",), teams=("desk",))
ANN, BOB = person("A"), person("B", role="expert")
TEC = person("T", team="lab", role="tech")


def judged(*cells, rule=RULE, **fields):
    small = world(cells, people=[ANN, BOB, TEC], **({"days": 7} | fields))
    return breaches(rule, small.roster(small.free))


def test_each_day_off_needs_a_name():
    (breach,) = judged((ANN, duty(5, kind="backup")))
    assert (breach.day, breach.found, breach.limit, breach.points) == (date(2025, 3, 9), 0, 1, 480)
    assert judged((ANN, duty(5, kind="backup")), (BOB, duty(6, role="expert", kind="backup"))) == []


@pytest.mark.parametrize("kind", ["oncall", "work"])
def test_on_call_or_work_is_no_backup(kind):
    assert len(judged((ANN, duty(5, kind=kind)), (ANN, duty(6, kind=kind)))) == 2


def test_teams_may_share_a_backup():
    joint = HolidayBackup(clauses=("T-1",), teams=("desk", "lab"))
    cells = [(TEC, duty(day, team="lab", role="tech", kind="backup")) for day in (5, 6)]
    assert judged(*cells, rule=joint) == []
    assert len(judged(*cells)) == 2


def test_two_backups_can_be_asked_for():
    rule = HolidayBackup(clauses=("T-1",), teams=("desk",), people=2)
    assert [(b.found, b.staff_ids, b.points) for b in judged((ANN, duty(5, kind="backup")), rule=rule)] == [
        (1, ("A",), 480),
        (0, (), 960),
    ]


WORLD = world(
    [
        (ANN, duty(5, kind="backup")), (BOB, duty(5, "8-12", role="expert", kind="backup")),
        (TEC, duty(5, kind="oncall")), (ANN, duty(6)), (BOB, duty(6, role="expert", kind="backup")),
        (ANN, duty(4, kind="backup")), (TEC, duty(6, team="lab", role="tech", kind="backup")),
    ],
    days=7,
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD)


@pytest.mark.parametrize("broken", [{"people": 2}, {"teams": ("desk", "lab")}, {"days": "every-day"}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)
