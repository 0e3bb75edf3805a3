"""From one publication to the next: only what changed is raised, and what disappeared is kept as cancelled."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from icalendar import STATUS, TRANSP, Calendar, Component, Event

from roster.calendar import Horizon
from roster.exports.catalogue import words
from roster.exports.ics.events import DUTY

_VERSIONED = frozenset({"SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED"})


def read_events(content: bytes) -> dict[str, Event]:
    """The events of an earlier calendar by UID. Raises ValueError for bytes that are no such calendar."""
    found: dict[str, Event] = {}
    for event in Calendar.from_ical(content).events:
        if event.errors or "UID" not in event or "DTSTART" not in event:
            raise ValueError(f"an event that cannot be read: {event.errors or event.get('UID', 'without UID')}")
        _planned(event)
        found[str(event["UID"])] = event
    return found


def follow(
    now: Iterable[Event], earlier: Mapping[str, Event], *, contract_id: str, horizon: Horizon, stamp: datetime
) -> Iterator[Event]:
    """The events to publish after `earlier`.

    An event that says what it said keeps its version; a changed one gets SEQUENCE + 1 and `stamp`; one of this
    contract that is gone from a day of the horizon is kept as cancelled; all others stay as they are.
    Source: RFC 5545 sections 3.8.7.2-4.
    """
    current = {str(event["UID"]): event for event in now}
    for uid, event in current.items():
        before = earlier.get(uid)
        if before is None:
            yield event
        else:
            yield before if _said(before) == _said(event) else _raised(event, before)
    for uid, before in earlier.items():
        if uid not in current:
            contract, day = _planned(before)
            here = contract == contract_id and day in horizon.dates
            gone = here and before.get("STATUS") != STATUS.CANCELLED
            yield _cancelled(before, stamp) if gone else before


def _said(event: Event) -> tuple[dict[str, object], list[Component]]:
    """Everything an event says except which version it is: properties and alarms."""
    return {name: value for name, value in event.items() if name not in _VERSIONED}, event.subcomponents


def _raised(event: Event, before: Event) -> Event:
    event.sequence = before.sequence + 1
    if before.CREATED is not None:
        event.CREATED = before.CREATED
    return event


def _planned(event: Event) -> tuple[str, date | None]:
    """Contract and day of the duty behind an event; no day for an event of other origin. Raises ValueError."""
    contract, _, rest = str(event.get(DUTY, "")).partition("/")
    return contract, date.fromisoformat(rest.partition("/")[0]) if contract else None


def _cancelled(before: Event, stamp: datetime) -> Event:
    """The event as cancelled: it blocks no time, rings no alarm, and says so also where STATUS is not shown."""
    event = before.copy(recursive=True)
    event.subcomponents = []
    event.sequence = before.sequence + 1
    event.DTSTAMP = event.LAST_MODIFIED = stamp
    event.status = STATUS.CANCELLED
    event.transparency = TRANSP.TRANSPARENT
    event.summary = words("calendar.cancelled", text=str(before.get("SUMMARY", ""))).zh
    return event
