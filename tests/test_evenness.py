"""What a roster's evenness is measured against."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.evenness import even_split, least_turns, light_days, told_distance
from benchmarks.hotline import START, problem
from roster.burdens import BurdenGoal
from roster.options import options, rows_of
from roster.roster import Roster


@pytest.fixture(scope="module")
def week():
    """Eight agents, of whom A0000 and A0004 are away from Monday to Friday."""
    return problem(8, 7, interval_minutes=60)


def goal_of(week, burden):
    return next(goal for goal in week.contract.goals if isinstance(goal, BurdenGoal) and goal.burden == burden)


def working(week, **days):
    """Early shifts on those days after the first."""
    cells = [
        cell
        for cell in options(week)
        if cell.duty.shift == "E" and (cell.duty.day - START).days in days.get(cell.person.staff_id, ())
    ]
    return Roster(week, tuple(half for cell in cells for row in rows_of(cell) for half in halves(row)))


def halves(row):
    """A row in two, as a lunch would part it."""
    noon = row.start + (row.end - row.start) / 2
    return replace(row, end=noon), replace(row, start=noon)


def test_whoever_has_only_the_weekend_free_must_work_on_it(week):
    goal = goal_of(week, "weekend")
    assert light_days(goal, week) == [START + timedelta(days=k) for k in range(5)]
    least = least_turns(goal, week, working(week, A0000=(5, 6), A0001=(0, 5, 6), A0002=(0, 1, 2, 3, 4, 5)))
    assert {who: count for who, count in least.items() if count} == {"A0000": 2, "A0002": 1}


def test_any_day_has_room_for_work_that_is_no_night(week):
    goal = goal_of(week, "night")
    assert len(light_days(goal, week)) == 7
    assert not any(least_turns(goal, week, working(week, A0002=range(7))).values())


def test_turns_beyond_those_that_must_be_go_where_they_cost_least(week):
    goal = goal_of(week, "weekend")
    prices = goal.prices(week)
    split = even_split(goal, week, 8, {"A0000": 2})
    assert split["A0000"] == 2
    assert split["A0004"] == 0, "who is away all week has the smallest share"
    assert sorted(split[who] for who in prices if who not in ("A0000", "A0004")) == [1] * 6
    assert split.total() == 8


def test_the_cost_is_told_beside_that_of_the_best_deal(week):
    goal, present = goal_of(week, "weekend"), {f"A000{k}": (5,) for k in (1, 2, 3, 5, 6, 7)}
    assert "cost 0.00% above the even split" in told_distance(goal, week, working(week, **present))
    uneven = told_distance(goal, week, working(week, **(present | {"A0001": (5, 6), "A0002": ()})))
    assert float(uneven.partition("; cost ")[2].partition("%")[0]) > 0
    bound = told_distance(goal, week, working(week, **present, A0000=(5, 6)))
    assert "cost 0.00% above the even split (" in bound
    assert float(bound.partition("split (")[2].partition("%")[0]) > 0
