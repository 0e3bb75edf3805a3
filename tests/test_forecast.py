"""Forecasting on histories whose truth is known, and the yardsticks on figures counted by hand."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from roster.forecast.backtest import backtest, scores_of, weekly_origins
from roster.forecast.base import FORECAST_COLUMNS, QUANTILES, Forecast
from roster.forecast.combination import Combined, alone
from roster.forecast.day_calendar import DayCalendar, LoadEvent
from roster.forecast.history import History
from roster.forecast.predictive import quantile_columns
from roster.forecast.same_weekday import SameWeekdayMean
from sample_data.spec import load_spec
from sample_data.synthetic_history import synthetic_history

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHAPE = np.array([30.0, 60.0, 45.0, 15.0])  # contacts at 9:00, 9:30, 10:00, 10:30 of a Wednesday
WEEKDAY = np.array([1.3, 1.1, 1.0, 0.9, 0.8])
MONDAY = date(2024, 1, 1)


def history_of(volume, *, days=105, open_on=lambda day: day.weekday() < 5, queue="phone"):
    """`volume(day)`: factor of the day on SHAPE."""
    rows = [
        {"start": pd.Timestamp(day, tz=SHANGHAI) + pd.Timedelta(minutes=540 + 30 * slot), "queue": queue,
         "offered": contacts * volume(day), "aht_s": 240.0 + 60 * (slot % 2)}
        for day in (MONDAY + timedelta(days=i) for i in range(days)) if open_on(day)
        for slot, contacts in enumerate(SHAPE)
    ]  # fmt: skip
    return History(pd.DataFrame(rows), 30)


def by_weekday(day):
    return WEEKDAY[min(day.weekday(), 4)]


def daily(forecast):
    frame = forecast.frame
    return frame.groupby(frame["start"].dt.date)["mean"].sum()


def test_a_regular_week_is_foreseen():
    forecast = Combined().forecast(history_of(by_weekday), DayCalendar(), start=date(2024, 4, 15), days=7)
    assert tuple(forecast.frame.columns) == FORECAST_COLUMNS
    week = forecast.frame["mean"].to_numpy().reshape(7, 4)
    np.testing.assert_allclose(week[:5], WEEKDAY[:, None] * SHAPE, rtol=0.01)
    assert (week[5:] == 0).all()
    assert forecast.frame["start"].iloc[0] == pd.Timestamp("2024-04-15 09:00", tz=SHANGHAI)


def test_handling_time_follows_the_interval():
    frame = Combined().forecast(history_of(by_weekday), DayCalendar(), start=date(2024, 4, 15), days=1).frame
    assert frame["aht_s"].is_monotonic_increasing is False
    np.testing.assert_allclose(frame["aht_s"], [240, 300, 240, 300], atol=3)


def test_growth_is_not_carried_on():
    grown = history_of(lambda day: by_weekday(day) * 1.004 ** (day - MONDAY).days)
    last = 1.004**104 * 150
    far = daily(Combined().forecast(grown, DayCalendar(), start=date(2025, 4, 7), days=7))
    assert 0.7 * last < far.iloc[2] < 1.05 * last


def test_a_year_ahead_equals_next_month():
    history = history_of(by_weekday)
    near, far = (
        daily(Combined().forecast(history, DayCalendar(), start=start, days=7)).to_numpy()
        for start in (date(2024, 5, 6), date(2025, 5, 5))
    )
    np.testing.assert_allclose(near, far, rtol=0.02)


def test_one_broken_day_changes_nothing():
    def outage(day):
        return by_weekday(day) * (0.2 if day == date(2024, 4, 8) else 1.0)

    clean, broken = (
        daily(Combined().forecast(history_of(v), DayCalendar(), start=date(2024, 4, 15), days=5))
        for v in (by_weekday, outage)
    )
    np.testing.assert_allclose(broken, clean, rtol=0.01)


def season(start, end, factor, name="base-adjustment", queue="phone"):
    return LoadEvent(start, end, queue, factor, name)


def test_an_event_is_learnt_from_its_namesake():
    past = season(date(2024, 2, 1), date(2024, 2, 29), 1.2)
    coming = season(date(2024, 7, 1), date(2024, 7, 31), 1.2)
    history = history_of(lambda day: by_weekday(day) * (1.5 if past.start <= day <= past.end else 1.0))
    made = daily(Combined().forecast(history, DayCalendar({}, (past, coming)), start=date(2024, 7, 29), days=7))
    np.testing.assert_allclose(made.iloc[:3] / 150, 1.5 * WEEKDAY[:3], rtol=0.05)
    np.testing.assert_allclose(made.iloc[3:5] / 150, WEEKDAY[3:], rtol=0.05)


def test_an_unknown_event_takes_its_factor_on_its_queue_and_days_only():
    events = (
        season(date(2024, 4, 16), date(2024, 4, 17), 1.4),
        season(date(2024, 4, 18), date(2024, 4, 18), 3, "x", "chat"),
    )
    base, lifted = (
        daily(Combined().forecast(history_of(by_weekday), DayCalendar({}, e), start=date(2024, 4, 15), days=5))
        for e in ((), events)
    )
    np.testing.assert_allclose(lifted / base, [1, 1.4, 1.4, 1, 1], rtol=2e-3)


def test_closed_holidays_are_zero_and_make_up_days_are_workdays():
    closed = {date(2024, 2, 12) + timedelta(days=i): "statutory" for i in range(5)}
    ahead = {date(2024, 4, 17): "statutory", date(2024, 4, 18): "bridge", date(2024, 4, 20): "makeup"}
    history = history_of(by_weekday, open_on=lambda day: day.weekday() < 5 and day not in closed)
    made = daily(Combined().forecast(history, DayCalendar(closed | ahead), start=date(2024, 4, 15), days=7))
    assert (made.iloc[[2, 3, 6]] == 0).all()
    assert made.iloc[5] == pytest.approx(150 * WEEKDAY.mean(), rel=0.05)


def test_the_day_after_a_holiday_is_learnt():
    closed = {date(2024, 1, 10): "statutory", date(2024, 2, 7): "statutory", date(2024, 3, 6): "statutory"}
    after = {day + timedelta(days=1) for day in closed}
    history = history_of(
        lambda day: by_weekday(day) * (1.4 if day in after else 1.0),
        open_on=lambda day: day.weekday() < 5 and day not in closed,
    )
    calendar = DayCalendar(closed | {date(2024, 4, 17): "statutory"})
    made = daily(Combined().forecast(history, calendar, start=date(2024, 4, 15), days=5))
    assert 1.2 < made.iloc[3] / (150 * WEEKDAY[3]) < 1.45
    assert made.iloc[4] == pytest.approx(150 * WEEKDAY[4], rel=0.05)


def test_an_interval_closed_on_one_weekday_stays_closed():
    history = history_of(by_weekday)
    friday_noon = (history.frame["start"].dt.day_of_week == 4) & (history.frame["start"].dt.hour == 10)
    history = History(history.frame.assign(offered=history.frame["offered"].where(~friday_noon, 0)), 30)
    made = Combined().forecast(history, DayCalendar(), start=date(2024, 4, 15), days=5).frame["mean"].to_numpy()
    assert (made[-2:] == 0).all()
    assert (made[:-2] > 0).all()


@pytest.mark.parametrize(
    ("day", "place"),
    [("2024-09-30", "before"), ("2024-09-14", "before"), ("2024-09-18", "after1"), ("2024-09-19", "after2"),
     ("2024-10-08", "after1"), ("2024-10-10", "after3"), ("2024-10-11", ""), ("2024-10-01", ""),
     ("2024-09-23", "")],
)  # fmt: skip
def test_places_by_holiday_of_autumn_2024(day, place):
    assert sample_calendar().place_by_holiday(date.fromisoformat(day)) == place


@pytest.mark.parametrize("cv", [0.0, 1e-5, 0.02, 0.3, 2.0])
def test_quantiles_are_those_of_an_independent_implementation(cv):
    means = np.array([1e-9, 1e-3, 0.4, 1.0, 7.5, 40.0, 900.0, 30_000.0])
    levels = list(QUANTILES.values())
    size, each = cv**-2 if cv else np.inf, means[:, None]
    wanted = stats.nbinom.ppf(levels, size, size / (size + each)) if cv else stats.poisson.ppf(levels, each)
    whole = np.ceil(
        quantile_columns(means, cv).to_numpy() - 0.5 - 1e-6
    )  # each count lies in (count - 0.5, count + 0.5]
    assert np.maximum(whole, 0).tolist() == wanted.tolist()


def test_quantiles_of_a_geometric_count():
    """A Gamma factor of cv 1 makes the count geometric: P(N <= k) = 1 - (m / (1 + m))^(k + 1)."""
    found = quantile_columns(np.array([12.0]), 1.0).iloc[0]
    for name, level in QUANTILES.items():
        reached = np.log(1 - level) / np.log(12 / 13) - 0.5  # P(N <= reached - 0.5) = level
        assert found[name] == pytest.approx(reached if level >= 1 / 13 else max(13 * level - 0.5, 0), rel=1e-9)


def test_quantiles_of_poisson_and_of_nothing():
    found = quantile_columns(np.array([10.0, 0.0]), 0.0)
    told = found.iloc[0][["q025", "q50", "q975"]]
    assert np.ceil(told - 0.5).tolist() == [4, 10, 17]  # printed Poisson tables
    assert (found.iloc[1] == 0).all()


def test_drawn_days_share_one_factor():
    """The variance of a day's total is m + m^2 (cv_day^2 + cv_i^2 (1 + cv_day^2) / intervals) by total variance."""
    times = pd.date_range("2024-01-01", periods=8, freq="12h", tz=SHANGHAI)
    frame = pd.DataFrame({"start": times, "queue": "phone", "mean": 100.0})
    drawn = Forecast(frame, 60, {"phone": 0.2}, {"phone": 0.1}).sample("phone", np.random.default_rng(1), 20_000)
    assert drawn.shape == (20_000, 8)
    day = drawn.reshape(-1, 4, 2).sum(axis=2)
    assert day.mean() == pytest.approx(200, rel=0.01)
    assert day.var() == pytest.approx(200 + 200**2 * (0.04 + 0.01 * 1.04 / 2), rel=0.03)
    assert abs(np.corrcoef(day.T) - np.eye(4)).max() < 0.03


