"""From history to what is priced: intervals in step with the shifts, and handling times that are not there."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from planning.demand import curves, in_step, loads, requirement
from roster.errors import InputError
from roster.forecast.base import FORECAST_COLUMNS, Forecast
from roster.loading.scenario import load_scenario
from tests.conftest import SAMPLES
from tests.small_scenario import CONTRACT, HEADINGS, small_scenario

HALF_PAST = CONTRACT.replace('start = "12:00", end = "13:00"', 'start = "12:30", end = "13:00"').replace(
    'end = "12:00" }', 'end = "12:30" }'
)
NINE = datetime(2025, 3, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def hourly(aht_s=300.0):
    rows = [
        dict.fromkeys(FORECAST_COLUMNS, 12.0) | {"start": NINE + timedelta(hours=k), "queue": "hotline", "aht_s": aht_s}
        for k in range(3)
    ]  # fmt: skip
    return Forecast(pd.DataFrame(rows)[list(FORECAST_COLUMNS)], 60, {"hotline": 0.1})


def of(folder, text=CONTRACT):
    return load_scenario(small_scenario(folder, contract=text)).contract


def test_an_hour_between_shifts_that_change_at_half_past_becomes_two_half_hours(tmp_path):
    fine = in_step(hourly(), of(tmp_path, HALF_PAST))
    assert fine.interval_minutes == 30
    assert [start - NINE for start in fine.frame["start"]] == [timedelta(minutes=30 * k) for k in range(6)]
    assert set(fine.frame["mean"]) == {6.0}
    assert set(fine.frame["aht_s"]) == {300.0}
    assert in_step(hourly(), of(tmp_path)).interval_minutes == 60
    halves = loads(hourly(), of(tmp_path, HALF_PAST))
    assert {(load.end - load.start, load.mean) for load in halves} == {(timedelta(minutes=30), 6.0)}
    rates = [load.per_hour for load in halves]  # the first half-hour finds an empty queue
    assert rates[0] < rates[1] < rates[-1] == pytest.approx(12, rel=0.02)
    priced = [curve.lost for curve in curves(hourly(), of(tmp_path, HALF_PAST), people_max=3)]
    whole = [curve.lost for curve in curves(hourly(), of(tmp_path), people_max=3)]
    assert len(priced) == 2 * len(whole)
    assert priced[-1] == pytest.approx([lost / 2 for lost in whole[-1]], abs=8)  # where the load has settled


@pytest.mark.parametrize("name", ["gansu-12329", "pingxiang-12345", "shanghai-2025", "xian-shebao"])
def test_the_samples_are_in_step_with_their_histories(name):
    sample = load_scenario(SAMPLES / name)
    made = Forecast(hourly().frame, sample.history.interval_minutes, {})
    assert in_step(made, sample.contract) is made


@pytest.mark.parametrize("command", ["plan", "staff"])
def test_a_history_without_handling_times_is_one_fault_with_its_remedy(command, cli, tmp_path):
    folder = small_scenario(tmp_path / "small")
    days = [date(2025, 2, 3) + timedelta(days=k) for k in range(28)]
    rows = [f"{day}T{hour:02d}:00,hotline,9,9,0" for day in days for hour in range(9, 17)]
    (folder / "history.csv").write_text("\n".join([HEADINGS["history"], *rows]), encoding="utf-8")
    out = tmp_path / "out"
    code, _, said = cli(command, folder, "--start", "2025-03-03", "--days", "1", "--out", out)
    assert code == 2
    assert "history.csv column aht_s: hotline" in said
    assert not out.exists()
    with pytest.raises(InputError, match="aht_s"):
        requirement(hourly(float("nan")), of(tmp_path / "other"))
