"""A row deleted by mistake is told: the duty lacks a part of its shift."""

from dataclasses import replace
from datetime import date

import pytest

from planning.holes import holes
from roster.calendar import Horizon
from roster.loading.scenario import Scenario, load_scenario
from roster.problem import Problem
from roster.roster import Roster, Stretch
from tests.small_scenario import small_scenario

MONDAY = Horizon(date(2025, 3, 3), 1, "Asia/Shanghai")


def row(hours: tuple[int, int], **fields: object) -> Stretch:
    start, end = (MONDAY.at(MONDAY.start, hour * 60) for hour in hours)
    plain = Stretch(
        MONDAY.start, "P1", "hotline", "agent", "D1", "", "duty", start, end, "centre", "work", paid=True
    )  # fmt: skip
    return replace(plain, **fields)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load_scenario(small_scenario(tmp_path_factory.mktemp("small")))


def told(scenario: Scenario, *rows: Stretch) -> list[str]:
    problem = Problem(contract=scenario.contract, people=scenario.people, horizon=MONDAY)
    return [note.en for note in holes(Roster(problem, rows))]


MORNING, LUNCH, AFTERNOON = row((9, 12)), row((12, 13), activity="lunch", paid=False), row((13, 17))


def test_a_whole_duty_lacks_nothing_whatever_the_order_of_its_rows(scenario):
    assert told(scenario, AFTERNOON, MORNING, LUNCH) == []


@pytest.mark.parametrize(
    ("left", "lacking"),
    [((LUNCH, AFTERNOON), "09:00-12:00"), ((MORNING, AFTERNOON), "12:00-13:00"), ((MORNING, LUNCH), "13:00-17:00")],
)
def test_a_deleted_row_is_told_with_its_time(scenario, left, lacking):
    (note,) = told(scenario, *left)
    assert f"in 1 places (was a row deleted?): P1 2025-03-03 D1 {lacking}." in note


def test_time_of_leave_or_of_another_shift_is_not_lacking(scenario):
    leave = row((13, 17), kind="leave", shift="leave", activity="annual")
    assert told(scenario, MORNING, LUNCH, leave) == []
    assert told(scenario, MORNING, LUNCH, row((13, 17), shift="X")) == []


def test_somebody_elses_row_fills_nothing(scenario):
    (note,) = told(scenario, MORNING, LUNCH, replace(AFTERNOON, staff_id="P2", shift="X"))
    assert "P1 2025-03-03 D1 13:00-17:00" in note
