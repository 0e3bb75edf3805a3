"""The parts of the default forecaster, each on something planted."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from benchmarks.call_histories import LARGE, SMALL, made_up
from roster.calendar import festivals
from roster.forecast.assumption import assumed_forecast
from roster.forecast.backtest import backtest, past_rows, weekly_origins
from roster.forecast.combination import Combined, alone
from roster.forecast.day_calendar import DayCalendar, LoadEvent
from roster.forecast.day_matrix import DayMatrix
from roster.forecast.handling_time import handling_times
from roster.forecast.history import History
from roster.forecast.level_profile import LevelProfile
from roster.forecast.rolling import PastForecasts, past_forecasts
from roster.forecast.same_weekday import SameWeekdayMean
from roster.forecast.second_opinions import OPINIONS, opinions
from roster.forecast.spread import spread_of
from roster.forecast.unusual import repaired
from roster.forecast.variances import Variances, fit_variances

FIRST = date(2024, 1, 1)
SHAPE = np.array([20.0, 60.0, 90.0, 70.0, 80.0, 50.0, 30.0])
YARDSTICK = SameWeekdayMean(4)
PAYDAYS = replace(LARGE, paydays={10: 0.3, 15: 0.3, 25: 0.3, -1: 0.3})


def matrix_of(volume, *, days=200, first=FIRST, shape=SHAPE):
    """Every day open; `volume(day)` times the shape, from 9:00 by the hour."""
    dates = tuple(first + timedelta(days=k) for k in range(days))
    offered = np.array([volume(day) * shape for day in dates])
    nothing = np.zeros_like(offered)
    return DayMatrix("q", dates, 60 * np.arange(9, 9 + len(shape)), offered, nothing, nothing, (dates[0], dates[-1]))


def expected(matrix, calendar, days, method=None):
    method = method or LevelProfile()
    return method.means(matrix, calendar, days).sum(axis=1) / SHAPE.sum()


def test_variance_components_are_found():
    """Twenty groups of fifteen values, group variance 4, noise 1: the estimates lie within sampling error."""
    stream = np.random.default_rng(3)
    group = np.repeat(np.arange(20), 15)
    values = 7 + 2 * stream.standard_normal(20)[group] + stream.standard_normal(300)
    parts = np.array([(group[:, None] == group[None, :]).astype(float), np.zeros((300, 300))])
    start = Variances(np.array([1.0, 1.0]), 1.0)
    found = fit_variances(parts, values, np.zeros(300), start, start, 60)
    between = float(np.var([values[group == g].mean() for g in range(20)], ddof=1)) - found.noise / 15
    assert found.noise == pytest.approx(np.mean([values[group == g].var(ddof=1) for g in range(20)]), rel=0.02)
    assert found.effects[0] == pytest.approx(between, rel=0.1)


def test_days_of_the_month_are_learnt_and_shrunk():
    """The 25th is half as busy again: most of it is foreseen, and nothing of it on other days."""
    busy = matrix_of(lambda day: 1.5 if day.day == 25 else 1.0)
    ahead = [date(2024, 7, 24), date(2024, 7, 25), date(2024, 7, 26)]
    with_month = expected(busy, DayCalendar(), ahead)
    assert 1.3 < with_month[1] < 1.5
    np.testing.assert_allclose(with_month[[0, 2]], 1, atol=0.05)
    assert expected(busy, DayCalendar(), ahead, LevelProfile(day_of_month=False))[1] < 1.1


def test_a_festival_is_told_by_the_moon():
    """Two quiet days from three days after Spring Festival: 2024 by 10 February, so 2025 by 29 January."""
    calendar = DayCalendar({}, (), festivals(date(2023, 1, 1), date(2025, 12, 31)))
    springs = [date(2023, 1, 22), date(2024, 2, 10)]
    quiet = {spring + timedelta(days=k) for spring in springs for k in (3, 4)}
    past = matrix_of(lambda day: 0.6 if day in quiet else 1.0, days=720, first=date(2023, 1, 9))
    found = expected(past, calendar, [date(2025, 2, 1), date(2025, 2, 13), date(2025, 2, 10)])
    assert 0.55 < found[0] < 0.85
    np.testing.assert_allclose(found[1:], 1, atol=0.06)


def test_festivals_by_moon_and_sun():
    known = {
        date(2024, 2, 10): "Spring Festival", date(2024, 4, 4): "Tomb-Sweeping", date(2024, 6, 10): "Dragon Boat",
        date(2024, 9, 17): "Mid-Autumn", date(2024, 10, 1): "National Day", date(2025, 1, 29): "Spring Festival",
    }  # fmt: skip
    found = festivals(date(2024, 2, 1), date(2025, 1, 31))
    assert known.items() <= found.items()
    assert len(found) == 8
    calendar = DayCalendar({}, (), found)
    assert calendar.festival_offset(date(2024, 2, 9)) == "Spring Festival -1"
    assert calendar.festival_offset(date(2024, 2, 18)) == "Spring Festival +8"
    assert calendar.festival_offset(date(2024, 3, 5)) == ""


def test_a_calendar_that_a_queue_does_not_follow_is_put_aside():
    """Open and busy on five statutory days: they are ordinary; closed on them: they stay holidays."""
    off = [date(2024, 2, 12) + timedelta(days=k) for k in range(5)]
    calendar = DayCalendar(dict.fromkeys([*off, date(2024, 7, 24)], "statutory"))
    days = [FIRST + timedelta(days=k) for k in range(200)]
    assert calendar.followed_by(days, [100.0] * 200).day_types == {}
    assert calendar.followed_by([d for d in days if d not in off], [100.0] * 195) is calendar
    assert calendar.followed_by(days, [50.0 if d in off else 100.0 for d in days]) is calendar


def test_the_best_method_of_the_last_weeks_leads():
    actual = np.full((10, 4), 100.0)
    past = PastForecasts(actual, (actual + 5, actual + 10, actual + 40))
    weights = Combined((YARDSTICK,) * 3).weights(past)
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > 0.99
    even = Combined((YARDSTICK,) * 3).weights(PastForecasts(actual, (actual + 5, actual - 5, actual + 5)))
    np.testing.assert_allclose(even, 1 / 3)


def test_past_forecasts_know_nothing_of_what_they_are_scored_on():
    """Each week of 2024 is worth its number: four weeks back from the first day of a week is what was known."""
    matrix = matrix_of(lambda day: float(day.isocalendar().week), days=70)
    last_week = past_forecasts(matrix, DayCalendar(), [SameWeekdayMean(1)], lead_days=7, weeks=3)
    np.testing.assert_allclose(last_week.actual[:, 0] / SHAPE[0], [10] * 7 + [9] * 7 + [8] * 7)
    np.testing.assert_allclose(last_week.expected[0][:, 0] / SHAPE[0], [9] * 7 + [8] * 7 + [7] * 7)
    two = past_forecasts(matrix, DayCalendar(), [SameWeekdayMean(1)], lead_days=14, weeks=1)
    np.testing.assert_allclose(two.expected[0][:, 0] / SHAPE[0], [8] * 7)


def test_methods_that_know_no_events_are_silent_on_them():
    event = LoadEvent(date(2024, 7, 22), date(2024, 7, 22), "", 2.0, "x")
    frame = pd.DataFrame(
        [
            {"start": pd.Timestamp(day, tz="Asia/Shanghai") + pd.Timedelta(hours=9 + hour), "queue": "q", "offered": y}
            for day in (FIRST + timedelta(days=k) for k in range(200))
            for hour, y in enumerate(SHAPE)
        ]
    )
    made = Combined().forecast(History(frame, 60), DayCalendar({}, (event,)), start=date(2024, 7, 22), days=2)
    day = made.frame.groupby(made.frame["start"].dt.date)["mean"].sum() / SHAPE.sum()
    np.testing.assert_allclose(day, [2, 1], rtol=0.02)


def test_outages_and_one_off_days_are_found_and_listed():
    stream = np.random.default_rng(5)
    matrix = matrix_of(lambda day: 1.0)
    offered = stream.poisson(matrix.offered).astype(float)
    offered[50, 2:4] = 0
    offered[80, 1] *= 4
    history = History(
        pd.DataFrame(
            [
                {
                    "start": pd.Timestamp(day, tz="Asia/Shanghai") + pd.Timedelta(minutes=int(m)),
                    "queue": "q",
                    "offered": y,
                }
                for day, row in zip(
                    matrix.days, offered * np.where(np.arange(200) == 120, 0.3, 1)[:, None], strict=True
                )
                for m, y in zip(matrix.minutes, row, strict=True)
            ]
        ),
        60,
    )
    found = Combined().forecast(history, DayCalendar(), start=date(2024, 7, 19), days=1).unusual
    told = {(item.day, item.first_minute, item.end_minute) for item in found}
    assert told == {(matrix.days[50], 660, 780), (matrix.days[80], 600, 660), (matrix.days[120], 540, 960)}
    outage = next(item for item in found if item.day == matrix.days[50])
    assert outage.found == 0
    assert outage.usual == pytest.approx(160, rel=0.2)


def test_repairs_leave_an_ordinary_noisy_history_alone():
    stream = np.random.default_rng(6)
    noisy = matrix_of(lambda day: 0.1 * stream.gamma(25, 1 / 25))
    noisy = DayMatrix(
        "q",
        noisy.days,
        noisy.minutes,
        stream.poisson(noisy.offered).astype(float),
        *([noisy.handled] * 2),
        noisy.recorded,
    )
    assert repaired(noisy, DayCalendar(), 60)[1] == ()


def test_the_spread_of_days_and_intervals_is_found():
    stream = np.random.default_rng(7)
    mean = np.tile(SHAPE * 10, (400, 1))
    rate = mean * stream.gamma(100, 0.01, (400, 1)) * stream.gamma(400, 1 / 400, mean.shape)
    found = spread_of(stream.poisson(rate).astype(float), mean)
    assert found.day_cv == pytest.approx(0.1, rel=0.12)
    assert found.interval_cv == pytest.approx(0.05, rel=0.12)


@pytest.mark.parametrize(("centre", "gain"), [(PAYDAYS, 0.8), (SMALL, 0.98)])
def test_a_week_ahead_beats_the_mean_of_the_last_four(centre, gain):
    history = made_up(centre, 11, days=200)
    scores = backtest(
        history, DayCalendar(), origins=weekly_origins(history, weeks=3), methods=(Combined(), alone(YARDSTICK))
    ).set_index("method")
    assert scores.loc["combined", "wape"] < gain * scores.loc[YARDSTICK.name, "wape"]
    assert 0.7 < scores.loc["combined", "cover80"] < 0.9
    assert scores.loc["combined", "cover95"] > 0.88


def test_rows_of_a_backtest_tell_the_week_ahead():
    history = made_up(SMALL, 12, days=35)
    rows = past_rows(
        history, DayCalendar(), origins=weekly_origins(history, weeks=2), methods=(alone(YARDSTICK),), weeks=2
    )
    ahead = [(start.date() - origin).days // 7 + 1 for start, origin in zip(rows["start"], rows["origin"], strict=True)]
    assert rows["week"].tolist() == ahead
    assert rows.groupby("origin")["week"].max().tolist() == [2, 1]  # the last week has nothing behind it


def test_handling_time_differs_by_kind_of_day_and_hour():
    """Sundays take half as long again, the first hour a third longer; a day of 3000 s is no guide."""
    plain = matrix_of(lambda day: 1.0)
    hour = np.where(np.arange(len(SHAPE)) == 0, 4 / 3, 1.0)
    aht = np.array([240 * (1.5 if day.weekday() == 6 else 1.0) * hour for day in plain.days])
    aht[170] = 3000
    known = replace(plain, handled=plain.offered, aht_s=aht)
    found = handling_times(known, DayCalendar(), [date(2024, 7, 22), date(2024, 7, 28)])
    np.testing.assert_allclose(found[0], 240 * hour, rtol=0.08)
    np.testing.assert_allclose(found[1], 360 * hour, rtol=0.08)


def test_an_assumption_is_spread_evenly_and_unsure():
    starts = pd.date_range("2025-03-03 09:00", periods=4, freq="h", tz=ZoneInfo("Asia/Shanghai"))
    made = assumed_forecast("q", starts, contacts_a_day=100, aht_s=200, interval_minutes=60)
    assert made.frame["mean"].tolist() == [25] * 4
    assert made.frame["aht_s"].tolist() == [200] * 4
    assert made.frame["q975"].iloc[0] > 1.6 * 25
    with pytest.raises(ValueError, match="0 < aht_s"):
        assumed_forecast("q", starts, contacts_a_day=100, aht_s=0, interval_minutes=60)


def test_missing_second_opinions_are_named_with_their_reason():
    present, missing = opinions()
    assert len(present) + len(missing) == len(OPINIONS)
    assert all(reason.endswith("not installed") for reason in missing)


@pytest.mark.parametrize("method", OPINIONS, ids=lambda method: method.name)
def test_second_opinions_expect_the_usual_week(method):
    for library in method.needs:
        pytest.importorskip(library, reason=f"{library} is not installed: pip install 'lunban[opinions]'")
    matrix = matrix_of(lambda day: 1 + 0.5 * (day.weekday() == 0))
    found = method.means(matrix, DayCalendar(), [date(2024, 7, 22), date(2024, 7, 23)]).sum(axis=1) / SHAPE.sum()
    np.testing.assert_allclose(found, [1.5, 1], rtol=0.1)
