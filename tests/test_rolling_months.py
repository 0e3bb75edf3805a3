"""Months planned one after the other: hours of a quarter are kept only where all its earlier rosters are on record."""

from datetime import date

import pytest

from planning.plan import plan
from roster.compliance import audit
from roster.errors import InputError
from roster.exports.roster_csv import roster_csv
from roster.loading.scenario import load_scenario
from roster.roster import Roster
from tests.conftest import AMPLE_S
from tests.small_scenario import CONTRACT, HEADINGS, small_scenario

MONTHS = {date(2025, 1, 1): 31, date(2025, 2, 1): 28, date(2025, 3, 1): 31}
QUARTER_HOURS = 62 * 8
STAFF = "staff_id,name,team,role,fte,hours_system\nP1,王一,hotline,agent,1,quarter\nP2,李二,hotline,agent,1,quarter\n"
BOTH_EVERY_DAY = (
    CONTRACT.replace('sites = ["centre"]', 'sites = ["centre"]\ndays = "every-day"')
    + """
[[clause]]
id = "SM-02"
title = { zh = "每天两人", en = "Two each day" }
document = "tender"
where = "2"
quote = ["每天两人在岗"]
kind = "hard"
demand = { zh = "每天两人在岗。", en = "Two are there each day." }

[[rule]]
kind = "service_hours"
clauses = ["SM-02"]
team = "hotline"
people = 2
days = "every-day"
windows = [{ start = "09:00", end = "12:00" }]
"""
)
"""More than two people may work in a quarter, so that the plan takes all the hours there are."""


@pytest.fixture(scope="module")
def rolled(tmp_path_factory):
    """The folder with a file for each of January and February, and the plan of March."""
    folder = small_scenario(tmp_path_factory.mktemp("rolled") / "small", contract=BOTH_EVERY_DAY, staff=STAFF)
    for first, days in MONTHS.items():
        made = plan(load_scenario(folder), first, days, time_limit=AMPLE_S)
        if first.month < 3:
            text = roster_csv(made.roster.rows)
            (folder / f"previous-{first:%Y-%m}.csv").write_text(text, encoding="utf-8")
    return folder, made


def hours(rows):
    worked = {}
    for row in rows:
        worked[row.staff_id] = worked.get(row.staff_id, 0) + row.minutes / 60 * (row.labours)
    return worked


def judged(roster):
    return {j.status for j in audit(roster) if j.rule and j.rule.kind == "averaged_hours"}


def test_three_months_keep_the_hours_of_their_quarter(rolled):
    """Nobody goes beyond the quarter, though two are asked for every day; little of it is left unused."""
    _, march = rolled
    quarter = hours((*march.problem.previous, *march.roster.rows))
    assert all(0.9 * QUARTER_HOURS < worked <= QUARTER_HOURS for worked in quarter.values()), quarter
    assert judged(march.roster) == {"met"}


def test_without_january_nobody_knows(rolled):
    folder, march = rolled
    (folder / "previous-2025-01.csv").rename(folder / "january.csv")
    short = load_scenario(folder).previous
    assert {row.date.month for row in short} == {2}
    problem = march.problem.model_copy(update={"previous": short})
    assert judged(Roster(problem, march.roster.rows)) == {"unknown"}


def test_a_day_in_two_files_is_a_fault(tmp_path):
    folder = small_scenario(tmp_path / "small")
    row = "2025-02-28,P1,hotline,agent,D1,2025-02-28T09:00,2025-02-28T17:00,centre,work"
    for name in ("previous", "previous-2025-02"):
        (folder / f"{name}.csv").write_text(f"{HEADINGS['previous']}\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        load_scenario(folder)
    assert [(fault.place, fault.value) for fault in told.value.faults] == [("previous-2025-02.csv", "2025-02-28")]
    (folder / "previous.csv").unlink()
    assert [row.date for row in load_scenario(folder).previous] == [date(2025, 2, 28)]
