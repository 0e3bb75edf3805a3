"""Content lines: what the library writes, folded, each ended by CRLF. Source: RFC 5545 section 3.1."""

from collections.abc import Hashable

from icalendar import Event


class Lines:
    """Content lines of single properties. Those that many events share are written once.

    One instance is for one time zone: to it, equal moments of two zones are the same.
    """

    def __init__(self) -> None:
        self._written: dict[tuple[str, Hashable], bytes] = {}

    def of(self, name: str, value: Hashable) -> bytes:
        """The line of a property; a tuple is a list of values, an empty text no line."""
        if value == "":
            return b""
        if (name, value) not in self._written:
            self._written[name, value] = _line(name, value)
        return self._written[name, value]


def _line(name: str, value: Hashable) -> bytes:
    event = Event()
    event.add(name, list(value) if isinstance(value, tuple) else value)
    return event.content_line(name, event[name]).to_ical() + b"\r\n"
