from datetime import date

import pytest

from roster.people import Leave
from roster.rules.reserve_use import ReserveUse
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, at, breaches, disagree, duty, person, world

RULE = ReserveUse(clauses=("T-1",), beyond=("monitor",))
ANN, BOB = person("A"), person("B")
RES, SUB = (person(who, reserve=True, skills=[("lab", "tech")]) for who in ("R", "S"))


def away(who, start, end, **more):
    return Leave(staff_id=who.staff_id, start=at(*start), end=at(*end), **more)


def judged(*cells, leave=(), days=1, people=(ANN, BOB, RES, SUB)):
    small = world(cells, days=days, people=people, leave=leave)
    return breaches(RULE, small.roster(small.free))


def test_the_reserve_works_only_while_somebody_is_away():
    (breach,) = judged((RES, duty(0)))
    assert (breach.day, breach.found, breach.limit, breach.staff_ids, breach.points) == (MONDAY, 1, 0, ("R",), 960)
    assert judged((RES, duty(0)), leave=[away(ANN, (0, 0), (0, 24))]) == []
    assert len(judged((RES, duty(0)), (SUB, duty(0)), leave=[away(ANN, (0, 0), (0, 24))])) == 1


@pytest.mark.parametrize(
    ("start", "end", "covers"),
    [((0, 0), (0, 8), False), ((0, 0), (0, 8 + 1 / 60), True), ((0, 18), (0, 24), False), ((0, 17.5), (0, 18), True)],
)
def test_leave_counts_where_it_touches_the_working_day(start, end, covers):
    assert (judged((RES, duty(0)), leave=[away(ANN, start, end)]) == []) is covers


def test_leave_that_is_not_approved_gives_no_room():
    assert len(judged((RES, duty(0)), leave=[away(ANN, (0, 0), (0, 24), approved=False)])) == 1


def test_leave_of_another_role_gives_no_room():
    whole_day = [away(ANN, (0, 0), (0, 24))]
    assert len(judged((RES, duty(0, team="lab", role="tech")), leave=whole_day)) == 1


def test_a_person_no_longer_employed_may_be_covered():
    gone = person("B", employed_to=date(2025, 3, 2))
    assert judged((RES, duty(0)), people=[ANN, gone, RES]) == []


def test_extra_posts_on_call_and_enrolled_people_are_free():
    assert judged((RES, duty(0, post="monitor")), (SUB, duty(0, kind="oncall")), (BOB, duty(0))) == []


def test_the_leave_of_one_reserve_person_covers_nobody():
    assert len(judged((RES, duty(0)), leave=[away(SUB, (0, 0), (0, 24))])) == 1


WORLD = world(
    [
        (RES, duty(0)), (SUB, duty(0, "7-15")), (BOB, duty(0, "9-13")), (RES, duty(1, post="monitor")),
        (SUB, duty(1, "8-12.30")), (RES, duty(1, "20-22", team="lab", role="tech")), (SUB, duty(1, kind="backup")),
        (RES, duty(2, "9-21")), (SUB, duty(2)),
    ],
    days=3,
    people=[ANN, BOB, RES, SUB, person("T", team="lab", role="tech", employed_to=MONDAY)],
    leave=[away(SUB, (1, 0), (2, 0)), away(ANN, (0, 0), (1, 0)), away(ANN, (2, 16), (3, 0)), away(BOB, (2, 0), (2, 8))],
)  # fmt: skip


def test_check_and_model_agree():
    agree(RULE, WORLD)
    costs_agree(RULE, WORLD)


class Generous(ReserveUse):
    """A fault: one reserve person too many is let through."""

    def require(self, m):
        for day in m.days():
            lent = [c for c in m.cells(day) if c.person.reserve and c.duty.works and c.duty.post not in self.beyond]
            m.at_most(dict.fromkeys(lent, 1), 1, points=480)


def test_world_notices_a_fault():
    disagree(WORLD, RULE, beyond=())
    with pytest.raises(AssertionError, match="pass the model but not the check"):
        agree(Generous(clauses=("T-1",), beyond=("monitor",)), WORLD)