def test_nothing_is_drawn_where_nothing_is_expected_or_known():
    frame = pd.DataFrame({"start": pd.to_datetime([]).tz_localize(SHANGHAI), "queue": [], "mean": []})
    assert Forecast(frame, 60, {}).sample("phone", np.random.default_rng(1), 3).shape == (3, 0)


def test_backtest_by_hand():
    """Four weeks at 1, one at 1.2, then one at 1.2: the naive method is right, the mean of four says 1.05."""
    history = history_of(lambda day: 1.2 if day >= date(2024, 1, 29) else 1.0, days=42)
    methods = (alone(SameWeekdayMean(1)), alone(SameWeekdayMean(4)))
    scores = backtest(history, DayCalendar(), origins=weekly_origins(history, weeks=1), methods=methods)
    assert scores["method"].tolist() == ["seasonal naive", "mean of last 4"]
    assert scores["wape"].tolist() == pytest.approx([0, 0.15 / 1.2])
    assert scores["mae"].tolist() == pytest.approx([0, 0.15 * 37.5])
    assert scores["intervals"].tolist() == [20, 20]


def test_backtest_pinball_and_coverage():
    """Two intervals with 10 and 30 contacts, all quantiles at 20: the loss of each is 10 x its level or its rest."""
    said = dict.fromkeys(QUANTILES, 20.0) | {"q10": 10.0, "q90": 25.0, "q975": 30.0}
    rows = pd.DataFrame(
        [{"queue": "phone", "method": "m", "week": 1, "offered": y, "mean": 20, **said} for y in (10, 30)]
    )
    scores = scores_of(rows).iloc[0]
    levels = {"q025": 0.025, "q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
    low = sum(10 * (1 - level) for level in levels.values()) + 0 + 15 * 0.1 + 20 * 0.025
    high = sum(10 * level for level in levels.values()) + 20 * 0.1 + 5 * 0.9 + 0
    assert scores["pinball"] == pytest.approx((low + high) / 18 / 20)
    assert (scores["cover80"], scores["cover95"]) == (0.5, 0.5)
    assert scores["wape"] == pytest.approx(0.5)


def test_backtest_needs_a_past():
    with pytest.raises(ValueError, match="origin"):
        backtest(history_of(by_weekday), DayCalendar(), origins=(MONDAY,))


HOLIDAYS = [date(2024, 9, day) for day in (15, 16, 17)] + [date(2024, 10, day) for day in range(1, 8)]
MAKE_UP = [date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12)]


