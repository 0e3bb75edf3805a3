"""Forecasts a week ahead over the last twelve weeks: `python -m benchmarks.forecast [LOG.csv ...]`.

Protocol: half-hours. From each of the last twelve Mondays the following seven days are forecast from the rows before
that Monday alone, by the default method and by the yardsticks; weights, spreads and sizes of effects are told anew
from those rows. All intervals of recorded days are scored: WAPE, mean pinball loss of nine quantiles over the mean,
share of intervals inside the 80 % and 95 % intervals. `s a year`: the forecast of a week from the last 365 days, best
of three, in seconds of one core (OMP_NUM_THREADS=1). Made-up histories by seeds that play no part in development;
logs are call logs in the layout of history.csv. The table is printed and written to benchmarks/results/forecast.md.
"""

import argparse
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.call_histories import LARGE, SMALL, call_log, made_up
from benchmarks.record import record
from roster.forecast.backtest import METHODS, backtest, weekly_origins
from roster.forecast.base import Forecaster
from roster.forecast.combination import Combined
from roster.forecast.day_calendar import DayCalendar
from roster.forecast.history import History
from roster.forecast.second_opinions import opinions

WEEKS = 12
SEEDS = (101, 102, 103)


def histories(logs: list[Path], timezone: str) -> Iterator[tuple[str, History]]:
    """The made-up histories, then the logs, each with its name."""
    for seed in SEEDS:
        for centre in (LARGE, SMALL):
            yield f"{centre.name} {seed}", made_up(centre, seed)
    for log in logs:
        yield log.stem, call_log(log, timezone)


def seconds_a_year(history: History) -> float:
    """Of one core, for the week after the history, from its last 365 days."""
    last: date = max(history.days())
    year = History(history.frame[history.frame["start"].dt.date > last - timedelta(days=365)], history.interval_minutes)
    taken = []
    for _ in range(3):
        begun = time.process_time()
        Combined().forecast(year, DayCalendar(), start=last + timedelta(days=1), days=7)
        taken.append(time.process_time() - begun)
    return min(taken)


def measured(name: str, history: History, methods: tuple[Forecaster, ...]) -> Iterator[str]:
    """A line for each method."""
    scores = backtest(history, DayCalendar(), origins=weekly_origins(history, weeks=WEEKS), methods=methods)
    for queue, own in scores.groupby("queue", sort=False):
        mean4 = float(own.loc[own["method"] == "mean of last 4", "wape"].iloc[0])
        for row in own.itertuples():
            taken = f"{seconds_a_year(history):5.2f}" if row.method == "combined" and queue == history.queues[0] else ""
            yield (
                f"{name:16.16} {row.method:24} {row.wape:7.2%} {row.wape / mean4 - 1:+7.1%} {row.pinball:7.2%} "
                f"{row.cover80:6.1%} {row.cover95:6.1%} {taken}"
            )


def main() -> None:
    """Prints and writes the table."""
    parser = argparse.ArgumentParser(description="Measure forecasts a week ahead.")
    parser.add_argument("logs", nargs="*", type=Path, metavar="LOG.csv")
    parser.add_argument("--timezone", default="Asia/Shanghai", help="of the logs")
    parser.add_argument("--second-opinions", action="store_true", help="statsforecast and mlforecast too")
    options = parser.parse_args()
    present, missing = opinions() if options.second_opinions else ((), ())
    found = histories(options.logs, options.timezone)
    record("forecast", __doc__, _lines(found, (*METHODS, *present), missing))


def _lines(
    found: Iterator[tuple[str, History]], methods: tuple[Forecaster, ...], missing: Iterable[str]
) -> Iterator[str]:
    yield f"{'history':16} {'method':24} {'wape':>7} {'to mean4':>7} {'pinball':>7} {'in80':>6} {'in95':>6} s a year"
    for name, history in found:
        yield from measured(name, history, methods)
    yield from (f"left out, {reason}" for reason in missing)
    yield "asked of combined: to mean4 -20% large, -2% small; in80 76-86 %, in95 92-98 %; under 1 s a year"


if __name__ == "__main__":
    main()
