"""An event as it stands in a file: octets that pass through unread unless something of them changes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile

from icalendar import Event

from roster.exports.ics.events import DUTY

_EVENT = re.compile(rb"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
_VERSION = re.compile(rb"^(?:SEQUENCE|DTSTAMP|LAST-MODIFIED|CREATED)[:;][^\r]*\r\n", re.MULTILINE)
_PROPERTY = re.compile(rb"^([\w-]+)[;:].*\r\n(?:[ \t].*\r\n)*", re.MULTILINE)
_ALARM = re.compile(rb"^BEGIN:VALARM\r\n.*?^END:VALARM\r\n", re.DOTALL | re.MULTILINE)
_END = b"END:VEVENT\r\n"
_MOMENT = re.compile(r"\d{8}(T\d{6}Z?)?")
_MODIFIED = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Published:
    """The content lines of one event, folded, each ended by CRLF."""

    octets: bytes

    @cached_property
    def _values(self) -> dict[str, str]:
        """Values of the event's own properties by name, unfolded, parameters left out; its alarms come after them."""
        own = (line.decode() for line in takewhile(b"BEGIN:VALARM".__ne__, _unfolded(self.octets)))
        parts = (line.partition(":") for line in own)
        return {name.partition(";")[0]: value for name, _, value in parts}

    def _line(self, name: bytes) -> bytes:
        """The line of a property as it is written, empty where there is none."""
        return next((found[0] for found in _PROPERTY.finditer(self.octets) if found[1] == name), b"")

    @property
    def uid(self) -> str:
        """What tells the event from others."""
        return self._values["UID"]

    @property
    def sequence(self) -> int:
        """How often it was changed. Raises ValueError."""
        return int(self._values.get("SEQUENCE", "0"))

    @property
    def summary(self) -> str:
        """What the event is called."""
        return str(Event.from_ical(b"BEGIN:VEVENT\r\n%s%s" % (self._line(b"SUMMARY"), _END)).get("SUMMARY", ""))

    @property
    def created(self) -> bytes:
        """The line that says when it was first published, empty where there is none."""
        return self._line(b"CREATED")

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

    def says_as(self, other: "Published") -> bool:
        """Whether both say the same whichever versions they are, be it in another order or folded elsewhere."""
        said, others = (_VERSION.sub(b"", event.octets) for event in (self, other))
        return said == others or sorted(_unfolded(said)) == sorted(_unfolded(others))

    @property
    def without_alarms(self) -> "Published":
        """The event that rings no more."""
        return Published(_ALARM.sub(b"", self.octets))

    def with_lines(self, lines: Mapping[str, bytes]) -> "Published":
        """The event with other lines for some of its own properties, by name; lines it has not had come last."""
        left = dict(lines)
        own, alarm, rest = self.octets.removesuffix(_END).partition(b"BEGIN:VALARM")
        own = _PROPERTY.sub(lambda found: left.pop(found[1].decode(), found[0]), own)
        return Published(b"".join((own, *left.values(), alarm, rest, _END)))

    def require_readable(self) -> None:
        """Raises ValueError for an event that cannot be placed or whose version is unknown."""
        missing = {"UID", "DTSTART"} - self._values.keys()
        if missing or not _MOMENT.fullmatch(self.starts):
            raise ValueError(f"an event that cannot be read: {self._values.get('UID', 'without UID')}")
        _ = self.sequence, self.modified, self.duty


def _unfolded(octets: bytes) -> list[bytes]:
    """The content lines, those that were folded put together again."""
    return octets.replace(b"\r\n ", b"").split(b"\r\n")


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
