from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from roster.goals.share_limit import ShareLimit
from roster.people import Leave
from tests.pricing import costs_agree
from tests.worlds import MONDAY, at, contract, duty, person, world

CHINA = ZoneInfo("Asia/Shanghai")
ANN, BOB = person("A"), person("B")
WEEKENDS = ShareLimit(burden="weekend", group=("desk/agent",), within=0.5)
SATURDAYS = tuple(MONDAY + timedelta(days=5 - 7 * k) for k in range(1, 4))
"""The three before the horizon."""


def saturday(*had, people=(ANN, BOB), **fields):
    """Ann's and Bob's place on the first Saturday of the horizon; `had` worked on the Saturdays before."""
    past = [(who, duty(day)) for day, who in zip(SATURDAYS, had, strict=False)]
    return world([(ANN, duty(5)), (BOB, duty(5))], days=6, past=past, people=list(people), **fields)


def costs(small):
    ann, bob = (small.roster([cell]) for cell in small.free)
    return WEEKENDS.measure(ann), WEEKENDS.measure(bob)


def test_only_what_lies_beyond_the_distance_costs():
    """Ann had two Saturdays and Bob one: two each is even, three to one is one off, half of it free."""
    ann, bob = costs(saturday(ANN, ANN, BOB))
    assert bob == 0
    assert ann == pytest.approx(2 * 100 * 0.5**2, abs=20)


def test_without_a_record_nothing_is_asked_of_those_who_will_miss_none():
    assert costs(saturday()) == (0, 0)


def test_what_cannot_be_made_up_for_costs_nothing():
    """Bob is away on Saturday: he stays two behind, and no roster can help it."""
    away = Leave(staff_id="B", start=at(5, 0), end=at(6, 0))
    small = saturday(ANN, ANN, leave=(away,))
    assert WEEKENDS.measure(small.roster([])) == 0


def test_judge_and_model_agree():
    costs_agree(WEEKENDS, saturday(ANN, ANN, BOB))
    costs_agree(ShareLimit(burden="weekend", group=("desk/agent",), weight=7, within=0.6), saturday(BOB, BOB, BOB))


def test_who_will_miss_later_holidays_may_be_ahead():
    """All were at work on New Year's day. Of the five statutory days after 2 May Ann misses four."""
    cyd, may = person("C"), date(2026, 5, 1)
    away = Leave(staff_id="A", start=datetime(2026, 9, 24, tzinfo=CHINA), end=datetime(2026, 10, 10, tzinfo=CHINA))
    small = world([(ANN, duty(may)), (BOB, duty(may))], days=2, start=may, leave=(away,),
                  past=[(who, duty(date(2026, 4, 5))) for who in (ANN, BOB)], people=[ANN, BOB, cyd],
                  contract=contract(period={"start": date(2026, 1, 1), "end": date(2026, 12, 31)}))  # fmt: skip
    ann, bob = (small.roster([cell]) for cell in small.free)
    goal = ShareLimit(burden="statutory", group=("desk/agent",), within=0.5)
    assert goal.measure(ann) < goal.measure(bob)


def test_on_new_years_day_who_will_miss_spring_festival_goes_first():
    """No roster is on record yet. Ann is away on six of the twelve statutory days to come: she has none to lose."""
    eve, new_year = date(2026, 1, 1), {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    away = tuple(
        Leave(staff_id="A", start=datetime(2026, *first, tzinfo=CHINA), end=datetime(2026, *after, tzinfo=CHINA))
        for first, after in (((2, 13), (2, 26)), ((4, 30), (5, 12)))
    )
    small = world([(ANN, duty(eve)), (BOB, duty(eve))], days=1, start=eve, leave=away, people=[ANN, BOB, person("C")],
                  contract=contract(period=new_year))  # fmt: skip
    ann, bob = (small.roster([cell]) for cell in small.free)
    goal = ShareLimit(burden="statutory", group=("desk/agent",), within=0.5)
    assert (goal.measure(ann), goal.measure(small.roster([]))) == (0, goal.measure(bob))
    assert goal.measure(bob) == pytest.approx(100 * (248 / 365 + 0.476 - 0.5) ** 2, abs=1)
    costs_agree(goal, small)
