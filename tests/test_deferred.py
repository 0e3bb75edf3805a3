"""Work that may wait until a deadline: the fewest people, against every other way; its curve; its simulation."""

import csv
from datetime import timedelta
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from planning.asking import ask
from planning.check import check
from planning.cli import main
from planning.deferred import brought_to_opening
from planning.demand import curves, forecast, requirement
from planning.plan import Plan
from planning.summary import service_figures
from roster.calendar import Horizon
from roster.forecast.base import QUANTILES, Forecast
from roster.loading.scenario import load_scenario
from roster.queue import Queue
from roster.shifts import Window
from roster.simulation.arrays import Contacts
from roster.simulation.play import lines, play
from roster.simulation.tally import PLACE, tally
from roster.staffing.deadline_cover import fewest_by_deadline
from roster.staffing.deferred import busier_by, deferred_need
from roster.staffing.definitions import definitions
from roster.staffing.targets import ServiceTargets
from solver.outcome import Outcome
from tests.simulation.centre import START, centre, roster_file
from tests.simulation.scenes import duties_of, scene, stream
from tests.small_scenario import add

MAIL = """
[[queue]]
id = "mail"
zh = "邮件"
en = "Mail"
channel = "mail"
team = "hotline"
roles = ["agent"]
windows = [{ start = "09:00", end = "17:00" }]
due_within_minutes = 240
"""


