"""An event as it stands in a file: octets that pass through unread unless something of them changes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from icalendar import Event

from roster.exports.ics.events import DUTY
from roster.exports.ics.lines import serialised

_EVENT = re.compile(rb"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
_VERSION = re.compile(rb"^(?:SEQUENCE|DTSTAMP|LAST-MODIFIED|CREATED)[:;][^\r]*\r\n", re.MULTILINE)
_MOMENT = re.compile(r"\d{8}(T\d{6}Z?)?")
_MODIFIED = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Published:
    """The content lines of one event, folded, each ended by CRLF."""

    octets: bytes

    @classmethod
    def of(cls, event: Event) -> "Published":
        """An event as it is written."""
        return cls(serialised(event))

    @cached_property
    def _values(self) -> dict[str, str]:
        """Values of the event's own properties by name, unfolded, parameters left out; its alarms come after them."""
        own = self.octets.replace(b"\r\n ", b"").decode().partition("\r\nBEGIN:VALARM")[0]
        parts = (line.partition(":") for line in own.split("\r\n"))
        return {name.partition(";")[0]: value for name, _, value in parts}

    @property
    def uid(self) -> str:
        """What tells the event from others."""
        return self._values["UID"]

    @property
    def starts(self) -> str:
        """Start as it is written, to be ordered by."""
        return self._values["DTSTART"].rpartition(":")[2]

    @property
    def modified(self) -> datetime | None:
        """The last change, in UTC but naive as it is written."""
        text = self._values.get("LAST-MODIFIED")
        return datetime.strptime(text, _MODIFIED) if text else None

    @property
    def cancelled(self) -> bool:
        """Whether the event was called off."""
        return self._values.get("STATUS") == "CANCELLED"

    @property
    def duty(self) -> tuple[str, date | None]:
        """Contract and day of the duty behind the event; no day for an event of other origin. Raises ValueError."""
        contract, _, rest = self._values.get(DUTY, "").partition("/")
        return contract, date.fromisoformat(rest.partition("/")[0]) if contract else None

    @property
    def said(self) -> bytes:
        """Everything the event says except which version it is."""
        return _VERSION.sub(b"", self.octets)

    @cached_property
    def event(self) -> Event:
        """The event as the library reads it. Raises ValueError."""
        event = Event.from_ical(self.octets)
        if not isinstance(event, Event) or event.errors:
            raise ValueError(f"an event that cannot be read: {event.errors}")
        return event

    def require_readable(self) -> None:
        """Raises ValueError for an event that cannot be placed or whose version is unknown."""
        missing = {"UID", "DTSTART"} - self._values.keys()
        if missing or not _MOMENT.fullmatch(self.starts):
            raise ValueError(f"an event that cannot be read: {self._values.get('UID', 'without UID')}")
        int(self._values.get("SEQUENCE", "0"))
        _ = self.modified, self.duty


def read_published(content: bytes) -> dict[str, Published]:
    """The events of an earlier calendar by UID. Raises ValueError for bytes that are no such calendar."""
    lines = content.splitlines()
    _require_nested(lines)
    found = [Published(octets) for octets in _EVENT.findall(b"".join(line + b"\r\n" for line in lines))]
    for event in found:
        event.require_readable()
    return {event.uid: event for event in found}


def _require_nested(lines: Iterable[bytes]) -> None:
    """Raises ValueError unless the lines are one calendar whose components all end."""
    within: list[bytes] = []
    for name, component in _bounds(lines):
        if name == b"BEGIN":
            if not within and component != b"VCALENDAR":
                break
            within.append(component)
        elif not within or within.pop() != component:
            raise ValueError(f"the end of a {component.decode()} that has not begun")
        elif not within:
            return
    raise ValueError("no whole calendar")


def _bounds(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon and not line.startswith((b" ", b"\t")):
            raise ValueError(f"a line without a property: {line[:40].decode(errors='replace')}")
        if name in (b"BEGIN", b"END"):
            yield name, value.strip()
