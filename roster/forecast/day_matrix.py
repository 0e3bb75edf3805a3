"""A queue's history as days by intervals of the day."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from roster.forecast.history import History

Floats = npt.NDArray[np.float64]
_QUIET = 8.0
"""Contacts a day below which a recorded day without any is an open one."""


@dataclass(frozen=True)
class DayMatrix:
    """Open days (rows, ascending) by minutes after local midnight (columns, ascending).

    `offered`: contacts, 0 where no row stands; `handled`: contacts behind `aht_s`, 0 where it is unknown;
    `aht_s`: s, 0 where unknown. `recorded`: first and last day with a row of the queue.
    """

    queue: str
    days: tuple[date, ...]
    minutes: npt.NDArray[np.int64]
    offered: Floats
    handled: Floats
    aht_s: Floats
    recorded: tuple[date, date]

    def ages(self, today: date) -> Floats:
        """Days from each row to `today`."""
        return np.array([(today - day).days for day in self.days], dtype=float)

    def before(self, day: date) -> "DayMatrix":
        """The days before `day`."""
        count = bisect_left(self.days, day)
        recorded = (self.recorded[0], min(self.recorded[1], day - timedelta(days=1)))
        return replace(self._sliced(slice(0, count)), recorded=recorded)

    def last(self, days: int) -> "DayMatrix":
        """The last `days` rows."""
        return self._sliced(slice(max(len(self.days) - days, 0), None))

    def only(self, wanted: npt.ArrayLike) -> "DayMatrix":
        """The rows that are wanted, one truth value a row."""
        rows = np.flatnonzero(wanted)
        parts = {name: getattr(self, name)[rows] for name in ("offered", "handled", "aht_s")}
        return replace(self, days=tuple(self.days[row] for row in rows), **parts)

    def _sliced(self, rows: slice) -> "DayMatrix":
        parts = {name: getattr(self, name)[rows] for name in ("days", "offered", "handled", "aht_s")}
        return replace(self, **parts)


def day_matrix(history: History, queue: str) -> DayMatrix:
    """The matrix of one queue.

    A day of zeros only was closed and has no row, unless the queue is so quiet that none may call on an open day.

    Raises:
        ValueError: the history has no row of `queue`.
    """
    rows = history.frame[history.frame["queue"] == queue]
    if rows.empty:
        raise ValueError(f"the history has no row of queue {queue!r}")
    days, day_of = np.unique(rows["start"].dt.date.to_numpy(), return_inverse=True)
    minute = (rows["start"].dt.hour * 60 + rows["start"].dt.minute).to_numpy()
    minutes, slot_of = np.unique(minute, return_inverse=True)
    offered, handled, handling = (np.zeros((len(days), len(minutes))) for _ in range(3))
    aht = rows["aht_s"].to_numpy()
    known = np.isfinite(aht) & (aht > 0)
    contacts = rows["answered"].fillna(rows["offered"]).to_numpy()
    np.add.at(offered, (day_of, slot_of), rows["offered"].to_numpy())
    np.add.at(handled, (day_of, slot_of), np.where(known, contacts, 0.0))
    np.add.at(handling, (day_of, slot_of), np.where(known, contacts * np.nan_to_num(aht), 0.0))
    total = offered.sum(axis=1)
    opened = (total > 0) | (total[total > 0].mean() < _QUIET if total.any() else False)
    return DayMatrix(
        queue=queue,
        days=tuple(days[opened].tolist()),
        minutes=minutes.astype(np.int64),
        offered=offered[opened],
        handled=handled[opened],
        aht_s=(handling / np.maximum(handled, 1e-9))[opened],
        recorded=(days[0], days[-1]),
    )
