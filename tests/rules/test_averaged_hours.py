from datetime import date, timedelta

import pytest

from roster.loading.labour import rule_set
from roster.people import Leave
from roster.rules.averaged_hours import AveragedHours
from tests.worlds import MONDAY, agree, at, breaches, catches, disagree, duty, person, world

(LAW,) = (entry for entry in rule_set()["rule"] if entry["kind"] == "averaged_hours")
RULE = AveragedHours.model_validate(LAW | {"clauses": ("T-1",), "pace_hours": None})
PACED = AveragedHours.model_validate(LAW | {"clauses": ("T-1",)})
MONTHLY, WEEKLY = person("M", hours_system="month"), person("W", hours_system="week")
WORKDAYS = [day for day in range(29) if day % 7 < 5]  # the 21 workdays of March 2025, whose 1st is a Saturday
LAST = 28
MAKE_UP = date(2025, 1, 20)  # Monday of the week whose Sunday is worked for the Spring Festival


def judged(cells=(), *, rule=RULE, people=(MONTHLY,), days=29, start=MONDAY, past=(), **fields):
    small = world(cells, days=days, people=people, start=start, past=past, **fields)
    return [
        (f.staff_ids, f.verdict, round(f.found * 60), round(f.limit * 60), f.points)
        for f in rule.check(small.roster(small.free))
    ]


def full_days(who, count, *, first=MONDAY, hours="9-12 12-13:lunch 13-18"):
    return [(who, duty(first + timedelta(days=day), hours)) for day in WORKDAYS[:count]]


def test_a_month_holds_the_norm_and_a_minute_more_breaks_it():
    """20.67 workdays x 8 h are 165.36 h, so 9921 whole minutes."""
    cells = [*full_days(MONTHLY, 20), (MONTHLY, duty(LAST, "9-14.21"))]
    assert judged(cells) == [(("M",), "met", 9921, 9921, 0)]
    assert judged([*cells[:-1], (MONTHLY, duty(LAST, "9-14.22"))]) == [(("M",), "breached", 9922, 9921, 1)]


@pytest.mark.parametrize(
    ("system", "year", "hours"),
    [("month", 2024, 166.64), ("month", 2025, 165.36), ("quarter", 2024, 500), ("quarter", 2025, 496),
     ("year", 2024, 2000), ("year", 2025, 1984), ("year", 2026, 1984), ("year", 1999, 2000), ("week", 2025, 40)],
)  # fmt: skip
def test_the_norms_of_the_law(system, year, hours):
    (finding,) = judged(people=[person("P", hours_system=system)], start=date(year, 3, 18), days=1)
    assert finding[3] == int(hours * 60)


def test_training_and_a_paid_break_are_working_time_and_standing_by_is_not():
    cells = [(MONTHLY, duty(0, "9-10 10-11:break")), (MONTHLY, duty(1, "9-11", kind="training"))]
    assert judged([*cells, (MONTHLY, duty(2, kind="oncall")), (MONTHLY, duty(3, kind="backup"))])[0][2] == 240


def test_long_days_level_out_within_the_period():
    long = [(WEEKLY, duty(day, "8-20")) for day in (0, 1, 2)]
    assert judged([*long, (WEEKLY, duty(3, "8-12"))], people=[WEEKLY], days=7) == [(("W",), "met", 2400, 2400, 0)]
    assert judged([*long, (WEEKLY, duty(3, "8-12.01"))], people=[WEEKLY], days=7)[0][1:] == ("breached", 2401, 2400, 1)


def test_a_week_with_a_make_up_day_takes_eight_hours_for_each_workday():
    found = judged(people=[WEEKLY], start=MAKE_UP, days=14)
    assert [limit for *_, limit, _ in found] == [48 * 60, 40 * 60]


def test_standard_hours_are_left_to_their_own_rule():
    people = [person("S")]
    assert judged([(people[0], duty(0, "8-23"))], people=people) == [((), "met", 0, 0, 0)]


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({"fte": 0.5}, 4960),  # 9921.6 / 2
        ({"employed_from": date(2025, 3, 17)}, 5197),  # 11 of 21 workdays
        ({"employed_to": date(2025, 3, 16), "fte": 0.7}, 3307),  # 10 of 21 workdays x 0.7
        ({"employed_from": date(2025, 3, 29), "employed_to": date(2025, 3, 30)}, 0),  # a weekend only
    ],
)
def test_a_part_of_a_post_and_of_the_period(fields, minutes):
    assert judged(people=[person("M", hours_system="month", **fields)]) == [(("M",), "met", 0, minutes, 0)]


def test_who_is_not_employed_in_the_period_is_not_judged():
    assert judged(people=[person("M", hours_system="month", employed_to=MONDAY - timedelta(days=5))]) == []


