"""The calendar of deadlines: which there are, how they stand, and where they are shown."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pandas as pd

from planning.outputs import roster_files
from roster.base import Cell
from roster.compliance import audit
from roster.deadlines import deadlines
from roster.exports.deadlines import COLUMNS, deadline_lines, deadlines_csv
from roster.exports.report.facts import Solved, gather
from roster.exports.report.html import report_html
from roster.exports.roster_xlsx import roster_xlsx
from roster.options import rows_of
from roster.roster import Roster
from roster.rules.each_person_work import EachPersonWork
from roster.rules.periodic_work import PeriodicWork
from tests.worlds import MONDAY, contract, duty, person, problem

WEEKLY = PeriodicWork(
    clauses=("T-1",), what={"zh": "周巡检", "en": "weekly inspection"}, who=("desk/agent", "lab/tech"),
    activity="quality", minutes=120, piece_minutes=60, period="week",
)  # fmt: skip
MONTHLY = PeriodicWork(
    clauses=("T-1",), what={"zh": "月报", "en": "monthly report"}, who=("desk/agent",), activity="report",
    minutes=60, period="month", due_workdays=2,
)  # fmt: skip
TRAINING = EachPersonWork(
    clauses=("T-1",), what={"zh": "培训", "en": "training"}, who=("desk/agent",), minutes=60, period="month"
)
SUNDAY = MONDAY + timedelta(days=6)
PEOPLE = (person("A", name="安"), person("B", name="白"))
INSIDE = [
    (PEOPLE[0], duty(1, "9-10 10-11:quality 11-12")),
    (PEOPLE[1], duty(0, "9-10 10-11:quality 11-12:report")),
]


def made(cells, *rules, days=7, **fields) -> Roster:
    asked = problem(PEOPLE, days=days, contract=contract(rules), **fields)
    return Roster(asked, tuple(row for who, what in cells for row in rows_of(Cell(who, what))))


def test_deadlines_whose_time_touches_the_week_stand_by_due_day():
    """February's report is due on the second workday of March; March's may be begun in April only."""
    found = deadlines(made(INSIDE, TRAINING, WEEKLY, MONTHLY))
    told = [(d.what.en, d.due, d.state, d.planned, d.minutes) for d in found]
    assert told == [
        ("monthly report", date(2025, 3, 4), "done", 60, 60),
        ("weekly inspection", SUNDAY, "done", 120, 120),
        ("training", date(2025, 3, 31), "open", 0, 120),
    ]
    assert [(row.staff_id, row.date) for row in found[1].rows] == [("A", MONDAY + timedelta(days=1)), ("B", MONDAY)]
    assert found[2].missing == ("A", "B")


def test_a_deadline_missed_is_late_and_one_to_come_is_open():
    states = {d.what.en: d.state for d in deadlines(made(INSIDE[:1], WEEKLY, MONTHLY, days=7))}
    assert states == {"weekly inspection": "late", "monthly report": "late"}  # the 1st and 2nd are no workdays
    states = {d.what.en: d.state for d in deadlines(made([], WEEKLY, MONTHLY, days=1))}
    assert states == {"weekly inspection": "open", "monthly report": "open"}


def test_rules_of_another_reading_have_no_deadlines():
    other = MONTHLY.model_copy(update={"reading": "other"})
    assert deadlines(made(INSIDE, other, WEEKLY))[0].what.en == "weekly inspection"


def test_work_on_the_contract_s_last_period_is_told_though_due_after_it():
    """The contract ends on Wednesday: March's report on those days is due on Friday, its inspections on Wednesday."""
    ended = contract([WEEKLY, MONTHLY], period={"start": "2025-01-01", "end": "2025-03-05"})
    found = deadlines(Roster(problem(PEOPLE, days=3, contract=ended), made(INSIDE, WEEKLY).rows))
    assert [(d.what.en, d.due.day, d.state) for d in found] == [
        ("monthly report", 4, "done"), ("weekly inspection", 5, "done"), ("monthly report", 7, "unknown"),
    ]  # fmt: skip
    assert found[2].period == (date(2025, 3, 1), date(2025, 3, 5))
    week = deadlines(Roster(problem(PEOPLE, days=7, contract=ended), made(INSIDE, WEEKLY).rows))
    assert week[2].state == "late"
    later = problem(PEOPLE, days=7, contract=ended, start=date(2025, 3, 10))
    assert not deadlines(Roster(later, ()))


