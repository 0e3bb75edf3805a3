from datetime import date, timedelta

import pytest

from roster.rules.team_hours import TeamHours
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, disagree, duty, person, world

# March 2025: 21 workdays, the weeks of the 3rd, 10th, 17th and 24th, and Monday the 31st. 28 h a week: 7056 minutes.
RULE = TeamHours(clauses=("T-1",), team="lab", hours_a_week=28)
TOM, SUB = person("T", team="lab", role="tech", fte=0.7), person("S", skills=[("lab", "tech")])
SECOND, FOURTH = MONDAY + timedelta(days=7), MONDAY + timedelta(days=21)
WORKDAYS = [day for day in range(29) if day % 7 < 5]


def lab(who, *days, hours="9-17", **more):
    return [(who, duty(day, hours, team="lab", role="tech", **more)) for day in days]


def judged(cells, *, rule=RULE, past=(), days=7, start=MONDAY):
    small = world(cells, days=days, past=past, people=[TOM, SUB], start=start)
    return [(f.verdict, f.found, f.limit, f.points) for f in rule.check(small.roster(small.free)) if f.verdict != "met"]


def test_the_month_s_mean_is_what_counts():
    """14 days of 8 h and one of 5.6 h make 117.6 h = 28 h x 21 / 5."""
    most = lab(TOM, *WORKDAYS[:14])
    assert judged([*most, *lab(TOM, 28, hours="9-14.36")], days=29) == []
    assert judged([*most, *lab(TOM, 28, hours="9-14.35")], days=29) == [("breached", 7055, 7056, 1)]


def test_the_finding_stands_on_the_last_day_of_the_month_in_the_horizon():
    small = world([], days=40, people=[TOM])
    assert [f.day for f in RULE.check(small.roster(()))] == [date(2025, 3, 31), date(2025, 4, 11)]


def test_breaks_are_paid_and_lunch_training_and_other_teams_are_not_work_of_the_team():
    week = lab(TOM, *range(3))  # 1440 of the 1680 minutes that are the first week's share
    assert judged([*week, *lab(TOM, 3, hours="9-12 12-12.30:break 12.30-13")]) == []
    assert judged([*week, *lab(TOM, 3, hours="9-12 12-13:lunch 13-14")]) == []
    other = [(TOM, duty(3)), *lab(SUB, 3, kind="training"), *lab(SUB, 4, hours="9-12 12-13:lunch 13-13.59")]
    assert judged([*week, *other]) == [("at_risk", 1679, 1680, 1)]


def test_a_substitute_s_hours_count_and_nobody_s_are_missing():
    assert judged([*lab(TOM, 0, 1), *lab(SUB, 3, 4)]) == []
    assert judged([]) == [("at_risk", 0, 1680, 1680)]


def test_short_of_eight_hours_on_each_workday_left_is_breached():
    """After four weeks the 31st alone is left: 7056 - 480 = 6576 minutes are needed, the pace asks for 6720."""
    thirteen = lab(TOM, *WORKDAYS[:13])
    assert judged([*thirteen, *lab(TOM, 25, hours="9-14.35")], days=26) == [("breached", 6575, 6720, 145)]
    assert judged([*thirteen, *lab(TOM, 25, hours="9-14.36")], days=26) == [("at_risk", 6576, 6720, 144)]


def test_a_team_of_two_posts_can_make_up_sixteen_hours_a_day():
    rule = RULE.model_copy(update={"hours_a_week": 56})
    both = [*lab(TOM, *WORKDAYS[:13]), *lab(SUB, *WORKDAYS[:13])]
    assert judged(both, rule=rule, days=26)[0][0] == "breached"
    assert judged([*both, *lab(TOM, 25, hours="0-12")], rule=rule, days=26)[0][0] == "at_risk"


@pytest.mark.parametrize(("done", "due"), [(5, 1455), (3, 1755), (0, 2205)])
def test_a_known_past_sets_the_pace(done, due):
    """(7056 - minutes done) x 5 / 16, rounded up."""
    past = [*lab(TOM, *range(done)), *((TOM, duty(day, "18-19")) for day in range(5))]
    assert [found[1:] for found in judged([], past=past, start=SECOND)] == [(done * 480, done * 480 + due, due)]


def test_without_a_past_of_the_month_the_share_is_shown():
    assert judged(lab(TOM, *range(7, 11)), start=SECOND) == [("unknown", 1920, 1680, 0)]
    assert judged(lab(TOM, *range(7, 10)), start=SECOND, past=lab(TOM, -3)) == [("at_risk", 1440, 1680, 240)]


def test_a_day_without_a_row_is_not_known():
    """Nobody is on record on the 5th: the week owes its even share, as if the past were not known."""
    past = [*lab(TOM, 0, 1), *((TOM, duty(day)) for day in (3, 4))]
    assert judged(lab(TOM, *range(7, 11)), past=past, start=SECOND) == [("unknown", 1920, 1680, 0)]


def test_a_past_from_the_middle_of_the_month_may_settle_the_matter():
    """Idle from the 10th on: five unknown days and the 31st give 48 h of 117.6; the week cannot hold the rest."""
    idle = [(TOM, duty(day)) for day in (*range(7, 12), *range(14, 19))]
    assert judged(lab(TOM, *range(21, 26)), past=idle, start=FOURTH) == [("breached", 2400, 4176, 1776)]


END_AND_START = world(
    [
        *lab(TOM, 25, 28, 29), *lab(TOM, 30, hours="8-13 13-14:lunch 14-15.45"), *lab(SUB, 28, hours="7-12.20"),
        *lab(SUB, 29, hours="14-23"), (SUB, duty(25)), *lab(SUB, 30, kind="oncall"),
        *lab(SUB, 25, kind="training", hours="17-19"),
    ],
    start=MONDAY + timedelta(days=25),
    days=6,
    past=[*lab(TOM, *WORKDAYS[:13]), *lab(SUB, -3, 21), *((TOM, duty(day)) for day in WORKDAYS[13:19])],
)  # fmt: skip
UNKNOWN = world(
    [*lab(TOM, 7, 8, 9), *lab(SUB, 10, hours="9-12.15"), *lab(SUB, 11, hours="10-18.30"), (SUB, duty(7))],
    start=SECOND,
    days=7,
    past=lab(TOM, 10, hours="6-8"),
)


@pytest.mark.parametrize("small", [END_AND_START, UNKNOWN])
def test_check_and_model_agree(small):
    agree(RULE, small)
    costs_agree(RULE, small)
    costs_agree(RULE.model_copy(update={"hours_a_week": 56}), small, samples=15)


@pytest.mark.parametrize(
    ("small", "broken"),
    [(END_AND_START, {"hours_a_week": 27}), (UNKNOWN, {"hours_a_week": 25}), (UNKNOWN, {"team": "desk"})],
)
def test_world_notices_a_fault(small, broken):
    disagree(small, RULE, **broken)
