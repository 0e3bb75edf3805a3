"""What cells enter, by themselves and by whole duties."""

import numpy as np
import pytest

from benchmarks.hotline import problem
from roster.base import CONTRACT, Cell
from solver.build import build
from solver.recorder import Recorder
from solver.search.annealing import Annealing
from solver.search.entries import Entries, Holders
from tests import worlds
from tests.worlds import duty, person


def entered(entries, count):
    first, found = entries.listed(count)
    return {k: found[first[k] : first[k + 1]].tolist() for k in range(count)}


def test_entries_are_told_by_member_and_weights_of_nothing_left_out():
    entries = Entries()
    entries.add([2, 0], [5, 7])
    entries.add([], [])
    entries.add([0, 1], [-1, 0])
    assert entered(entries, 3) == {0: [[0, 7], [2, -1]], 1: [], 2: [[0, 5]]}


def test_a_duty_is_whole_where_all_its_cells_weigh_the_same():
    holders = Holders(np.array([0, 0, 1, 1, 2, 3], dtype=np.int32))
    cells = np.array([0, 1, 2, 3, 4], dtype=np.int32)
    duties, weights, left = holders.whole(cells, np.array([4, 4, 1, 2, 9]))
    assert dict(zip(duties.tolist(), weights.tolist(), strict=True)) == {0: 4, 2: 9}
    assert cells[left].tolist() == [2, 3]
    duties, _, left = holders.whole(cells[:1], np.array([4]))
    assert not len(duties), "the duty's other cell is not there"
    assert left.tolist() == [True]


@pytest.mark.parametrize(("taken", "cost"), [(0, 3 * 200), (1, 3 * 140), (2, 3 * 80 + 2 * 20), (3, 3 * 20 + 2 * 80)])
def test_limits_cost_what_lies_beyond_them(taken, cost):
    """At most 100 minutes at 2 points each, at least 200 at 3, of up to three hours."""
    who = person("A")
    cells = [Cell(who, duty(day, "9-10")) for day in range(3)]
    recorder = Recorder(worlds.problem([who], days=3), cells)
    recorder.level = CONTRACT
    recorder.at_most(dict.fromkeys(cells, 60), 100, points=2)
    recorder.at_least(dict.fromkeys(cells, 60), 200, points=3)
    annealing = Annealing(recorder, 1)
    annealing.take(np.array([cell in cells[:taken] for cell in annealing.cells]))
    assert annealing.cost[CONTRACT] == cost


def test_what_everybody_counts_in_alike_grows_with_the_duties_not_with_the_people():
    few, many = (Annealing(build(problem(agents, 3, interval_minutes=60)), 1)._tables for agents in (6, 18))
    assert len(few.whole) == len(many.whole) > 0
    assert len(many.entry) / len(many.person) <= len(few.entry) / len(few.person)
