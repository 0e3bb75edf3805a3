"""The clock that limits are kept by: work counted, or the wall where that runs ahead."""

from types import SimpleNamespace

import pytest

from planning import cli
from planning.plan import DEFAULT_SLACK
from solver.clock import CELL_S, Clock
from solver.levels import CP_SAT_S, work_of
from solver.messages import ORDER, Task
from tests.test_worker import asked


@pytest.fixture
def wall(monkeypatch):
    """Seconds on the wall, to be set."""
    shown = SimpleNamespace(now=100.0)
    monkeypatch.setattr("solver.clock.time", SimpleNamespace(monotonic=lambda: shown.now))
    return shown


@pytest.mark.parametrize(("slack", "now"), [(1.0, 3.0), (2.0, 4.0), (None, 4.0)])
def test_work_counts_unless_the_wall_shows_more_than_the_slack(wall, slack, now):
    clock = Clock(slack)
    clock.count(4.0)
    wall.now += 3.0
    assert clock.now == now
    wall.now += 9.0
    assert clock.now == {1.0: 12.0, 2.0: 6.0, None: 4.0}[slack]


@pytest.mark.parametrize(("slack", "now"), [(1.0, 50.0), (2.0, 1000 * CELL_S), (None, 1000 * CELL_S)])
def test_what_is_prepared_takes_as_long_as_it_takes_where_there_is_slack(wall, slack, now):
    clock = Clock(slack)
    with clock.preparing(1000):
        wall.now += 50.0
    assert clock.now == pytest.approx(now)
    assert clock.wall == 50.0
    wall.now += 3.0
    assert clock.now == pytest.approx({1.0: 53.0, 2.0: (3.0 + now) / 2, None: now}[slack])


@pytest.mark.parametrize(("workers", "seconds"), [(1, 5 * CP_SAT_S), (2, 3.0)])
def test_the_work_of_many_workers_is_not_added_up(workers, seconds):
    proto, asked_of = SimpleNamespace(deterministic_time=5.0), SimpleNamespace(num_workers=workers)
    assert work_of(SimpleNamespace(parameters=asked_of, response_proto=proto, wall_time=3.0)) == seconds


def test_work_beside_is_counted_once():
    clock = Clock(None)
    clock.count(3.0)
    clock.count_until(5.0)
    clock.count_until(4.0)
    assert clock.now == 5.0


@pytest.mark.parametrize(("slack", "seconds"), [(1.0, 7.0), (2.0, 14.0), (None, None)])
def test_who_cannot_ask_is_told_the_wall(slack, seconds):
    assert Clock(slack).on_wall(7.0) == seconds


@pytest.mark.parametrize(("slack", "left"), [(1.0, 7.0), (2.0, 17.0), (None, None)])
def test_it_tells_what_is_left_on_the_wall(wall, slack, left):
    clock = Clock(slack)
    assert clock.wall_left is None, "nobody has said when the search ends"
    clock.ends = 10.0
    clock.count(4.0)
    wall.now += 3.0
    assert clock.wall_left == left, "counted work cuts nothing short"


@pytest.mark.parametrize("slack", [1.0, 2.0, None])
def test_a_task_carries_it(slack):
    task = Task(problem=asked(), time_limit=5, workers=1, seed=1, slack=slack)
    assert ORDER.validate_json(task.model_dump_json(by_alias=True)).slack == slack


@pytest.mark.parametrize(
    ("given", "slack"),
    [
        ({}, DEFAULT_SLACK),
        ({"time_limit": 9.0}, 1.0),
        ({"deterministic": True}, None),
        ({"time_limit": 9.0, "deterministic": True}, None),
    ],
)
def test_a_limit_that_is_asked_for_is_the_walls(monkeypatch, tmp_path, given, slack):
    heard = []
    monkeypatch.setattr(cli, "load_scenario", lambda _: None)
    monkeypatch.setattr(cli, "with_earlier", lambda loaded, _: loaded)
    monkeypatch.setattr(cli, "make_plan", lambda *_, **named: heard.append(named["slack"]) or exit_())
    with pytest.raises(_Heard):
        cli.plan(tmp_path, tmp_path / "out", start="2026-03-02", days=7, **given)
    assert heard == [slack]


class _Heard(Exception):
    pass


def exit_():
    raise _Heard
