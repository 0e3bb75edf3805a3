"""What was offered and handled in past intervals."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

REQUIRED = ("start", "queue", "offered")
OPTIONAL = ("answered", "abandoned", "aht_s", "acw_s")
_SHOWN = 5


@dataclass(frozen=True)
class History:
    """Past intervals of one or more queues.

    `frame`: a row for each queue and interval with `start` (tz-aware, the interval is [start, start +
    interval_minutes)), `queue`, `offered` (contacts), and, NaN where unknown, `answered`, `abandoned`
    (contacts), `aht_s` (handling time with wrap-up, s), `acw_s` (wrap-up, s). Missing optional columns are
    added. Rows are sorted by queue and start. A day without any row was closed or not recorded; on a day with
    rows, an interval without a row had no contact.

    Raises:
        ValueError: missing columns, naive times, or rows that cannot be (the message says which and why).
    """

    frame: pd.DataFrame
    interval_minutes: int

    def __post_init__(self) -> None:
        if not (0 < self.interval_minutes <= 60 and 60 % self.interval_minutes == 0):
            raise ValueError(f"interval_minutes divides 60 is broken by {self.interval_minutes}")
        missing = [column for column in REQUIRED if column not in self.frame]
        if missing:
            raise ValueError(f"columns missing: {', '.join(missing)}")
        if not isinstance(self.frame["start"].dtype, pd.DatetimeTZDtype):
            raise ValueError("start must be tz-aware")
        known = self.frame.reindex(columns=[*REQUIRED, *OPTIONAL])
        numbers = ["offered", *OPTIONAL]
        known[numbers] = known[numbers].astype(float)
        _require_rows(known, self.interval_minutes)
        object.__setattr__(self, "frame", known.sort_values(["queue", "start"], ignore_index=True))

    @property
    def queues(self) -> tuple[str, ...]:
        """Queue names in alphabetical order."""
        return tuple(sorted(self.frame["queue"].unique()))

    @property
    def timezone(self) -> ZoneInfo:
        """Time zone of `start`, in which days begin."""
        return ZoneInfo(str(self.frame["start"].dt.tz))

    def days(self) -> tuple[date, ...]:
        """Local date of each row."""
        days: list[date] = list(self.frame["start"].dt.date)
        return tuple(days)

    def before(self, day: date) -> "History":
        """The rows that start before the local midnight that begins `day`."""
        midnight = datetime.combine(day, time(), tzinfo=self.timezone)
        return History(self.frame[self.frame["start"] < midnight], self.interval_minutes)


def _require_rows(frame: pd.DataFrame, interval_minutes: int) -> None:
    start = frame["start"]
    seconds = start.dt.minute * 60 + start.dt.second + start.dt.microsecond / 1e6
    faults = {
        "start is missing": start.isna(),
        f"start is not on the {interval_minutes}-minute grid": seconds % (interval_minutes * 60) != 0,
        "queue is missing": frame["queue"].isna() | (frame["queue"] == ""),
        "queue and start stand twice": frame.duplicated(["queue", "start"]),
        "0 <= offered < inf is broken": ~(np.isfinite(frame["offered"]) & (frame["offered"] >= 0)),
        "answered + abandoned <= offered is broken": frame[["answered", "abandoned"]].sum(axis=1) > frame["offered"],
    }
    for column in OPTIONAL:
        faults[f"0 <= {column} < inf is broken"] = ~(frame[column].isna() | frame[column].between(0, 1e12))
    messages = [_described(frame, what, rows) for what, rows in faults.items() if rows.any()]
    if messages:
        raise ValueError("; ".join(messages))


def _described(frame: pd.DataFrame, what: str, rows: pd.Series) -> str:
    shown = [f"row {index} ({row.queue} {row.start})" for index, row in frame[rows].head(_SHOWN).iterrows()]
    more = int(rows.sum()) - len(shown)
    return f"{what}: {', '.join(shown)}" + (f" and {more} more" if more > 0 else "")