def keeps(people, work, due):
    """Whether all work is done in time by those who always take what is due first, piece by piece."""
    left = work.astype(float)
    for at, able in enumerate(people.astype(float)):
        for piece in range(at + 1):
            done = min(left[piece], able)
            left[piece] -= done
            able -= done
        if np.any(left[: at + 1][due[: at + 1] <= at] > 1e-9):
            return False
    return bool(left.sum() < 1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_nobody_does_with_fewer_people_or_a_lower_peak(seed):
    rng = np.random.default_rng(seed)
    work = np.where(rng.random(5) < 0.3, 0, rng.uniform(0, 1.6, 5))
    due = np.minimum(np.maximum.accumulate(np.arange(5) + rng.integers(0, 3, 5)), 4)
    beside = rng.integers(0, 3, 5)
    found = fewest_by_deadline(work, due, beside)
    every = (np.array(people) for people in product(range(4), repeat=5))
    enough = [people for people in every if keeps(people, work, due)]
    best = min((people.sum(), (people + beside).max()) for people in enough)
    assert keeps(found, work, due)
    assert (found.sum(), (found + beside).max()) == best


def test_work_moves_to_where_few_are_needed_for_calls():
    found = fewest_by_deadline(np.array([4.0, 0, 0, 0]), np.full(4, 3), np.array([5, 5, 3, 3]))
    assert found.tolist() == [0, 0, 2, 2]


def test_deadlines_out_of_order_are_refused():
    with pytest.raises(ValueError, match="due"):
        fewest_by_deadline(np.ones(2), np.array([1, 0]), np.zeros(2, dtype=np.int64))


@pytest.mark.parametrize("cv", [0.1, 0.3])
def test_busy_days_are_sized_for_the_share_in_time(cv):
    g = busier_by(cv, 0.98)
    busy = stats.gamma.rvs(cv**-2, scale=cv**2, size=400_000, random_state=1)
    assert np.minimum(busy, g).mean() == pytest.approx(0.98, abs=1e-3)
    assert busier_by(0.0, 0.98) == 1.0


def both(tmp_path, *, mail="", mails=6):
    """The small centre with as many mails each half-hour of 600 s beside its calls."""
    folder = centre(tmp_path / "centre")
    contract = folder / "contract.toml"
    contract.write_text(contract.read_text(encoding="utf-8") + MAIL + mail, encoding="utf-8")
    table = folder / "history.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    more = [f"{row.split(',')[0]},mail,{mails},{mails},0,600" for row in rows[1:]]
    table.write_text("\n".join([*rows, *more]) + "\n", encoding="utf-8")
    return folder


def test_staff_prints_people_by_deadline_and_what_decides_their_number(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ROSTER_LANG", "en")
    with pytest.raises(SystemExit) as end:
        main([
            "staff", str(both(tmp_path)), "--start", str(START), "--days", "1", "--out", str(tmp_path / "staff.csv")
        ])  # fmt: skip
    assert not end.value.code
    with (tmp_path / "staff.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["queue"] == "mail"]
    assert {row["binding"] for row in rows} <= {"deadline", "none"}
    told = capsys.readouterr().out
    needed = [int(row["required"]) for row in rows]
    assert f"Mail: {sum(needed) / 2:.1f} person-hours, at most {max(needed)} people" in told
    assert f"{sum(people > 0 for people in needed)} intervals decided by: deadline" in told
    assert "intervals decided by: answer rate" in told
    assert "answer rate = answered / offered" in told
    work = sum(float(row["offered"]) * float(row["aht_s"]) for row in rows) / 1800
    assert work <= sum(int(row["required"]) for row in rows) <= 1.25 * work + 2


def test_who_stays_away_unplanned_gets_nothing_done():
    """Half-hours of 12 mails of 600 s are 4 people's work; with a fifth away 5 are rostered, of whom each does 2.4."""
    starts = pd.date_range("2025-04-21T09:00", periods=8, freq="30min", tz="Asia/Shanghai")
    frame = pd.DataFrame({"start": starts, "queue": "mail", "mean": 12.0, "aht_s": 600.0})
    targets = ServiceTargets(service_level=0.9, answer_within_s=1800, deferrable=True, unplanned_absence=0.2)
    need = deferred_need(Forecast(frame, 30, {}), "mail", targets, np.zeros(8, dtype=np.int64))
    assert need.people.tolist() == [5] * 8
    assert need.each == pytest.approx(2.4)


def test_the_curve_asks_for_those_people_beside_the_callers(tmp_path):
    scenario = load_scenario(both(tmp_path))
    made = forecast(scenario, Horizon(START, 1, "Asia/Shanghai"))
    needed = requirement(made, scenario.contract).pivot_table(index="start", columns="queue", values="required")
    found = [curve for curve in curves(made, scenario.contract, people_max=30) if curve.queue == "mail"]
    for curve in found:
        there = needed.loc[pd.Timestamp(curve.start).floor("30min")]
        everybody = int(there["hotline"] + there["mail"])
        assert curve.lost_with(everybody) == 0 < curve.lost_with(everybody - 1)
    assert sum(((c.end - c.start) / timedelta(minutes=30) for c in found), 0.0) == (needed["mail"] > 0).sum()


@pytest.mark.parametrize("relieved", [True, False])
def test_a_plan_tells_of_mail_as_much_as_is_forecast_and_of_sessions_each_once(tmp_path, relieved):
    """A short roster loses people needed for the calls too; of the mail no more can be lost than comes."""
    folder = both(tmp_path)
    add(folder, "bookings", [f"{START}T14:00,{START}T16:00,hotline,6", f"{START}T10:00,{START}T11:00,mail,2"])
    scenario = load_scenario(folder)
    roster = check(scenario, roster_file(tmp_path / "roster.csv", relieved=relieved), start=START, days=1).roster
    made = forecast(scenario, roster.problem.horizon)
    outcome = Outcome("FEASIBLE", roster.rows, (), 0.0, 0.0, 1)
    plan = Plan(scenario, ask(scenario, roster.problem.horizon, made), made, outcome, roster, (), {}, (), 1.0)
    told = {figures["queue"]: figures for figures in service_figures(plan)}
    for queue, sessions in (("hotline", 6), ("mail", 2)):
        assert told[queue]["expected"] == pytest.approx(made.rows(queue)["mean"].sum() + sessions, abs=0.1)
        assert 0 <= told[queue]["served_share"] < 1
    assert told["mail"]["definition"].startswith("done within 240 min of service time")


def test_mail_of_the_night_waits_for_the_morning_and_that_of_the_weekend_too():
    starts = pd.date_range("2025-04-21", periods=6, freq="4h", tz="Asia/Shanghai")
    rows = pd.DataFrame({"start": starts, "queue": "mail", "mean": [5.0, 1, 2, 3, 7, 9], "aht_s": [60.0] * 5 + [120]})
    rows = rows.assign(**dict.fromkeys(QUANTILES, rows["mean"]))
    moved = brought_to_opening(rows, pd.Series([False, False, True, True, False, False]))
    assert moved["mean"].tolist() == [5 + 1 + 2 + 7 + 9, 3]
    assert moved["aht_s"].tolist() == pytest.approx([(15 * 60 + 9 * 120) / 24, 60])


def test_waiting_is_counted_in_service_time_and_calls_go_first():
    """One agent from 9 to 10 on two days; the call that comes second is answered before the mail that came first."""
    queue = Queue(
        id="mail", zh="邮", en="mail", channel="mail", team="t", roles=("a",), due_within_minutes=60,
        windows=(Window(start=540, end=600),),
    )  # fmt: skip
    is_open = np.tile(np.arange(48) // 2 == 9, 2)
    mail, calls = stream(is_open * 1.0, targets=queue.targets), stream(is_open * 1.0)
    whole = scene((mail, calls), [[(9, 10), (33, 34)]], days=2)
    nine, day = 9 * 3600.0, 86_400.0
    duties = duties_of([(nine, nine + 3600), (nine + day, nine + day + 3600)], queues=2)
    callers = Contacts(
        np.array([nine, nine + 60, nine + 120, nine + 300]), np.array([0, 0, 1, 0]), np.full(4, np.inf),
        np.array([3000.0, 600, 600, 60]), np.ones(4, dtype=np.int64), np.zeros(4), np.zeros(4, dtype=np.int64),
    )  # fmt: skip
    assert lines(whole).order.tolist() == [1, 0]
    played = play(whole, callers, duties)
    assert played.begun.tolist() == [nine, nine + day, nine + 3000, nine + day + 600]
    counts = tally(whole, callers, duties, played)
    (asked,) = definitions(queue.targets)
    assert asked.formula.en == "begun within 60 min of service time / offered"
    assert counts[0, :, PLACE["in_time"]].sum() == 2  # the mails of 9:00 and 9:01 within the hour; 9:05 not
    assert counts[0, :, PLACE["offered"]].sum() == 3


@pytest.mark.parametrize("beside", ["patience_s = 60", "answer_rate = 0.9", "redial = 0.2", "asa_s = 30"])
def test_what_may_wait_has_no_targets_of_callers(tmp_path, beside, capsys):
    folder = both(tmp_path, mail=beside + "\n")
    with pytest.raises(SystemExit) as end:
        main(["staff", str(folder), "--start", str(START), "--out", str(tmp_path / "staff.csv")])
    assert end.value.code == 2
    assert "due_within_minutes" in capsys.readouterr().err
