"""Which queues are sized by simulation on top of the formulas, and the forecast with what that adds."""

from dataclasses import replace

import numpy as np

from roster.calendar import Horizon
from roster.contract import Contract
from roster.forecast.base import Forecast
from roster.queue import Queue
from roster.simulation.refine import heavier
from roster.simulation.scene import HANDLING_CV, Scene, Stream, Watch
from roster.staffing.queue_load import QueueLoad, queue_load


def refined(made: Forecast, contract: Contract, horizon: Horizon) -> Forecast:
    """The forecast with `heavier` loads for the queues whose contract or whose long calls ask for it."""
    queues = [queue for queue in contract.queues if _wanted(queue, made)]
    found = {queue.id: heavier(_scene(queue, made, horizon), _load(queue, made)) for queue in queues}
    return replace(made, heavier=found) if found else made


def _wanted(queue: Queue, made: Forecast) -> bool:
    """`auto`: contacts that take as long as an interval or longer, on average."""
    rows = made.rows(queue.id)
    expected = rows[rows["mean"] > 0]
    if queue.refined == "never" or len(expected) == 0 or bool(expected["aht_s"].isna().any()):
        return False
    long = np.average(expected["aht_s"], weights=expected["mean"]) >= 60 * made.interval_minutes
    simple = queue.together == 1 and queue.due_within_minutes is None
    asked = queue.service_level is not None or queue.answer_rate is not None
    return asked and simple and bool(long or queue.refined == "always")


def _load(queue: Queue, made: Forecast) -> QueueLoad:
    return queue_load(made, queue.id, handling_cv=queue.handling_cv)


def _scene(queue: Queue, made: Forecast, horizon: Horizon) -> Scene:
    """The queue alone, on the grid of the horizon."""
    rows, minutes = made.rows(queue.id), made.interval_minutes
    size = horizon.days * 1440 // minutes
    place = np.array([(start - horizon.begin).total_seconds() // (60 * minutes) for start in rows["start"]], dtype=int)
    mean, aht, is_open = np.zeros(size), np.ones(size), np.zeros(size, dtype=bool)
    mean[place], aht[place], is_open[place] = rows["mean"], rows["aht_s"].fillna(1.0), True
    cv = HANDLING_CV if queue.handling_cv is None else queue.handling_cv
    nobody, never = np.zeros(0, dtype=np.int64), np.zeros(0)
    watch = Watch((), nobody, nobody, never, never, nobody)
    stream = Stream(queue.id, mean, aht, is_open, queue.targets, handling_cv=cv)
    return Scene(horizon.begin, horizon.days, minutes, (stream,), watch)
