"""From a day by interval table to forecast rows."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from roster.forecast.base import FORECAST_COLUMNS
from roster.forecast.day_matrix import Floats
from roster.forecast.predictive import quantile_columns


def interval_starts(days: Sequence[date], minutes: npt.NDArray[np.int64], zone: ZoneInfo) -> pd.DatetimeIndex:
    """Aware starts of all intervals, days outer; NaT for a local time that a clock change skips."""
    midnights = [datetime.combine(day, time()) for day in days]
    naive = [midnight + timedelta(minutes=int(minute)) for midnight in midnights for minute in minutes]
    index = pd.DatetimeIndex(naive)
    return index.tz_localize(zone, nonexistent="NaT", ambiguous=np.ones(len(index), dtype=bool))


def forecast_rows(queue: str, starts: pd.DatetimeIndex, mean: Floats, aht_s: Floats, cv: float) -> pd.DataFrame:
    """Forecast rows of one queue: flat arrays in the order of `starts`, `cv` of an interval's rate."""
    rows = quantile_columns(mean, cv)
    rows = rows.assign(start=starts, queue=queue, mean=mean, aht_s=aht_s)
    return pd.DataFrame(rows.loc[rows["start"].notna(), list(FORECAST_COLUMNS)])


def days_from(start: date, days: int) -> list[date]:
    """The dates of [start, start + days)."""
    if days < 1:
        raise ValueError(f"1 <= days is broken by {days}")
    return [start + timedelta(days=i) for i in range(days)]
