"""What the recorder keeps of cells that are counted."""

import pytest

from benchmarks.hotline import problem
from solver.build import world
from solver.recorder import Recorder
from solver.statements import Each


@pytest.fixture(scope="module")
def recorder():
    asked = problem(3, 2, interval_minutes=60)
    return Recorder(asked, world(asked))


def test_cells_that_count_one_each_read_like_a_dictionary(recorder):
    first, second, third, *_ = recorder.world
    counted, plain = Each([first, second]), {first: 1, second: 1}
    assert counted == plain
    assert [*counted] == [*plain]
    assert len(counted) == 2
    assert (counted[first], counted.get(third)) == (1, None)
    assert (second in counted, third in counted) == (True, False)
    assert [*counted.items()] == [*plain.items()]
    assert [*counted.values()] == [1, 1]
    with pytest.raises(KeyError):
        counted[third]


def test_the_same_cells_are_kept_once_however_often_they_are_counted(recorder):
    first, second, *_ = recorder.world
    for amount in (1, 2):
        recorder.at_least({first: 1, second: 1}, amount, points=1)
    recorder.cover([first, second], [3, 1])
    one, two, cover = (stated.statement for stated in recorder.stated[-3:])
    assert one.cells == two.cells == {first: 1, second: 1}
    assert one.cells.cells is two.cells.cells is cover.cells


def test_other_weights_stay_as_they_are(recorder):
    first, second, *_ = recorder.world
    weighed = {first: 1, second: 2}
    recorder.at_most(weighed, 2, points=1)
    assert recorder.stated[-1].statement.cells == weighed
