"""From call history to forecast, people needed, and the curves that price being short."""

from dataclasses import replace
from datetime import date, time, timedelta
from math import gcd

import numpy as np
import pandas as pd

from planning.deferred import brought_to_opening, deferred_curves, deferred_needs, deferred_rows, may_wait
from planning.refinement import refined
from roster.calendar import Calendar, Horizon, festivals
from roster.contract import Contract, Queue
from roster.errors import Fault, InputError
from roster.events import Booking, Event
from roster.forecast.assumption import assumed_forecast
from roster.forecast.base import FORECAST_COLUMNS, QUANTILES, Forecast, joined
from roster.forecast.combination import Combined
from roster.forecast.day_calendar import DayCalendar, LoadEvent
from roster.forecast.history import History
from roster.load import Load
from roster.loading.scenario import Scenario
from roster.shifts import DAY_MINUTES
from roster.staffing.booked import people_booked
from roster.staffing.curve import ServiceCurve
from roster.staffing.forecast_demand import ForecastDemand
from roster.staffing.queue_load import queue_load
from roster.staffing.table import STAFFING_COLUMNS, staffing_table
from roster.staffing.targets import ServiceTargets


def forecast(scenario: Scenario, horizon: Horizon) -> Forecast | None:
    """The expected contacts of every queue in the horizon; None where neither a history nor the contract tells.

    Only rows before the horizon are used; intervals outside a queue's service hours expect nothing. A queue without
    such rows is as its contract assumes (`assumed_queues`).
    """
    known = known_history(scenario, horizon)
    parts = [_assumed(scenario, horizon, queue, known) for queue in assumed_queues(scenario, horizon)]
    if known is not None:
        calendar = day_calendar(scenario, known, horizon)
        made = Combined().forecast(known, calendar, start=horizon.start, days=horizon.days)
        frame = _lifted(_in_service(made.frame, scenario, horizon), scenario)
        parts.insert(0, replace(made, frame=_with_assumed_aht(frame, scenario.contract)))
    return refined(joined(parts), scenario.contract, horizon) if parts else None


def known_history(scenario: Scenario, horizon: Horizon) -> History | None:
    """The rows of the history before the horizon, None where there are none."""
    known = scenario.history.before(horizon.start) if scenario.history is not None else None
    return known if known is not None and len(known.frame) else None


def assumed_queues(scenario: Scenario, horizon: Horizon) -> tuple[Queue, ...]:
    """The queues without history of which the contract assumes volume and handling time."""
    known = known_history(scenario, horizon)
    past = set(known.queues) if known is not None else set[str]()
    told = [queue for queue in scenario.contract.queues if queue.assumed_contacts_a_day and queue.assumed_aht_s]
    return tuple(queue for queue in told if queue.id not in past)


def _assumed(scenario: Scenario, horizon: Horizon, queue: Queue, known: History | None) -> Forecast:
    minutes = known.interval_minutes if known is not None else min(q.interval_minutes for q in scenario.contract.queues)
    every = pd.date_range(horizon.begin, horizon.end, freq=f"{minutes}min", inclusive="left")
    frame = pd.DataFrame({"start": every})
    inside = open_rows(frame, queue, Calendar(scenario.day_overrides), horizon)
    return assumed_forecast(
        queue.id,
        pd.DatetimeIndex(frame.loc[inside, "start"]),
        contacts_a_day=queue.assumed_contacts_a_day or 0.0,
        aht_s=queue.assumed_aht_s or 1.0,
        interval_minutes=minutes,
    )


