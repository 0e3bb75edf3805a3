"""The event of a duty: RFC 5545 with the colour of RFC 7986."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import CLASS, STATUS, TRANSP, Alarm, Event, vCategory, vDDDTypes

from roster.exports.catalogue import named
from roster.exports.duties import AssignedDuty
from roster.exports.ics.telling import description, location, summary
from roster.exports.names import Names

DUTY = "X-LUNBAN-DUTY"
"""The property that says which duty of which contract an event is, beside the opaque UID."""

WARN_BEFORE = {"work": timedelta(hours=1), "training": timedelta(hours=1), "oncall": timedelta(minutes=30)}
"""How long before each block of a duty its alarm rings, by kind; no alarm for the others."""

_COLOURS = {
    "work": "steelblue",
    "training": "seagreen",
    "oncall": "mediumpurple",
    "backup": "goldenrod",
    "leave": "silver",
}  # RFC 7986 section 5.9: names of CSS colours
_BINDING = frozenset({"work", "training"})


def events(duties: Iterable[AssignedDuty], names: Names, stamp: datetime) -> Iterator[Event]:
    """One event a duty, as first published at `stamp`: sequence 0.

    Work and training block the time, everything else leaves it free. Source: RFC 5545 section 3.6.1.
    """
    seen: Counter[tuple[str, date, str]] = Counter()
    made = vDDDTypes(stamp)
    for duty in duties:
        track = (duty.staff_id, duty.date, duty.kind)
        key = f"{names.contract.id}/{duty.date.isoformat()}/{duty.kind}/{seen[track]}"
        seen[track] += 1
        yield _event(duty, names, made, key)


def _event(duty: AssignedDuty, names: Names, made: vDDDTypes, key: str) -> Event:
    title = " / ".join(summary(duty, names))
    start, end = _span(duty)
    properties = {
        "UID": uid(key, duty.staff_id),
        "DTSTART": start,
        "DTEND": end,
        "DTSTAMP": made,
        "CREATED": made,
        "LAST-MODIFIED": made,
        "SEQUENCE": 0,
        "STATUS": STATUS.CONFIRMED,
        "TRANSP": TRANSP.OPAQUE if duty.kind in _BINDING else TRANSP.TRANSPARENT,
        "CLASS": CLASS.PRIVATE,
        "SUMMARY": title,
        "DESCRIPTION": description(duty, names),
        "LOCATION": location(duty, names),
        "CATEGORIES": vCategory(list(named("kind", duty.kind))),
        "COLOR": _COLOURS.get(duty.kind, ""),
        DUTY: key,
    }
    event = Event()
    for name, value in properties.items():
        if value != "":
            event.add(name, value)
    for alarm in _alarms(duty, title):
        event.add_component(alarm)
    return event


def uid(key: str, staff_id: str) -> str:
    """A UID that stays with an assignment whatever its times become and tells nothing about the person."""
    return f"{sha256(f'{key}/{staff_id}'.encode()).hexdigest()[:32]}@lunban"


def _span(duty: AssignedDuty) -> tuple[date, date]:
    """Start and end of the event: dates for leave of whole days, else date-times."""
    start, end = duty.start, duty.end
    midnights = start.hour == start.minute == end.hour == end.minute == 0
    return (start.date(), end.date()) if duty.kind == "leave" and midnights else (start, end)


def _alarms(duty: AssignedDuty, title: str) -> Iterator[Alarm]:
    before = WARN_BEFORE.get(duty.kind)
    if before is not None:
        for begins, _ in duty.blocks:
            alarm = Alarm()
            alarm.add("ACTION", "DISPLAY")
            alarm.add("DESCRIPTION", title)
            alarm.add("TRIGGER", begins - duty.start - before)
            yield alarm
