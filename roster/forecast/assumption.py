"""A queue without any history: what the contract assumes of it, said as such."""

from datetime import date

import numpy as np
import pandas as pd

from roster.forecast.base import Forecast
from roster.forecast.interval_frame import forecast_rows
from roster.forecast.spread import Spread

ASSUMED = Spread(day_cv=0.25, interval_cv=0.15)
"""Of contacts that nobody has counted yet."""


def assumed_forecast(
    queue: str, starts: pd.DatetimeIndex, *, contacts_a_day: float, aht_s: float, interval_minutes: int
) -> Forecast:
    """`contacts_a_day` on each local day, spread evenly over its intervals `starts`, at `aht_s` each.

    Raises:
        ValueError: a volume below 0, or a handling time that is not above 0.
    """
    if not (contacts_a_day >= 0 and aht_s > 0):
        raise ValueError(f"0 <= contacts_a_day and 0 < aht_s is broken by {contacts_a_day}, {aht_s}")
    days: list[date] = list(starts.date)
    of_day = pd.Series(days).map(pd.Series(days).value_counts()).to_numpy(dtype=float)
    mean = contacts_a_day / of_day
    frame = forecast_rows(queue, starts, mean, np.full(len(mean), aht_s), ASSUMED.total_cv)
    return Forecast(frame, interval_minutes, {queue: ASSUMED.day_cv}, {queue: ASSUMED.interval_cv})
