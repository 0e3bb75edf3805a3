"""Calendar, horizon and clock, against the State Council's published days and a second package."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest

from roster.calendar import (
    Calendar,
    DayOverride,
    DayType,
    Horizon,
    clock_minutes,
    intervals,
    load_overrides,
    window_minutes,
)
from roster.errors import InputError

SHANGHAI = ZoneInfo("Asia/Shanghai")


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=k) for k in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.fixture
def calendar():
    return Calendar()


@pytest.mark.parametrize("year", range(2022, 2027))
def test_every_day_agrees_with_chinese_calendar(calendar, year):
    differing = [day for day in days_of(year) if calendar.is_workday(day) != chinese_calendar.is_workday(day)]
    assert differing == []


@pytest.mark.parametrize(("year", "count"), [(2022, 11), (2023, 11), (2024, 11), (2025, 13), (2026, 13), (2027, 13)])
def test_statutory_days_by_law(calendar, year, count):
    assert sum(calendar.is_statutory(day) for day in days_of(year)) == count


@pytest.mark.parametrize("year", [2025, 2026])
def test_workdays_of_a_year(calendar, year):
    assert len(calendar.workdays(date(year, 1, 1), date(year + 1, 1, 1))) == 248


def test_workdays_are_half_open(calendar):
    assert calendar.workdays(date(2025, 4, 25), date(2025, 4, 28)) == (date(2025, 4, 25), date(2025, 4, 27))
    assert calendar.workdays(date(2025, 4, 28), date(2025, 4, 28)) == ()


def test_makeup_days_of_2025(calendar):
    found = [day for day in days_of(2025) if calendar.day_type(day) is DayType.MAKEUP]
    assert found == [date(2025, *md) for md in [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)]]


@pytest.mark.parametrize(
    ("day", "kind", "zh", "en"),
    [
        (date(2025, 4, 30), DayType.WORKDAY, "", ""),
        (date(2025, 5, 1), DayType.STATUTORY, "劳动节", "Labor Day"),
        (date(2025, 5, 2), DayType.STATUTORY, "劳动节", "Labor Day"),
        (date(2025, 5, 3), DayType.WEEKEND, "", ""),
        (date(2025, 5, 4), DayType.WEEKEND, "", ""),
        (
            date(2025, 5, 5),
            DayType.BRIDGE,
            "休息日（由 2025-04-27 调休）",
            "Day off (substituted from 04/27/2025)",
        ),
        (date(2025, 4, 27), DayType.MAKEUP, "调休上班", "Make-up workday"),
        (date(2025, 5, 31), DayType.STATUTORY, "端午节", "Dragon Boat Festival"),
        (date(2025, 6, 2), DayType.BRIDGE, "端午节（补假）", "Dragon Boat Festival (observed)"),
        (date(2024, 2, 9), DayType.WORKDAY, "", ""),
        (date(2025, 1, 28), DayType.STATUTORY, "农历除夕", "Chinese New Year's Eve"),
    ],
)
def test_labelled_days(calendar, day, kind, zh, en):
    assert calendar.day_type(day) is kind
    assert (calendar.name(day), calendar.name(day, "en")) == (zh, en)
    assert calendar.is_day_off(day) == (kind not in {DayType.WORKDAY, DayType.MAKEUP})


def test_a_datetime_is_no_day(calendar):
    with pytest.raises(TypeError, match="date-time"):
        calendar.day_type(datetime(2025, 5, 1, tzinfo=SHANGHAI))


def test_weeks_with_a_makeup_day(calendar):
    mondays = {day - timedelta(days=day.weekday()) for day in days_of(2025) if calendar.has_makeup_in_week(day)}
    assert mondays == {date(2025, *md) for md in [(1, 20), (2, 3), (4, 21), (9, 22), (10, 6), (12, 29)]}
    assert calendar.has_makeup_in_week(date(2025, 4, 21))
    assert not calendar.has_makeup_in_week(date(2025, 4, 28))


def test_2027_is_provisional_until_its_notice_is_stated(calendar):
    assert [calendar.provisional(year) for year in (2025, 2026, 2027)] == [False, False, True]
    free = DayOverride(date(2027, 2, 5), DayType.STATUTORY, "除夕", "")
    worked = DayOverride(date(2027, 1, 30), DayType.MAKEUP, "调休上班", "notice")
    assert Calendar((free,)).provisional(2027)
    assert not Calendar((worked,)).provisional(2027)
    assert Calendar((worked,)).provisional(2028)


def test_overrides_win():
    closed = DayOverride(date(2025, 5, 1), DayType.WORKDAY, "加班日", "client's letter")
    changed = Calendar((closed,))
    assert changed.day_type(closed.date) is DayType.WORKDAY
    assert changed.name(closed.date, "en") == "加班日"
    assert not changed.is_statutory(closed.date)
    assert changed.is_statutory(date(2025, 5, 2))
    assert Calendar().is_statutory(closed.date)


def test_an_override_stands_once():
    twice = DayOverride(date(2025, 5, 1), DayType.WORKDAY, "", "")
    with pytest.raises(ValueError, match="2025-05-01"):
        Calendar((twice, twice))


def test_override_file():
    text = "\ufeffdate,kind,name,source\n2027-02-05,bridge,除夕,notice\n\n2027-01-30, makeup ,,\n"
    assert load_overrides(text) == (
        DayOverride(date(2027, 2, 5), DayType.BRIDGE, "除夕", "notice"),
        DayOverride(date(2027, 1, 30), DayType.MAKEUP, "", ""),
    )
    assert load_overrides("date,kind,name,source\n") == ()


def test_bad_override_file_names_every_fault():
    text = (
        "date,kind,name,source\n"
        "2027-02-30,bridge,,\n"
        "2027-02-05,holiday,,\n"
        "05/02/2027,rest,,\n"
        "2027-02-05,bridge,,\n"
        "2027-03-05,bridge,a,b,c\n"
        "2027-03-06\n"
    )
    with pytest.raises(InputError) as caught:
        load_overrides(text, file="o.csv")
    assert [(fault.place, fault.value) for fault in caught.value.faults] == [
        ("o.csv row 2 column date", "2027-02-30"),
        ("o.csv row 3 column kind", "holiday"),
        ("o.csv row 4 column date", "05/02/2027"),
        ("o.csv row 4 column kind", "rest"),
        ("o.csv row 5 column date", "2027-02-05"),
        ("o.csv row 6", "c"),
        ("o.csv row 7 column kind", ""),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 4), ("date,kind,name\n", 1), ("date,type,name,source\n", 2), ("date,date,kind,name,source\n", 1)],
)
def test_bad_override_heading(text, count):
    with pytest.raises(InputError) as caught:
        load_overrides(text)
    assert len(caught.value.faults) == count


def test_horizon_days_weeks_and_months():
    horizon = Horizon(date(2025, 4, 27), 9, "Asia/Shanghai")
    assert horizon.dates[0] == date(2025, 4, 27)
    assert horizon.dates[-1] == date(2025, 5, 5)
    assert len(horizon.dates) == 9
    assert horizon.begin == datetime(2025, 4, 27, tzinfo=SHANGHAI)
    assert horizon.end == datetime(2025, 5, 6, tzinfo=SHANGHAI)
    assert [(week[0], week[-1]) for week in horizon.weeks] == [
        (date(2025, 4, 21), date(2025, 4, 27)),
        (date(2025, 4, 28), date(2025, 5, 4)),
        (date(2025, 5, 5), date(2025, 5, 11)),
    ]
    assert {len(week) for week in horizon.weeks} == {7}
    assert horizon.months == (date(2025, 4, 1), date(2025, 5, 1))


def test_a_horizon_of_one_whole_week_touches_one_week():
    assert len(Horizon(date(2025, 4, 21), 7, "Asia/Shanghai").weeks) == 1
    assert len(Horizon(date(2025, 4, 21), 8, "Asia/Shanghai").weeks) == 2


def test_position_in_the_horizon():
    horizon = Horizon(date(2025, 12, 30), 4, "Asia/Shanghai")
    assert [horizon.index(day) for day in horizon.dates] == [0, 1, 2, 3]
    for outside in (date(2025, 12, 29), date(2026, 1, 3)):
        with pytest.raises(ValueError, match="<= day <="):
            horizon.index(outside)


def test_clock_of_a_day_runs_past_midnight():
    horizon = Horizon(date(2025, 12, 31), 1, "Asia/Shanghai")
    assert horizon.at(date(2025, 12, 31), 1800) == datetime(2026, 1, 1, 6, tzinfo=SHANGHAI)
    assert horizon.at(date(2025, 12, 31), 1440) == horizon.end
    assert horizon.end.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(("days", "zone"), [(0, "Asia/Shanghai"), (-1, "Asia/Shanghai"), (1, "Shanghai"), (1, "")])
def test_broken_horizons(days, zone):
    with pytest.raises(ValueError, match=r"days >= 1|IANA"):
        Horizon(date(2025, 1, 1), days, zone)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("00:00", 0), ("9:05", 545), ("23:59", 1439), ("24:00", 1440), ("30:00", 1800), ("47:59", 2879)],
)
def test_clock_minutes(text, minutes):
    assert clock_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "9", "09:60", "48:00", "-1:00", "09:00:00", "0900", "٠٩:٠٠"])
def test_no_clock_time(text):
    with pytest.raises(ValueError, match="HH:MM"):
        clock_minutes(text)


def test_windows_past_midnight():
    assert window_minutes("09:00", "11:30") == (540, 690)
    assert window_minutes("22:00", "06:00") == (1320, 1800)
    assert window_minutes("00:00", "24:00") == (0, 1440)
    assert window_minutes("00:00", "00:00") == (0, 1440)
    with pytest.raises(ValueError, match="within a day"):
        window_minutes("30:00", "05:00")


def test_intervals_of_the_window_service():
    day = date(2025, 4, 21)
    found = intervals(day, [window_minutes("09:00", "11:30"), window_minutes("13:30", "16:30")], 30, SHANGHAI)
    assert len(found) == 11
    assert found[0] == (
        datetime(2025, 4, 21, 9, tzinfo=SHANGHAI),
        datetime(2025, 4, 21, 9, 30, tzinfo=SHANGHAI),
    )
    assert found[4][1] == datetime(2025, 4, 21, 11, 30, tzinfo=SHANGHAI)
    assert found[5][0] == datetime(2025, 4, 21, 13, 30, tzinfo=SHANGHAI)
    assert {end - start for start, end in found} == {timedelta(minutes=30)}


def test_intervals_on_the_grid_of_midnight():
    found = intervals(date(2025, 4, 21), [(510, 640)], 60, SHANGHAI)
    assert [(start.hour * 60 + start.minute, end.hour * 60 + end.minute) for start, end in found] == [
        (510, 540),
        (540, 600),
        (600, 640),
    ]
    night = intervals(date(2025, 4, 21), [(1320, 1800)], 15, SHANGHAI)
    assert len(night) == 32
    assert night[-1][1] == datetime(2025, 4, 22, 6, tzinfo=SHANGHAI)
    assert len(intervals(date(2025, 4, 21), [(0, 1440)], 30, SHANGHAI)) == 48


@pytest.mark.parametrize(
    ("windows", "minutes"),
    [([(0, 60)], 0), ([(0, 60)], 45), ([(60, 60)], 30), ([(-30, 60)], 30), ([(0, 90), (60, 120)], 30)],
)
def test_broken_grids(windows, minutes):
    with pytest.raises(ValueError, match=r"interval divides|0 <= start|disjoint"):
        intervals(date(2025, 4, 21), windows, minutes, SHANGHAI)
