"""Booked windows: people they take, and what it costs to have fewer."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from planning.check import check
from planning.demand import curves, requirement
from planning.scene import scene_of
from roster.events import Booking
from roster.forecast.base import Forecast
from roster.loading.scenario import load_scenario
from roster.simulation.draws import contacts
from roster.simulation.variation import Change, Variation, varied
from roster.staffing.booked import behind_bookings, people_booked, sessions_due
from roster.staffing.curve import ServiceCurve
from roster.staffing.forecast_demand import ForecastDemand
from roster.staffing.targets import ServiceTargets
from tests.simulation.centre import START, centre, roster_file

NINE = datetime(2025, 7, 7, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
STARTS = [NINE + k * QUARTER for k in range(8)]


def booked(sessions, *, hours=1.0, aht=900.0, queue="video"):
    opens = NINE + timedelta(minutes=30)
    window = Booking(start=opens, end=opens + timedelta(hours=hours), queue=queue, sessions=sessions)
    return people_booked([window], "video", STARTS, [aht] * 8, length=QUARTER).tolist()


def test_sessions_of_a_window_follow_each_other():
    assert booked(4) == [0, 0, 1, 1, 1, 1, 0, 0]
    assert booked(5) == [0, 0, 2, 2, 2, 2, 0, 0]


def test_a_session_longer_than_its_window_takes_a_person():
    assert booked(3, hours=0.25) == [0, 0, 3, 0, 0, 0, 0, 0]
    assert booked(3, hours=0.25, aht=1800) == [0, 0, 3, 0, 0, 0, 0, 0]


def test_bookings_of_another_queue_take_nobody():
    assert sum(booked(5, queue="phone")) == 0


def test_the_curve_stands_behind_the_people_booked():
    lost = np.array([[4000, 1500, 500, 200, 100], [300, 100, 50, 20, 10]])
    found = behind_bookings(lost, np.array([2, 1]))
    assert found.tolist() == [[9000, 6500, 4000, 1500, 500], [1300, 300, 100, 50, 20]]
    for row in found:
        ServiceCurve("video", NINE, NINE + QUARTER, tuple(int(value) for value in row))  # convex, else refused


@pytest.mark.parametrize("people", [1, 2, 3])
def test_without_bookings_a_curve_is_itself(people):
    lost = np.array([[900, 400, 200, 100][:people]])
    np.testing.assert_array_equal(behind_bookings(lost, np.zeros(1, dtype=np.int64)), lost)


def test_sessions_of_unknown_length_take_a_person_each_in_the_curve():
    opens = NINE + timedelta(minutes=30)
    frame = pd.DataFrame({"start": STARTS, "queue": "video", "mean": 0.0, "aht_s": np.nan})
    window = Booking(start=opens, end=opens + timedelta(minutes=15), queue="video", sessions=3)
    made = Forecast(frame=frame, interval_minutes=15, day_cv={})
    curve = ForecastDemand(made, {"video": ServiceTargets(180)}, {"video": 4}, bookings=(window,)).curves("video")[2]
    assert curve.lost == (3000, 2000, 1000, 0, 0)


def test_people_for_bookings_come_on_top_of_those_for_callers(tmp_path):
    contract = load_scenario(centre(tmp_path / "centre")).contract
    starts = [datetime(2025, 4, 21, hour, tzinfo=ZoneInfo("Asia/Shanghai")) for hour in (9, 10, 11)]
    frame = pd.DataFrame({"start": starts, "queue": "hotline", "mean": [20.0, 20.0, 0.0], "aht_s": [300.0] * 3})
    made = Forecast(frame, 60, {"hotline": 0.0})
    window = Booking(start=starts[1], end=starts[1] + timedelta(hours=2), queue="hotline", sessions=30)
    plain, more = (requirement(made, contract, bookings) for bookings in ((), (window,)))
    assert (more["required"] - plain["required"]).tolist() == [0, 2, 2]
    assert more["binding"].tolist() == ["answer_rate", "answer_rate", "bookings"]
    priced = curves(made, contract, people_max=9, bookings=(window,))
    plainly = curves(made, contract, people_max=9)
    assert len(plainly) == 2
    assert priced[1].lost[2] == plainly[1].lost[0]
    assert priced[2].lost[:4] == (2000, 1000, 0, 0)  # no caller comes in that hour, the sessions do


def test_sessions_are_due_one_after_the_other():
    window = Booking(start=NINE, end=NINE + timedelta(hours=1), queue="video", sessions=5)
    assert sessions_due(window, 900.0) == tuple(NINE + k // 2 * QUARTER for k in range(5))
    assert sessions_due(window, 7200.0) == (NINE,) * 5
    assert sessions_due(window, float("nan")) == (NINE,) * 5


def booked_scene(tmp_path, aht, opens, minutes=30):
    """Three sessions in a window that opens so long after midnight; nobody calls."""
    folder = centre(tmp_path / "centre")
    checked = check(load_scenario(folder), roster_file(tmp_path / "roster.csv", relieved=True), start=START, days=1)
    begin = checked.roster.problem.horizon.begin
    starts = [begin + timedelta(minutes=30 * k) for k in range(48)]
    frame = pd.DataFrame({"start": starts, "queue": "hotline", "mean": 0.0, "aht_s": aht})
    window = Booking(start=begin + opens, end=begin + opens + timedelta(minutes=minutes), queue="hotline", sessions=3)
    return scene_of(checked.roster, Forecast(frame, 30, {"hotline": 0.0}), None, (window,))


def sessions(scene, runs=200):
    return [contacts(scene, np.zeros((1, 48)), run=run, seed=1) for run in range(runs)]


@pytest.mark.parametrize(("aht", "begins", "lasts"), [(600.0, [0, 600, 1200], 600.0), (np.nan, [0, 0, 0], 1800.0)])
def test_sessions_without_callers_are_played_as_long_as_they_are_sized(tmp_path, aht, begins, lasts):
    """Three sessions in half an hour: one person takes them if they are short, each needs one if nobody knows."""
    played = sessions(booked_scene(tmp_path, aht, timedelta(hours=14)))
    assert (played[0].arrival - 14 * 3600).tolist() == begins
    assert np.mean([run.work for run in played]) == pytest.approx(lasts, rel=0.15)


def test_longer_handling_makes_sessions_longer_too(tmp_path):
    base = booked_scene(tmp_path, 600.0, timedelta(hours=14))
    longer = varied(base, Variation("", (Change("aht", 1.5),)))
    (one,), (other,) = sessions(base, 1), sessions(longer, 1)
    np.testing.assert_allclose(other.work, 1.5 * one.work)
    np.testing.assert_array_equal(other.arrival, one.arrival)


def test_of_a_window_over_midnight_the_sessions_of_the_day_are_played(tmp_path):
    across = booked_scene(tmp_path, 900.0, timedelta(minutes=-15), minutes=45)
    assert sessions(across, 1)[0].arrival.tolist() == [0, 900]
