from datetime import date, timedelta

import pytest

from roster.periods import Period, period_of, period_part, periods_touching
from tests.worlds import MONDAY, duty, person, world

ANN = person("A")


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("day", date(2024, 12, 31), date(2025, 1, 1)),
        ("week", date(2024, 12, 30), date(2025, 1, 6)),
        ("month", date(2024, 12, 1), date(2025, 1, 1)),
        ("quarter", date(2024, 10, 1), date(2025, 1, 1)),
        ("half-year", date(2024, 7, 1), date(2025, 1, 1)),
        ("year", date(2024, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_period_of_a_day_is_half_open(kind, start, end):
    period = period_of(kind, date(2024, 12, 31))
    assert period == Period(kind, start, end)
    assert (period.dates[0], period.dates[-1]) == (start, end - timedelta(days=1))
    assert [period.holds(day) for day in (start, end)] == [True, False]


@pytest.mark.parametrize("kind", ["day", "week", "month", "quarter", "half-year", "year"])
def test_periods_follow_each_other_without_a_gap(kind):
    days = [date(2023, 12, 1) + timedelta(days=k) for k in range(800)]
    periods = periods_touching(kind, days)
    assert [p.start for p in periods[1:]] == [p.end for p in periods[:-1]]
    assert all(sum(p.holds(day) for p in periods) == 1 for day in days)


def test_a_clipped_period_holds_the_days_of_both():
    march = period_of("month", MONDAY)
    assert march.clipped(date(2025, 3, 30), date(2025, 5, 1)).dates == (date(2025, 3, 30), date(2025, 3, 31))
    assert march.clipped(date(2025, 4, 1), date(2025, 5, 1)).dates == ()


@pytest.mark.parametrize(
    ("start", "days", "past", "unseen", "here", "left", "ends"),
    [(7, 7, [], 5, 5, 11, False), (7, 7, [0, 2, 5], 3, 5, 11, False), (7, 22, [], 5, 16, 0, True),
     (-5, 10, [], 0, 5, 16, False), (20, 40, range(20), 0, 6, 0, True)],
)  # fmt: skip
def test_the_part_of_march_in_a_horizon(start, days, past, unseen, here, left, ends):
    """March 2025 has 21 workdays, the first of them MONDAY."""
    history = [(ANN, duty(day)) for day in past]
    small = world([], start=MONDAY + timedelta(days=start), days=days, past=history, people=[ANN])
    part = period_part(small.roster(()), period_of("month", MONDAY))
    assert (part.workdays, part.unseen, part.here, part.left, part.ends) == (21, unseen, here, left, ends)
