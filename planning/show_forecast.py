"""What `roster forecast` prints beside the file it writes."""

import pandas as pd

from planning.catalogue import said, text
from planning.show import SHOWN_AT_MOST, say
from roster.forecast.backtest import scores_of
from roster.forecast.base import Forecast
from roster.words import Words

_COLUMNS = ["queue", "method", "week", "intervals", "wape", "pinball", "cover80", "cover95"]


def show_backtest(past: pd.DataFrame) -> None:
    """Errors of each method by queue and weeks ahead, on standard output."""
    origins = sorted(past["origin"].unique())
    weeks = int(past["week"].max())
    print(text("forecast.backtest", origins=len(origins), first=origins[0], last=origins[-1], weeks=weeks))
    print(scores_of(past)[_COLUMNS].to_string(index=False, float_format="%.3f"))


def show_forecast(made: Forecast, warnings: tuple[Words, ...]) -> None:
    """What the forecast rests on: warnings, and what of the history was left out, newest first."""
    for warning in warnings:
        say(text("check.warning", text=said(warning)))
    if made.unusual:
        print(text("forecast.unusual", count=len(made.unusual)))
    newest = sorted(made.unusual, key=lambda found: (found.day, found.first_minute), reverse=True)
    for found in newest[:SHOWN_AT_MOST]:
        start, end = (f"{at // 60:02d}:{at % 60:02d}" for at in (found.first_minute, found.end_minute))
        print(
            text(
                "forecast.stretch", queue=found.queue, day=found.day, start=start, end=end,
                found=found.found, usual=found.usual,
            )
        )  # fmt: skip
    if len(newest) > SHOWN_AT_MOST:
        print(f"  ... +{len(newest) - SHOWN_AT_MOST}")
