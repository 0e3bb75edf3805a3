"""People rostered against people needed, interval by interval."""

from datetime import date, timedelta

import pandas as pd

from roster.contract import Queue
from roster.roster import Roster

COVERAGE_COLUMNS = ("start", "end", "offered", "required", "rostered")


def coverage(roster: Roster, needed: pd.DataFrame, queue: Queue, day: date, *, interval_minutes: int) -> pd.DataFrame:
    """COVERAGE_COLUMNS of one queue and day in order of start; [start, end) in the roster's time zone.

    `needed` has the columns start, queue, offered and required of `planning.demand.requirement`; `rostered` counts
    the people who answer the queue throughout the interval, as the coverage goal does. Intervals in which nothing
    is expected and nobody needed are left out.
    """
    rows = needed[(needed["queue"] == queue.id) & ((needed["offered"] > 0) | (needed["required"] > 0))]
    starts = rows["start"].dt.tz_convert(roster.problem.horizon.timezone)
    of_day = rows.assign(start=starts)[starts.dt.date == day].sort_values("start", ignore_index=True)
    ends = of_day["start"] + timedelta(minutes=interval_minutes)
    answering = [row for row in roster.on(day) if row.answers and row.team == queue.team and row.role in queue.roles]
    rostered = [
        len({row.staff_id for row in answering if row.start <= start and end <= row.end})
        for start, end in zip(of_day["start"], ends, strict=True)
    ]
    return of_day.assign(end=ends, rostered=rostered)[list(COVERAGE_COLUMNS)]
