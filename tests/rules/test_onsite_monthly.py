from datetime import date, timedelta

import pytest

from roster.rules.onsite_monthly import OnsiteMonthly
from tests.pricing import costs_agree
from tests.worlds import MONDAY, agree, disagree, duty, person, world

# March 2025 begins on a Saturday. Its 21 workdays: the weeks of the 3rd, 10th, 17th and 24th, and Monday the 31st.
RULE = OnsiteMonthly(clauses=("T-1",), team="desk", site="onsite", roles=("expert", "agent"))
DES, OPS = person("D", role="expert"), person("O")
SUB = person("S", skills=[("desk", "expert")])
SECOND, THIRD, FOURTH = (MONDAY + timedelta(days=days) for days in (7, 14, 21))


def days_of(who, *days, **more):
    """On-site days, numbered from MONDAY."""
    return [(who, duty(day, **({"role": who.role, "site": "onsite"} | more))) for day in days]


def judged(cells, *, rule=RULE, past=(), days=7, start=MONDAY):
    small = world(cells, days=days, past=past, people=[DES, OPS, SUB], start=start)
    return [
        (f.role, f.verdict, f.found, f.limit, f.points)
        for f in rule.check(small.roster(small.free))
        if f.verdict != "met"
    ]


WORKDAYS = [day for day in range(29) if day % 7 < 5]
MONTH = {"days": 29}


def test_sixteen_days_meet_the_month_and_fifteen_break_it():
    kept = days_of(DES, *WORKDAYS[-16:])
    assert judged([*kept, *days_of(OPS, *WORKDAYS[:16])], **MONTH) == []
    assert judged([*kept, *days_of(OPS, *WORKDAYS[:15])], **MONTH) == [("agent", "breached", 15, 16, 480)]


def test_the_finding_stands_on_the_last_day_of_the_month_in_the_horizon():
    small = world([], days=40, people=[DES, OPS])
    assert [f.day for f in RULE.check(small.roster(()))] == [date(2025, 3, 31)] * 2 + [date(2025, 4, 11)] * 2


@pytest.mark.parametrize(("hours", "counts"), [("9-13", True), ("9-12.59", False), ("9-12 12-13:lunch 13-14", True)])
def test_four_hours_at_the_site_make_a_day(hours, counts):
    found = judged([*days_of(DES, *range(4)), *days_of(OPS, 0, 1, 2), *days_of(OPS, 3, hours=hours)])
    assert found == ([] if counts else [("agent", "at_risk", 3, 4, 480)])


def test_two_half_days_of_different_people_and_another_site_are_no_day():
    halves = [*days_of(OPS, 3, hours="9-11"), *days_of(SUB, 3, hours="11-13"), *days_of(SUB, 4, site="office")]
    found = judged([*days_of(DES, *range(4)), *days_of(OPS, 0, 1, 2), *halves])
    assert found == [("agent", "at_risk", 3, 4, 480)]


def test_a_substitute_counts_for_the_role_covered():
    assert judged([*days_of(DES, 0, 1, 2), *days_of(SUB, 3, role="expert"), *days_of(OPS, *range(4))]) == []
    assert judged([*days_of(DES, 0, 1, 2), *days_of(SUB, 3), *days_of(OPS, *range(3))])[0][0] == "expert"


def test_mean_adds_the_roles_up():
    mean = RULE.model_copy(update={"basis": "mean"})
    cells = [*days_of(DES, *WORKDAYS), *days_of(OPS, *WORKDAYS[:11])]
    assert judged(cells, rule=mean, **MONTH) == []
    assert judged(cells[:-1], rule=mean, **MONTH) == [("", "breached", 31, 32, 480)]


def test_short_of_what_the_workdays_left_can_give_is_breached():
    """After three weeks 6 workdays are left: 10 of 16 days are needed by then, the pace asks for 12."""
    on_pace = days_of(DES, *WORKDAYS[:12])
    nine = [*on_pace, *days_of(OPS, *WORKDAYS[:9])]
    assert judged(nine, days=21) == [("agent", "breached", 9, 12, 3 * 480)]
    assert judged([*nine, *days_of(OPS, 18)], days=21) == [("agent", "at_risk", 10, 12, 2 * 480)]


ALONE = RULE.model_copy(update={"roles": ("agent",)})


