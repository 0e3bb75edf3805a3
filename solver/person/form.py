"""What makes a program: people whose duties and statements have the same form share one."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import fields
from typing import Any

from roster.base import Cell
from roster.people import Person
from solver.recorder import Recorder


def form_of(recorder: Recorder, person: Person) -> Hashable:
    """All that `compile_person` reads of the recorder, the person's cells by place."""
    cells = recorder.cells_of(person)
    place = {cell: k for k, cell in enumerate(cells)}

    def plain(value: Any) -> Hashable:
        match value:
            case Cell():
                return place.get(value)
            case Person():
                return value.staff_id == person.staff_id
            case Mapping():
                return tuple((plain(key), amount) for key, amount in value.items())
            case frozenset() | set():
                return frozenset(value)
            case str() | bytes():
                return value
            case Collection():
                return tuple(map(plain, value))
            case _:
                return value

    said = tuple(
        (stated.level, type(one), *(plain(getattr(one, field.name)) for field in fields(one)))
        for stated in recorder.stated
        for one in (stated.statement,)
    )
    return tuple((cell.duty, cell.fixed) for cell in cells), said
