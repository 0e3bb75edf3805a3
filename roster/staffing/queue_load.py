"""The rows of a forecast as loads: contacts, handling time, and the rate carried over from earlier intervals."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from roster.forecast.base import Forecast
from roster.staffing.figures import Floats
from roster.staffing.offered_load import HANDLING_CV, carried_rates


class QueueLoad(NamedTuple):
    """One entry an interval: its start, mean `contacts`, `aht_s` (1 where no contact comes) and the `per_hour` rate
    that loads people as the interval is loaded, contacts of earlier intervals included; 0 where nobody new comes."""

    start: pd.Series
    contacts: Floats
    aht_s: Floats
    per_hour: Floats


def queue_load(forecast: Forecast, queue: str, *, handling_cv: float | None = None) -> QueueLoad:
    """The loads of one queue in order of time; rows that are left out are closed and bring nothing.

    Raises:
        ValueError: contacts without a handling time.
    """
    rows = forecast.rows(queue)
    contacts, aht = rows["mean"].to_numpy(dtype=float), rows["aht_s"].to_numpy(dtype=float)
    if np.any((contacts > 0) & np.isnan(aht)):
        raise ValueError(f"queue {queue!r} has contacts but no handling time (aht_s)")
    handling = np.where(np.isnan(aht), 1.0, aht)
    step = pd.Timedelta(minutes=forecast.interval_minutes)
    first = rows["start"].min()
    place = ((rows["start"] - first) // step).to_numpy(dtype=np.int64) if len(rows) else np.zeros(0, dtype=np.int64)
    carried = carried_rates(
        contacts * 60 / forecast.interval_minutes, handling, place, interval_s=60.0 * forecast.interval_minutes,
        handling_cv=HANDLING_CV if handling_cv is None else handling_cv,
    )  # fmt: skip
    return QueueLoad(rows["start"], contacts, handling, np.where(contacts > 0, carried, 0.0))
