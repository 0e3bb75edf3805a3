"""Days on which a person may have two duties, and what they are worth to the annealing."""

import numpy as np
import pytest

from roster.base import CONTRACT, FAIRNESS, LAW, Cell
from solver.recorder import Recorder
from solver.search.annealing import Annealing
from tests import worlds
from tests.worlds import duty, person

DAYS = 6


def clashing(earlier, later):
    return int(earlier.end > later.start and earlier.start < later.end)


def recorder(hours, desks=("9-17", "9-17"), level=LAW):
    """Two people with a desk of their own each day, and one night on call a day that either may have."""
    people = [person("A"), person("B")]
    cells, nights = [], []
    for day in range(DAYS):
        desk = [Cell(who, duty(day, at, shift=f"D{who.staff_id}")) for who, at in zip(people, desks, strict=True)]
        call = duty(day, hours, shift="N")
        nights.append([Cell(who, call) for who in people])
        cells += [*desk, *nights[-1]]
    made = Recorder(worlds.problem(people, days=DAYS), cells)
    made.level = level
    for who in people:
        made.pair(who, clashing, reach_days=0)
    made.level = CONTRACT
    for cell in cells:
        if cell.duty.shift != "N":
            made.at_least({cell: 1}, 1, points=100)
    for both in nights:
        made.at_least(dict.fromkeys(both, 1), 1, points=100)
        made.at_most(dict.fromkeys(both, 1), 1, points=100)
    made.level = FAIRNESS
    for who in people:
        made.spread({c: 1 for c in cells if c.duty.shift == "N" and c.person is who}, [k * k for k in range(DAYS + 2)])
    return made


@pytest.mark.parametrize(("hours", "mixed"), [("17-23", True), ("16-23", False)])
def test_duties_that_do_not_clash_may_stand_together(hours, mixed):
    tables = Annealing(recorder(hours), 1)._tables
    assert tables.mixed.tolist() == [mixed] * 2 * DAYS


def test_a_clash_that_only_costs_leaves_them_together():
    assert Annealing(recorder("16-23", level=FAIRNESS), 1)._tables.mixed.all()


def test_it_is_looked_at_person_by_person():
    tables = Annealing(recorder("16-23", ("9-17", "9-16")), 1)._tables
    assert tables.mixed.reshape(2, DAYS).all(axis=1).tolist() == [False, True]
    assert tables.mixed.reshape(2, DAYS).any(axis=1).tolist() == [False, True]


def test_a_night_on_call_goes_to_another_who_keeps_the_day():
    """Nobody can do the other's desk, so people who exchange whole days would leave both desks empty."""
    asked = recorder("17-23")
    annealing = Annealing(asked, 1)
    annealing.take(np.array([c.duty.shift != "N" or c.person.staff_id == "A" for c in annealing.cells]))
    assert annealing.cost[[CONTRACT, FAIRNESS]].tolist() == [0, DAYS**2]
    annealing.improve(FAIRNESS, 0.1, lambda: False, lambda: None, enough=2 * (DAYS // 2) ** 2)
    assert annealing.cost[[CONTRACT, FAIRNESS]].tolist() == [0, 2 * (DAYS // 2) ** 2]
