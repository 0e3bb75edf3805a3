"""From one publication to the next: only what changed is raised, and what disappeared is kept as cancelled."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from icalendar import STATUS, TRANSP

from roster.exports.catalogue import words
from roster.exports.ics.lines import Lines
from roster.exports.ics.published import Published
from roster.problem import Problem


def follow(
    now: Iterable[bytes], earlier: Mapping[str, Published], *, problem: Problem, stamp: datetime, lines: Lines
) -> Iterator[Published]:
    """The events to publish after `earlier`, `now` being those of the roster.

    An event that says what it said keeps its version, octet by octet; a changed one gets SEQUENCE + 1 and `stamp`;
    one of this contract that is gone from a day of the horizon is kept as cancelled; all others stay as they are.
    Source: RFC 5545 sections 3.8.7.2-4.
    """
    current = set()
    for octets in now:
        made = Published(octets)
        current.add(made.uid)
        before = earlier.get(made.uid)
        yield made if before is None else before if made.says_as(before) else _raised(made, before, lines)
    for uid, before in earlier.items():
        if uid not in current:
            contract, day = before.duty
            gone = contract == problem.contract.id and day in problem.horizon.dates and not before.cancelled
            yield _cancelled(before, stamp, lines) if gone else before


def _raised(made: Published, before: Published, lines: Lines) -> Published:
    """The event as a change of the earlier one, which says when it was created."""
    created = {"CREATED": before.created} if before.created else {}
    return made.with_lines({"SEQUENCE": lines.of("SEQUENCE", before.sequence + 1)} | created)


def _cancelled(before: Published, stamp: datetime, lines: Lines) -> Published:
    """The event as cancelled: it blocks no time, rings no alarm, and says so also where STATUS is not shown."""
    properties = {
        "SEQUENCE": before.sequence + 1,
        "DTSTAMP": stamp,
        "LAST-MODIFIED": stamp,
        "STATUS": STATUS.CANCELLED,
        "TRANSP": TRANSP.TRANSPARENT,
        "SUMMARY": words("calendar.cancelled", text=before.summary).zh,
    }
    return before.without_alarms.with_lines({name: lines.of(name, value) for name, value in properties.items()})
