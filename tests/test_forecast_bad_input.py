"""Call histories as they come: handled, or refused with one message that says where, what and what to do."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from planning.asking import warnings_of
from planning.demand import forecast
from roster.calendar import Horizon
from roster.errors import InputError
from roster.loading import load_scenario
from tests.small_scenario import CONTRACT, add, small_scenario

MONDAY = datetime(2025, 3, 3)
NEW_YORK = CONTRACT.replace("Asia/Shanghai", "America/New_York")


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


def rows(days, minutes=30, *, hours=(9, 17), first=MONDAY, contacts=lambda start: 12):
    """An open interval each `minutes`, Monday to Friday, with `contacts(start)` an hour."""
    starts = [
        first + timedelta(days=day, hours=hours[0], minutes=at)
        for day in range(days)
        if (first + timedelta(days=day)).weekday() < 5
        for at in range(0, 60 * (hours[1] - hours[0]), minutes)
    ]
    return [f"{start:%Y-%m-%dT%H:%M},hotline,{contacts(start) * minutes / 60:g},," for start in starts]


def made(folder, start, days=5):
    scenario = load_scenario(folder)
    return forecast(scenario, Horizon(start, days, scenario.contract.timezone))


def daily(found):
    frame = found.frame
    return frame.groupby(frame["start"].dt.date)["mean"].sum()


def refused(folder, *parts):
    with pytest.raises(InputError) as caught:
        load_scenario(folder)
    found = [str(fault) for fault in caught.value.faults]
    assert len(found) == 1, found
    assert all(part in found[0] for part in parts), found[0]


@pytest.mark.parametrize("minutes", [5, 6, 10, 15, 30, 60])
def test_files_of_every_interval_length(folder, minutes):
    add(folder, "history", rows(28, minutes))
    found = made(folder, date(2025, 3, 31))
    assert found.interval_minutes == minutes
    np.testing.assert_allclose(daily(found), 96, rtol=0.02)


@pytest.mark.parametrize("minutes", [7, 25, 45, 120, 180])
def test_steps_that_divide_no_hour(folder, minutes):
    add(folder, "history", rows(28, minutes))
    refused(folder, "history.csv", f"every {minutes} min", "divides an hour")


def test_steps_of_seven_and_eight_minutes_in_turn(folder):
    """Quarters halved and cut to whole minutes would be read as single minutes."""
    halved = [row[:14] + f"{int(row[14:16]) + more:02d}" + row[16:] for row in rows(28, 15) for more in (0, 7)]
    add(folder, "history", halved)
    refused(folder, "history.csv column start", "every 7 or 8 min", "divides an hour")


def test_hours_that_begin_at_half_past(folder):
    add(folder, "history", [row[:14] + "30" + row[16:] for row in rows(28, 60)])
    refused(folder, "history.csv column start", "every 60 min", "on the full hour")


def test_a_queue_of_one_hour_a_day_is_no_odd_step(folder):
    add(folder, "history", [row for row in rows(80, 60) if row[11:13] == "09"])
    assert load_scenario(folder).history.interval_minutes == 60


def test_a_history_with_holes_is_no_odd_step(folder):
    """Every fourth quarter without a call is left out by the telephone system."""
    add(folder, "history", [row for place, row in enumerate(rows(28, 15)) if place % 4])
    assert load_scenario(folder).history.interval_minutes == 15


def test_days_and_intervals_that_are_missing(folder):
    """A week without rows is not recorded; a day that stops at noon was an outage and is listed."""
    given = rows(56, 30, contacts=lambda start: 60)
    kept = [
        row
        for row in given
        if not ("2025-03-17" <= row[:10] <= "2025-03-21" or "2025-04-09T12" <= row[:13] < "2025-04-10")
    ]
    add(folder, "history", kept)
    found = made(folder, date(2025, 4, 28))
    np.testing.assert_allclose(daily(found), 480, rtol=0.03)
    (outage,) = found.unusual
    assert (outage.day, outage.first_minute, outage.end_minute, outage.found) == (date(2025, 4, 9), 720, 1020, 0)
    assert outage.usual == pytest.approx(300, rel=0.05)


def test_days_without_rows_and_missing_handling_times_are_told(folder):
    """Weekends are closed and no gap; every row lacks a handling time, and the contract assumes one."""
    add(folder, "history", [row for row in rows(56) if not "2025-03-17" <= row[:10] <= "2025-03-19"])
    scenario = load_scenario(folder)
    horizon = Horizon(date(2025, 4, 28), 5, scenario.contract.timezone)
    told = " ".join(warning.en for warning in warnings_of(scenario, horizon))
    assert "3 day(s) without rows in history.csv (2025-03-17..2025-03-19)" in told
    assert "no row of history.csv has a handling time aht_s; the forecast leaves it empty" in told


def test_handling_times_that_the_contract_assumes(folder):
    small_scenario(folder, contract=CONTRACT.replace("patience_s = 120", "patience_s = 120\nassumed_aht_s = 240"))
    add(folder, "history", rows(28))
    scenario = load_scenario(folder)
    horizon = Horizon(date(2025, 3, 31), 5, scenario.contract.timezone)
    assert set(forecast(scenario, horizon).frame["aht_s"]) == {240.0}
    assert any("assumed_aht_s of 240 s is taken" in warning.en for warning in warnings_of(scenario, horizon))


def test_an_interval_given_twice(folder):
    given = rows(14)
    add(folder, "history", [*given, given[3]])
    refused(folder, "history.csv row 162 column start", "2025-03-03T10:30", "keep one row")


def test_an_hour_that_the_clock_repeats_stands_twice(folder):
    """New York goes back on 2025-11-02 at 2:00: the hour from 1:00 is there twice, or once; both are right."""
    small_scenario(folder, contract=NEW_YORK)
    for times in (1, 2):
        sunday = [f"2025-11-02T01:{minute},hotline,{k},," for k in range(times) for minute in ("00", "30")]
        add(folder, "history", [*rows(14), *sunday])
        starts = load_scenario(folder).history.frame["start"]
        assert starts.is_unique
        assert len(starts) == 160 + 2 * times


def test_an_hour_that_the_clock_skips(folder):
    small_scenario(folder, contract=NEW_YORK)
    add(folder, "history", [*rows(5), "2025-03-09T02:30,hotline,3,,"])
    refused(folder, "row 82 column start", "2025-03-09T02:30", "clock of America/New_York", "skips this hour")


def test_the_clock_of_another_zone(folder):
    twice = [f"2025-11-02T01:{minute},hotline,3,," for minute in ("00", "30")] * 2
    add(folder, "history", [*rows(5), *twice])
    with pytest.raises(InputError, match=r"row 84 .*2025-11-02T01:00.*times of Asia/Shanghai.*another zone goes back"):
        load_scenario(folder)


@pytest.mark.parametrize(("hours", "offset"), [(0, "+08:00"), (8, "Z"), (13, "-05:00")])
def test_times_that_all_say_their_offset_are_the_moments_they_name(folder, hours, offset):
    add(folder, "history", rows(5))
    local = load_scenario(folder).history.frame["start"]
    away = [start - timedelta(hours=hours) for start in local.dt.tz_localize(None)]
    add(folder, "history", [f"{start:%Y-%m-%dT%H:%M:%S}{offset},hotline,6,," for start in away])
    assert load_scenario(folder).history.frame["start"].tolist() == local.tolist()


def test_a_time_with_an_offset_among_local_ones(folder):
    add(folder, "history", [*rows(5), "2025-03-10T09:00+08:00,hotline,3,,"])
    refused(folder, "row 82 column start", "2025-03-10T09:00+08:00", "without offset unless every row has one")


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ("2025-03-10T09:00,hotline,-3,,", ("column offered", "-3", "at least 0")),
        ("2025-03-10T09:00,hotline,3,4,0", ("column offered", "3", "at least answered and abandoned together")),
        ("2025-03-10T09:00,hotlin,3,,", ("column queue", "hotlin", "did you mean hotline?")),
        ("2025-03-10T09:10,hotline,3,,", ("column start", "09:10", "30-minute grid")),
        ("2025-02-30T09:00,hotline,3,,", ("column start", "2025-02-30T09:00", "local date-time")),
    ],
)
def test_rows_that_cannot_be(folder, row, parts):
    add(folder, "history", [*rows(5), row])
    refused(folder, "history.csv row 82", *parts)


def test_queues_mixed_row_by_row(folder):
    queue = CONTRACT[CONTRACT.index("[[queue]]") : CONTRACT.index("[[shift]]")]
    small_scenario(folder, contract=CONTRACT + queue.replace('id = "hotline"', 'id = "chat"'))
    phone = rows(28)
    chat = [row.replace("hotline,6", "chat,2") for row in phone]
    add(folder, "history", [row for pair in zip(chat, reversed(phone), strict=True) for row in pair])
    found = made(folder, date(2025, 3, 31))
    total = found.frame.groupby("queue")["mean"].sum()
    # Qingming on the Friday is no workday
    assert total["hotline"] == pytest.approx(4 * 96, rel=0.02)
    assert total["chat"] == pytest.approx(4 * 32, rel=0.02)


def test_nights_without_a_call(folder):
    """Round the clock, with nights at 0: nobody is expected then, and the days are not spoilt."""
    given = rows(28, 60, hours=(0, 24), contacts=lambda start: 20 if 8 <= start.hour < 20 else 0)
    open_all_day = CONTRACT.replace('["09:00", "17:00"]', '["00:00", "24:00"]').replace(
        'start = "09:00"\nend = "17:00"', 'start = "00:00"\nend = "24:00"'
    )
    small_scenario(folder, contract=open_all_day)
    add(folder, "history", given)
    found = made(folder, date(2025, 3, 31), 1).frame
    hour = found["start"].dt.hour
    assert (found.loc[(hour < 8) | (hour >= 20), ["mean", "q975"]] == 0).all(axis=None)
    np.testing.assert_allclose(found.loc[(hour >= 8) & (hour < 20), "mean"], 20, rtol=0.05)


def _rough(folder, start):
    """Whether the forecast is called a rough guess."""
    scenario = load_scenario(folder)
    said = warnings_of(scenario, Horizon(start, 4, scenario.contract.timezone))
    return any("rough guess" in words.en for words in said)


def test_a_history_of_one_day(folder):
    """The next days are as this one, and far less sure than after months."""
    add(folder, "history", rows(1))
    short = made(folder, date(2025, 3, 4), 4)
    np.testing.assert_allclose(daily(short), 96, rtol=0.02)
    assert _rough(folder, date(2025, 3, 4))
    add(folder, "history", rows(56))
    assert not _rough(folder, date(2025, 4, 28))
    assert short.day_cv["hotline"] > 2 * made(folder, date(2025, 4, 28), 4).day_cv["hotline"]


@pytest.mark.parametrize("weeks", [1, 3])
def test_short_histories(folder, weeks):
    """Mondays are twice as busy: a week tells already, three more surely."""
    add(folder, "history", rows(7 * weeks, contacts=lambda start: 60 if start.weekday() == 0 else 30))
    found = daily(made(folder, (MONDAY + timedelta(weeks=weeks)).date())).to_numpy()
    assert found[0] / found[1:].mean() == pytest.approx(2, rel=0.15 / weeks)


def test_a_history_without_handling_time(folder):
    add(folder, "history", rows(28))
    found = made(folder, date(2025, 3, 31))
    assert found.frame["aht_s"].isna().all()
    assert (found.frame["mean"] > 0).all()


def test_a_history_that_begins_after_the_first_day(folder):
    add(folder, "history", rows(28))
    assert made(folder, date(2025, 3, 3)) is None


def test_a_queue_of_zeros_only(folder):
    add(folder, "history", rows(28, contacts=lambda start: 0))
    found = made(folder, date(2025, 3, 31))
    assert (found.frame["mean"] == 0).all()
    assert found.unusual == ()


OPEN = 'windows = [{ start = "09:00", end = "17:00" }]\n'
ASSUMED = CONTRACT.replace(OPEN, OPEN + "interval_minutes = 30\nassumed_contacts_a_day = 160\nassumed_aht_s = 240\n")


def test_no_history_at_all_takes_the_contract_s_assumption_and_says_so(folder):
    small_scenario(folder, contract=ASSUMED)
    found = made(folder, date(2025, 3, 3))
    np.testing.assert_allclose(found.frame["mean"], 10)
    assert (found.frame["aht_s"] == 240).all()
    assert len(found.frame) == 5 * 16
    scenario = load_scenario(folder)
    (warning,) = [
        words for words in warnings_of(scenario, Horizon(date(2025, 3, 3), 5, "Asia/Shanghai")) if "assum" in words.en
    ]
    assert "160 contacts a day at 240 s" in warning.en
    assert "每天 160 件、每件 240 秒" in warning.zh
    assert not any("cannot be forecast" in words.en for words in scenario.warnings)


def test_a_history_takes_the_place_of_the_assumption(folder):
    small_scenario(folder, contract=ASSUMED)
    add(folder, "history", rows(28))
    np.testing.assert_allclose(daily(made(folder, date(2025, 3, 31), 4)), 96, rtol=0.02)


def test_events_of_days_and_of_hours(folder):
    """Tuesday half as busy again to its end and no longer; on Wednesday twice from ten to twelve."""
    add(folder, "history", rows(28))
    events = ["2025-04-01,2025-04-01,load,hotline,1.5,a", "2025-04-02T10:00,2025-04-02T12:00,load,,2,b"]
    add(folder, "events", events)
    found = made(folder, date(2025, 3, 31), 4)
    np.testing.assert_allclose(daily(found), [96, 144, 96 + 24, 96], rtol=0.02)
    hours = found.frame.set_index("start")["mean"].loc["2025-04-02"]
    np.testing.assert_allclose(hours.between_time("10:00", "11:30"), 12, rtol=0.05)
    np.testing.assert_allclose(hours.between_time("12:00", "16:30"), 6, rtol=0.05)
