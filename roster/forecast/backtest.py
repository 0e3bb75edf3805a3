"""How well methods would have forecast the past."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from roster.forecast.base import QUANTILES, DayCalendar, Forecaster
from roster.forecast.history import History
from roster.forecast.level_profile import LevelProfile
from roster.forecast.same_weekday import SameWeekdayMean

YARDSTICKS: tuple[Forecaster, ...] = (LevelProfile(), SameWeekdayMean(weeks=1), SameWeekdayMean(weeks=4))


def backtest(
    history: History,
    calendar: DayCalendar,
    *,
    origins: Sequence[date],
    methods: Sequence[Forecaster] = YARDSTICKS,
    days: int = 7,
) -> pd.DataFrame:
    """Rolling-origin errors by queue and method: each origin forecasts [origin, origin + days) from its past.

    Columns `queue,method,intervals,wape,mae,pinball,cover80,cover95`. WAPE: sum |y - mean| / sum y; MAE in
    contacts an interval; pinball: mean loss over the forecast's quantiles as a share of the mean volume;
    coverage: share of recorded intervals within [q10, q90] and [q025, q975]. Only recorded days with a
    contact are scored, on them an interval without a row as 0. Planned events count as known at the origin.

    Raises:
        ValueError: no origin leaves both a past to learn from and a day to score.
    """
    scored = [
        _scored(method, history, calendar, origin, days).assign(method=method.name)
        for origin in origins
        for method in methods
        if min(history.days()) < origin
    ]
    rows = pd.concat(scored, ignore_index=True) if scored else pd.DataFrame()
    if rows.empty:
        raise ValueError("at least one origin must lie after the first day and before the last day of the history")
    tables = [
        {"queue": queue, "method": method, **_scores(part)}
        for queue, own in rows.groupby("queue")
        for method, part in own.groupby("method")
    ]
    return pd.DataFrame(tables)


def weekly_origins(history: History, *, weeks: int) -> tuple[date, ...]:
    """The last `weeks` Mondays that begin a week with recorded days, ascending."""
    last: date = max(history.days())
    monday = last - timedelta(days=last.weekday())
    return tuple(monday - timedelta(weeks=back) for back in range(weeks - 1, -1, -1))


def _scored(method: Forecaster, history: History, calendar: DayCalendar, origin: date, days: int) -> pd.DataFrame:
    made = method.forecast(history.before(origin), calendar, start=origin, days=days).frame
    actual = history.frame[["start", "queue", "offered"]]
    rows = made.merge(actual, on=["start", "queue"], how="left")
    rows["offered"] = rows["offered"].fillna(0.0)
    day = rows["start"].dt.date
    recorded = rows.groupby([rows["queue"], day])["offered"].transform("sum") > 0
    return pd.DataFrame(rows[recorded])


def _scores(rows: pd.DataFrame) -> dict[str, float]:
    actual, mean = rows["offered"], rows["mean"]
    levels = np.array(list(QUANTILES.values()))
    error = actual.to_numpy()[:, None] - rows[list(QUANTILES)].to_numpy()
    loss = np.maximum(levels * error, (levels - 1) * error)
    return {
        "intervals": len(rows),
        "wape": float((actual - mean).abs().sum() / actual.sum()),
        "mae": float((actual - mean).abs().mean()),
        "pinball": float(loss.mean() / actual.mean()),
        "cover80": float(actual.between(rows["q10"], rows["q90"]).mean()),
        "cover95": float(actual.between(rows["q025"], rows["q975"]).mean()),
    }
