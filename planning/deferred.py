"""Queues whose contacts may wait until a deadline, sized beside the other queues of the same people."""

from datetime import timedelta
from itertools import chain

import numpy as np
import pandas as pd

from roster.contract import Contract
from roster.forecast.base import QUANTILES, Forecast
from roster.queue import Queue
from roster.staffing.curve import ServiceCurve
from roster.staffing.deferred import DeferredNeed, deferred_lost, deferred_need
from roster.staffing.table import STAFFING_COLUMNS


def may_wait(contract: Contract) -> tuple[Queue, ...]:
    """The queues whose contacts may wait."""
    return tuple(queue for queue in contract.queues if queue.due_within_minutes is not None)


def brought_to_opening(rows: pd.DataFrame, inside: pd.Series) -> pd.DataFrame:
    """The rows of one queue, in order of time, that lie `inside` service hours, with what comes outside at the next.

    What comes after the last is brought to the first, as what came before the horizon: a week begins with the mail of
    a weekend.
    """
    open_at = np.flatnonzero(inside.to_numpy())
    if len(open_at) == 0:
        return rows[inside]
    lands = np.searchsorted(open_at, np.arange(len(rows))) % len(open_at)
    columns = ["mean", *QUANTILES]
    sums = {name: np.bincount(lands, weights=rows[name], minlength=len(open_at)) for name in columns}
    weights = np.where(rows["aht_s"].isna(), 0.0, rows["mean"])
    handled = np.bincount(lands, weights=weights * rows["aht_s"].fillna(0.0), minlength=len(open_at))
    total = np.bincount(lands, weights=weights, minlength=len(open_at))
    aht = np.where(total > 0, handled / np.where(total > 0, total, 1.0), rows["aht_s"].to_numpy()[open_at])
    return rows[inside].assign(**sums, aht_s=aht)


def deferred_needs(made: Forecast, contract: Contract, table: pd.DataFrame) -> dict[str, DeferredNeed]:
    """The need of each queue that may wait, one after the other, beside those in `table` with the same people."""
    needs: dict[str, DeferredNeed] = {}
    for queue in may_wait(contract):
        sharing = [
            other.id for other in contract.queues if other.team == queue.team and {*other.roles} & {*queue.roles}
        ]
        shared = table[table["queue"].isin(sharing)].groupby("start")["required"].sum()
        starts = made.rows(queue.id)["start"]
        beside = shared.reindex(starts).fillna(0).to_numpy(dtype=np.int64)
        needs[queue.id] = deferred_need(made, queue.id, queue.targets, beside)
        table = pd.concat([table, deferred_rows(queue, needs[queue.id])], ignore_index=True)
    return needs


def deferred_rows(queue: Queue, need: DeferredNeed) -> pd.DataFrame:
    """The columns of `roster staff` for a queue that may wait: 'deadline' binds, figures of callers stay empty.

    `service_level` is what the people are sized for.
    """
    binding = np.where(need.people > 0, "deadline", "none")
    table = pd.DataFrame({
        "start": need.start.array, "queue": queue.id, "offered": need.contacts, "aht_s": need.aht_s,
        "required": need.people, "binding": binding.astype(object), "service_level": queue.targets.service_level,
    })  # fmt: skip
    return table.reindex(columns=list(STAFFING_COLUMNS))


def deferred_curves(
    needs: dict[str, DeferredNeed], made: Forecast, *, pieces: int, people_max: int
) -> tuple[ServiceCurve, ...]:
    """A curve for each of `pieces` equal parts of every interval that somebody is needed in."""
    length = timedelta(minutes=made.interval_minutes) / pieces
    return tuple(
        chain.from_iterable(
            _curves(queue, need, deferred_lost(need, people_max, pieces=pieces), length, pieces)
            for queue, need in needs.items()
        )
    )


def _curves(
    queue: str, need: DeferredNeed, lost: np.ndarray, length: timedelta, pieces: int
) -> tuple[ServiceCurve, ...]:
    starts = [start.to_pydatetime() + k * length for start in need.start for k in range(pieces)]
    return tuple(
        ServiceCurve(queue, start, start + length, tuple(int(thousandths) for thousandths in row))
        for start, row in zip(starts, lost, strict=True)
        if row[0] > 0
    )
