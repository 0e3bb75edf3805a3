"""Requirement, service curves and staffing table against published figures and brute force."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from roster.forecast.base import Forecast
from roster.staffing.convex import lower_convex_envelope
from roster.staffing.curve import ServiceCurve, convex_thousandths, expected_loss
from roster.staffing.day_factor import day_factor_points
from roster.staffing.delay import queue_figures
from roster.staffing.forecast_demand import ForecastDemand
from roster.staffing.requirement import requirement
from roster.staffing.table import STAFFING_COLUMNS, staffing_table
from roster.staffing.targets import ServiceTargets

NINE = datetime(2025, 7, 7, 9, tzinfo=UTC)


def needed(rate, aht, targets):
    found = requirement(rate, aht, targets)
    return int(found.people), str(found.binding)


def test_fifty_erlangs():
    """600 calls an hour of 300 s, patience 180 s: 80 % within 20 s needs 52, an 85 % cap needs 59."""
    level = {"service_level": 0.8, "answer_within_s": 20}
    assert needed(600, 300, ServiceTargets(180, **level)) == (52, "service_level")
    assert needed(600, 300, ServiceTargets(180, answer_rate=0.95, **level)) == (52, "answer_rate")
    assert needed(600, 300, ServiceTargets(180, answer_rate=0.95, occupancy=0.85, **level)) == (
        59,
        "occupancy",
    )


@pytest.mark.parametrize("load", [0.05, 0.5, 2.5, 20.0, 70.0])
@pytest.mark.parametrize(
    "targets",
    [
        ServiceTargets(180, answer_rate=0.9),
        ServiceTargets(60, service_level=0.8, answer_within_s=0),
        ServiceTargets(300, asa_s=15),
        ServiceTargets(180, 0.95, 0.9, 20, 30, 0.85),
        ServiceTargets(None, service_level=0.8, answer_within_s=20),
        ServiceTargets(None, asa_s=10, occupancy=0.9),
    ],
)
def test_requirement_is_the_smallest_that_holds(load, targets):
    rate, aht = load * 12, 300

    def failing(n):
        found = queue_figures(rate, aht, targets.patience_s, n, targets.answer_within_s or 0)
        shown = {
            "answer_rate": targets.answer_rate and found.answer_rate < targets.answer_rate,
            "service_level": targets.service_level and found.sl_answered_within < targets.service_level,
            "asa": targets.asa_s and found.asa_answered_s > targets.asa_s,
            "occupancy": targets.occupancy and found.occupancy > targets.occupancy,
        }
        return [name for name, fails in shown.items() if fails]

    smallest = next(n for n in range(300) if not failing(n))
    assert needed(rate, aht, targets) == (smallest, failing(smallest - 1)[0])


def test_fractional_loads_get_the_least_stable_number():
    """Half an erlang at 50 % within 20 s: one person, although 0.5 + 1 rounds to two."""
    assert needed(6, 300, ServiceTargets(service_level=0.5, answer_within_s=20)) == (1, "service_level")


def test_nobody_is_needed_without_contacts_or_targets():
    assert needed(0, 300, ServiceTargets(180, 0.95, 0.8, 20, 10, 0.8)) == (0, "none")
    assert needed(60, 300, ServiceTargets(180)) == (0, "none")


@pytest.mark.parametrize(
    "broken",
    [{"answer_rate": 1.0}, {"answer_rate": 90}, {"service_level": 0.8}, {"answer_within_s": 20},
     {"patience_s": 0}, {"asa_s": 0}, {"occupancy": 1.2}, {"service_level": 0.8, "answer_within_s": -1}],
)  # fmt: skip
def test_impossible_targets_are_refused(broken):
    with pytest.raises(ValueError, match=r"answer|service|patience|asa|occupancy"):
        ServiceTargets(**broken)


@pytest.mark.parametrize("cv", [0.02, 0.1, 0.3, 1.0, 1.5])
def test_day_factor_has_the_moments_of_its_gamma(cv):
    values, weights = day_factor_points(cv)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert values @ weights == pytest.approx(1, abs=1e-10)
    assert values**2 @ weights == pytest.approx(1 + cv**2, rel=1e-10)
    assert values**3 @ weights == pytest.approx((1 + cv**2) * (1 + 2 * cv**2), rel=1e-9)


@pytest.mark.parametrize(
    ("cv", "level", "agents"),
    [(0, 0.807, 52), (0.05, 0.794, 53), (0.1, 0.763, 54), (0.15, 0.724, 55), (0.2, 0.685, 57)],
)
def test_uncertain_days_cost_service(cv, level, agents):
    """50 erlangs of 300 s, patience 180 s: 80/20 level of 52 agents (lognormal days), agents restoring it."""
    targets = ServiceTargets(180, service_level=0.8, answer_within_s=20)
    loss = expected_loss([300], [300], targets, day_cv=cv, interval_minutes=30, people_max=70)
    answered = 1 - loss[0] / 300
    assert answered[52] == pytest.approx(level, abs=4e-3)
    assert int(np.argmax(answered >= 0.8)) == agents


@pytest.mark.parametrize("cv", [0.05, 0.2])
def test_expected_loss_is_the_mean_over_gamma_days(cv):
    targets = ServiceTargets(180, service_level=0.8, answer_within_s=20)
    days = stats.gamma.ppf((np.arange(20_000) + 0.5) / 20_000, cv**-2, scale=cv**2)
    level = queue_figures(600 * days, 300, 180, 52, 20).sl_answered_within
    loss = expected_loss([300], [300], targets, day_cv=cv, interval_minutes=30, people_max=52)
    assert loss[0, 52] == pytest.approx(300 * np.mean(days * (1 - level)), rel=5e-4)


@pytest.mark.parametrize(
    "targets",
    [
        ServiceTargets(180),
        ServiceTargets(180, service_level=0.8, answer_within_s=20),
        ServiceTargets(None, service_level=0.8, answer_within_s=20),
    ],
)
def test_curves_fall_convexly_from_all_lost(targets):
    mean = np.array([0.0, 0.2, 3.0, 28.7, 75.0])
    aht = [np.nan, 900, 300, 300, 60]
    loss = expected_loss(mean, aht, targets, day_cv=0.1, interval_minutes=15, people_max=40)
    lost = convex_thousandths(loss)
    for row, exact in zip(lost, loss, strict=True):
        np.testing.assert_allclose(row, lower_convex_envelope(1000 * exact), atol=6)
    drops = -np.diff(lost, axis=1)
    assert (lost[:, 0] == np.rint(1000 * mean)).all()
    assert (drops >= 0).all()
    assert (np.diff(drops, axis=1) <= 0).all()
    assert (lost[0] == 0).all()
    assert lost[2, -1] == 0


def test_the_convex_stretch_is_the_loss_itself():
    """Where the loss is convex already, the curve is mean x P(abandon)."""
    loss = expected_loss([25], [300], ServiceTargets(180), day_cv=0, interval_minutes=15, people_max=20)
    lost = convex_thousandths(loss)[0]
    people = np.arange(21)
    expected = 25_000 * queue_figures(100, 300, 180, people, 0).p_abandon
    np.testing.assert_allclose(lost, expected, atol=1.01)


def test_envelope_is_the_largest_convex_minorant():
    values = np.array([10.0, 9.5, 8.0, 3.0, 2.5, 0.0])
    envelope = lower_convex_envelope(values)
    chords = [
        min(
            values[i] + (values[j] - values[i]) * (k - i) / (j - i) if j > i else values[k]
            for i in range(k + 1) for j in range(k, 6)
        )
        for k in range(6)
    ]  # fmt: skip
    np.testing.assert_allclose(envelope, chords)


@pytest.mark.parametrize("lost", [(), (5, 6), (9, 8, 2), (5, -1)])
def test_curves_that_are_none_are_refused(lost):
    with pytest.raises(ValueError, match="lost"):
        ServiceCurve("phone", NINE, NINE + timedelta(minutes=15), lost)


def test_curve_times_are_aware_and_ordered():
    with pytest.raises(ValueError, match="aware"):
        ServiceCurve("phone", datetime(2025, 7, 7), NINE, (3, 1))
    with pytest.raises(ValueError, match="start < end"):
        ServiceCurve("phone", NINE, NINE, (3, 1))
    assert ServiceCurve("phone", NINE, NINE + timedelta(minutes=15), (3, 1)).lost_with(7) == 1


@pytest.fixture
def forecast():
    starts = [NINE, NINE + timedelta(minutes=15)]
    frame = pd.DataFrame(
        {"start": starts * 2, "queue": ["phone"] * 2 + ["chat"] * 2, "mean": [150.0, 0.0, 4.0, 5.0],
         "aht_s": [300.0, np.nan, 600.0, 600.0]}
    )  # fmt: skip
    return Forecast(frame, 15, {"phone": 0.1, "chat": 0.0})


def steady_then_none(*, day_cv=0.0):
    """Three hours of 150 calls a quarter, then a quarter without any."""
    starts = [NINE + timedelta(minutes=15 * k) for k in range(13)]
    mean, aht = [150.0] * 12 + [0.0], [300.0] * 12 + [np.nan]
    frame = pd.DataFrame({"start": starts, "queue": "phone", "mean": mean, "aht_s": aht})
    return Forecast(frame, 15, {"phone": day_cv})


def test_staffing_table():
    targets = ServiceTargets(180, service_level=0.8, answer_within_s=20)
    table = staffing_table(steady_then_none(), {"phone": targets})
    assert tuple(table.columns) == STAFFING_COLUMNS
    busy, empty = table.iloc[11], table.iloc[12]
    assert (busy["required"], busy["binding"], busy["offered"]) == (52, "service_level", 150.0)
    assert busy["service_level"] == pytest.approx(0.807, abs=5e-4)
    assert busy["abandon_rate"] == pytest.approx(0.0452, abs=1e-4)
    assert busy["answer_rate"] == pytest.approx(1 - 0.0452, abs=1e-4)
    assert busy["occupancy"] == pytest.approx(0.918, abs=5e-4)
    assert (empty["required"], empty["binding"], empty["occupancy"], empty["answer_rate"]) == (
        0,
        "none",
        0,
        1,
    )


def test_a_load_that_begins_is_carried_up_to_its_steady_state():
    targets = ServiceTargets(180, service_level=0.8, answer_within_s=20)
    required = staffing_table(steady_then_none(), {"phone": targets})["required"].tolist()
    assert required[:3] == sorted(required[:3])
    assert required[0] < 45 < required[1]
    assert set(required[6:12]) == {52}


def test_people_are_sized_on_the_distribution_of_the_forecast():
    """50 erlangs, 80/20: 54 people for days of CV 10 %, where 52 would do at the mean."""
    targets = ServiceTargets(180, service_level=0.8, answer_within_s=20)
    last = staffing_table(steady_then_none(day_cv=0.1), {"phone": targets}).iloc[11]
    assert last["required"] == 54
    assert last["service_level"] == pytest.approx(0.8226, abs=1e-3)


def test_unplanned_absence_is_rostered_on_top():
    targets = ServiceTargets(180, service_level=0.8, answer_within_s=20, unplanned_absence=0.1)
    assert staffing_table(steady_then_none(), {"phone": targets}).iloc[11]["required"] == 58  # 52 / 0.9 = 57.8
    assert int(requirement(600, 300, replace(targets, unplanned_absence=0.35)).rostered) == 80  # 52 / 0.65, exactly


def test_absence_is_priced_as_the_chance_of_each_number_who_turn_up():
    targets = ServiceTargets(180)
    asked = {"day_cv": 0, "interval_minutes": 15, "people_max": 60}
    whole = expected_loss([150], [300], targets, **asked)[0]
    less = expected_loss([150], [300], replace(targets, unplanned_absence=0.1), **asked)[0]
    chances = stats.binom.pmf(np.arange(61), 52, 0.9)
    assert less[52] == pytest.approx(chances @ whole)


def test_staffing_table_needs_handling_times(forecast):
    forecast.frame.loc[0, "aht_s"] = np.nan
    with pytest.raises(ValueError, match="handling time"):
        staffing_table(forecast, {"phone": ServiceTargets(180, answer_rate=0.9)})


def test_forecast_demand_prices_each_interval(forecast):
    demand = ForecastDemand(forecast, {"chat": ServiceTargets(240, answer_rate=0.9)}, {"chat": 8})
    assert demand.queues == ("chat",)
    first, second = demand.curves("chat")
    assert (first.start, first.end, second.end) == (
        NINE,
        NINE + timedelta(minutes=15),
        NINE + timedelta(minutes=30),
    )
    assert len(first.lost) == 9
    assert (first.lost[0], second.lost[0]) == (4000, 5000)
    assert first.start.date() == date(2025, 7, 7)
