"""People who are alike: the flow's bound, its paths, the exchanges; and what they must not be used for."""

from dataclasses import replace

import pytest

from benchmarks import roster_a, roster_f
from benchmarks.rotation import SHIFTS, START, Size, denied, duties_of, hard_faults, problem
from roster.people import Request
from roster.problem import Problem
from roster.roster import Roster
from roster.scorecard import scorecard
from solver.build import build
from solver.explain_world import changed
from solver.levels import Settings
from solver.model import Model
from solver.search.alike import begin
from solver.solving import solve, solve_recorded
from tests.conftest import AMPLE_S

SETTINGS = Settings(time_limit=AMPLE_S)
WEEK = Size(10, 7, {"M": 3, "A": 2, "N": 1})
FORTNIGHT = Size(14, 14, {"M": 4, "A": 3, "N": 2})


def fair(size: Size = WEEK) -> Problem:
    return problem(size, roster_f.made(size))


def plain(asked: Problem):
    """The outcome without the start under test."""
    return solve(Model(build(asked)), SETTINGS)


def points(outcome) -> dict[int, tuple[int, int]]:
    return {result.level: (result.objective, result.bound) for result in outcome.levels}


@pytest.mark.parametrize("made", [roster_a, roster_f], ids=["enough", "fair"])
def test_the_start_keeps_every_rule_and_the_whole_is_proven(made):
    asked = problem(FORTNIGHT, made.made(FORTNIGHT))
    outcome = solve_recorded(build(asked), SETTINGS)
    assert outcome.status == "OPTIMAL"
    measured = scorecard(Roster(asked, outcome.rows))
    assert {level: value for level, (value, _) in points(outcome).items()} == {k: measured[k] for k in range(2, 7)}
    duties = duties_of(outcome)
    assert hard_faults(FORTNIGHT, duties) == 0
    assert made.score(FORTNIGHT, duties) == measured[4]


@pytest.mark.parametrize("made", [roster_a, roster_f], ids=["enough", "fair"])
def test_a_large_problem_goes_on_from_the_start(made):
    """The annealing takes the cells of the start over, and its bounds hold."""
    asked = problem(FORTNIGHT, made.made(FORTNIGHT))
    outcome = solve_recorded(build(asked), SETTINGS, large=0)
    assert outcome.status == "OPTIMAL"
    measured = scorecard(Roster(asked, outcome.rows))
    assert {level: value for level, (value, _) in points(outcome).items()} == {k: measured[k] for k in range(2, 7)}


def test_the_bound_is_that_of_cp_sat():
    begun = begin(build(fair()), 20)
    other = plain(fair())
    assert other.status == "OPTIMAL"
    assert begun.bounds[4] == points(other)[4][0]


def test_a_shortage_that_nobody_can_help_is_the_bound():
    """Six shifts of nights a day for five people under 40 hours a week: short whatever is done."""
    size = Size(5, 7, {"M": 1, "A": 1, "N": 3})
    begun, other = begin(build(fair(size)), 20), plain(fair(size))
    assert begun.bounds[2] == points(other)[2][0] > 0
    roster = solve_recorded(build(fair(size)), SETTINGS)
    assert points(roster)[2] == points(other)[2]


def test_targets_may_differ_by_person():
    """Three people who should have nothing, the others all the more: still alike to every rule."""
    asked = fair()
    own = {person.staff_id: 0 for person in asked.people[:3]}
    goals = [goal.model_copy(update={"targets": own}) for goal in asked.contract.goals]
    other = changed(asked, contract=asked.contract.model_copy(update={"goals": tuple(goals)}))
    begun = begin(build(other), 20)
    assert begun is not None
    outcome = solve_recorded(build(other), SETTINGS)
    assert begun.bounds[4] <= points(outcome)[4][0]
    assert points(outcome)[4][0] == scorecard(Roster(other, outcome.rows))[4]


def test_the_bound_knows_what_a_person_can_reach():
    """Targets of seven days for people who have five: CP-SAT agrees with what that costs at least."""
    size = replace(WEEK, parts=(1.0,) * 4 + (0.25,) * 6)
    assert max(roster_f.targets(size)["shifts"]) > 5
    begun, other = begin(build(fair(size)), 20), plain(fair(size))
    assert other.status == "OPTIMAL"
    assert begun.bounds[4] == points(other)[4][0] > 0


