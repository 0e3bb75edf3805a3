"""What is told of the gap of service where work inside duties is a part of it."""

from datetime import timedelta

import pytest

from planning.inside import work_inside_told
from roster.base import SERVICE
from roster.goals.coverage import Coverage
from roster.rules.periodic_work import PeriodicWork
from roster.staffing.curve import ServiceCurve
from solver.messages import Task
from solver.outcome import LevelResult, Outcome
from tests.conftest import AMPLE_S
from tests.test_worker import talk
from tests.worlds import at, contract, person, problem


def outcome(objective: int, bound: int, inside: int) -> Outcome:
    return Outcome("FEASIBLE", (), (LevelResult(SERVICE, objective, bound),), 1.0, 1.0, 1, inside=inside)


def test_the_gap_is_told_in_two_parts():
    (note,) = work_inside_told(outcome(60_188, 57_321, 2_800))
    assert "2.8 contacts are that work's and 0.067 the duties'" in note.en
    assert "班内工作占 2.8 人次，班次安排占 0.067 人次" in note.zh


@pytest.mark.parametrize("given", [(57_321, 57_321, 0), (60_188, 57_321, 0), (60_188, 60_188, 2_800)])
def test_nothing_is_told_where_there_is_no_such_gap(given):
    assert list(work_inside_told(outcome(*given))) == []


def test_a_roster_not_found_has_nothing_to_tell():
    assert list(work_inside_told(Outcome("UNKNOWN", None, (), 1.0, None, 1))) == []


def test_what_a_solve_loses_to_the_work_inside_is_counted():
    """Ann and Bob are there 9 to 17; an hour's work costs least, 5 thousandths, in the first of three hours."""
    hour = timedelta(hours=1)
    losses = ((80, 20, 15), (90, 50, 30), (90, 50, 20))
    curves = tuple(ServiceCurve("calls", at(0, 9) + k * hour, at(0, 10) + k * hour, v) for k, v in enumerate(losses))
    queue = {
        "id": "calls", "zh": "来电", "en": "calls", "channel": "phone", "team": "desk", "roles": ["agent"],
        "windows": [{"start": "09:00", "end": "12:00"}],
    }  # fmt: skip
    work = PeriodicWork(
        clauses=("T-1",), what={"zh": "质检", "en": "quality"}, who=("desk/agent",), activity="quality", minutes=60,
        period="day", windows=({"start": "09:00", "end": "12:00"},),
    )  # fmt: skip
    made = contract([work], queue=[queue], goal=[Coverage().model_dump()])
    asked = problem([person("A"), person("B")], days=1, curves=curves, contract=made)
    *_, done = talk(Task(problem=asked, time_limit=AMPLE_S, workers=1, seed=1))
    found = {result.level: result.objective for result in done.outcome.levels}
    assert (found[SERVICE], done.outcome.inside) == (15 + 30 + 20 + 5, 5)
