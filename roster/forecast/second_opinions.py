"""Second opinions by statsforecast and mlforecast, behind the protocol of all methods; both are optional.

`pip install 'lunban[opinions]'` brings them. They are imported when they are first asked, and only then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import numpy as np
import pandas as pd

from roster.forecast.combination import Combined, alone
from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import day_kind
from roster.forecast.day_matrix import DayMatrix, Floats
from roster.forecast.intraday import fit_profile

_WEEK = 7


@dataclass(frozen=True)
class DailyArima:
    """Method: AutoARIMA of statsforecast on the logarithms of whole days, spread by the profile of the kind of day."""

    name: str = "statsforecast AutoARIMA"
    needs: tuple[str, ...] = ("statsforecast",)
    knows_special_days: bool = False

    def tuned(self, matrix: DayMatrix, calendar: DayCalendar) -> Self:  # noqa: ARG002
        """Itself: it fits at every origin."""
        return self

    def means(self, matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
        """Expected contacts, shape (days, intervals)."""
        every, filled = _every_day(matrix, calendar)
        arima: Any = import_module("statsforecast.models").AutoARIMA(season_length=_WEEK)
        ahead = (days[-1] - every[-1]).days
        said = arima.forecast(y=np.log(filled.sum(axis=1) + 0.5), h=ahead)["mean"]
        volume = np.exp([said[(day - every[-1]).days - 1] for day in days])
        kept = np.ones(len(matrix.days), dtype=bool)
        profile = fit_profile(matrix, calendar, kept, half_life=56, pooled_days=1, pooled_contacts=400)
        return np.asarray(volume)[:, None] * profile.shares(days)


@dataclass(frozen=True)
class BoostedTrees:
    """Method: LightGBM by mlforecast, one daily series an interval of the day, on weekly lags and the calendar."""

    name: str = "mlforecast LightGBM"
    needs: tuple[str, ...] = ("mlforecast", "lightgbm")
    knows_special_days: bool = False

    def tuned(self, matrix: DayMatrix, calendar: DayCalendar) -> Self:  # noqa: ARG002
        """Itself: it fits at every origin."""
        return self

    def means(self, matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
        """Expected contacts, shape (days, intervals)."""
        every, filled = _every_day(matrix, calendar)
        model: Any = import_module("lightgbm").LGBMRegressor(n_estimators=200, num_leaves=15, verbose=-1, n_jobs=1)
        trees: Any = import_module("mlforecast").MLForecast(
            models={"said": model}, freq="D", lags=[7, 14, 21, 28], date_features=["dayofweek", "day", "month"]
        )
        slots = np.arange(filled.shape[1])
        long = pd.DataFrame(
            {
                "unique_id": np.repeat(slots, len(every)),
                "ds": np.tile(pd.to_datetime(pd.Series(every)).to_numpy(), len(slots)),
                "y": filled.T.ravel(),
            }
        )
        said = trees.fit(long, static_features=[]).predict((days[-1] - every[-1]).days)
        table = said.pivot(index="ds", columns="unique_id", values="said")
        return np.maximum(table.loc[pd.to_datetime(pd.Series(list(days)))].to_numpy(dtype=float), 0.0)


OPINIONS: tuple[DailyArima | BoostedTrees, ...] = (DailyArima(), BoostedTrees())


def opinions() -> tuple[tuple[Combined, ...], tuple[str, ...]]:
    """The opinions whose libraries are installed, as forecasters; and of the others why they are left out."""
    missing = {method.name: [name for name in method.needs if find_spec(name) is None] for method in OPINIONS}
    present = tuple(alone(method) for method in OPINIONS if not missing[method.name])
    return present, tuple(f"{name}: {', '.join(lack)} not installed" for name, lack in missing.items() if lack)


def _every_day(matrix: DayMatrix, calendar: DayCalendar) -> tuple[list[date], Floats]:
    """All dates from the first to the last, those without record as the mean of the last four of their kind."""
    first, last = matrix.days[0], matrix.days[-1]
    every = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    row = {day: matrix.offered[at] for at, day in enumerate(matrix.days)}
    by_kind: dict[object, list[Floats]] = {}
    filled = []
    for day in every:
        past = by_kind.setdefault(day_kind(calendar, day), [])
        if day in row:
            past.append(row[day])
        filled.append(
            row[day] if day in row else np.mean(past[-4:], axis=0) if past else np.zeros_like(matrix.offered[0])
        )
    return every, np.array(filled)
