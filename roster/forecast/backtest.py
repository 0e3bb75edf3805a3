"""How well forecasters would have done in the past."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

import numpy as np
import pandas as pd

from roster.forecast.base import QUANTILES, Forecaster
from roster.forecast.combination import Combined, alone
from roster.forecast.day_calendar import DayCalendar
from roster.forecast.history import History
from roster.forecast.same_weekday import SameWeekdayMean

YARDSTICKS: tuple[Forecaster, ...] = (alone(SameWeekdayMean(1)), alone(SameWeekdayMean(4)))
METHODS: tuple[Forecaster, ...] = (Combined(), *YARDSTICKS)
SCORES = ("intervals", "wape", "mae", "pinball", "cover80", "cover95")


def backtest(
    history: History,
    calendar: DayCalendar,
    *,
    origins: Sequence[date],
    methods: Sequence[Forecaster] = METHODS,
    weeks: int = 1,
) -> pd.DataFrame:
    """Rolling-origin errors: columns `queue,method,week`, then SCORES, as `scores_of` the `past_rows`.

    Raises:
        ValueError: no origin leaves both a past to learn from and a day to score.
    """
    return scores_of(past_rows(history, calendar, origins=origins, methods=methods, weeks=weeks))


def past_rows(
    history: History,
    calendar: DayCalendar,
    *,
    origins: Sequence[date],
    methods: Sequence[Forecaster],
    weeks: int = 1,
) -> pd.DataFrame:
    """What each method would have said at each origin for the `weeks` weeks from it, beside what came.

    Columns: those of a forecast, `offered` (what came), `method`, `origin` and `week` (1 for the first seven days
    from the origin). Only recorded days with a contact are kept, on them an interval without a row as 0. Planned
    events count as known at the origin; nothing else of its future does.

    Raises:
        ValueError: no origin leaves both a past to learn from and a day to score.
    """
    first = min(history.days())
    parts = [
        _beside(history, method.forecast(history.before(origin), calendar, start=origin, days=7 * weeks).frame, origin)
        .assign(method=method.name)
        for origin in origins
        if first < origin
        for method in methods
    ]  # fmt: skip
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if rows.empty:
        raise ValueError("at least one origin must lie after the first day and before the last day of the history")
    return rows


def scores_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Errors by queue, method and week ahead, of the rows of `past_rows`.

    WAPE: sum |y - mean| / sum y; MAE in contacts an interval; pinball: mean loss over the forecast's quantiles as a
    share of the mean volume; coverage: share of intervals within [q10, q90] and [q025, q975].
    """
    keys = ["queue", "method", "week"]
    return pd.DataFrame(
        [
            {**dict(zip(keys, cast("tuple[str, str, int]", key), strict=True)), **_scores(part)}
            for key, part in rows.groupby(keys, sort=False)
        ]
    )


def weekly_origins(history: History, *, weeks: int) -> tuple[date, ...]:
    """The last `weeks` Mondays that begin a week with recorded days, ascending."""
    last: date = max(history.days())
    monday = last - timedelta(days=last.weekday())
    return tuple(monday - timedelta(weeks=back) for back in range(weeks - 1, -1, -1))


def _beside(history: History, made: pd.DataFrame, origin: date) -> pd.DataFrame:
    """The forecast with what came, on recorded days alone."""
    rows = made.merge(history.frame[["start", "queue", "offered"]], on=["start", "queue"], how="left")
    rows["offered"] = rows["offered"].fillna(0.0)
    day = rows["start"].dt.date
    rows = rows.assign(origin=origin, week=[(of_row - origin).days // 7 + 1 for of_row in day])
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
