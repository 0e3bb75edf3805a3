from datetime import timedelta

import pytest

from roster.goals.share_limit import ShareLimit
from roster.people import Leave
from tests.pricing import costs_agree
from tests.worlds import MONDAY, at, duty, person, world

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


def test_without_a_record_nothing_is_asked():
    assert costs(saturday()) == (0, 0)


def test_what_cannot_be_made_up_for_costs_nothing():
    """Bob is away on Saturday: he stays two behind, and no roster can help it."""
    away = Leave(staff_id="B", start=at(5, 0), end=at(6, 0))
    small = saturday(ANN, ANN, leave=(away,))
    assert WEEKENDS.measure(small.roster([])) == 0


def test_judge_and_model_agree():
    costs_agree(WEEKENDS, saturday(ANN, ANN, BOB))
    costs_agree(ShareLimit(burden="weekend", group=("desk/agent",), weight=7, within=0.6), saturday(BOB, BOB, BOB))
