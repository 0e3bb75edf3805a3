"""One planning problem: the contract, the people and everything else that a week's roster must answer."""

from datetime import date, datetime, timedelta
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from roster.calendar import Calendar, DayOverride, DayType, Horizon
from roster.contract import Contract
from roster.events import Event
from roster.load import Load
from roster.people import Leave, Person, Request
from roster.roster import Stretch
from roster.shifts import DaySelector
from roster.staffing.curve import ServiceCurve


class Problem(BaseModel):
    """What is asked, ready to be stated: no files behind it, and it travels as JSON.

    `previous` are the rows of the days before the horizon, `locks` rows that must stay, `settled` the
    (staff_id, day) places where beside the locks nothing may be given: without a lock the person stays free.
    `curves` the expected lost service by queue and interval, `loads` the expected contacts they were made from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    contract: Contract
    people: tuple[Person, ...]
    horizon: Horizon
    day_overrides: tuple[DayOverride, ...] = ()
    leave: tuple[Leave, ...] = ()
    requests: tuple[Request, ...] = ()
    events: tuple[Event, ...] = ()
    previous: tuple[Stretch, ...] = ()
    locks: tuple[Stretch, ...] = ()
    settled: tuple[tuple[str, date], ...] = ()
    curves: tuple[ServiceCurve, ...] = ()
    loads: tuple[Load, ...] = ()

    @cached_property
    def calendar(self) -> Calendar:
        """The State Council calendar with the scenario's overrides."""
        return Calendar(self.day_overrides)

    @cached_property
    def person_by_id(self) -> dict[str, Person]:
        """People by staff id."""
        return {person.staff_id: person for person in self.people}

    @cached_property
    def leave_by_person(self) -> dict[str, tuple[Leave, ...]]:
        """Approved leave by staff id, in order of start."""
        found: dict[str, tuple[Leave, ...]] = {}
        for leave in sorted(self.leave, key=lambda entry: entry.start):
            if leave.approved:
                found[leave.staff_id] = (*found.get(leave.staff_id, ()), leave)
        return found

    def on_leave(self, staff_id: str, start: datetime, end: datetime) -> bool:
        """Whether approved leave touches [start, end)."""
        return any(entry.start < end and start < entry.end for entry in self.leave_by_person.get(staff_id, ()))

    @cached_property
    def recorded(self) -> frozenset[date]:
        """The days on which the previous roster has a row."""
        return frozenset(row.date for row in self.previous)

    def matches(self, selector: DaySelector, day: date) -> bool:
        """Whether a day is of the kind named: see `roster.shifts.DaySelector`."""
        if selector == "every-day":
            return True
        if selector == "carry-in":
            return day == self.horizon.start and day - timedelta(days=1) not in self.recorded
        if selector == "plain-workday":
            return self.calendar.day_type(day) is DayType.WORKDAY
        if selector in ("statutory", "not-statutory"):
            return self.calendar.is_statutory(day) == (selector == "statutory")
        if selector in ("holiday", "event", "holiday-or-event"):
            holiday = self.calendar.day_type(day) in (DayType.STATUTORY, DayType.BRIDGE)
            return (holiday and selector != "event") or (selector != "holiday" and self._eventful(day))
        return self.calendar.is_workday(day) == (selector == "workday")

    def _eventful(self, day: date) -> bool:
        """Whether a major event touches the day."""
        begins, ends = self.horizon.at(day, 0), self.horizon.at(day + timedelta(days=1), 0)
        return any(event.kind == "major-event" and event.start < ends and begins < event.end for event in self.events)
