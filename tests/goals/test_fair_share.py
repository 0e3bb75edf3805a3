from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from roster.goals.fair_share import FairShare
from roster.people import Leave
from tests.pricing import by_model, costs_agree
from tests.worlds import MONDAY, at, contract, duty, person, world

CHINA = ZoneInfo("Asia/Shanghai")
ANN, BOB = person("A"), person("B")
ONCALL = FairShare(burden="on-call", group=("desk/agent",))


def night(day: int):
    return duty(day, "18-33", kind="oncall")


def test_even_is_cheaper_than_uneven():
    small = world([(ANN, night(0)), (ANN, night(1)), (BOB, night(0)), (BOB, night(1))])
    by = {(c.person.staff_id, c.duty.day.day): c for c in small.free}
    even = ONCALL.measure(small.roster([by["A", 3], by["B", 4]]))
    uneven = ONCALL.measure(small.roster([by["A", 3], by["A", 4]]))
    assert (even, uneven) == (200, 400)


def test_past_burdens_count():
    small = world([(ANN, night(0)), (BOB, night(0))], past=[(ANN, night(-1))])
    ann, bob = (next(c for c in small.free if c.person.staff_id == who) for who in "AB")
    assert ONCALL.measure(small.roster([bob])) < ONCALL.measure(small.roster([ann]))


def test_who_is_on_leave_half_the_time_owes_half_as_much():
    leave = Leave(staff_id="A", start=at(0, 0), end=at(2, 0))
    small = world([(ANN, night(2)), (BOB, night(2))], days=4, leave=(leave,))
    ann, bob = (next(c for c in small.free if c.person.staff_id == who) for who in "AB")
    assert ONCALL.measure(small.roster([ann])) == 2 * ONCALL.measure(small.roster([bob])) == 150


def test_who_is_excused_owes_nothing():
    goal = FairShare(burden="on-call", group=("desk/agent",), excused=("nursing",))
    mum = person("M", labour_flags=["nursing"])
    small = world([(mum, night(0))], people=[mum, ANN])
    assert goal.measure(small.roster(small.free)) == 0


@pytest.mark.parametrize(
    "goal",
    [
        ONCALL,
        FairShare(burden="on-site", group=("desk/agent",), site="onsite", weight=3),
        FairShare(burden="backup", group=("desk/agent", "lab/tech")),
        FairShare(burden="day-off-work", group=("desk/agent",)),
        FairShare(burden="weekend", group=("desk/agent",)),
        FairShare(burden="night", group=("desk/agent",), weight=2),
    ],
    ids=lambda goal: goal.burden,
)
def test_judge_and_model_agree(goal):
    cells = [
        (ANN, duty(4, "9-17", site="onsite")), (ANN, night(4)), (BOB, night(4)), (BOB, duty(4, "9-17", site="onsite")),
        (ANN, duty(5, "9-17", site="onsite")), (BOB, duty(5, kind="backup")), (ANN, duty(6, kind="backup")),
        (BOB, duty(6, "9-17")), (ANN, duty(3, "22-30")), (BOB, duty(3, "14-22")), (BOB, duty(2, "5.30-13.30")),
    ]  # fmt: skip
    costs_agree(goal, world(cells, days=7, past=[(ANN, night(-1)), (BOB, duty(-1, site="onsite"))]))


def test_statutory_burdens_fall_on_statutory_days():
    goal = FairShare(burden="statutory", group=("desk/agent",))
    small = world([(ANN, duty(32, kind="backup")), (ANN, duty(31, kind="backup"))], days=34)  # 2025-04-04 is Qingming
    by = {cell.duty.day.day: cell for cell in small.free}
    assert goal.measure(small.roster([by[3]])) == 0
    assert goal.measure(small.roster([by[4]])) == 100


def test_a_night_is_work_that_touches_ten_to_six_and_counts_on_its_date():
    goal = FairShare(burden="night", group=("desk/agent",))
    hours = ("22-30", "14-22", "6-14", "14-22.01", "5.59-13.59", "30-38")
    costs = [
        goal.measure((w := world([(ANN, duty(0, time)), (BOB, duty(1, "9-17"))])).roster(w.free)) for time in hours
    ]
    assert [cost > 0 for cost in costs] == [True, False, False, True, True, False]


