"""Work inside shifts is seen by those who do it: in calendars and on the sheets of the days."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import openpyxl
import pytest

from roster.base import Cell
from roster.compliance import audit
from roster.contract import Contract
from roster.exports.calendars import calendars
from roster.exports.report.table import roster_table
from roster.exports.roster_xlsx import roster_xlsx
from roster.options import rows_of
from roster.roster import Roster
from tests.worlds import contract, duty, person, problem

ANN = person("A", name="安妮")
INSIDE = "9-10 10-11:report 11-12 12-13:lunch 13-16 16-16.30:training 16.30-17"


def with_posts() -> Contract:
    raw = contract().model_dump(mode="json", by_alias=True)
    names = {"daily-report": ("日报编报", "daily report"), "drill": ("演练", "drill")}
    posts = [{"id": code, "zh": zh, "en": en} for code, (zh, en) in names.items()]
    return Contract.model_validate(raw | {"post": posts})


@pytest.fixture(scope="module")
def roster() -> Roster:
    """A day of the shift D with a daily report and half an hour of training inside."""
    names = {"report": "daily-report", "training": "drill"}
    asked = problem([ANN], days=1, contract=with_posts())
    rows = [
        replace(row, post=names.get(row.activity, ""), kind="training" if row.activity == "training" else "work")
        for row in rows_of(Cell(ANN, duty(0, INSIDE, shift="D")))
    ]
    return Roster(asked, tuple(rows))


def test_a_calendar_keeps_one_event_and_tells_every_piece(roster):
    content = calendars(roster, published=datetime(2025, 3, 1, tzinfo=UTC))["A"]
    (event,) = icalendar.Calendar.from_ical(content).events
    told = str(event["DESCRIPTION"])
    assert "10:00至11:00 报表（日报编报）" in told
    assert "16:00至16:30 培训（演练）" in told
    assert "12:00至13:00 午餐" in told
    assert "10:00 to 11:00 report (daily report)" in told
    assert str(event["SUMMARY"]).startswith("上班")


def test_the_sheet_of_the_day_has_a_cell_for_every_piece(roster):
    book = openpyxl.load_workbook(io.BytesIO(roster_xlsx(roster, audit(roster))))
    _, header, *lines = book["2025-03-03 周一"].iter_rows(values_only=True)
    (line,) = [row for row in lines if row[0] == "A"]
    first = header.index("9:00")
    cells = {(slot - first) / 2 + 9: text for slot, text in enumerate(line) if slot >= first and text}
    assert list(cells) == [9, 10, 11, 12, 13, 16, 16.5]
    assert (cells[10], cells[12], cells[16][:1]) == ("报表", "午餐", "培")
    assert line[header.index("岗点")] == "日报编报、演练"


def test_the_legend_of_the_report_has_the_shift_once(roster):
    assert [mark.code.zh for mark in roster_table(roster).legend].count("D") == 1
