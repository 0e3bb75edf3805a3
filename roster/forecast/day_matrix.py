"""A queue's history as days by intervals of the day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from roster.forecast.history import History

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DayMatrix:
    """Days with at least one contact (rows, ascending) by minutes after local midnight (columns, ascending).

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


def day_matrix(history: History, queue: str) -> DayMatrix:
    """The matrix of one queue; a day of zeros only was closed and has no row.

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
    opened = offered.sum(axis=1) > 0
    return DayMatrix(
        queue=queue,
        days=tuple(days[opened].tolist()),
        minutes=minutes.astype(np.int64),
        offered=offered[opened],
        handled=handled[opened],
        aht_s=(handling / np.maximum(handled, 1e-9))[opened],
        recorded=(days[0], days[-1]),
    )
