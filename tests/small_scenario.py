"""A minimal scenario on disk, for tests to start from and to spoil."""

from collections.abc import Iterable
from pathlib import Path

CONTRACT = """\
id = "small"
title = { zh = "小热线", en = "Small hotline" }
buyer = { zh = "采购人", en = "Buyer" }
period = { start = 2025-01-01, end = 2025-12-31 }
timezone = "Asia/Shanghai"

[[site]]
id = "centre"
zh = "话务中心"
en = "Call centre"
client = true

[[team]]
id = "hotline"
zh = "热线"
en = "Hotline"
[[team.role]]
id = "agent"
zh = "话务员"
en = "Agent"
headcount = 2

[[queue]]
id = "hotline"
zh = "热线"
en = "Hotline"
channel = "phone"
team = "hotline"
roles = ["agent"]
windows = [{ start = "09:00", end = "17:00" }]
patience_s = 120
answer_rate = 0.9

[[shift]]
id = "D1"
zh = "白班"
en = "Day"
serves = ["hotline/agent"]
sites = ["centre"]
segments = [
  { start = "09:00", end = "12:00" },
  { start = "12:00", end = "13:00", activity = "lunch", paid = false },
  { start = "13:00", end = "17:00" },
]

[[clause]]
id = "SM-01"
title = { zh = "人数", en = "Headcount" }
document = "tender"
where = "1"
quote = ["每个工作日不少于一人在岗"]
kind = "hard"
demand = { zh = "每个工作日至少一人在岗。", en = "At least one person is present on each workday." }
reading = "present"
readings.present = { zh = "到岗", en = "Present." }
readings.enrolled = { zh = "在册", en = "Enrolled." }

[[rule]]
kind = "present"
clauses = ["SM-01"]
reading = "present"
team = "hotline"
role = "agent"
people = 1

[[goal]]
kind = "coverage"
"""

STAFF = """\
staff_id,name,team,role,fte
P1,王一,hotline,agent,1
P2,李二,hotline,agent,1
"""

HEADINGS = {
    "leave": "staff_id,start,end,kind,approved",
    "requests": "staff_id,date,kind,shift,weight",
    "events": "start,end,kind,queue,factor,name",
    "bookings": "start,end,queue,sessions",
    "history": "start,queue,offered,answered,abandoned",
    "locks": "date,staff_id,team,role,shift,start,end,site,kind",
    "previous": "date,staff_id,team,role,shift,start,end,site,kind",
}


def small_scenario(folder: Path, *, contract: str = CONTRACT, staff: str = STAFF) -> Path:
    """A folder with a valid contract of one team and its two people."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "contract.toml").write_text(contract, encoding="utf-8")
    (folder / "staff.csv").write_text(staff, encoding="utf-8")
    return folder


def add(folder: Path, name: str, rows: Iterable[str]) -> Path:
    """Writes a table of the scenario under its usual heading, or over it under `name`'s own."""
    path = folder / f"{name}.csv"
    path.write_text("\n".join([HEADINGS[name], *rows]) + "\n", encoding="utf-8")
    return path
