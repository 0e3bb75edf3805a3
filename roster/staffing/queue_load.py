"""The rows of a forecast as loads: contacts, handling time, and the rate carried over from earlier intervals."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from roster.forecast.base import Forecast
from roster.staffing.figures import Floats
from roster.staffing.offered_load import HANDLING_CV, carried_rates

PARTS = 3
"""Parts of an interval whose loads are told apart: a queue that opens is emptier at first than at the end."""


class QueueLoad(NamedTuple):
    """One entry an interval: its start, mean `contacts`, `aht_s` (1 where no contact comes) and the `per_hour` rate
    that loads people as the interval is loaded, contacts of earlier intervals included; 0 where nobody new comes.

    `course`: shape (intervals, PARTS), how the load changes within the interval, mean 1.
    """

    start: pd.Series
    contacts: Floats
    aht_s: Floats
    per_hour: Floats
    course: Floats


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
    carried = _carried(contacts * 60 / forecast.interval_minutes, handling, place, forecast, handling_cv)
    carried = carried * np.asarray(forecast.heavier.get(queue, 1.0)).reshape(-1, 1)
    per_hour = np.where(contacts > 0, carried.mean(axis=1), 0.0)
    course = carried / np.where(per_hour > 0, per_hour, 1.0)[:, None]
    return QueueLoad(rows["start"], contacts, handling, per_hour, np.where(per_hour[:, None] > 0, course, 1.0))


def _carried(
    per_hour: Floats, aht_s: Floats, place: npt.NDArray[np.int64], forecast: Forecast, handling_cv: float | None
) -> Floats:
    """Carried rates of the PARTS of each interval."""
    within = (PARTS * place[:, None] + np.arange(PARTS)).ravel()
    rates = carried_rates(
        np.repeat(per_hour, PARTS), np.repeat(aht_s, PARTS), within, interval_s=60 * forecast.interval_minutes / PARTS,
        handling_cv=HANDLING_CV if handling_cv is None else handling_cv,
    )  # fmt: skip
    return rates.reshape(-1, PARTS)
