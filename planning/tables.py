"""The tables of `roster forecast` and `roster staff`."""

from datetime import date

import pandas as pd

from planning.asking import horizon_of
from planning.demand import forecast, requirement
from roster.errors import Fault, InputError
from roster.forecast.base import Forecast
from roster.loading.scenario import Scenario


def forecast_table(scenario: Scenario, start: date, days: int) -> pd.DataFrame:
    """`start,queue,mean,q025..q975,aht_s` for the service hours of every queue."""
    return _expected(scenario, start, days).frame


def staff_table(scenario: Scenario, start: date, days: int) -> pd.DataFrame:
    """`start,queue,offered,aht_s,required,binding,...`: people needed in each interval."""
    return requirement(_expected(scenario, start, days), scenario.contract)


def _expected(scenario: Scenario, start: date, days: int) -> Forecast:
    made = forecast(scenario, horizon_of(scenario, start, days))
    if made is None:
        raise InputError([Fault("history.csv", f"no rows before {start}", "give the call history of earlier weeks")])
    return made
