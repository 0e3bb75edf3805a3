"""What is drawn and what is counted, one property at a time."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from roster.simulation.arrays import Contacts
from roster.simulation.draws import contacts
from roster.simulation.figures import periods
from roster.simulation.play import play
from roster.simulation.tally import PLACE, tally
from tests.simulation.scenes import duties_of, scene, stream

ALL_DAY = [(0, 24)]


def drawn_day(**settings):
    whole = scene([stream(np.full(48, 400.0), **settings)], [ALL_DAY])
    return contacts(whole, whole.streams[0].expected[None], run=0, seed=3)


def test_patient_callers_are_not_handled_longer():
    day = drawn_day()
    assert len(day.arrival) > 18_000
    assert abs(np.corrcoef(np.log(day.patience), np.log(day.work))[0, 1]) < 0.03
    assert abs(np.corrcoef(np.log(day.work), np.diff(day.arrival, prepend=0.0))[0, 1]) < 0.03


@pytest.mark.parametrize("redial", [0.2, 0.6])
def test_callers_try_once_and_again_with_the_share_that_redials(redial):
    day = drawn_day(redial=redial, redial_after_s=120.0)
    assert day.tries.min() == 1
    assert day.tries.mean() == pytest.approx(1 / (1 - redial), rel=0.03)
    assert (day.tries == 1).mean() == pytest.approx(1 - redial, abs=0.015)
    assert day.again.mean() == pytest.approx(120, rel=0.03)


def by_hand(arrival, work):
    ones, count = np.ones(len(arrival), dtype=np.int64), len(arrival)
    return Contacts(
        np.array(arrival, dtype=float), 0 * ones, np.full(count, np.inf), np.array(work, dtype=float), ones,
        np.zeros(count), 0 * ones,
    )  # fmt: skip


def test_a_contact_finished_after_the_duty_is_busy_time_up_to_its_end():
    whole = scene([stream(np.full(48, 1.0))], [[(9, 10)]])
    duties = duties_of([(9 * 3600.0, 10 * 3600.0)])
    callers = by_hand([9 * 3600.0 + 3500], [1000])
    counts = tally(whole, callers, duties, play(whole, callers, duties))[0]
    assert counts[:, PLACE["busy_s"]].sum() == pytest.approx(100)
    assert counts[:, PLACE["on_duty_s"]].sum() == pytest.approx(3600)


def test_a_wait_of_just_the_threshold_is_in_time():
    whole = scene([stream(np.full(48, 1.0))], [[(9, 10)]])
    duties = duties_of([(9 * 3600.0, 10 * 3600.0)])
    callers = by_hand([32_400, 32_400, 32_500, 32_500], [20, 21, 21, 5])
    counts = tally(whole, callers, duties, play(whole, callers, duties))[0]
    assert counts[:, PLACE["answered"]].sum() == 4
    assert counts[:, PLACE["in_time"]].sum() == 3  # the second waited 20 s, the fourth 21 s


def test_weeks_begin_on_mondays_and_tell_whether_they_are_whole():
    monday = scene([stream(np.full(480, 1.0))], [ALL_DAY], days=10)
    thursday = replace(monday, begin=monday.begin + timedelta(days=3))
    assert [(week.first, week.last, week.whole) for week in periods(monday, "week")] == [
        (0, 336, True), (336, 480, False),
    ]  # fmt: skip
    assert [(week.first, week.last, week.whole) for week in periods(thursday, "week")] == [
        (0, 192, False), (192, 480, False),
    ]  # fmt: skip