def leave(first, last, **fields):
    return Leave(staff_id="M", start=at(first, 0), end=at(last + 1, 0), **fields)


@pytest.mark.parametrize(
    ("entries", "minutes"),
    [
        ([leave(3, 7)], 9921 - 3 * 480),  # Thursday to Monday: the weekend counts nothing
        ([leave(3, 3, approved=False)], 9921),
        ([Leave(staff_id="M", start=at(3, 13), end=at(3, 17))], 9921 - 240),
        ([leave(3, 3), Leave(staff_id="M", start=at(3, 13), end=at(3, 17))], 9921 - 480),
        ([leave(-2, 40)], 0),
    ],
)
def test_approved_leave_on_workdays_is_taken_off(entries, minutes):
    assert judged(leave=tuple(entries))[0][3] == minutes


def test_leave_of_a_part_time_post_weighs_as_much_as_the_post():
    half = person("M", hours_system="month", fte=0.5)
    assert judged(people=[half], leave=(leave(3, 4),))[0][3] == 4960 - 480


def test_hours_before_the_horizon_count_and_an_open_period_has_a_ceiling_so_far():
    past = full_days(MONTHLY, 10)
    week = {"start": MONDAY + timedelta(days=14), "days": 7, "past": past}
    cells = full_days(MONTHLY, 5, first=MONDAY + timedelta(days=14))
    assert judged(cells, **week) == [(("M",), "met", 15 * 480, 9921, 0)]
    longer = full_days(MONTHLY, 5, first=MONDAY + timedelta(days=14), hours="8-24")
    assert judged([*longer, (MONTHLY, duty(19, "8-14"))], **week) == [(("M",), "breached", 9960, 9921, 39)]


def test_without_the_past_of_the_period_the_figure_is_so_far():
    week = {"start": MONDAY + timedelta(days=14), "days": 7}
    cells = full_days(MONTHLY, 5, first=MONDAY + timedelta(days=14))
    some = full_days(MONTHLY, 10)[:-1]
    assert judged(cells, **week) == [(("M",), "unknown", 2400, 9921, 0)]
    assert judged(cells, past=some, **week) == [(("M",), "unknown", 14 * 480, 9921, 0)]
    newcomer = person("M", hours_system="month", employed_from=week["start"])
    assert judged(full_days(newcomer, 5, first=week["start"]), people=[newcomer], **week)[0][1:3] == ("met", 2400)


def test_a_breach_is_certain_whatever_the_past_was():
    week = {"start": MONDAY + timedelta(days=14), "days": 12}
    (breach,) = judged(full_days(MONTHLY, 10, first=week["start"], hours="7-24"), **week)
    assert breach[1:] == ("breached", 10200, 9921, 279)


def test_a_past_over_the_limit_is_no_breach_of_a_roster_that_adds_nothing():
    past = full_days(MONTHLY, 11, hours="8-24")
    week = {"start": MONDAY + timedelta(days=16), "days": 3, "past": past}
    assert judged(**week)[0][1:] == ("at_risk", 10560, 9921, 0)
    assert judged([(MONTHLY, duty(16, "9-10"))], **week)[0][1:] == ("breached", 10620, 9921, 699)


def test_planned_overtime_raises_the_limit_but_not_for_protected_people():
    some = RULE.model_copy(update={"overtime_hours_a_month": 36})
    assert judged(rule=some)[0][3] == 9921 + 36 * 60
    quarterly = person("Q", hours_system="quarter")
    assert judged(rule=some, people=[quarterly])[0][3] == (496 + 108) * 60
    assert judged(rule=some, people=[person("M", hours_system="month", labour_flags={"nursing"})])[0][3] == 9921


def test_no_more_than_the_law_allows_can_be_planned():
    with pytest.raises(ValueError, match="less than or equal to 36"):
        AveragedHours.model_validate(LAW | {"overtime_hours_a_month": 36.5})


def test_each_period_of_the_horizon_is_judged_on_its_last_day_in_it():
    small = world([], days=40, people=[MONTHLY])
    found = [(f.day, f.verdict, f.note is not None) for f in RULE.check(small.roster(()))]
    assert found == [(date(2025, 3, 31), "met", False), (date(2025, 4, 11), "met", True)]


