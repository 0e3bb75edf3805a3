"""From a scenario and a span of days to the problem that is solved or judged."""

from collections.abc import Iterator
from datetime import date

from planning.demand import curves
from roster.calendar import Calendar, Horizon
from roster.errors import Fault, InputError
from roster.forecast.base import Forecast
from roster.loading.scenario import Scenario
from roster.problem import Problem
from roster.words import Words


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
        previous=tuple(row for row in scenario.previous if row.date < horizon.start),
        locks=tuple(row for row in scenario.locks if row.date in set(horizon.dates)),
        curves=curves(expected, scenario.contract, people_max=people_max),
    )


def warnings_of(scenario: Scenario, horizon: Horizon) -> tuple[Words, ...]:
    """What a user should know before trusting a roster of this horizon."""
    return (*scenario.warnings, *_provisional(scenario, horizon), *_outside(scenario, horizon))


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
