"""From one publication to the next: only what changed is raised, and what disappeared is kept as cancelled."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from icalendar import STATUS, TRANSP, Component, Event

from roster.calendar import Horizon
from roster.exports.catalogue import words
from roster.exports.ics.published import Published

_VERSIONED = frozenset({"SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED"})


def follow(
    now: Iterable[Event], earlier: Mapping[str, Published], *, contract_id: str, horizon: Horizon, stamp: datetime
) -> Iterator[Published]:
    """The events to publish after `earlier`.

    An event that says what it said keeps its version, octet by octet; a changed one gets SEQUENCE + 1 and `stamp`;
    one of this contract that is gone from a day of the horizon is kept as cancelled; all others stay as they are.
    Raises ValueError for an earlier event that changes and cannot be read.
    Source: RFC 5545 sections 3.8.7.2-4.
    """
    current = set()
    for event in now:
        made = Published.of(event)
        current.add(made.uid)
        before = earlier.get(made.uid)
        yield made if before is None else before if _same(before, made, event) else _raised(event, before.event)
    for uid, before in earlier.items():
        if uid not in current:
            contract, day = before.duty
            gone = contract == contract_id and day in horizon.dates and not before.cancelled
            yield _cancelled(before.event, stamp) if gone else before


def _same(before: Published, made: Published, event: Event) -> bool:
    """Whether both say the same, be it in other octets."""
    return before.said == made.said or _said(before.event) == _said(event)


def _said(event: Event) -> tuple[dict[str, object], list[Component]]:
    """Everything an event says except which version it is: properties and alarms."""
    return {name: value for name, value in event.items() if name not in _VERSIONED}, event.subcomponents


def _raised(event: Event, before: Event) -> Published:
    event.sequence = before.sequence + 1
    if before.CREATED is not None:
        event.CREATED = before.CREATED
    return Published.of(event)


def _cancelled(before: Event, stamp: datetime) -> Published:
    """The event as cancelled: it blocks no time, rings no alarm, and says so also where STATUS is not shown."""
    event = before.copy(recursive=True)
    event.subcomponents = []
    event.sequence = before.sequence + 1
    event.DTSTAMP = event.LAST_MODIFIED = stamp
    event.status = STATUS.CANCELLED
    event.transparency = TRANSP.TRANSPARENT
    event.summary = words("calendar.cancelled", text=str(before.get("SUMMARY", ""))).zh
    return Published.of(event)
