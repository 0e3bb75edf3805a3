"""Dates and times as spreadsheets write them, in every table and in rosters made elsewhere."""

from datetime import date, datetime

import pytest

from planning.check import check
from roster.calendar import Horizon, iso
from roster.loading import load_roster, load_scenario
from tests.small_scenario import HEADINGS, add, small_scenario
from tests.test_loading import ROW, workbook

MONDAY = date(2025, 3, 3)
AT_NINE, AT_FIVE = (Horizon(MONDAY, 1, "Asia/Shanghai").at(MONDAY, 60 * hour) for hour in (9, 17))
HEADING = ["date", "staff_id", "team", "role", "shift", "start", "end", "site", "kind"]


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025/9/29", "2025-09-29"),
        ("2025年9月29日", "2025-09-29"),
        ("2025-9-29", "2025-09-29"),
        ("2025/9/29 8:30", "2025-09-29T08:30"),
        ("2025/9/29 08:30:00", "2025-09-29T08:30:00"),
        ("2025-09-29T08:30:00+08:00", "2025-09-29T08:30:00+08:00"),
        ("9/29/2025", "9/29/2025"),
        ("2025/9-29", "2025/9-29"),
    ],
)
def test_year_month_day_in_this_order_are_understood(written, read):
    assert iso(written) == read


def test_every_table_takes_dates_with_slashes(folder):
    add(folder, "leave", ["P1,2025/3/3,2025/3/4,annual,yes", "P2,2025/3/5 9:00,2025年3月5日 12:00,sick,yes"])
    add(folder, "requests", ["P1,2025/3/6,off,,5"])
    add(folder, "events", ["2025/3/7,2025/3/7,load,,1.5,x"])
    add(folder, "history", [f"2025/3/3 {hour}:00,hotline,9,8,1" for hour in range(9, 17)])
    (folder / "holiday_overrides.csv").write_text("date,kind,name,source\n2025/3/8,workday,x,y\n")
    made = load_scenario(folder)
    assert [(entry.start.isoformat()[:16], entry.end.isoformat()[:16]) for entry in made.leave] == [
        ("2025-03-03T00:00", "2025-03-05T00:00"),
        ("2025-03-05T09:00", "2025-03-05T12:00"),
    ]
    assert made.requests[0].date == date(2025, 3, 6)
    assert made.events[0].start.date() == date(2025, 3, 7)
    assert made.history is not None
    assert set(made.history.days()) == {MONDAY}
    assert made.day_overrides[0].date == date(2025, 3, 8)


def test_a_roster_without_offset_is_read_on_the_contracts_clock_with_a_note(folder):
    line = ROW.replace("2025-03-03,P1", "2025/3/3,P1").replace("2025-03-03T09:00:00+08:00", "2025/3/3 9:00")
    (folder / "mine.csv").write_text(f"{HEADINGS['previous']}\n{line}\n")
    scenario = load_scenario(folder)
    checked = check(scenario, folder / "mine.csv", start=MONDAY, days=1)
    assert [row.start for row in checked.roster.rows] == [AT_NINE]
    assert any("times without offset" in note.en and "mine.csv: 1 rows" in note.en for note in checked.warnings)
    (folder / "exact.csv").write_text(f"{HEADINGS['previous']}\n{ROW}\n")
    assert not any("offset" in note.en for note in check(scenario, folder / "exact.csv", start=MONDAY, days=1).warnings)


def test_date_cells_of_a_workbook_are_dates(folder):
    nine, five = datetime(2025, 3, 3, 9), datetime(2025, 3, 3, 17)
    cells = [MONDAY, "P1", "hotline", "agent", "D1", nine, five, "centre", "work"]
    (folder / "mine.xlsx").write_bytes(workbook([HEADING, cells], sheet="rows"))
    [row] = load_roster(folder / "mine.xlsx", load_scenario(folder))
    assert (row.date, row.start, row.end) == (MONDAY, AT_NINE, AT_FIVE)


def test_a_previous_roster_without_offset_is_noted_with_the_scenario(folder):
    add(folder, "previous", [ROW.replace("+08:00", "")])
    assert any("previous.csv: 1 rows" in note.en for note in load_scenario(folder).warnings)