def sample_calendar():
    return DayCalendar({**dict.fromkeys(HOLIDAYS, "statutory"), **dict.fromkeys(MAKE_UP, "makeup")})


@pytest.fixture(scope="module")
def sample():
    frame = synthetic_history(load_spec("shanghai-2025").history, 2025)
    return History(frame.assign(start=pd.to_datetime(frame["start"]).dt.tz_localize(SHANGHAI)), 15)


def test_the_method_beats_its_yardsticks_with_honest_intervals(sample):
    scores = backtest(sample, sample_calendar(), origins=weekly_origins(sample, weeks=6)).set_index(["queue", "method"])
    for queue in sample.queues:
        own = scores.loc[queue, "combined"]
        assert (
            own["wape"] < scores.loc[(queue, "mean of last 4"), "wape"] < scores.loc[(queue, "seasonal naive"), "wape"]
        )
        assert own["cover80"] > 0.77
        assert own["cover95"] > 0.92


def test_sample_season_and_opening(sample):
    past, coming = (
        LoadEvent(date(y, 7, 1), date(y, 8, 31), "direct-link", 1.2, "base-adjustment") for y in (2024, 2025)
    )
    calendar = DayCalendar(sample_calendar().day_types, (past, coming))
    made = Combined().forecast(sample, calendar, start=date(2025, 6, 23), days=14)
    total = made.frame.groupby(["queue", made.frame["start"].dt.date])["mean"].sum()["direct-link"]
    assert 1.3 < total.iloc[8:12].sum() / total.iloc[1:5].sum() < 1.6  # generated with 1.4
    assert (made.frame.loc[made.frame["start"].dt.day_of_week >= 5, "mean"] == 0).all()
    assert 0.03 < made.day_cv["direct-link"] < 0.12  # generated with 0.07


