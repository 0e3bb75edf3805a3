"""`roster explain` from the command line, solver process and all."""

import json
from datetime import date

import pytest

from planning.explain import cell_of
from roster.errors import InputError
from roster.exports.roster_csv import roster_csv
from roster.options import rows_of
from tests.small_scenario import CONTRACT, small_scenario
from tests.worlds import Cell, duty, person

MONDAY = date(2025, 3, 3)
THREE = CONTRACT.replace("people = 1\n", "people = 3\n")


def test_a_clash_ends_with_1_and_names_the_clause(cli, tmp_path):
    folder = small_scenario(tmp_path / "small", contract=THREE)
    code, said, _ = cli("explain", folder, "--start", MONDAY, "--days", "1")
    assert code == 1
    assert "SM-01" in said
    assert "“每个工作日不少于一人在岗” (tender, 1)" in said
    assert "3 person-shifts are asked, 2 are there at most" in said
    assert "1 more full-time Agent of Hotline" in said


def test_what_goes_together_ends_with_0_also_as_json(cli, tmp_path):
    code, said, _ = cli("explain", small_scenario(tmp_path / "small"), "--start", MONDAY, "--days", "1", "--json")
    told = json.loads(said)
    assert (code, told["status"], told["clashes"]) == (0, "kept", [])
    assert told["sentences"][0]["zh"].startswith("各条款可以同时满足")


def test_a_cell_of_a_roster_file(cli, tmp_path):
    folder = small_scenario(tmp_path / "small")
    row = Cell(person("P1"), duty(0, "9-12 12-13:lunch 13-17", shift="D1", team="hotline", site="centre"))
    file = tmp_path / "roster.csv"
    file.write_text(roster_csv(tuple(rows_of(row))), encoding="utf-8")
    asked = ("explain", folder, "--start", MONDAY, "--days", "1", "--roster", file, "--time-limit", "10")
    code, said, _ = cli(*asked, "--cell", f"P1:{MONDAY}")
    assert code == 0
    assert said.startswith("王一 (P1) on 2025-03-03: Day.")
    assert "李二 (P2): as good" in said
    code, said, _ = cli(*asked)
    assert (code, said.strip()) == (0, "No contract clause makes the roster worse (by the linear relaxation).")


@pytest.mark.parametrize("cell", ["P9:2025-03-03", "P1:2025-04-01", "P1", "P1:Monday"])
def test_a_cell_that_is_not_there_is_bad_input(cli, tmp_path, cell):
    folder = small_scenario(tmp_path / "small")
    code, _, complaint = cli("explain", folder, "--start", MONDAY, "--days", "1", "--cell", cell)
    assert code == 2
    assert "--cell" in complaint


def test_a_staff_id_may_hold_a_colon():
    assert cell_of("a:b:2025-03-03") == ("a:b", MONDAY)
    with pytest.raises(InputError):
        cell_of("2025-03-03T")
