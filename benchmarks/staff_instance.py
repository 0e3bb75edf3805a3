"""Reads a staff rostering instance in the text format of the Curtois and Qu benchmark.

Sections begin with `SECTION_...`, lines with `#` are remarks, fields are separated by commas. Day 0 is a Monday.
Source: T. Curtois, R. Qu, Computational results on new staff scheduling benchmark instances, 2014.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ShiftKind:
    """A shift: its length in minutes and the shifts that may not follow it on the next day."""

    name: str
    minutes: int
    not_before: tuple[str, ...]


@dataclass(frozen=True)
class Employee:
    """One line of SECTION_STAFF, with the days off. `most_of` gives the most shifts of each kind."""

    name: str
    most_of: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_in_row: int
    least_in_row: int
    least_off_in_row: int
    most_weekends: int
    days_off: tuple[int, ...]


@dataclass(frozen=True)
class Wish:
    """A request for or against a shift on a day."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True)
class Cover:
    """How many people a shift wants on a day, and what each one short or too many costs."""

    day: int
    shift: str
    people: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """A whole instance."""

    days: int
    shifts: tuple[ShiftKind, ...]
    employees: tuple[Employee, ...]
    on: tuple[Wish, ...]
    off: tuple[Wish, ...]
    cover: tuple[Cover, ...]


def read(path: Path) -> Instance:
    """The instance in a file. Raises KeyError or ValueError where a section is missing or a field is no number."""
    parts = _sections(path.read_text(encoding="utf-8"))
    days_off = {name: tuple(map(int, days)) for name, *days in parts.get("SECTION_DAYS_OFF", [])}
    return Instance(
        days=int(parts["SECTION_HORIZON"][0][0]),
        shifts=tuple(ShiftKind(name, int(length), _listed(rest)) for name, length, *rest in parts["SECTION_SHIFTS"]),
        employees=tuple(_employee(fields, days_off) for fields in parts["SECTION_STAFF"]),
        on=_wishes(parts.get("SECTION_SHIFT_ON_REQUESTS", [])),
        off=_wishes(parts.get("SECTION_SHIFT_OFF_REQUESTS", [])),
        cover=tuple(
            Cover(int(day), shift, int(people), int(under), int(over))
            for day, shift, people, under, over in parts["SECTION_COVER"]
        ),
    )


def _sections(text: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for line in (raw.strip() for raw in text.splitlines()):
        if line.startswith("SECTION_"):
            name = line
        elif line and not line.startswith("#"):
            found[name].append([field.strip() for field in line.split(",")])
    return found


def _listed(fields: list[str]) -> tuple[str, ...]:
    return tuple(name for field in fields for name in field.split("|") if name)


def _employee(fields: list[str], days_off: dict[str, tuple[int, ...]]) -> Employee:
    name, most_of, *numbers = fields
    pairs = (entry.split("=") for entry in most_of.split("|") if entry)
    return Employee(
        name, {shift: int(times) for shift, times in pairs}, *map(int, numbers), days_off=days_off.get(name, ())
    )


def _wishes(rows: list[list[str]]) -> tuple[Wish, ...]:
    return tuple(Wish(name, int(day), shift, int(weight)) for name, day, shift, weight in rows)
