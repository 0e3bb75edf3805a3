"""The event of a duty: RFC 5545 with the colour of RFC 7986."""

import itertools
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import CLASS, STATUS, TRANSP

from roster.exports.catalogue import named
from roster.exports.duties import AssignedDuty
from roster.exports.ics.lines import Lines
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


class Events:
    """The events of duties as first published at `stamp`, in content lines: one event a duty, sequence 0.

    Work and training block the time, everything else leaves it free. Source: RFC 5545 section 3.6.1.
    """

    def __init__(self, names: Names, stamp: datetime, lines: Lines) -> None:
        self._names, self._stamp, self._lines = names, stamp, lines

    def of(self, duties: Iterable[AssignedDuty]) -> Iterator[bytes]:
        """The events of the duties in their order."""
        seen: Counter[tuple[str, date, str]] = Counter()
        for duty in duties:
            track = (duty.staff_id, duty.date, duty.kind)
            key = f"{self._names.contract.id}/{duty.date.isoformat()}/{duty.kind}/{seen[track]}"
            seen[track] += 1
            yield self._event(duty, key)

    def _event(self, duty: AssignedDuty, key: str) -> bytes:
        title, (start, end) = " / ".join(summary(duty, self._names)), _span(duty)
        properties = {
            "SUMMARY": title,
            "DTSTART": start,
            "DTEND": end,
            "DTSTAMP": self._stamp,
            "UID": uid(key, duty.staff_id),
            "SEQUENCE": 0,
            "CATEGORIES": tuple(named("kind", duty.kind)),
            "CLASS": CLASS.PRIVATE,
            "COLOR": _COLOURS.get(duty.kind, ""),
            "CREATED": self._stamp,
            "DESCRIPTION": description(duty, self._names),
            "LAST-MODIFIED": self._stamp,
            "LOCATION": location(duty, self._names),
            "STATUS": STATUS.CONFIRMED,
            "TRANSP": TRANSP.OPAQUE if duty.kind in _BINDING else TRANSP.TRANSPARENT,
            DUTY: key,
        }
        return self._component("VEVENT", properties, b"".join(self._alarms(duty, title)))

    def _alarms(self, duty: AssignedDuty, title: str) -> Iterator[bytes]:
        before = WARN_BEFORE.get(duty.kind)
        if before is not None:
            for begins, _ in duty.blocks:
                trigger = begins - duty.start - before
                yield self._component("VALARM", {"ACTION": "DISPLAY", "DESCRIPTION": title, "TRIGGER": trigger})

    def _component(self, name: str, properties: Mapping[str, Hashable], within: bytes = b"") -> bytes:
        lines = itertools.starmap(self._lines.of, properties.items())
        return b"".join((b"BEGIN:%s\r\n" % name.encode(), *lines, within, b"END:%s\r\n" % name.encode()))


def uid(key: str, staff_id: str) -> str:
    """A UID that stays with an assignment whatever its times become and tells nothing about the person."""
    return f"{sha256(f'{key}/{staff_id}'.encode()).hexdigest()[:32]}@lunban"


def _span(duty: AssignedDuty) -> tuple[date, date]:
    """Start and end of the event: dates for leave of whole days, else date-times."""
    start, end = duty.start, duty.end
    midnights = start.hour == start.minute == end.hour == end.minute == 0
    return (start.date(), end.date()) if duty.kind == "leave" and midnights else (start, end)
