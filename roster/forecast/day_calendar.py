"""What a forecast knows of each day beforehand: its type, the festival it is near, the events that touch it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Literal, NamedTuple, get_args

DayType = Literal["workday", "makeup", "weekend", "statutory", "bridge"]
WORKING: frozenset[str] = frozenset({"workday", "makeup"})
_TELLING = 3
"""Days off from which a history tells whether they matter."""
_AS_BUSY = 0.85
_NEAR = range(-3, 10)
"""Offsets in days from a festival that may have an effect of their own."""


class LoadEvent(NamedTuple):
    """Days on which a queue ("" for all) is expected at `factor` times its usual volume; `end` is inclusive.

    Events of one name are one phenomenon: what it did in the history is what it will do.
    """

    start: date
    end: date
    queue: str
    factor: float
    name: str

    def touches(self, day: date, queue: str) -> bool:
        """Whether the event holds for `queue` on `day`."""
        return self.start <= day <= self.end and self.queue in ("", queue)


@dataclass(frozen=True)
class DayCalendar:
    """Day types by date, the known events, and the days of festivals by name.

    Without an entry, Monday to Friday are workdays. `festivals`: the day of each festival, by the moon where it
    goes by the moon, so that the days around it are told by name and offset.

    Raises:
        ValueError: an unknown day type, an event that ends before it starts, a factor not above 0.
    """

    day_types: Mapping[date, str] = field(default_factory=dict)
    events: tuple[LoadEvent, ...] = ()
    festivals: Mapping[date, str] = field(default_factory=dict)
    _marks: dict[tuple[date, str], Mapping[str, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        unknown = {kind for kind in self.day_types.values() if kind not in get_args(DayType)}
        if unknown:
            raise ValueError(f"day types must be of {get_args(DayType)}, not {sorted(unknown)}")
        for event in self.events:
            if event.end < event.start or not 0 < event.factor < float("inf"):
                raise ValueError(f"start <= end and 0 < factor < inf is broken by event {event}")

    def day_type(self, day: date) -> str:
        """Type of `day`."""
        return self.day_types.get(day, "workday" if day.weekday() < 5 else "weekend")

    def followed_by(self, days: Sequence[date], volumes: Sequence[float]) -> "DayCalendar":
        """This calendar, or one without day types and festivals where a history shows that they do not matter.

        They do not where the days off on a Monday to Friday were open and as busy as their weekday more often than
        not. `volumes`: contacts of each of the open `days`.
        """
        volume = dict(zip(days, volumes, strict=True))
        special = [d for d in self.day_types if d.weekday() < 5 and not self.is_working(d) and days[0] <= d <= days[-1]]
        usual = {w: median([v for d, v in volume.items() if d.weekday() == w] or [0.0]) for w in range(5)}
        alike = sum(volume.get(day, 0.0) > _AS_BUSY * usual[day.weekday()] for day in special)
        if len(special) < _TELLING or alike <= len(special) / 2:
            return self
        return DayCalendar({}, self.events)

    def is_working(self, day: date) -> bool:
        """Workday or make-up workday."""
        return self.day_type(day) in WORKING

    def place_by_holiday(self, day: date) -> str:
        """Where a working day stands: "after1", "after2", "after3", "before" beside a holiday, else "".

        A holiday is a run of days off that holds a statutory day or a bridge; the days after win over the day
        before.
        """
        if not self.is_working(day):
            return ""
        for back in range(1, 4):
            earlier = day - timedelta(days=back)
            if not self.is_working(earlier):
                if self._in_holiday(earlier, -1):
                    return f"after{back}"
                break
        return "before" if self._in_holiday(day + timedelta(days=1), 1) else ""

    def _in_holiday(self, day: date, step: int) -> bool:
        """Whether the days off that begin with `day`, going by `step`, hold a statutory day or a bridge."""
        while (kind := self.day_type(day)) == "weekend":
            day += timedelta(days=step)
        return kind in ("statutory", "bridge")

    def marks(self, day: date, queue: str) -> Mapping[str, str]:
        """Type, place beside a holiday, offset from a festival and events of `day`, each "" where it is ordinary."""
        if (day, queue) not in self._marks:
            kind = self.day_type(day)
            self._marks[day, queue] = {
                "day type": kind if kind in ("makeup", "statutory", "bridge") else "",
                "beside holiday": self.place_by_holiday(day),
                "festival": self.festival_offset(day),
                "event": "; ".join(sorted(event.name for event in self.events if event.touches(day, queue))),
            }
        return self._marks[day, queue]

    def festival_offset(self, day: date) -> str:
        """The nearest festival and the days from it, such as "Spring Festival +8"; "" far from any."""
        if not self.festivals:
            return ""
        near = [(abs(k), k) for k in _NEAR if day - timedelta(days=k) in self.festivals]
        return f"{self.festivals[day - timedelta(days=min(near)[1])]} {min(near)[1]:+d}" if near else ""
