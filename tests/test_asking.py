"""What is asked of the judge and what a user is warned of, before anything is solved."""

from datetime import date

import pytest

from planning.asking import horizon_of, warnings_of
from planning.check import check
from roster.loading import load_scenario
from tests.small_scenario import add, small_scenario


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


def row(day: int, who: str = "P1") -> str:
    date = f"2025-03-{day:02d}"
    return f"{date},{who},hotline,agent,D1,{date}T09:00:00+08:00,{date}T17:00:00+08:00,centre,work"


def warned(folder) -> list[str]:
    scenario = load_scenario(folder)
    horizon = horizon_of(scenario, date(2025, 3, 10), 7)
    return [warning.en for warning in warnings_of(scenario, horizon) if "passed over" in warning.en]


def test_rows_that_are_passed_over_are_told(folder):
    add(folder, "previous", [row(7), row(10), row(12)])
    add(folder, "locks", [row(9, "P2"), row(11, "P2"), row(17, "P2")])
    assert warned(folder) == [
        "rows of previous that are not before 2025-03-10, passed over: 2.",
        "rows of locks outside 2025-03-10..2025-03-16, passed over: 2.",
    ]


def test_rows_in_their_place_are_not(folder):
    add(folder, "previous", [row(9)])
    add(folder, "locks", [row(10), row(16)])
    assert warned(folder) == []


def test_the_file_s_own_days_replace_the_scenario_s_history(folder):
    add(folder, "previous", [row(6), row(7, "P2")])
    file = add(folder, "locks", [row(7), row(10)]).rename(folder.parent / "mine.csv")
    checked = check(load_scenario(folder), file, start=date(2025, 3, 10), days=7)
    assert [(was.date.day, was.staff_id) for was in checked.roster.problem.previous] == [(6, "P1"), (7, "P1")]
    assert [is_.date.day for is_ in checked.roster.rows] == [10]