@pytest.mark.parametrize(("done", "due"), [(5, 9), (4, 8), (3, 8), (2, 7), (1, 6)])
def test_a_known_past_sets_the_pace(done, due):
    """Of 16 workdays left five lie in the week: (16 - done) x 5 / 16, rounded up."""
    past = [*days_of(OPS, *range(done)), *days_of(OPS, *range(done, 5), site="office")]
    found = judged([], rule=ALONE, past=past, start=SECOND)
    assert [(f[2], f[3], f[4]) for f in found] == [(done, due, (due - done) * 480)]


def test_a_past_that_lost_the_month_is_breached_whatever_comes():
    """Two weeks without a day on site leave 11 workdays: 16 - 6 = 10 days are needed in a week of five."""
    past = days_of(OPS, *range(5), *range(7, 12), site="office")
    assert judged(days_of(OPS, *range(14, 19)), rule=ALONE, past=past, start=THIRD) == [
        ("agent", "breached", 5, 10, 5 * 480)
    ]


def test_without_a_past_of_the_month_the_pace_is_shown():
    week = [*days_of(DES, *range(7, 11)), *days_of(OPS, *range(7, 10))]
    before_the_month = days_of(OPS, -3)
    for past in ((), before_the_month):
        assert judged(week, start=SECOND, past=past) == [
            ("expert", "unknown", 4, 4, 0),
            ("agent", "at_risk", 3, 4, 480),
        ]


def test_a_past_from_the_middle_of_the_month_stays_unknown_unless_it_settles_the_matter():
    """From Monday the 17th on nobody was on site: 10 unknown days and the 31st give 11, five more are needed."""
    idle = days_of(OPS, *range(14, 19), site="office")
    assert judged(days_of(OPS, *range(21, 26)), rule=ALONE, past=idle, start=FOURTH) == [("agent", "unknown", 5, 5, 0)]
    assert judged(days_of(OPS, *range(21, 25)), rule=ALONE, past=idle, start=FOURTH) == [
        ("agent", "breached", 4, 5, 480)
    ]


TWO_MONTHS = world(
    [
        *days_of(DES, 25, 28, 29), *days_of(OPS, 28, 29, 30), (SUB, duty(25, "8-11.30", site="onsite")),
        (SUB, duty(29, "7-13", role="expert", site="onsite")), (SUB, duty(30, "9-13", role="expert", site="onsite")),
    ],
    start=MONDAY + timedelta(days=25),
    days=6,
    past=[
        *days_of(DES, *WORKDAYS[:12]), *days_of(OPS, *WORKDAYS[:13]), *days_of(DES, -3),
        *days_of(SUB, 21, role="expert"), *days_of(OPS, *WORKDAYS[13:19], site="office"),
    ],
    people=[DES, OPS, SUB],
)  # fmt: skip
ONE_WEEK = world(
    [*days_of(DES, 7, 8, 9, 10), *days_of(OPS, 8, 9, 10, 12), (SUB, duty(7, "14-20", site="onsite"))],
    start=SECOND,
    days=7,
    past=[*days_of(DES, 11), *days_of(OPS, -3)],
    people=[DES, OPS, SUB],
)
LATE = world(
    days_of(OPS, 21, 22, 23, 24, 25),
    start=FOURTH,
    days=7,
    past=days_of(OPS, 14, 15, 16, 17, 18, site="office"),
)
MEAN = RULE.model_copy(update={"basis": "mean"})


@pytest.mark.parametrize("rule", [RULE.model_copy(update={"days": 14}), MEAN.model_copy(update={"days": 14})])
@pytest.mark.parametrize("small", [TWO_MONTHS, ONE_WEEK])
def test_check_and_model_agree(rule, small):
    agree(rule, small)
    costs_agree(rule, small)


def test_check_and_model_agree_where_a_part_of_the_past_settles_it():
    agree(ALONE, LATE)
    costs_agree(ALONE, LATE)
    disagree(LATE, ALONE, days=15)


@pytest.mark.parametrize("broken", [{"basis": "mean"}, {"minutes": 180}, {"days": 17}, {"roles": ("agent",)}])
def test_world_notices_a_fault(broken):
    disagree(TWO_MONTHS, RULE.model_copy(update={"days": 14}), **broken)
