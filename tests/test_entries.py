"""What cells enter, by themselves and by whole duties."""

import numpy as np

from benchmarks.hotline import problem
from solver.build import build
from solver.search.annealing import Annealing
from solver.search.entries import Entries, Holders


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


def test_what_everybody_counts_in_alike_grows_with_the_duties_not_with_the_people():
    few, many = (Annealing(build(problem(agents, 3, interval_minutes=60)), 1)._tables for agents in (6, 18))
    assert len(few.whole) == len(many.whole) > 0
    assert len(many.entry) / len(many.person) <= len(few.entry) / len(few.person)