def _with_assumed_aht(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The rows whose handling time the history does not tell with what the contract assumes."""
    assumed = frame["queue"].map({queue.id: queue.assumed_aht_s for queue in contract.queues})
    return frame.assign(aht_s=frame["aht_s"].fillna(assumed.astype(float)))


def day_calendar(scenario: Scenario, history: History, horizon: Horizon) -> DayCalendar:
    """Day types from the first day of the history to beyond the horizon, and the load events."""
    calendar = Calendar(scenario.day_overrides)
    first = min(history.days()[0], horizon.start) - timedelta(days=14)
    span = (horizon.dates[-1] - first).days + 15
    days = [first + timedelta(days=k) for k in range(span)]
    events = tuple(
        LoadEvent(event.start.date(), _last_day(event), event.queue, event.factor, event.name)
        for event in scenario.events
        if event.kind == "load" and _whole_days(event)
    )
    return DayCalendar({day: str(calendar.day_type(day)) for day in days}, events, festivals(days[0], days[-1]))


def _last_day(event: Event) -> date:
    """The last day of a half-open stretch."""
    return (event.end - timedelta(minutes=1)).date()


def _whole_days(event: Event) -> bool:
    return event.start.time() == time() == event.end.time()


def _lifted(frame: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """The rows with the factors of events that hold for hours, not for days; the method knows those of days."""
    factor = pd.Series(1.0, index=frame.index)
    for event in scenario.events:
        if event.kind == "load" and not _whole_days(event):
            inside = (event.start <= frame["start"]) & (frame["start"] < event.end)
            factor[inside & (frame["queue"].isin([event.queue] if event.queue else frame["queue"]))] *= event.factor
    columns = ["mean", *QUANTILES]
    return frame.assign(**{name: frame[name] * factor for name in columns})


def _in_service(frame: pd.DataFrame, scenario: Scenario, horizon: Horizon) -> pd.DataFrame:
    """The rows inside their queue's service hours; what may wait and comes outside them waits for the next."""
    kept = []
    for queue in scenario.contract.queues:
        rows = pd.DataFrame(frame[frame["queue"] == queue.id])
        inside = open_rows(rows, queue, Calendar(scenario.day_overrides), horizon)
        kept.append(rows[inside] if queue.due_within_minutes is None else brought_to_opening(rows, inside))
    columns = list(FORECAST_COLUMNS)
    return pd.concat(kept, ignore_index=True)[columns] if kept else frame.iloc[:0][columns]


def open_rows(frame: pd.DataFrame, queue: Queue, calendar: Calendar, horizon: Horizon) -> pd.Series:
    """Which rows start inside the queue's service hours."""
    starts = frame["start"].dt.tz_convert(horizon.timezone)
    minutes = starts.dt.hour * 60 + starts.dt.minute
    wanted = {"workday": True, "day-off": False}
    days = {
        day for day in horizon.dates if wanted.get(queue.days, calendar.is_workday(day)) == calendar.is_workday(day)
    }
    inside = pd.Series(data=False, index=frame.index)
    for window in queue.windows:
        inside |= (window.start <= minutes) & (minutes < min(window.end, DAY_MINUTES))
    return inside & starts.dt.date.isin(days)


def curves(
    made: Forecast | None, contract: Contract, *, people_max: int, bookings: tuple[Booking, ...] = ()
) -> tuple[ServiceCurve, ...]:
    """The curve of every queue and interval in which contacts or sessions are expected, intervals as `in_step` makes
    them.

    Raises InputError where contacts are expected whose handling time nobody knows.
    """
    if made is None:
        return ()
    expected = _expecting(in_step(made, contract), bookings)
    targets, varying = _live_targets(contract), {queue.id: queue.handling_cv for queue in contract.queues}
    demand = ForecastDemand(expected, targets, dict.fromkeys(targets, people_max), varying, bookings)
    live = tuple(curve for queue in targets for curve in demand.curves(queue))
    if not may_wait(contract):
        return live
    needs = deferred_needs(made, contract, _live_requirement(made, contract, bookings))
    pieces = made.interval_minutes // expected.interval_minutes
    return (*live, *deferred_curves(needs, made, pieces=pieces, people_max=people_max))


def _live_targets(contract: Contract) -> dict[str, ServiceTargets]:
    """The targets of the queues whose contacts do not wait for long."""
    return {queue.id: queue.targets for queue in contract.queues if queue.due_within_minutes is None}


def loads(made: Forecast | None, contract: Contract) -> tuple[Load, ...]:
    """The load of every queue and interval in which contacts are expected, as `curves` takes them."""
    if made is None:
        return ()
    fine = _expecting(in_step(made, contract))
    length = timedelta(minutes=fine.interval_minutes)
    found: list[Load] = []
    for queue in contract.queues:
        load, day_cv = queue_load(fine, queue.id, handling_cv=queue.handling_cv), fine.day_cv.get(queue.id, 0.0)
        columns = (load.start.dt.to_pydatetime(), load.contacts, load.aht_s, load.per_hour)
        found += [
            Load(queue.id, start, start + length, float(mean), float(aht), float(rate), day_cv)
            for start, mean, aht, rate in zip(*columns, strict=True)
        ]
    return tuple(found)


def in_step(made: Forecast, contract: Contract) -> Forecast:
    """The forecast in intervals so short that nobody who answers comes, pauses or goes within one.

    An hour of calls between shifts that change at half past becomes two half-hours at the same rate: people count in
    an interval only when they answer throughout it.
    """
    pieces = made.interval_minutes // _step(made.interval_minutes, contract)
    if pieces == 1:
        return made
    length = made.interval_minutes // pieces
    frame = made.frame.loc[made.frame.index.repeat(pieces)].reset_index(drop=True)
    shift = pd.to_timedelta((frame.index % pieces) * length, unit="min")
    counts = {name: frame[name] / pieces for name in ("mean", *QUANTILES)}
    heavier = {queue: np.repeat(factors, pieces) for queue, factors in made.heavier.items()}
    frame = frame.assign(start=frame["start"] + shift, **counts)
    return replace(made, frame=frame, interval_minutes=length, heavier=heavier)


def _step(interval: int, contract: Contract) -> int:
    """Minutes that divide the interval and every time at which people who answer change what they do."""
    answering = {f"{queue.team}/{role}" for queue in contract.queues for role in queue.roles}
    shifts = [shift for shift in contract.shifts if answering & set(shift.serves)]
    edges = [edge for shift in shifts for part in shift.segments for edge in (part.start, part.end)]
    blocks = [block for rule in contract.in_force() for block in rule.blocks() if answering & set(block.who)]
    return gcd(interval, *edges, *(minutes for block in blocks for minutes in (block.step_minutes, block.minutes)))


def _expecting(made: Forecast, bookings: tuple[Booking, ...] = ()) -> Forecast:
    """The forecast's rows in which contacts are expected, each with its handling time, and those of `bookings`."""
    wanted, length = made.frame["mean"] > 0, timedelta(minutes=made.interval_minutes)
    silent = sorted(set(made.frame.loc[wanted & made.frame["aht_s"].isna(), "queue"]))
    for booking in bookings:
        start = made.frame["start"]
        wanted |= (made.frame["queue"] == booking.queue) & (start < booking.end) & (booking.start < start + length)
    if silent:
        remedy = (
            "mean handling times in s (talk and wrap-up) on past rows, or the queue's assumed_aht_s in contract.toml: "
            "people needed are reckoned from them"
        )
        raise InputError([Fault("history.csv column aht_s", ", ".join(silent), remedy)])
    return replace(made, frame=made.frame[wanted])


def requirement(made: Forecast | None, contract: Contract, bookings: tuple[Booking, ...] = ()) -> pd.DataFrame:
    """People needed in each interval for all targets of its queue at once: the columns of `roster staff`.

    People for booked sessions come on top; they bind ('bookings') where nobody else is needed. Contacts that may wait
    are done where that takes the fewest people, beside those needed for the other queues of the same people.
    """
    if made is None:
        return pd.DataFrame(columns=list(STAFFING_COLUMNS))
    _expecting(made)
    table = _live_requirement(made, contract, bookings)
    needs = deferred_needs(made, contract, table)
    waiting = [deferred_rows(queue, needs[queue.id]) for queue in may_wait(contract)]
    return pd.concat([table, *waiting], ignore_index=True) if waiting else table


def _live_requirement(made: Forecast, contract: Contract, bookings: tuple[Booking, ...]) -> pd.DataFrame:
    varying = {queue.id: queue.handling_cv for queue in contract.queues}
    table = staffing_table(made, _live_targets(contract), varying)
    booked = _booked(table, bookings, timedelta(minutes=made.interval_minutes)) if bookings else np.zeros(len(table))
    only = (booked > 0) & (table["required"] == 0)
    return table.assign(
        required=(table["required"] + booked).astype(int), binding=table["binding"].mask(only, "bookings")
    )


def _booked(table: pd.DataFrame, bookings: tuple[Booking, ...], length: timedelta) -> np.ndarray:
    """People taken by booked sessions, for each row of the table."""
    booked = np.zeros(len(table))
    for queue, rows in table.groupby("queue"):
        starts = list(rows["start"].dt.to_pydatetime())
        booked[rows.index] = people_booked(bookings, str(queue), starts, rows["aht_s"].tolist(), length=length)
    return booked
