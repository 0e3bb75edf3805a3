"""A component as octets: what its `to_ical` gives, with the texts that many events share written once."""

from functools import lru_cache
from itertools import starmap

from icalendar import Component, vText
from icalendar.parser import Contentline, Parameters

_FOLDED_FROM = 75
"""Octets from which the library folds a line. Source: RFC 5545 section 3.1."""


def serialised(component: Component) -> bytes:
    """The content lines of the component, folded, each ended by CRLF."""
    return b"\r\n".join([*starmap(_octets, component.property_items()), b""])


def _octets(name: str, value: object) -> bytes:
    parameters = getattr(value, "params", None)
    if isinstance(value, vText | bytes) and not parameters:
        return _text(name, value)
    return _folded(Contentline.from_parts(name, parameters or Parameters(), value))


@lru_cache(maxsize=4096)
def _text(name: str, value: str | bytes) -> bytes:
    """A text without parameters: equal texts give equal octets."""
    return _folded(Contentline.from_parts(name, Parameters(), value))


def _folded(line: Contentline) -> bytes:
    octets = line.encode()
    return octets if len(octets) < _FOLDED_FROM else line.to_ical()