def test_the_csv_holds_each_deadline_in_figures():
    lines = list(csv.DictReader(io.StringIO(deadlines_csv(made(INSIDE, TRAINING, WEEKLY)))))
    assert tuple(lines[0]) == COLUMNS
    week, month = lines
    assert (week["due"], week["state"], week["clause"], week["what_zh"]) == ("2025-03-09", "done", "T-1", "周巡检")
    assert (week["period_start"], week["opens"], week["who"]) == ("2025-03-03", "2025-03-03", "desk/agent;lab/tech")
    assert (week["minutes"], week["planned"]) == ("120", "120")
    assert week["done_by"] == "B 2025-03-03 10:00-11:00;A 2025-03-04 10:00-11:00"
    assert (month["missing"], month["done_by"]) == ("A;B", "")


def test_lines_call_people_and_teams_by_name():
    week = deadline_lines(made(INSIDE, WEEKLY))[0]
    assert week.done_by == ("白 B 03-03 10:00-11:00", "安 A 03-04 10:00-11:00")
    assert week.who.en == "name/name, name/name"


def test_the_workbook_has_a_sheet_of_them_only_where_there_are_any():
    roster = made(INSIDE, WEEKLY, MONTHLY)
    book = openpyxl.load_workbook(io.BytesIO(roster_xlsx(roster, audit(roster))))
    heading, *lines = book["期限"].iter_rows(min_row=2, values_only=True)
    assert heading[:4] == ("期限", "状态", "条款", "工作")
    assert [(line[0], line[1], line[3], line[6], line[7]) for line in lines] == [
        ("2025-03-04", "已安排", "月报", 60, 60), ("2025-03-09", "已安排", "周巡检", 120, 120),
    ]  # fmt: skip
    assert lines[1][8] == "白 B 03-03 10:00-11:00\n安 A 03-04 10:00-11:00"
    none = made(INSIDE)
    assert "期限" not in openpyxl.load_workbook(io.BytesIO(roster_xlsx(none, audit(none)))).sheetnames


def page(roster: Roster) -> str:
    need = pd.DataFrame({"start": [], "queue": [], "required": []})
    return report_html(gather(roster, audit(roster), need, Solved(datetime(2025, 3, 1, tzinfo=UTC))))


def test_the_report_has_a_section_of_them_only_where_there_are_any():
    told = page(made(INSIDE[:1], WEEKLY, TRAINING))
    section = told.partition('id="deadlines"')[2].partition("</section>")[0]
    assert all(text in section for text in ("2025-03-09", "周巡检", "weekly inspection", "60 / 120", "安 A", "白 B"))
    assert 'class="chip breached"' in section
    assert 'id="deadlines"' not in page(made(INSIDE))


def test_the_real_week_holds_all_that_is_due_and_says_so_in_a_file(april_week):
    found = deadlines(april_week.roster)
    assert {deadline.state for deadline in found} == {"done", "open"}
    assert all(deadline.planned >= deadline.minutes for deadline in found if deadline.due < date(2025, 4, 28))
    asked = {clause for deadline in found for clause in deadline.clauses}
    assert asked == {"SH-11", "SH-12", "SH-16", "SH-18", "SH-22", "SH-26", "SH-28", "SH-29", "SH-31", "SH-33", "SH-40"}
    written = roster_files(april_week, april_week.roster)["deadlines.csv"].decode()
    assert len(written.splitlines()) == 1 + len(found)
