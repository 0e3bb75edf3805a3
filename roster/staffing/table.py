"""People needed in each interval of a forecast, and the service they give."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from roster.forecast.base import Forecast
from roster.staffing.delay import queue_figures
from roster.staffing.requirement import requirement
from roster.staffing.targets import ServiceTargets

STAFFING_COLUMNS = (
    "start", "queue", "offered", "aht_s", "required", "binding",
    "answer_rate", "service_level", "asa_s", "abandon_rate", "occupancy",
)  # fmt: skip


def staffing_table(forecast: Forecast, targets: Mapping[str, ServiceTargets]) -> pd.DataFrame:
    """STAFFING_COLUMNS for each queue with targets, in order of queue and start.

    `offered`: mean contacts of the interval; `required`: fewest people meeting all targets at that mean in
    steady state, `binding` the target that asks for most; the other columns say what `required` people give:
    `answer_rate` and `abandon_rate` over offered, `service_level` answered within the threshold over offered
    (NaN where none is asked), `asa_s` mean wait of the answered, `occupancy`. Uncertainty of the forecast is
    not in it; service curves price that.

    Raises:
        ValueError: contacts without a handling time.
    """
    parts = [_queue(forecast, queue, targets[queue]) for queue in sorted(targets)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(STAFFING_COLUMNS))


def _queue(forecast: Forecast, queue: str, targets: ServiceTargets) -> pd.DataFrame:
    rows = forecast.frame[forecast.frame["queue"] == queue].sort_values("start")
    offered, aht = rows["mean"].to_numpy(dtype=float), rows["aht_s"].to_numpy(dtype=float)
    if np.any((offered > 0) & np.isnan(aht)):
        raise ValueError(f"queue {queue!r} has contacts but no handling time (aht_s)")
    handling, per_hour = np.where(offered > 0, aht, 1.0), offered * 60 / forecast.interval_minutes
    needed = requirement(per_hour, handling, targets)
    within = 0.0 if targets.answer_within_s is None else targets.answer_within_s
    figures = queue_figures(per_hour, handling, targets.patience_s, needed.people, within)
    level = figures.sl_answered_within if targets.service_level is not None else np.full(len(rows), np.nan)
    return pd.DataFrame(
        {
            "start": rows["start"].array,
            "queue": queue,
            "offered": offered,
            "aht_s": aht,
            "required": needed.people,
            "binding": needed.binding.astype(object),
            "answer_rate": figures.answer_rate,
            "service_level": level,
            "asa_s": figures.asa_answered_s,
            "abandon_rate": figures.p_abandon,
            "occupancy": figures.occupancy,
        }
    )
