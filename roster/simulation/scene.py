"""What is played: expected contacts, who answers when, and how queues are asked to be served."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt

from roster.simulation.arrays import Floats, Ints
from roster.staffing.targets import ServiceTargets

Busyness = Callable[[np.random.Generator, int], Floats]
HANDLING_CV = 1.2
"""Coefficient of variation of handling times where none is measured: 1.2 to 1.5 in call logs of banks."""


@dataclass(frozen=True)
class Stream:
    """One queue of contacts over the horizon.

    `expected`: contacts of each interval; `aht_s`: mean handling time of contacts that arrive in it, in s, above 0;
    `is_open`: whether the interval is in service hours. `busyness(generator, runs)` draws by how much each interval of
    each run is busier than expected, shape (runs, intervals), mean 1; None: never. `handling_cv`: coefficient of
    variation of the lognormal handling times. `together`: contacts one agent may hold at once;
    `slower[k - 1]`: how many times longer each of k contacts then takes. `redial`: the share of callers who give up
    that call again, `redial_after_s` later on average. `absence`: the share of duties that nobody turns up for,
    unplanned. `booked`: a row for each session by appointment, when it is to begin and until when the customer waits,
    in s after the begin of the horizon, and its mean handling time in s (nan: as long as it may wait). Of several
    queues with one agent the lowest `priority` is served first.

    Raises ValueError for lengths that differ, negative figures, shares out of range.
    """

    name: str
    expected: Floats
    aht_s: Floats
    is_open: npt.NDArray[np.bool_]
    targets: ServiceTargets
    busyness: Busyness | None = None
    handling_cv: float = HANDLING_CV
    together: int = 1
    slower: tuple[float, ...] = (1.0,)
    priority: int = 1
    redial: float = 0.0
    redial_after_s: float = 300.0
    absence: float = 0.0
    booked: Floats = field(default_factory=lambda: np.zeros((0, 3)))

    def __post_init__(self) -> None:
        if not len(self.expected) == len(self.aht_s) == len(self.is_open):
            raise ValueError("expected, aht_s and is_open are of one length")
        for holds, inequality in (
            (np.all(np.isfinite(self.expected) & (self.expected >= 0)), "0 <= expected < inf"),
            (np.all(np.isfinite(self.aht_s) & (self.aht_s > 0)), "0 < aht_s < inf"),
            (self.handling_cv >= 0, "0 <= handling_cv"),
            (self.together >= 1 and len(self.slower) >= self.together, "1 <= together <= len(slower)"),
            (0 <= self.redial < 1 and 0 <= self.absence < 1, "0 <= redial < 1 and 0 <= absence < 1"),
            (self.redial_after_s > 0, "0 < redial_after_s"),
        ):
            if not holds:
                raise ValueError(f"{inequality} is broken by queue {self.name!r}")


@dataclass(frozen=True)
class Watch:
    """Stretches on which people answer, in order of agent and start; times in s after the begin of the horizon.

    `day` is the place of the day the shift starts on, -1 for the days before the horizon; `queues` has bit q set
    where the q-th stream is answered. `staff` names the agents by number.
    """

    staff: tuple[str, ...]
    agent: Ints
    day: Ints
    start: Floats
    end: Floats
    queues: Ints


@dataclass(frozen=True)
class Scene:
    """A horizon of `days` from `begin` in intervals of `interval_minutes`, its streams and its watch.

    `sick`: this many people who answer on a day, drawn anew each day and run, do not come.
    """

    begin: datetime
    days: int
    interval_minutes: int
    streams: tuple[Stream, ...]
    watch: Watch
    sick: int = 0
    dates: tuple[date, ...] = field(init=False)

    def __post_init__(self) -> None:
        if self.begin.utcoffset() is None:
            raise ValueError("begin is an aware date-time")
        dates = tuple(self.begin.date() + timedelta(days=k) for k in range(self.days))
        object.__setattr__(self, "dates", dates)
        if any(len(stream.expected) != self.intervals for stream in self.streams):
            raise ValueError(f"every stream has {self.intervals} intervals")

    @property
    def intervals_a_day(self) -> int:
        """Intervals of a day."""
        return 1440 // self.interval_minutes

    @property
    def intervals(self) -> int:
        """Intervals of the horizon."""
        return self.days * self.intervals_a_day

    @property
    def interval_s(self) -> float:
        """Length of an interval in s."""
        return self.interval_minutes * 60.0

    def starts(self) -> tuple[datetime, ...]:
        """Start of every interval."""
        return tuple(self.begin + timedelta(minutes=self.interval_minutes * k) for k in range(self.intervals))
