from datetime import date

import pytest

from roster.calendar import DayOverride, DayType
from roster.rules.backup_turns import BackupTurns
from tests.pricing import costs_agree
from tests.worlds import agree, breaches, disagree, duty, person, world

RULE = BackupTurns(clauses=("T-1",), teams=("desk",))
ANN, BOB = person("A"), person("B")


def backup(who, day, **more):
    return (who, duty(day, kind="backup", **more))


def judged(*cells, rule=RULE, **fields):
    small = world(cells, **({"days": 14, "people": [ANN, BOB]} | fields))
    return breaches(rule, small.roster(small.free))


def test_saturday_and_sunday_are_successive():
    (breach,) = judged(backup(ANN, 5), backup(ANN, 6))
    assert (breach.staff_ids, breach.day, breach.points) == (("A",), date(2025, 3, 9), 1)
    assert judged(backup(ANN, 5), backup(BOB, 6)) == []


def test_sunday_and_the_next_saturday_are_successive_but_two_saturdays_are_not():
    assert [b.day for b in judged(backup(ANN, 6), backup(ANN, 12))] == [date(2025, 3, 15)]
    assert judged(backup(ANN, 5), backup(ANN, 12)) == []


def test_the_last_day_off_of_the_past_counts_and_the_past_itself_is_over():
    past = [backup(ANN, -2), backup(ANN, -1)]
    assert [b.day for b in judged(backup(ANN, 5), past=past)] == [date(2025, 3, 8)]
    assert judged(backup(BOB, 5), past=past) == []


def test_three_in_a_row_are_two_findings():
    assert len(judged(backup(ANN, 5), backup(ANN, 6), backup(ANN, 12))) == 2


def test_a_make_up_weekend_stretches_the_turn():
    worked = tuple(DayOverride(date(2025, 3, day), DayType.MAKEUP, "", "notice") for day in (8, 9))
    cells = [backup(ANN, -1), backup(ANN, 12)]
    assert judged(cells[1], past=cells[:1]) == []
    assert len(judged(cells[1], past=cells[:1], day_overrides=worked)) == 1
    small = world(cells[1:], past=cells[:1], days=14, day_overrides=worked)
    costs_agree(RULE, small)


def test_other_teams_and_on_call_are_no_turns():
    assert judged(backup(ANN, 5), backup(ANN, 6, team="lab", role="tech")) == []
    assert judged(backup(ANN, 5), (ANN, duty(6, kind="oncall"))) == []


WORLD = world(
    [
        backup(ANN, 5), backup(ANN, 6), backup(BOB, 6), backup(ANN, 12), backup(BOB, 13), backup(BOB, 12),
        (BOB, duty(5)), backup(ANN, 13, team="lab", role="tech"), backup(ANN, 9),
    ],
    days=14,
    past=[backup(BOB, -2), backup(BOB, -1), backup(ANN, -9)],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD)


class Weekends(BackupTurns):
    """A fault: only the two days of one weekend are taken as successive."""

    def require(self, m):
        for who in m.people():
            m.pair(who, lambda a, b: int(a.kind == b.kind == "backup" and a.team == b.team == "desk"), reach_days=1)


@pytest.mark.parametrize("broken", [{"teams": ("lab",)}, {"teams": ("desk", "lab")}])
def test_world_notices_a_fault(broken):
    disagree(WORLD, RULE, **broken)


def test_world_notices_a_turn_cut_at_the_weekend():
    with pytest.raises(AssertionError, match="pass the model but not the check"):
        agree(Weekends(clauses=("T-1",), teams=("desk",)), WORLD)