def test_it_shows_who_is_farthest_from_the_share_by_availability():
    """Ann is there half as long as Bob: of three nights one is hers, two are his."""
    leave = Leave(staff_id="A", start=at(0, 0), end=at(2, 0))
    small = world([(BOB, night(0)), (BOB, night(1)), (ANN, night(2)), (ANN, night(3))], days=4, leave=(leave,),
                  contract=contract(period={"start": MONDAY, "end": "2025-12-31"}))  # fmt: skip
    *mine, last = small.free
    (even,) = ONCALL.shown(small.roster(mine), "T-1")
    assert (even.found, even.limit, even.verdict) == (0, 1, "met")
    (off,) = ONCALL.shown(small.roster([*mine[2:], last]), "T-1")
    assert (off.found, off.staff_ids, off.verdict) == (1.33, ("A",), "at_risk")
    assert "2 against a share of 0.67" in off.note.en


def test_who_has_too_few_may_be_the_farthest():
    cyd = person("C")
    small = world([(who, night(day)) for day, who in enumerate((ANN, ANN, BOB, BOB))], days=4, people=[ANN, BOB, cyd])
    (found,) = ONCALL.shown(small.roster(small.free), "T-1")
    assert (found.found, found.staff_ids) == (1.33, ("C",))


def test_an_even_share_of_an_unknown_past_is_unknown():
    small = world([(ANN, night(0)), (BOB, night(1))])
    (found,) = ONCALL.shown(small.roster(small.free), "T-1")
    assert (found.found, found.verdict) == (0, "unknown")
    nobody = world([(ANN, night(0))], people=[person("M", role="expert"), ANN])
    assert list(FairShare(burden="night", group=("lab/tech",)).shown(nobody.roster(()), "T-1")) == []


def test_reserve_people_may_be_left_out():
    reserve = person("R", reserve=True)
    small = world([(reserve, duty(5)), (ANN, duty(5)), (BOB, duty(5))])
    weekends = [FairShare(burden="weekend", group=("desk/agent",), reserve=having) for having in (True, False)]
    assert [goal.measure(small.roster(small.free)) for goal in weekends] == [300, 200]


HOLIDAYS = FairShare(burden="statutory", group=("desk/agent",))
YEAR_2026 = {"start": "2026-01-01", "end": "2026-12-31"}
NEW_YEAR = date(2026, 1, 1)


def new_year(*away):
    """Ann's or Bob's place on New Year's day of 2026, the first day of a contract; Ann is away on these days."""
    leave = [Leave(staff_id="A", start=first, end=last) for first, last in pairwise(away[:2])]
    leave += [Leave(staff_id="A", start=first, end=last) for first, last in pairwise(away[2:])]
    cells = [(ANN, duty(NEW_YEAR)), (BOB, duty(NEW_YEAR))]
    return world(cells, days=3, start=NEW_YEAR, leave=leave, people=[ANN, BOB, person("C")],
                 contract=contract(period=YEAR_2026))  # fmt: skip


def costs(small):
    return [HOLIDAYS.measure(small.roster([cell])) for cell in small.free]


SPRING = (datetime(2026, 2, 14, tzinfo=CHINA), datetime(2026, 2, 24, tzinfo=CHINA))
MAY = (datetime(2026, 4, 30, tzinfo=CHINA), datetime(2026, 5, 12, tzinfo=CHINA))


def test_who_will_be_away_on_too_many_later_holidays_takes_this_one():
    """Of the 12 statutory days after New Year's day Ann can have 6 where she misses both; her share is 6.5 or so."""
    ann, bob = costs(new_year(*SPRING, *MAY))
    assert ann < bob
    ann, bob = costs(new_year(*SPRING))  # what she misses can be made up for
    assert ann == bob


def test_looking_ahead_the_model_agrees_with_the_judge():
    costs_agree(HOLIDAYS, new_year(*SPRING, *MAY))


def test_judge_and_model_agree_where_no_burden_can_fall():
    """Days without a holiday; Ann is away on later ones, and what that makes uneven is there already."""
    leave = [Leave(staff_id="A", start=first, end=last) for first, last in (SPRING, MAY)]
    work, everybody = date(2026, 1, 5), [ANN, BOB, person("C")]
    small = world([(ANN, duty(work)), (BOB, duty(work))], days=2, start=work, leave=leave, people=everybody,
                  contract=contract(period=YEAR_2026))  # fmt: skip
    cost = HOLIDAYS.measure(small.roster([]))
    assert cost > 0
    assert by_model([HOLIDAYS], small, frozenset(), HOLIDAYS.level) == cost


def test_backups_on_statutory_days_may_be_kept_apart():
    apart = FairShare(burden="statutory", group=("desk/agent",), standby="apart")
    small = world([(ANN, duty(32, kind="backup")), (BOB, duty(32))], days=34)
    backup, work = (small.roster([cell]) for cell in small.free)
    assert [goal.measure(backup) < goal.measure(work) for goal in (HOLIDAYS, apart)] == [False, True]
