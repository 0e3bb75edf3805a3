"""The tables of `roster forecast` and `roster staff`."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from planning.asking import horizon_of
from planning.demand import day_calendar, forecast, known_history, requirement
from roster.errors import Fault, InputError
from roster.forecast.backtest import METHODS, past_rows, weekly_origins
from roster.forecast.base import Forecast, Forecaster
from roster.loading.scenario import Scenario

BACKTEST_WEEKS = 8
BACKTEST_AHEAD = 2
"""Weeks ahead that are scored: rosters are made one or two weeks before they begin."""


def forecast_table(scenario: Scenario, start: date, days: int) -> Forecast:
    """The forecast for the service hours of every queue. Raises InputError where nothing tells what to expect."""
    return _expected(scenario, start, days)


def staff_table(scenario: Scenario, start: date, days: int) -> pd.DataFrame:
    """`start,queue,offered,aht_s,required,binding,...`: people needed in each interval."""
    return requirement(_expected(scenario, start, days), scenario.contract, scenario.bookings)


def backtest_rows(scenario: Scenario, start: date, others: Sequence[Forecaster] = ()) -> pd.DataFrame:
    """What each method would have said of the last weeks before `start`, beside what came: as `past_rows`.

    `others` are asked beside the default method and its yardsticks. Each origin is a Monday and forecasts two weeks
    from it by what came before it. Raises InputError where the history is too short to learn from and to score.
    """
    missing = InputError([Fault("history.csv", f"too short before {start}", "two weeks of call history or more")])
    horizon = horizon_of(scenario, start, 7)
    known = known_history(scenario, horizon)
    if known is None:
        raise missing
    first = min(known.days())
    origins = tuple(day for day in weekly_origins(known, weeks=BACKTEST_WEEKS) if day > first)
    calendar = day_calendar(scenario, known, horizon)
    try:
        return past_rows(known, calendar, origins=origins, methods=(*METHODS, *others), weeks=BACKTEST_AHEAD)
    except ValueError as error:
        raise missing from error


def _expected(scenario: Scenario, start: date, days: int) -> Forecast:
    made = forecast(scenario, horizon_of(scenario, start, days))
    if made is None:
        remedy = "give the call history of earlier weeks, or the queue's assumed_contacts_a_day and assumed_aht_s"
        raise InputError([Fault("history.csv", f"no rows before {start}", remedy)])
    return made
