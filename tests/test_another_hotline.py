"""A hotline that no sample resembles: 80 agents, three shifts, 40 seats, written from `roster schema` alone."""

import json
import tomllib
from datetime import date, datetime, timedelta

import pytest

from planning.plan import plan
from planning.schema import schemas
from roster.loading.scenario import load_scenario
from tests.conftest import AMPLE_S, without_goals

MONDAY = date(2026, 5, 18)
FLOORS = {0: 6, 8: 25, 16: 22}
"""Agents asked for from that hour on, for eight hours."""

SHIFTS = "\n".join(
    f"""
[[shift]]
id = "{en}"
zh = "{zh}"
en = "{en}"
serves = ["cards/agent"]
sites = ["floor"]
days = "every-day"
{more}
segments = [{{ start = "{hour:02d}:00", end = "{hour + 8:02d}:00" }}]
"""
    for hour, en, zh, more in (
        (8, "morning", "早班", ""),
        (16, "evening", "中班", ""),
        (0, "night", "夜班", 'not_flags = ["pregnant_7m", "nursing"]'),
    )
)
RULES = "\n".join(
    f"""
[[rule]]
kind = "service_hours"
clauses = ["C-1"]
team = "cards"
people = {people}
windows = [{{ start = "{hour:02d}:00", end = "{hour + 8:02d}:00" }}]
days = "every-day"
"""
    for hour, people in FLOORS.items()
)
CONTRACT = f"""
id = "card-hotline"
title = {{ zh = "银行卡客服热线", en = "Card hotline" }}
buyer = {{ zh = "某银行", en = "A bank" }}
timezone = "Asia/Shanghai"
period = {{ start = 2026-01-01, end = 2027-12-31 }}
site = [{{ id = "floor", zh = "话务大厅", en = "the floor", client = false }}]

[[team]]
id = "cards"
zh = "银行卡"
en = "Cards"
role = [{{ id = "agent", zh = "话务员", en = "agent", headcount = 80 }}]

{SHIFTS}
[[clause]]
id = "C-1"
title = {{ zh = "接听人数", en = "Agents" }}
document = "service agreement"
where = "1"
quote = ["7×24小时"]
kind = "hard"
demand = {{ zh = "早、中、夜不少于25、22、6人接听。", en = "At least 25, 22 and 6 take calls by shift." }}

{RULES}
[[clause]]
id = "C-2"
title = {{ zh = "席位", en = "Seats" }}
document = "service agreement"
where = "2"
quote = ["40席"]
kind = "cap"
demand = {{ zh = "同时在席不超过40人。", en = "At most 40 sit at a time." }}

[[rule]]
kind = "seats"
clauses = ["C-2"]
teams = ["cards"]
people = 40

[[clause]]
id = "C-3"
title = {{ zh = "持证上岗", en = "Certified" }}
document = "service agreement"
where = "3"
quote = ["考核合格后上岗"]
kind = "hard"
demand = {{ zh = "考核合格后上岗。", en = "Nobody works before the test." }}

[[rule]]
kind = "certified"
clauses = ["C-3"]

[[goal]]
kind = "fair_share"
burden = "night"
group = ["cards/agent"]
excused = ["pregnant_7m", "nursing"]
"""


def staff() -> str:
    """Eighty agents: two who may not work at night, one whose test comes in the middle of the week."""
    special = {7: "nursing", 19: "pregnant_7m"}
    rows = [f"A{k:02d},话务{k:02d},cards,agent,1,{special.get(k, '')},2025-12-01" for k in range(1, 80)]
    return "\n".join(
        ["staff_id,name,team,role,fte,labour_flags,certified_on", *rows, "A80,话务80,cards,agent,1,,2026-05-21"]
    )


@pytest.fixture
def scenario(tmp_path):
    (tmp_path / "contract.toml").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "staff.csv").write_text(staff(), encoding="utf-8")
    return load_scenario(tmp_path)


def test_the_contract_uses_only_what_the_schema_tells():
    """Every key and kind of the file stands in the schema: nobody has to know the code."""
    told = json.dumps(schemas(), ensure_ascii=False)

    def keys(value: object):
        for key, held in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str):
                yield key
            if key == "kind" and isinstance(held, str):
                yield held
            if isinstance(held, dict | list):
                yield from keys(held)

    assert [key for key in keys(tomllib.loads(CONTRACT)) if f'"{key}"' not in told] == []
    assert [name for name in staff().splitlines()[0].split(",") if f'"{name}"' not in told] == []


def test_a_week_of_eighty_agents_in_three_shifts_at_forty_seats(scenario):
    made = plan(without_goals(scenario), MONDAY, 7, time_limit=AMPLE_S)
    assert made.roster is not None
    assert [(j.clause.id, b) for j in made.judgements if j.hard for b in j.breaches] == []
    zone, rows = made.problem.horizon.zone, [row for row in made.roster.rows if row.kind == "work"]
    for hour in range(24 * 7):
        moment = datetime(2026, 5, 18, 0, 30, tzinfo=zone) + timedelta(hours=hour)
        seated = [row.staff_id for row in rows if row.start <= moment < row.end]
        assert FLOORS[hour % 24 // 8 * 8] <= len(seated) == len(set(seated)) <= 40, moment
    dark = {row.staff_id for row in rows if row.shift == "night"}
    assert not dark & {"A07", "A19"}
    assert all(row.date >= date(2026, 5, 21) for row in rows if row.staff_id == "A80")
    assert (
        max(sum(row.minutes for row in rows if row.staff_id == who) for who in {row.staff_id for row in rows}) <= 2400
    )
