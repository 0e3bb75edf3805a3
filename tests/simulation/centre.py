"""A small centre on disk: a day of calls every workday, and rosters with and without relief at lunch."""

from datetime import date, timedelta

import numpy as np

from tests.small_scenario import CONTRACT, small_scenario

START = date(2025, 4, 21)
PEOPLE = 8
STAFF = "staff_id,name,team,role,fte\n" + "".join(f"P{k},员工{k},hotline,agent,1\n" for k in range(PEOPLE))


def centre(folder, *, queue="", rows=None):
    """Six weeks of about 30 calls a half-hour of 200 s, on workdays from 9:00 to 17:00."""
    contract = CONTRACT.replace("answer_rate = 0.9\n", f"answer_rate = 0.9\n{queue}\n")
    contract = contract.replace('kind = "coverage"\n', 'kind = "coverage"\nclauses = ["SM-01"]\n')
    small_scenario(folder, contract=contract, staff=STAFF)
    table = ["start,queue,offered,answered,abandoned,aht_s", *(history() if rows is None else rows)]
    (folder / "history.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    return folder


def history():
    rng = np.random.default_rng(1)
    days = [START - timedelta(days=k) for k in range(42, 0, -1)]
    for day in (day for day in days if day.weekday() < 5):
        for minutes in range(540, 1020, 30):
            calls = rng.poisson(30)
            yield f"{day}T{minutes // 60:02d}:{minutes % 60:02d}:00,hotline,{calls},{calls},0,{rng.normal(200, 20):.1f}"


def roster_file(path, *, relieved, days=1):
    """Half of the people at lunch at twelve and half at one where relieved, everybody at twelve where not."""
    rows = ["date,staff_id,team,role,shift,activity,start,end,site,kind,paid"]
    for day in (START + timedelta(days=k) for k in range(days)):
        for k in range(PEOPLE):
            noon = 12 + (relieved and k % 2)
            for start, end, activity in ((9, noon, "duty"), (noon, noon + 1, "lunch"), (noon + 1, 17, "duty")):
                span = f"{day}T{start:02d}:00:00+08:00,{day}T{end:02d}:00:00+08:00"
                rows.append(f"{day},P{k},hotline,agent,D1,{activity},{span},centre,work,yes")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
