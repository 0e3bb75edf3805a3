"""Whether the parts of a contract, as read, fit each other: ids, readings, dates, targets."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from roster.calendar import clock_minutes
from roster.errors import Fault
from roster.loading.contract_places import Location, Places
from roster.loading.known import Known, entries, zone_of
from roster.loading.nearest import one_of, unknown
from roster.people import LabourFlag

Entry = Mapping[str, Any]
_IDS = ("site", "team", "post", "queue", "shift", "clause")
_FIELDS = {
    "team": "teams", "teams": "teams", "role": "roles", "roles": "roles", "serves": "serves",
    "who": "serves", "group": "serves",
    "site": "sites", "sites": "sites", "queue": "queues", "queues": "queues",
    "shift": "shifts", "shifts": "shifts", "post": "posts", "posts": "posts", "beyond": "posts",
}  # fmt: skip
"""What the fields of rules, goals and queues name."""


def link_faults(raw: Mapping[str, Any], places: Places) -> Iterator[Fault]:
    """Every reference that leads nowhere and every pair of values that contradict each other."""
    known = _named(raw)
    yield from _general(raw, places)
    yield from _repeated(raw, places)
    for key in ("queue", "shift", "rule", "goal"):
        for index, entry in enumerate(raw.get(key) or () if isinstance(raw.get(key), list) else ()):
            if isinstance(entry, dict):
                yield from _references(key, entry, (key, index), known, places)
    for index, queue in _indexed(raw, "queue"):
        yield from _queue(queue, ("queue", index), places)
    for index, shift in _indexed(raw, "shift"):
        yield from _shift(shift, ("shift", index), places)
    for index, clause in _indexed(raw, "clause"):
        yield from _clause(clause, ("clause", index), places)
    clauses = {clause["id"]: clause for clause in entries(raw, "clause") if isinstance(clause.get("id"), str)}
    for key in ("rule", "goal", "queue") if isinstance(raw.get("clause"), list) else ():
        for index, rule in _indexed(raw, key):
            yield from _rule(rule, (key, index), clauses, places)


def _indexed(raw: Mapping[str, Any], key: str) -> Iterator[tuple[int, Entry]]:
    listed = raw.get(key)
    return ((i, entry) for i, entry in enumerate(listed if isinstance(listed, list) else ()) if isinstance(entry, dict))


def _texts(value: object) -> Iterator[tuple[Location, str]]:
    """The texts of a field, one or a list of them, each with its place in the field."""
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, list):
        yield from (((index,), entry) for index, entry in enumerate(value) if isinstance(entry, str))


def _named(raw: Mapping[str, Any]) -> dict[str, Collection[str]]:
    known = Known.of(raw)
    teams = known.teams or {}
    return {
        "teams": teams,
        "roles": {role for roles in teams.values() for role in roles},
        "serves": {f"{team}/{role}" for team, roles in teams.items() for role in roles},
        "sites": known.sites or (),
        "queues": known.queues or (),
        "shifts": known.shifts or (),
        "posts": known.posts or (),
        **{f"roles of {team}": roles for team, roles in teams.items()},
    }


def _general(raw: Mapping[str, Any], places: Places) -> Iterator[Fault]:
    if isinstance(raw.get("timezone"), str) and zone_of(raw) is None:
        yield Fault(places.of(("timezone",)), raw["timezone"], "a name of the IANA data base such as Asia/Shanghai")
    period = raw.get("period")
    if isinstance(period, dict) and _after(period.get("start"), period.get("end")):
        yield Fault(places.of(("period", "end")), str(period["end"]), f"not before the start {period['start']}")


def _after(start: object, end: object) -> bool:
    """Whether a start lies behind its end; TOML may hold dates or their text."""
    try:
        return date.fromisoformat(str(start)) > date.fromisoformat(str(end))
    except ValueError:
        return False


def _repeated(raw: Mapping[str, Any], places: Places) -> Iterator[Fault]:
    for key in _IDS:
        yield from _repeated_in(raw, key, (), places)
    for index, team in _indexed(raw, "team"):
        yield from _repeated_in(team, "role", ("team", index), places)


def _repeated_in(holder: Entry, key: str, above: Location, places: Places) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, entry in _indexed(holder, key):
        name = entry.get("id")
        if isinstance(name, str) and first.setdefault(name, index) != index:
            again = places.of((*above, key, index))
            yield Fault(places.of((*above, key, first[name])), name, f"the id stands again at {again}; give each once")


def _references(
    key: str, entry: Entry, at: Location, known: Mapping[str, Collection[str]], places: Places
) -> Iterator[Fault]:
    for field, what in _FIELDS.items():
        names = known[what]
        if what == "roles":
            names = known.get(f"roles of {entry.get('team')}", names)
        for index, name in _texts(entry.get(field)):
            if name and name not in names and (key, field) != ("shift", "posts"):
                singular = what.removesuffix("s") if what != "serves" else "team/role"
                yield Fault(places.of((*at, field, *index)), name, unknown(singular, name, names))


def _queue(queue: Entry, at: Location, places: Places) -> Iterator[Fault]:
    if ("service_level" in queue) != ("answer_within_s" in queue):
        yield Fault(places.of(at), "", "service_level and answer_within_s go together: give both or neither")
    length = queue.get("interval_minutes")
    if isinstance(length, int) and length > 0 and 60 % length:
        yield Fault(places.of((*at, "interval_minutes")), str(length), "a number of minutes that divides 60")
    windows = queue.get("windows")
    for earlier, later in pairwise(windows if isinstance(windows, list) else ()):
        if _overlap(earlier, later):
            remedy = f"windows in order that do not overlap: start at or after {earlier['end']}"
            yield Fault(places.of((*at, "windows")), str(later["start"]), remedy)


def _overlap(earlier: Any, later: Any) -> bool:
    try:
        return clock_minutes(str(earlier["end"])) > clock_minutes(str(later["start"]))
    except (TypeError, ValueError, KeyError):
        return False


def _shift(shift: Entry, at: Location, places: Places) -> Iterator[Fault]:
    if _after(shift.get("since"), shift.get("until")):
        yield Fault(places.of((*at, "until")), str(shift["until"]), f"not before since {shift['since']}")
    flags = {flag.value for flag in LabourFlag}
    for field in ("flags", "not_flags"):
        for index, flag in _texts(shift.get(field)):
            if flag not in flags:
                yield Fault(places.of((*at, field, *index)), flag, unknown("labour flag", flag, flags))


def _clause(clause: Entry, at: Location, places: Places) -> Iterator[Fault]:
    readings, reading = clause.get("readings", {}), clause.get("reading")
    if not isinstance(readings, dict):
        return
    if isinstance(reading, str) and reading not in readings:
        yield Fault(places.of((*at, "reading")), reading, unknown("reading", reading, readings))
    if reading is None and readings:
        yield Fault(places.of(at), "", f"needs reading: one of {one_of(readings)}")


def _rule(rule: Entry, at: Location, clauses: Mapping[str, Entry], places: Places) -> Iterator[Fault]:
    named = list(_texts(rule.get("clauses")))
    for index, name in named:
        if name not in clauses:
            yield Fault(places.of((*at, "clauses", *index)), name, unknown("clause", name, clauses))
    reading = rule.get("reading")
    if isinstance(reading, str) and named and named[0][1] in clauses:
        readings = clauses[named[0][1]].get("readings", {})
        if isinstance(readings, dict) and reading not in readings:
            what = f"reading of clause {named[0][1]}"
            yield Fault(places.of((*at, "reading")), reading, unknown(what, reading, readings))