def test_the_bound_knows_who_wishes_for_what():
    """Four want the one night of a day, two of them more than the others; a day off is there for whom wants it."""
    wished = [Request(staff_id=str(k), date=START, kind="shift", shift="N", weight=1 + k // 2) for k in range(4)]
    size = replace(WEEK, wishes=(*wished, Request(staff_id="9", date=START, kind="off", weight=3)))
    asked = problem(size, roster_a.made(size))
    begun, other = begin(build(asked), 20), plain(asked)
    assert begun.bounds[5] == points(other)[5][0] == 1 + 1 + 2
    outcome = solve_recorded(build(asked), SETTINGS)
    assert outcome.status == "OPTIMAL"
    assert denied(size, duties_of(outcome)) == 4


def test_a_wish_is_counted_and_never_lifts_the_bound():
    asked = fair()
    requests = [{"staff_id": "0", "date": day, "kind": "off", "weight": 9} for day in asked.horizon.dates]
    goals = [*asked.contract.model_dump(by_alias=True)["goal"], {"kind": "wishes"}]
    contract = type(asked.contract).model_validate(asked.contract.model_dump(by_alias=True) | {"goal": goals})
    wished = Problem.model_validate(
        changed(asked, contract=contract).model_dump(by_alias=True) | {"requests": requests}
    )
    begun, other = begin(build(wished), 20), plain(wished)
    assert all(begun.bounds[level] <= points(other)[level][0] for level in begun.bounds)
    assert points(solve_recorded(build(wished), SETTINGS))[4] == points(other)[4]


def test_people_who_differ_have_no_such_start():
    asked = fair()
    leave = [
        {"staff_id": str(k), "start": asked.horizon.at(day, 0), "end": asked.horizon.at(day, 24 * 60)}
        for k, day in enumerate(asked.horizon.dates)
    ]
    rules = [{"kind": "approved_leave", "clauses": ["B"]}, *asked.contract.model_dump(by_alias=True)["rule"]]
    contract = type(asked.contract).model_validate(asked.contract.model_dump(by_alias=True) | {"rule": rules})
    assert begin(build(changed(asked, contract=contract)), 20) is not None
    other = Problem.model_validate(changed(asked, contract=contract).model_dump(by_alias=True) | {"leave": leave})
    assert begin(build(other), 20) is None


# the benchmarks' own scorers


def test_each_fault_is_seen():
    duties = {(0, 0): "M", (1, 0): "A", (2, 0): "N"}
    size = Size(3, 1, dict.fromkeys(SHIFTS, 1))
    assert hard_faults(size, duties) == 0
    assert hard_faults(size, {**duties, (2, 0): "A"}) == 2, "one too many, one too few"
    two = Size(3, 2, dict.fromkeys(SHIFTS, 1))
    assert hard_faults(two, {**duties, (0, 1): "A", (1, 1): "N", (2, 1): "M"}) == 1, "N before M"
    assert hard_faults(two, {**duties, (0, 1): "N", (1, 1): "M", (2, 1): "A"}) == 2, "A before M, N before A"
    row = {(0, day): "M" for day in range(7)}
    assert hard_faults(Size(1, 7, {"M": 1}), row) == 1, "seven days in a row"


def test_the_scores_by_hand():
    size = Size(2, 7, {"M": 1, "A": 0, "N": 0})
    duties = {(0, day): "M" for day in range(4)} | {(1, day): "M" for day in range(4, 7)}
    assert roster_a.score(size, duties) == 0
    assert roster_a.score(size, {(0, day): "M" for day in range(6)} | {(1, 6): "M"}) == 10
    # T = 4 (3.5, rounded to even), Tn = 0, Tw = 1: shifts 0 + 1, nights 0, weekend days 1 + 1
    assert roster_f.targets(size) == {"shifts": [4, 4], "nights": [0, 0], "weekend-days": [1, 1]}
    assert roster_f.score(size, duties) == 1 + 5 * (1 + 1)
    with pytest.raises(ValueError, match="5 days"):
        roster_f.score(size, {(0, day): "M" for day in range(6)})
    # a half-timer should have 2 of 7 shifts (2.3), who carries a weekend day too many one less
    uneven = replace(size, parts=(1.0, 0.5), carried={"weekend-days": (1, 0)})
    assert roster_f.targets(uneven) == {"shifts": [5, 2], "nights": [0, 0], "weekend-days": [0, 1]}
    assert roster_f.score(uneven, duties) == 1 + 1 + 5 * 1


@pytest.mark.parametrize(
    ("kind", "shift", "had", "cost"),
    [
        ("on", "", "M", 0), ("on", "", "", 3), ("off", "", "", 0), ("off", "", "M", 3),
        ("shift", "M", "M", 0), ("shift", "M", "N", 3), ("shift", "M", "", 3),
    ],
)  # fmt: skip
def test_a_wish_denied_costs_its_weight(kind, shift, had, cost):
    size = replace(WEEK, wishes=(Request(staff_id="4", date=START, kind=kind, shift=shift, weight=3),))
    assert denied(size, {(4, 0): had} if had else {}) == cost


def test_variants_are_drawn_from_the_seed():
    for made in (roster_a, roster_f):
        assert made.drawn(FORTNIGHT, 0) == FORTNIGHT
        assert made.drawn(FORTNIGHT, 4) == made.drawn(FORTNIGHT, 4)
        assert len({tuple(made.drawn(FORTNIGHT, seed).demand.values()) for seed in range(1, 11)}) > 1
    wished = roster_a.drawn(FORTNIGHT, 1).wishes
    assert len({(wish.staff_id, wish.date) for wish in wished}) == len(wished) >= 10
    assert len(set(roster_f.targets(roster_f.drawn(FORTNIGHT, 1))["shifts"])) == 3
