from datetime import timedelta

from roster.rules.no_overlap import NoOverlap
from tests.worlds import MONDAY, agree, at, breaches, catches, duty, person, world

RULE = NoOverlap(clauses=("T-1",))
ANN, BOB = person("A"), person("B")


def found(*cells, past=(), days=3):
    small = world(cells, days=days, past=past)
    return breaches(RULE, small.roster(small.free))


def test_meeting_at_a_minute_is_no_overlap_and_a_minute_more_is():
    assert found((ANN, duty(0, "9-17")), (ANN, duty(0, "17-33", kind="oncall"))) == []
    (breach,) = found((ANN, duty(0, "9-17.01")), (ANN, duty(0, "17-33", kind="oncall")))
    assert (breach.found, breach.limit, breach.unit, breach.points) == (1, 0, "min", 1)
    assert (breach.day, breach.staff_ids) == (MONDAY, ("A",))
    assert (breach.start, breach.end) == (at(0, 17), at(0, 17) + timedelta(minutes=1))


def test_a_stretch_may_lie_in_the_gap_of_a_split_shift():
    assert found((ANN, duty(0, "9-11 14-17")), (ANN, duty(0, "11-14", kind="training"))) == []


def test_two_people_overlap_freely():
    assert found((ANN, duty(0)), (BOB, duty(0))) == []


def test_the_same_shift_at_two_posts_overlaps():
    (breach,) = found((ANN, duty(0, post="desk")), (ANN, duty(0, post="phone")))
    assert breach.found == 480


def test_two_shifts_are_one_finding_that_names_them():
    lunch = "9-12 12-13:lunch 13-17"
    (breach,) = found((ANN, duty(0, lunch, shift="D1")), (ANN, duty(0, "11-12 12.30-14 18-20", shift="D2")))
    assert (breach.found, breach.start, breach.end) == (60 + 90, at(0, 11), at(0, 14))
    assert breach.note.en == "shifts D1 and D2 overlap"


def test_night_before_the_horizon_counts_and_the_past_alone_does_not():
    (breach,) = found((ANN, duty(0, "6-14")), past=[(ANN, duty(-1, "22-31"))])
    assert (breach.found, breach.day) == (60, MONDAY)
    assert found(past=[(ANN, duty(-1, "9-17")), (ANN, duty(-1, "16-20", kind="oncall"))]) == []


def test_a_night_overlaps_the_morning_after_the_last_day():
    (breach,) = found((ANN, duty(2, "22-32")), (ANN, duty(2, "20-23", kind="backup")))
    assert breach.found == 60


WORLD = world(
    [
        (ANN, duty(0, "8-9 11.30-16.30")), (ANN, duty(0, "9.15-11.15", kind="training")), (ANN, duty(0, "16.29-24")),
        (ANN, duty(0, "17-33", kind="oncall")), (ANN, duty(1, "8-12", kind="backup")), (ANN, duty(1, "9-12.15")),
        (ANN, duty(1, "12.15-20")), (BOB, duty(0, "9-17")), (BOB, duty(1, "22-30")),
    ],
    past=[(ANN, duty(-1, "23-31.30")), (BOB, duty(-1, "17-34", kind="oncall"))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)


def test_world_notices_a_fault():
    def envelopes(m):
        for who in m.people():
            m.pair(who, lambda a, b: int(b.start < a.end), reach_days=2)

    def same_day_only(m):
        for who in m.people():
            m.pair(who, lambda a, b: int(any(s.start < e.end and e.start < s.end for s in a.spans for e in b.spans)),
                   reach_days=0)  # fmt: skip

    catches(WORLD, RULE, envelopes)
    catches(WORLD, RULE, same_day_only)
