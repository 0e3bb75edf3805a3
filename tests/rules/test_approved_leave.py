import pytest

from roster.people import Leave
from roster.rules.approved_leave import ApprovedLeave
from tests.worlds import MONDAY, agree, at, breaches, catches, duty, person, world

RULE = ApprovedLeave(clauses=("T-1",))
ANN, BOB = person("A"), person("B")


def leave(start, end, who="A", **fields):
    return Leave(staff_id=who, start=start, end=end, **fields)


def found(*cells, leave, past=(), days=3):
    small = world(cells, days=days, past=past, leave=tuple(leave))
    return breaches(RULE, small.roster(small.free))


def test_ending_when_the_leave_starts_keeps_it_and_a_minute_more_does_not():
    half = [leave(at(0, 13), at(1, 0))]
    assert found((ANN, duty(0, "9-13")), leave=half) == []
    (breach,) = found((ANN, duty(0, "9-13.01")), leave=half)
    assert (breach.found, breach.limit, breach.unit, breach.points) == (1, 0, "min", 1)
    assert (breach.day, breach.staff_ids) == (MONDAY, ("A",))


@pytest.mark.parametrize("kind", ["work", "training", "oncall", "backup"])
def test_no_kind_of_duty_is_allowed(kind):
    (breach,) = found((ANN, duty(0, "9-12 12-13:lunch 13-17", kind=kind)), leave=[leave(at(0, 0), at(1, 0))])
    assert breach.found == 480


def test_entries_that_overlap_count_once():
    (breach,) = found((ANN, duty(0)), leave=[leave(at(0, 0), at(1, 0)), leave(at(0, 9), at(0, 12))])
    assert breach.found == 480


def test_leave_not_approved_or_of_another_does_not_count():
    assert found((ANN, duty(0)), leave=[leave(at(0, 0), at(1, 0), approved=False)]) == []
    assert found((ANN, duty(0)), leave=[leave(at(0, 0), at(1, 0), who="B")]) == []


def test_a_night_of_the_last_day_runs_into_leave_after_the_horizon():
    (breach,) = found((ANN, duty(2, "22-30")), leave=[leave(at(3, 0), at(4, 0))])
    assert breach.found == 360


def test_the_past_is_not_judged():
    assert found(leave=[leave(at(-1, 0), at(1, 0))], past=[(ANN, duty(-1, "22-30"))]) == []


WORLD = world(
    [
        (ANN, duty(0, "9-13")), (ANN, duty(0, "9-13.01")), (ANN, duty(0, "9-12 16-20")), (ANN, duty(1, "8-12")),
        (ANN, duty(0, "22-30")), (ANN, duty(1, "17-33", kind="oncall")), (BOB, duty(0)),
        (BOB, duty(1, kind="training")),
    ],
    leave=(leave(at(0, 13), at(0, 16)), leave(at(1, 5), at(1, 8)), leave(at(1, 0), at(2, 0), who="B"),
           leave(at(2, 0), at(3, 0)), leave(at(0, 0), at(0, 11), approved=False)),
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


def test_world_notices_a_fault():
    def envelopes(m):
        m.forbid(c for c in m.cells() if m.problem.on_leave(c.person.staff_id, c.duty.start, c.duty.end))

    def work_only(m):
        m.forbid(
            c
            for c in m.cells()
            if c.duty.works and any(m.problem.on_leave(c.person.staff_id, s.start, s.end) for s in c.duty.spans)
        )

    catches(WORLD, RULE, envelopes)
    catches(WORLD, RULE, work_only)
