"""From a scenario and a span of days to the problem that is solved or judged."""

from collections.abc import Iterator
from datetime import date

from planning.demand import assumed_queues, curves, known_history, loads
from planning.history_notes import history_notes
from roster.calendar import Calendar, Horizon
from roster.errors import Fault, InputError
from roster.forecast.base import Forecast
from roster.loading.scenario import Scenario
from roster.problem import Problem
from roster.words import Words

FEW_DAYS = 5
"""Recorded days of a history below which a forecast is called a rough guess."""


def horizon_of(scenario: Scenario, start: date, days: int) -> Horizon:
    """The horizon in the contract's time zone. Raises InputError for a span that cannot be planned."""
    if not 1 <= days <= 366:
        raise InputError([Fault("--days", str(days), "plan from 1 to 366 days")])
    return Horizon(start, days, scenario.contract.timezone)


def ask(scenario: Scenario, horizon: Horizon, expected: Forecast | None) -> Problem:
    """The problem of a horizon: rows before it are history, locks inside it stay, demand becomes curves."""
    people_max = max(len(scenario.people), 1)
    return Problem(
        contract=scenario.contract,
        people=scenario.people,
        horizon=horizon,
        day_overrides=scenario.day_overrides,
        leave=scenario.leave,
        requests=scenario.requests,
        events=scenario.events,
        previous=tuple(row for row in scenario.previous if row.date < horizon.start),
        locks=tuple(row for row in scenario.locks if row.date in set(horizon.dates)),
        settled=tuple(place for place in scenario.settled if place[1] in set(horizon.dates)),
        curves=curves(expected, scenario.contract, people_max=people_max, bookings=scenario.bookings),
        loads=loads(expected, scenario.contract),
    )


def warnings_of(scenario: Scenario, horizon: Horizon) -> tuple[Words, ...]:
    """What a user should know before trusting a roster of this horizon."""
    passed = _passed_over(scenario, horizon)
    doubts = (*_provisional(scenario, horizon), *_outside(scenario, horizon), *_assumed(scenario, horizon))
    doubts = (*doubts, *_little_known(scenario, horizon), *history_notes(scenario, horizon))
    return (*scenario.warnings, *doubts, *passed)


def _assumed(scenario: Scenario, horizon: Horizon) -> Iterator[Words]:
    for queue in assumed_queues(scenario, horizon):
        volume, aht = queue.assumed_contacts_a_day, queue.assumed_aht_s
        yield Words(
            f"队列 {queue.id} 在 {horizon.start} 之前没有历史数据：按合同假定每天 {volume:g} 件、每件 {aht:g} 秒，"
            "在服务时间内平均分布；这是假定，不是预测。",
            f"Queue {queue.id} has no history before {horizon.start}: the contract's assumption of {volume:g} contacts "
            f"a day at {aht:g} s is spread evenly over its hours; an assumption, not a forecast.",
        )


def _little_known(scenario: Scenario, horizon: Horizon) -> Iterator[Words]:
    """A history too short to show every weekday."""
    known = known_history(scenario, horizon)
    days = len(set(known.days())) if known is not None else FEW_DAYS
    if days < FEW_DAYS:
        yield Words(
            f"{horizon.start} 之前只有 {days} 天历史数据：各星期几的差别未知，预测只是粗略推算。",
            f"Only {days} day(s) of history before {horizon.start}: how weekdays differ is not known; the forecast is "
            "a rough guess.",
        )


def _provisional(scenario: Scenario, horizon: Horizon) -> Iterator[Words]:
    calendar = Calendar(scenario.day_overrides)
    for year in sorted({day.year for day in horizon.dates}):
        if calendar.provisional(year):
            yield Words(
                f"{year} 年放假安排尚未公布，调休为暂定。",
                f"{year}: the State Council notice is not known; holidays and make-up workdays are provisional.",
            )


def _outside(scenario: Scenario, horizon: Horizon) -> Iterator[Words]:
    period = scenario.contract.period
    outside = [day for day in horizon.dates if not period.holds(day)]
    if outside:
        yield Words(
            f"{outside[0]} 至 {outside[-1]} 在合同期 {period.start} 至 {period.end} 之外：照常排班，不作合同评判。",
            f"{outside[0]}..{outside[-1]} lie outside the contract period {period.start}..{period.end}: "
            "planned as if it went on, not judged.",
        )


def _passed_over(scenario: Scenario, horizon: Horizon) -> Iterator[Words]:
    """Rows of `previous` that are no past, and locks of other days."""
    first, last = horizon.start, horizon.dates[-1]
    late = sum(row.date >= first for row in scenario.previous)
    if late:
        yield Words(
            f"previous 中有 {late} 行不早于 {first}，未采用。",
            f"rows of previous that are not before {first}, passed over: {late}.",
        )
    strange = sum(not first <= row.date <= last for row in scenario.locks)
    if strange:
        yield Words(
            f"locks 中有 {strange} 行不在 {first} 至 {last} 之内，未采用。",
            f"rows of locks outside {first}..{last}, passed over: {strange}.",
        )
