"""The tables of `roster forecast` and `roster staff`."""

from datetime import date

import pandas as pd

from planning.asking import horizon_of
from planning.demand import day_calendar, forecast, requirement
from roster.errors import Fault, InputError
from roster.forecast.backtest import backtest, weekly_origins
from roster.forecast.base import Forecast
from roster.loading.scenario import Scenario

BACKTEST_WEEKS = 8


def forecast_table(scenario: Scenario, start: date, days: int) -> pd.DataFrame:
    """`start,queue,mean,q025..q975,aht_s` for the service hours of every queue."""
    return _expected(scenario, start, days).frame


def staff_table(scenario: Scenario, start: date, days: int) -> pd.DataFrame:
    """`start,queue,offered,aht_s,required,binding,...`: people needed in each interval."""
    return requirement(_expected(scenario, start, days), scenario.contract)


def backtest_table(scenario: Scenario, start: date) -> tuple[pd.DataFrame, tuple[date, ...]]:
    """`queue,method,intervals,wape,pinball,cover80,cover95` over the last weeks before `start`, and the origins.

    Each origin is a Monday and forecasts the seven days from it by what came before it. Raises InputError where the
    history is too short to learn from and to score.
    """
    missing = InputError([Fault("history.csv", f"too short before {start}", "two weeks of call history or more")])
    known = scenario.history.before(start) if scenario.history else None
    if known is None or not len(known.frame):
        raise missing
    first = min(known.days())
    origins = tuple(day for day in weekly_origins(known, weeks=BACKTEST_WEEKS) if day > first)
    calendar = day_calendar(scenario, known, horizon_of(scenario, start, 7))
    try:
        scores = backtest(known, calendar, origins=origins)
    except ValueError as error:
        raise missing from error
    return scores[["queue", "method", "week", "intervals", "wape", "pinball", "cover80", "cover95"]], origins


def _expected(scenario: Scenario, start: date, days: int) -> Forecast:
    made = forecast(scenario, horizon_of(scenario, start, days))
    if made is None:
        raise InputError([Fault("history.csv", f"no rows before {start}", "give the call history of earlier weeks")])
    return made
