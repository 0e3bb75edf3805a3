"""What a user should know of a history before trusting what is learnt from it: handling times and days it lacks."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pandas as pd

from planning.demand import known_history
from roster.calendar import Calendar, Horizon
from roster.forecast.history import History
from roster.loading.scenario import Scenario
from roster.queue import Queue
from roster.words import Words

_MOSTLY = 0.8
"""A kind of day of which this share has rows is one on which the queue is open."""
_SHOWN = 3


def history_notes(scenario: Scenario, horizon: Horizon) -> Iterator[Words]:
    """One sentence a queue for handling times that lack, one for days that lack."""
    known = known_history(scenario, horizon)
    if known is None:
        return
    calendar = Calendar(scenario.day_overrides)
    for queue in scenario.contract.queues:
        rows = known.frame[known.frame["queue"] == queue.id]
        if len(rows):
            yield from _handling(queue, rows)
            yield from _gaps(queue, History(rows, known.interval_minutes), calendar)


def _handling(queue: Queue, rows: pd.DataFrame) -> Iterator[Words]:
    busy = rows[rows["offered"] > 0]
    lack = int(busy["aht_s"].isna().sum())
    if lack and lack < len(busy):
        yield Words(
            f"队列 {queue.id}：history.csv 中有来量的 {len(busy)} 行里 {lack} 行没有处理时长 aht_s，按其余行推算。",
            f"Queue {queue.id}: {lack} of the {len(busy)} rows of history.csv with contacts have no handling time "
            "aht_s; it is learnt from the others.",
        )
    elif lack and queue.assumed_aht_s:
        yield Words(
            f"队列 {queue.id}：history.csv 中没有处理时长 aht_s，按合同假定的每件 {queue.assumed_aht_s:g} 秒计算。",
            f"Queue {queue.id}: no row of history.csv has a handling time aht_s; the contract's assumed_aht_s of "
            f"{queue.assumed_aht_s:g} s is taken.",
        )
    elif lack:
        yield Words(
            f"队列 {queue.id}：history.csv 中没有处理时长 aht_s，预测中留空，无法计算所需人数；"
            "请补上 aht_s（通话加后处理，秒），或在 contract.toml 中给出 assumed_aht_s。",
            f"Queue {queue.id}: no row of history.csv has a handling time aht_s; the forecast leaves it empty, and "
            "people needed cannot be reckoned: add aht_s (talk and wrap-up, s), or assumed_aht_s in contract.toml.",
        )


def _gaps(queue: Queue, history: History, calendar: Calendar) -> Iterator[Words]:
    days = set(history.days())
    first, last = min(days), max(days)
    every = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    missing = [
        day
        for kind in (True, False)
        if (of_kind := [day for day in every if calendar.is_workday(day) == kind])
        and sum(day in days for day in of_kind) >= _MOSTLY * len(of_kind)
        for day in of_kind
        if day not in days
    ]
    if missing:
        stretches = _stretches(sorted(missing))
        shown = ", ".join(stretches[:_SHOWN]) + (" ..." if len(stretches) > _SHOWN else "")
        yield Words(
            f"队列 {queue.id}：history.csv 中有 {len(missing)} 天没有数据（{shown}），视为停业或未记录，不参与学习；"
            "若有数据请补上。",
            f"Queue {queue.id}: {len(missing)} day(s) without rows in history.csv ({shown}) are taken as closed or not "
            "recorded, and nothing is learnt from them; add their rows if there are any.",
        )


def _stretches(days: Sequence[date]) -> list[str]:
    """Days in order as first..last of each run."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [f"{run[0]}..{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
