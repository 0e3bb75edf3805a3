"""Load carried from interval to interval, against the infinite-server queue it stands for."""

import numpy as np
import pandas as pd
import pytest

from roster.forecast.base import Forecast
from roster.staffing.offered_load import carried_rates, load_shares
from roster.staffing.queue_load import queue_load


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.2])
@pytest.mark.parametrize("aht", [120.0, 900.0, 3600.0])
def test_shares_are_the_mean_number_in_service(aht, cv):
    """Contacts that arrive evenly in an interval, and how long each is there in it and in the three after it."""
    step, rng = 1800.0, np.random.default_rng(1)
    arrived = rng.uniform(0, step, 400_000)
    sigma = np.sqrt(np.log1p(cv**2))
    ended = arrived + aht * np.exp(sigma * rng.standard_normal(len(arrived)) - sigma**2 / 2)
    there = [np.minimum(ended, (k + 1) * step) - np.maximum(arrived, k * step) for k in range(4)]
    shares = np.array([np.maximum(times, 0).mean() for times in there]) / aht
    np.testing.assert_allclose(load_shares(aht, step, 24, cv)[:4], shares, atol=0.006)


def test_no_load_is_lost_and_none_made():
    rate, aht = np.concatenate([[40.0, 90.0, 20.0], np.zeros(30)]), np.full(33, 1500.0)
    carried = carried_rates(rate, aht, np.arange(33), interval_s=1800)
    assert (carried * aht).sum() == pytest.approx((rate * aht).sum(), rel=1e-9)
    assert carried[3] > 0


def test_a_load_that_lasts_is_itself():
    rate = np.full(40, 60.0)
    carried = carried_rates(rate, np.full(40, 600.0), np.arange(40), interval_s=1800)
    np.testing.assert_allclose(carried[20:], rate[20:], rtol=1e-3)


def test_calls_of_before_midnight_load_the_first_hours_after_it():
    rate = np.concatenate([np.zeros(40), np.full(8, 50.0), np.zeros(48)])
    carried = carried_rates(rate, np.full(96, 1800.0), np.arange(96), interval_s=1800)
    assert carried[48] > 10
    assert carried[48] > carried[49] > carried[52]


def test_a_break_in_service_hours_lets_the_load_run_out():
    rate, aht = np.full(4, 60.0), np.full(4, 1200.0)
    joined, parted = (carried_rates(rate, aht, np.array(p), interval_s=1800) for p in ([0, 1, 2, 3], [0, 1, 40, 41]))
    assert joined[2] > 1.3 * parted[2]
    assert parted[2] == pytest.approx(parted[0], rel=1e-2)


def test_a_queue_that_opens_is_emptier_at_first_than_at_the_end_of_the_interval():
    """Half-hours of 60 calls of 20 minutes: of the load of the first, the last third carries most; later all alike."""
    starts = pd.date_range("2025-04-21T09:00", periods=16, freq="30min", tz="Asia/Shanghai")
    frame = pd.DataFrame({"start": starts, "queue": "calls", "mean": 60.0, "aht_s": 1200.0})
    course = queue_load(Forecast(frame, 30, {}), "calls").course
    assert course.mean(axis=1) == pytest.approx(1)
    assert course[0, 0] < 0.6
    assert course[0, -1] > 1.3
    assert course[-1] == pytest.approx(1, abs=0.02)


def test_long_calls_peak_later_and_lower_than_they_come():
    """Jennings et al. (1996): the load follows the calls."""
    rate = 100 + 80 * np.sin(2 * np.pi * (np.arange(48) - 12) / 48)
    carried = carried_rates(rate, np.full(48, 5400.0), np.arange(48), interval_s=1800)
    assert np.argmax(carried) > np.argmax(rate)
    assert carried.max() < rate.max()


def test_different_handling_times_add_up():
    rng = np.random.default_rng(2)
    rate, aht = rng.uniform(10, 50, 20), np.where(np.arange(20) % 2, 300.0, 1800.0)
    whole = carried_rates(rate, aht, np.arange(20), interval_s=1800) * aht
    parts = [
        carried_rates(np.where(aht == one, rate, 0.0), np.full(20, one), np.arange(20), interval_s=1800) * one
        for one in (300.0, 1800.0)
    ]
    np.testing.assert_allclose(whole, sum(parts))