PART = person("P", hours_system="quarter", fte=0.5, employed_from=date(2025, 3, 26))
FRIDAY = {"start": MONDAY + timedelta(days=25), "days": 6}
MONTH = world(  # 20.67 x 480 less a day of leave leaves 9441 minutes, of which 8640 are worked: 801 are left
    [
        (MONTHLY, duty(25, "9-17")), (MONTHLY, duty(25, "17-18.21", kind="training")), (MONTHLY, duty(28, "8-12")),
        (MONTHLY, duty(28, "12-12.01")), (MONTHLY, duty(28, "13-20", kind="oncall")), (MONTHLY, duty(29, "8-24")),
        (MONTHLY, duty(28, "20-24")),
    ],
    past=full_days(MONTHLY, 18), leave=(leave(24, 24),), **FRIDAY,
)  # fmt: skip
QUARTER = world(  # 4 of 59 workdays of 62 x 480, less a day of leave, in a half post: 768 minutes
    [
        (PART, duty(28, "8-16")), (PART, duty(25, "8-12")), (PART, duty(26, "9-9.48")), (PART, duty(27, "8-8.01")),
        (PART, duty(29, "0-24")), (WEEKLY, duty(25, "8-16")), (WEEKLY, duty(26, "9-9.01")),
    ],
    past=[(WEEKLY, duty(day, "8-16")) for day in range(21, 25)],
    leave=(Leave(staff_id="P", start=at(25, 8), end=at(25, 16)),), **FRIDAY,
)  # fmt: skip
SIX_DAYS = world(
    [(WEEKLY, duty(MAKE_UP + timedelta(days=day), "9-17")) for day in (0, 1, 2, 3, 4, 6)]
    + [(WEEKLY, duty(MAKE_UP, "20-20.01")), (WEEKLY, duty(MAKE_UP + timedelta(days=7), "8-17"))],
    start=MAKE_UP, days=8,
)  # fmt: skip
OVER = world(
    [(MONTHLY, duty(16)), (MONTHLY, duty(17, kind="oncall"))],
    past=full_days(MONTHLY, 11, hours="8-24"), start=MONDAY + timedelta(days=16), days=3,
)  # fmt: skip


@pytest.mark.parametrize("small", [MONTH, QUARTER, SIX_DAYS, OVER])
def test_check_and_model_agree(small):
    agree(RULE, small)


def test_check_and_model_agree_with_overtime():
    agree(RULE.model_copy(update={"overtime_hours_a_month": 3}), MONTH)


@pytest.mark.parametrize(
    ("small", "broken"),
    [
        (MONTH, {"hours_a_day": 8.1}), (QUARTER, {"hours_a_day": 7.9}), (QUARTER, {"hours_a_week": 40.1}),
        (MONTH, {"overtime_hours_a_month": 4}), (MONTH, {"norms": LAW["norms"][:1]}),
        (QUARTER, {"norms": LAW["norms"][:1]}), (SIX_DAYS, {"hours_a_day": 7.9}),
    ],
)  # fmt: skip
def test_world_notices_a_fault(small, broken):
    disagree(small, RULE, **broken)


def test_world_notices_that_leave_or_the_month_is_forgotten():
    def states(minutes, first):
        def require(m):
            days = [MONDAY + timedelta(days=day) for day in range(first, 29)]
            m.total(MONTHLY, lambda duty: duty.working_minutes, days=days, at_most=minutes)

        return require

    assert breaches(RULE, MONTH.roster(MONTH.free))
    catches(MONTH, RULE, states(9921, -2))
    catches(MONTH, RULE, states(9441, 25))


def test_a_week_leaves_the_rest_of_the_month_its_share():
    """The two days of March before the horizon are on record: 7 of the 29 left share 165.35 h - 8 h, plus 8 h."""
    past = [(MONTHLY, duty(-2, "9-17")), (WEEKLY, duty(-1, "9-17"))]
    share = (9921 - 480) * 7 // 29 + 480
    days = [(MONTHLY, duty(day, "8-17")) for day in range(5)]
    kept = judged([*days[:4], (MONTHLY, duty(4, "8-16.15"))], rule=PACED, days=7, past=past)
    assert share == 2758
    assert [verdict for _, verdict, *_ in kept] == ["met"]
    over = judged([*days, (MONTHLY, duty(5, "8-17"))], rule=PACED, days=7, past=past)
    assert over[1] == (("M",), "at_risk", 6 * 540, share, 6 * 540 - share)


def test_the_last_days_of_a_known_month_may_use_what_is_left():
    past = [(MONTHLY, duty(day, "9-17" if day == 0 else "9-10")) for day in range(-2, 22)]
    week = [(MONTHLY, duty(day, "6-20")) for day in range(22, 29)]
    found = judged(week, rule=PACED, days=7, start=MONDAY + timedelta(days=22), past=past)
    assert [verdict for _, verdict, *_ in found] == ["met"]


def test_check_and_model_agree_on_the_pace():
    short = AveragedHours.model_validate(PACED.model_dump() | {"pace_hours": 1})
    cells = [(WEEKLY, duty(day, hours)) for day in range(3) for hours in ("8-20", "8-14")]
    agree(short, world([*cells, (WEEKLY, duty(0, "8-17.01"))], days=3, people=[WEEKLY]))
