"""Contracts that cannot be kept: they load, are planned as well as it goes, and the clauses are named."""

import json
from datetime import date, timedelta

import pytest

from planning.clashes import clashes
from planning.plan import plan
from planning.summary import summary
from roster.loading.scenario import load_scenario
from tests.conftest import AMPLE_S
from tests.small_scenario import CONTRACT, add, small_scenario

MONDAY = date(2025, 3, 3)
PEOPLE = "staff_id,name,team,role,fte\n" + "".join(f"P{k:02d},人{k:02d},hotline,agent,1\n" for k in range(1, 13))
HEADCOUNT = CONTRACT.replace("people = 1\n", "people = 12\n").replace("headcount = 2", "headcount = 12")
DESK = """
[[team]]
id = "desk"
zh = "柜台"
en = "Desk"
role = [{ id = "clerk", zh = "柜员", en = "clerk", headcount = 4 }]

"""
ON_SITE = (
    HEADCOUNT
    + """
[[clause]]
id = "SM-02"
title = { zh = "驻场", en = "On site" }
document = "tender"
where = "2"
quote = ["每个工作日驻场十六人"]
kind = "hard"
demand = { zh = "每个工作日驻场16人。", en = "16 are on site on each workday." }

[[rule]]
kind = "onsite_daily"
clauses = ["SM-02"]
team = "hotline"
site = "centre"
people = 16
"""
)


def test_sixteen_on_site_where_there_are_twelve(cli, tmp_path):
    folder = small_scenario(tmp_path / "small", contract=ON_SITE, staff=PEOPLE)
    out = tmp_path / "out"
    code, said, _ = cli("plan", folder, "--start", MONDAY, "--days", "2", "--time-limit", AMPLE_S, "--out", out)
    assert code == 1
    told = "SM-02 asks 16 of hotline; 12 people are qualified and employed, so no roster can keep it."
    assert f"warning: {told} Other clauses about these people: SM-01 (12)." in said
    facts = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert [warning for warning in facts["warnings"] if told in warning["en"]]
    short = [(entry["clause"], entry["date"], entry["found"], entry["limit"]) for entry in facts["short"]]
    assert short == [("SM-02", "2025-03-03", 12, 16), ("SM-02", "2025-03-04", 12, 16)], "all twelve are there"


def test_enough_people_who_are_not_all_there_are_no_clash(tmp_path):
    """Six of twelve on leave: planned as well as it goes, the shortage by clause, and no clause called impossible."""
    folder = small_scenario(tmp_path / "small", contract=HEADCOUNT, staff=PEOPLE)
    add(folder, "leave", [f"P{k:02d},{MONDAY},{MONDAY + timedelta(days=1)},annual,yes" for k in range(1, 7)])
    made = plan(load_scenario(folder), MONDAY, 3, time_limit=AMPLE_S)
    assert made.hard_breaches == 2
    short = [(entry["clause"], entry["date"], entry["found"], entry["limit"]) for entry in summary(made)["short"]]
    assert short == [("SM-01", "2025-03-03", 6, 12), ("SM-01", "2025-03-04", 6, 12)]
    working = {(row.date, row.staff_id) for row in made.roster.rows if row.kind == "work"}
    assert [sum(day == MONDAY + timedelta(days=k) for day, _ in working) for k in range(3)] == [6, 6, 12]
    assert not any("no roster can keep it" in warning.en for warning in made.warnings)


@pytest.mark.parametrize(("skills", "told"), [(0, True), (4, False)])
def test_people_of_another_team_count_where_they_are_qualified(tmp_path, skills, told):
    contract = ON_SITE.replace("[[queue]]", DESK + "[[queue]]", 1)
    staff = PEOPLE.replace("fte\n", "fte,skills\n").replace(",1\n", ",1,\n")
    staff += "".join(f"Q{k},借{k},desk,clerk,1,{'hotline/agent' if k < skills else ''}\n" for k in range(4))
    made = plan(load_scenario(small_scenario(tmp_path / "small", contract=contract, staff=staff)), MONDAY, 1,
                time_limit=AMPLE_S)  # fmt: skip
    found = list(clashes(made.problem, made.judgements))
    assert bool(found) == told
    assert (made.hard_breaches > 0) == told


@pytest.mark.parametrize(("seats", "breached"), [(0, True), (40, False)])
def test_a_ceiling_is_no_demand(tmp_path, seats, breached):
    """Fewer seats than people, or more: a clause that says 'at most' asks nobody to be there."""
    rule = f'kind = "seats"\nclauses = ["SM-02"]\nteams = ["hotline"]\npeople = {seats}\n'
    contract = ON_SITE[: ON_SITE.index('kind = "onsite_daily"')] + rule
    folder = small_scenario(tmp_path / "small", contract=contract, staff=PEOPLE)
    made = plan(load_scenario(folder), MONDAY, 1, time_limit=AMPLE_S)
    assert (made.hard_breaches > 0) == breached
    assert list(clashes(made.problem, made.judgements)) == []
