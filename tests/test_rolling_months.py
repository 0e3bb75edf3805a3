"""Months planned one after the other: hours of a quarter are kept only where all its earlier rosters are on record."""

import json
from datetime import date

import pytest

from planning.asking import ask, horizon_of
from planning.cli import main
from planning.rolling import months_from, with_earlier
from roster.compliance import audit
from roster.errors import InputError
from roster.loading.scenario import load_roster, load_scenario
from roster.roster import Roster
from tests.conftest import AMPLE_S
from tests.small_scenario import CONTRACT, HEADINGS, small_scenario

MARCH = date(2025, 3, 1)
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
def folder(tmp_path_factory):
    return small_scenario(tmp_path_factory.mktemp("rolled") / "small", contract=BOTH_EVERY_DAY, staff=STAFF)


@pytest.fixture(scope="module")
def rolled(folder, tmp_path_factory):
    """What `roster plan --months 3` wrote."""
    out = tmp_path_factory.mktemp("rolled") / "quarter"
    limit = ("--time-limit", str(AMPLE_S))
    with pytest.raises(SystemExit) as end:
        main(["plan", str(folder), "--month", "2025-01", "--months", "3", "--out", str(out), *limit])
    assert end.value.code == 1  # nobody can be there every day
    return out


def march(folder, *files):
    """The roster of March with the earlier ones of these files on record."""
    scenario = with_earlier(load_scenario(folder), files)
    return ask(scenario, horizon_of(scenario, MARCH, 31), None)


def hours(rows):
    worked = {}
    for row in rows:
        worked[row.staff_id] = worked.get(row.staff_id, 0) + row.minutes / 60 * (row.labours)
    return worked


def judged(roster):
    return {j.status for j in audit(roster) if j.rule and j.rule.kind == "averaged_hours"}


def test_three_months_keep_the_hours_of_their_quarter(folder, rolled):
    """Nobody goes beyond the quarter, though two are asked for every day; little of it is left unused."""
    rows = load_roster(rolled / "roster.csv", load_scenario(folder))
    assert {row.date.month for row in rows} == {1, 2, 3}
    assert all(0.9 * QUARTER_HOURS < worked <= QUARTER_HOURS for worked in hours(rows).values()), hours(rows)
    entries = json.loads((rolled / "2025-03" / "compliance.json").read_text(encoding="utf-8"))
    assert {entry["status"] for entry in entries if entry["rule"] == "averaged_hours"} == {"met"}


def test_each_month_has_its_own_folder_and_all_of_them_one_roster(folder, rolled):
    scenario = load_scenario(folder)
    months = [load_roster(rolled / f"2025-{month:02d}" / "roster.csv", scenario) for month in (1, 2, 3)]
    assert [{row.date.month for row in rows} for rows in months] == [{1}, {2}, {3}]
    assert load_roster(rolled / "roster.csv", scenario) == tuple(row for rows in months for row in rows)
    assert (rolled / "2025-02" / "calendars" / "P1.ics").is_file()


def test_without_january_nobody_knows(folder, rolled):
    problem = march(folder, rolled / "2025-02" / "roster.csv")
    rows = load_roster(rolled / "2025-03" / "roster.csv", load_scenario(folder))
    assert {row.date.month for row in problem.previous} == {2}
    assert judged(Roster(problem, rows)) == {"unknown"}
    both = march(folder, *(rolled / month / "roster.csv" for month in ("2025-01", "2025-02")))
    assert judged(Roster(both, rows)) == {"met"}


def test_a_month_goes_on_from_the_roster_it_is_told(folder, rolled, tmp_path, cli):
    january = rolled / "2025-01" / "roster.csv"
    cli("plan", folder, "--month", "2025-02", "--out", tmp_path, "--time-limit", AMPLE_S, "--previous", january)
    assert (tmp_path / "roster.csv").read_bytes() == (rolled / "2025-02" / "roster.csv").read_bytes()


def test_what_is_told_takes_the_place_of_the_scenario_s_own_days(folder, rolled, tmp_path):
    own = small_scenario(tmp_path / "small", contract=BOTH_EVERY_DAY, staff=STAFF)
    row = "{day},P1,hotline,agent,D1,{day}T09:00,{day}T09:30,centre,work"
    text = "\n".join([HEADINGS["previous"], *(row.format(day=day) for day in ("2024-12-31", "2025-01-02"))])
    (own / "previous.csv").write_text(text, encoding="utf-8")
    known = with_earlier(load_scenario(own), [rolled / "2025-01" / "roster.csv"]).previous
    assert [row.minutes for row in known if row.date == date(2024, 12, 31)] == [30]
    assert 30 not in [row.minutes for row in known if row.date == date(2025, 1, 2)]


def test_a_day_in_two_files_told_is_a_fault(folder, rolled, tmp_path, cli):
    january = rolled / "2025-01" / "roster.csv"
    twice = ("--previous", january, "--previous", january)
    code, _, said = cli("plan", folder, "--month", "2025-02", "--out", tmp_path / "out", *twice)
    assert (code, (tmp_path / "out").exists()) == (2, False)
    assert "has this day too" in said


def test_months_go_with_the_first_of_them(folder, tmp_path, cli):
    code, _, said = cli("plan", folder, "--start", "2025-01-01", "--months", "3", "--out", tmp_path / "out")
    assert (code, (tmp_path / "out").exists()) == (2, False)
    assert "--month" in said


def test_months_run_over_the_end_of_a_year():
    found = months_from(date(2025, 12, 1), 3)
    assert found == ((date(2025, 12, 1), 31), (date(2026, 1, 1), 31), (date(2026, 2, 1), 28))


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
