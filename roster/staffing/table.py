"""People needed in each interval of a forecast, and the service they give."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from roster.forecast.base import Forecast
from roster.staffing.expected import Demand, ExpectedService
from roster.staffing.queue_load import queue_load
from roster.staffing.requirement import requirement
from roster.staffing.targets import ServiceTargets

STAFFING_COLUMNS = (
    "start", "queue", "offered", "aht_s", "required", "binding",
    "answer_rate", "service_level", "asa_s", "abandon_rate", "occupancy",
)  # fmt: skip


def staffing_table(
    forecast: Forecast, targets: Mapping[str, ServiceTargets], handling_cv: Mapping[str, float | None] | None = None
) -> pd.DataFrame:
    """STAFFING_COLUMNS for each queue with targets, in order of queue and start.

    `offered`: mean contacts of the interval; `required`: fewest people to roster so that all targets are met, the
    load of earlier intervals carried over, in expectation over the forecast's factor of the day, unplanned absence
    on top; `binding`: the target that asks for most. The other columns say what those who turn up give:
    `answer_rate` and `abandon_rate` over offered, `service_level` and `asa_s` as the contract defines them (NaN where
    none is asked), `occupancy`. `handling_cv`: coefficient of variation of handling times by queue.

    Raises:
        ValueError: contacts without a handling time.
    """
    known = handling_cv or {}
    parts = [_queue(forecast, queue, targets[queue], known.get(queue)) for queue in sorted(targets)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(STAFFING_COLUMNS))


def _queue(forecast: Forecast, queue: str, targets: ServiceTargets, handling_cv: float | None) -> pd.DataFrame:
    load, day_cv = queue_load(forecast, queue, handling_cv=handling_cv), forecast.day_cv.get(queue, 0.0)
    needed = requirement(load.per_hour, load.aht_s, targets, day_cv=day_cv, course=load.course)
    demand = Demand(load.per_hour, load.aht_s, load.course, day_cv)
    figure = ExpectedService(demand, needed.people, targets).figure
    answered = figure("answer_rate")
    return pd.DataFrame(
        {
            "start": load.start.array,
            "queue": queue,
            "offered": load.contacts,
            "aht_s": forecast.rows(queue)["aht_s"].to_numpy(dtype=float),
            "required": needed.rostered,
            "binding": needed.binding.astype(object),
            "answer_rate": answered,
            "service_level": figure("service_level") if targets.service_level is not None else np.nan,
            "asa_s": figure("asa"),
            "abandon_rate": 1 - answered if targets.patience_s is not None else np.zeros(len(answered)),
            "occupancy": figure("occupancy"),
        }
    )
