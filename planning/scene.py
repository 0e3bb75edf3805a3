"""From a scenario's forecast and a roster to what is simulated."""

from dataclasses import replace

import numpy as np
import pandas as pd

from roster.errors import Fault, InputError
from roster.events import Booking
from roster.forecast.base import Forecast
from roster.forecast.history import History
from roster.queue import Queue
from roster.roster import Roster
from roster.simulation.arrays import Floats
from roster.simulation.handling import measured_cv
from roster.simulation.scene import HANDLING_CV, Busyness, Scene, Stream
from roster.simulation.watch import watch_of
from roster.staffing.booked import sessions_due


def scene_of(roster: Roster, expected: Forecast, history: History | None, bookings: tuple[Booking, ...] = ()) -> Scene:
    """The scene of a roster's horizon, sessions by appointment in it.

    Raises InputError for a queue with contacts but no handling time.
    """
    horizon, queues = roster.problem.horizon, roster.problem.contract.queues
    streams = [stream_of(queue, expected, history, roster) for queue in queues]
    missing = [queue.id for queue, stream in zip(queues, streams, strict=True) if stream is None]
    if missing:
        raise InputError([Fault("history.csv, column aht_s", ", ".join(missing), "handling times of past contacts")])
    kept = tuple(
        _with_sessions(stream, bookings, roster, _usual_aht(expected, stream.name))
        for stream in streams
        if stream is not None
    )
    return Scene(horizon.begin, horizon.days, expected.interval_minutes, kept, watch_of(roster, queues))


def stream_of(queue: Queue, expected: Forecast, history: History | None, roster: Roster) -> Stream | None:
    """The contacts of one queue on the grid of the horizon; None where contacts have no handling time."""
    horizon = roster.problem.horizon
    rows = expected.rows(queue.id)
    places = _places(rows["start"], roster, expected.interval_minutes)
    size = horizon.days * 1440 // expected.interval_minutes
    mean, aht, is_open = np.zeros(size), np.ones(size), np.zeros(size, dtype=bool)
    mean[places], aht[places], is_open[places] = rows["mean"], rows["aht_s"], True
    if np.isnan(aht[mean > 0]).any():
        return None
    measured = None if history is None else measured_cv(history, queue.id)
    known = queue.handling_cv if queue.handling_cv is not None else measured
    return Stream(
        queue.id, mean, np.where(np.isnan(aht), 1.0, aht), is_open, queue.targets,
        busyness=busyness(expected, queue.id, places, size), together=queue.together, slower=queue.slower,
        priority=queue.priority, redial=queue.redial, redial_after_s=queue.redial_after_s,
        absence=queue.unplanned_absence, handling_cv=HANDLING_CV if known is None else known,
    )  # fmt: skip


def _with_sessions(stream: Stream, bookings: tuple[Booking, ...], roster: Roster, aht_s: float) -> Stream:
    """The stream with the sessions that begin in the horizon; the customer waits until the window ends.

    Sessions whose handling time nobody knows (nan) take their window, as where people are sized for them.
    """
    horizon = roster.problem.horizon
    rows = [
        ((due - horizon.begin).total_seconds(), (booking.end - horizon.begin).total_seconds(), aht_s)
        for booking in bookings
        if booking.queue == stream.name and booking.start < horizon.end
        for due in sessions_due(booking, aht_s)
        if horizon.begin <= due < horizon.end
    ]
    return replace(stream, booked=np.array(sorted(rows))) if rows else stream


def _usual_aht(expected: Forecast, queue: str) -> float:
    """Mean handling time in s by contacts, plainly over the intervals where none are expected; nan where unknown."""
    rows = expected.rows(queue).dropna(subset=["aht_s"])
    if rows.empty:
        return float("nan")
    weights = rows["mean"] if rows["mean"].sum() > 0 else None
    return float(np.average(rows["aht_s"], weights=weights))


def busyness(expected: Forecast, queue: str, places: np.ndarray, size: int) -> Busyness:
    """How the forecast's distribution makes intervals busier or quieter than its mean, on the grid of the horizon."""
    mean = expected.rows(queue)["mean"].to_numpy()

    def draw(generator: np.random.Generator, runs: int) -> Floats:
        factors = np.ones((runs, size))
        factors[:, places] = expected.rates(queue, generator, runs) / np.where(mean > 0, mean, 1.0)
        return factors

    return draw


def _places(starts: pd.Series, roster: Roster, interval_minutes: int) -> np.ndarray:
    """Where the forecast's rows stand on the grid of the horizon."""
    begin = pd.Timestamp(roster.problem.horizon.begin)
    return ((starts - begin) // pd.Timedelta(minutes=interval_minutes)).to_numpy(dtype=np.int64)
