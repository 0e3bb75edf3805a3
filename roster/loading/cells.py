"""The kinds of cell a table holds: how their text is read, and what is allowed in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from roster.calendar import iso

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?$", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_STAFF_ID = re.compile(r"[^\s/\\:;,*?\"<>|.][^\s/\\:;,*?\"<>|]{0,63}")
_YES_NO = {"yes": True, "是": True, "true": True, "no": False, "否": False, "false": False}
_FIRST_YEAR, _LAST_YEAR = 1970, 2199


@dataclass(frozen=True)
class CellKind:
    """A kind of cell. `read` turns its text, stripped and not empty, into a value or raises ValueError."""

    allowed: str
    read: Callable[[str], object]
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})


def read_date(text: str) -> date:
    """A date as `roster.calendar.iso` takes it, also with the midnight of spreadsheets behind it. Raises ValueError."""
    day = _MIDNIGHT.sub("", iso(text))
    if not _DATE.fullmatch(day):
        raise ValueError(text)
    return date.fromisoformat(day)


def read_moment(text: str) -> date | datetime:
    """A date, or a date-time with or without offset. Raises ValueError."""
    text = iso(text)
    if _DATE.fullmatch(text):
        moment: date | datetime = date.fromisoformat(text)
    else:
        moment = _datetime(text)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(text)
    return moment


def read_instant(text: str) -> datetime:
    """A date-time; without an offset from UTC it is naive and stands for the contract's clock. Raises ValueError."""
    moment = _datetime(iso(text))
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(text)
    return moment


def _datetime(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def read_number(text: str) -> float:
    """A finite decimal number. Raises ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(text)
    return number


def read_yes_no(text: str) -> bool:
    """Yes or no, in English or Chinese. Raises ValueError."""
    try:
        return _YES_NO[text.casefold()]
    except KeyError:
        raise ValueError(text) from None


def read_list(text: str) -> tuple[str, ...]:
    """The entries between semicolons, without empty ones."""
    parts = text.replace("；", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


def read_skills(text: str) -> tuple[tuple[str, str], ...]:
    """The (team, role) pairs of 'team/role;team/role'. Raises ValueError."""
    pairs = [tuple(part.strip() for part in entry.split("/")) for entry in read_list(text)]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise ValueError(text)
    return tuple((pair[0], pair[1]) for pair in pairs)


def read_staff_id(text: str) -> str:
    """An id that can stand in a file name and before a colon. Raises ValueError."""
    if not _STAFF_ID.fullmatch(text):
        raise ValueError(text)
    return text


def _among(names: tuple[str, ...], text: str) -> str:
    if text not in names:
        raise ValueError(text)
    return text


def choice(*names: str) -> CellKind:
    """A cell that holds one of the names."""
    return CellKind(f"one of {', '.join(names)}", partial(_among, names), {"type": "string", "enum": list(names)})


TEXT = CellKind("text", str)
STAFF_ID = CellKind(
    'an id of up to 64 characters without spaces, dots in front, / \\ : ; , * ? " < > |',
    read_staff_id,
    {"type": "string", "minLength": 1, "maxLength": 64},
)
DATE = CellKind("a date such as 2025-03-09", read_date, {"type": "string", "format": "date"})
MOMENT = CellKind(
    "a date such as 2025-03-09 or a date-time such as 2025-03-09T13:30",
    read_moment,
    {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?"},
)
INSTANT = CellKind(
    "a date-time such as 2025-03-09T13:30:00+08:00",
    read_instant,
    {"type": "string", "format": "date-time"},
)
NUMBER = CellKind("a number", read_number, {"type": "number"})
YES_NO = CellKind("yes or no", read_yes_no, {"type": "string", "enum": ["yes", "no"]})
LIST = CellKind("entries separated by ;", read_list)
SKILLS = CellKind("team/role entries separated by ;", read_skills)