def test_sample_file_is_what_the_generator_writes():
    path = Path(__file__).parents[1] / "sample_data" / "shanghai-2025" / "history.csv"
    pd.testing.assert_frame_equal(
        pd.read_csv(path), synthetic_history(load_spec("shanghai-2025").history, 2025), check_dtype=False
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"offered": -1.0}, r"0 <= offered.*row 0"),
        ({"offered": np.nan}, "offered"),
        ({"answered": 200.0}, "answered \\+ abandoned <= offered"),
        ({"aht_s": -5.0}, "aht_s"),
        ({"start": pd.Timestamp("2024-01-01 09:10", tz=SHANGHAI)}, "30-minute grid"),
        ({"start": pd.Timestamp("2024-01-01 09:30", tz=SHANGHAI)}, "stand twice"),
        ({"queue": ""}, "queue is missing"),
    ],
)
def test_history_names_the_row_that_cannot_be(change, message):
    frame = history_of(by_weekday, days=1).frame
    for column, value in change.items():
        frame.loc[0, column] = value
    with pytest.raises(ValueError, match=message):
        History(frame, 30)


def test_history_stands_in_order_of_queue_and_time():
    frame = history_of(by_weekday, days=2).frame
    both = pd.concat([frame.assign(queue="phone"), frame.assign(queue="chat")])
    shuffled = History(both.sample(frac=1, random_state=1), 30).frame
    assert shuffled["queue"].tolist() == ["chat"] * 8 + ["phone"] * 8
    assert shuffled["start"].tolist() == frame["start"].tolist() * 2


def test_history_needs_its_columns_aware_times_and_an_interval_that_divides_the_hour():
    frame = history_of(by_weekday, days=1).frame
    with pytest.raises(ValueError, match="offered"):
        History(frame.drop(columns="offered"), 30)
    with pytest.raises(ValueError, match="aware"):
        History(frame.assign(start=frame["start"].dt.tz_localize(None)), 30)
    with pytest.raises(ValueError, match="divides 60"):
        History(frame, 25)


@pytest.mark.parametrize("event", [season(date(2024, 2, 2), date(2024, 2, 1), 1.4), season(MONDAY, MONDAY, 0)])
def test_impossible_events_are_refused(event):
    with pytest.raises(ValueError, match="start <= end"):
        DayCalendar({}, (event,))


def test_unknown_day_types_are_refused():
    with pytest.raises(ValueError, match="holyday"):
        DayCalendar({MONDAY: "holyday"})
