"""What a person may do to a roster by hand: one small value for each kind of edit, numbered in order."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from roster.errors import Fault, InputError

Place = tuple[str, date]
"""A cell of the roster: (staff_id, day)."""


class _Numbered(BaseModel):
    """Base of the edits. `seq` rises strictly, so that an edit sent twice is applied once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int = Field(gt=0)


class _AtPlace(_Numbered):
    staff_id: str
    date: date

    @property
    def place(self) -> Place:
        """The cell that is edited."""
        return (self.staff_id, self.date)


class Put(_AtPlace):
    """Gives a person an option of the day: work takes the place of work, on call that of on call."""

    kind: Literal["set"] = "set"
    option: str


class Clear(_AtPlace):
    """Takes one option away again, or with an empty one every duty of the cell. Leave stays."""

    kind: Literal["clear"] = "clear"
    option: str = ""


class Lock(_AtPlace):
    """Keeps the cell as it is, a free one free, by hand and when solving again; `unlock` gives it up."""

    kind: Literal["lock", "unlock"] = "lock"


class Swap(_AtPlace):
    """Exchanges the duties of two cells, each of which must be offered at the other."""

    kind: Literal["swap"] = "swap"
    other_staff_id: str
    other_date: date

    @property
    def other(self) -> Place:
        """The cell swapped with."""
        return (self.other_staff_id, self.other_date)


class Undo(_Numbered):
    """Takes the latest change back."""

    kind: Literal["undo"] = "undo"


Edit = Annotated[Put | Clear | Lock | Swap | Undo, Field(discriminator="kind")]
_EDITS: TypeAdapter[tuple[Put | Clear | Lock | Swap | Undo, ...]] = TypeAdapter(tuple[Edit, ...])


def edits_of(raw: object) -> tuple[Put | Clear | Lock | Swap | Undo, ...]:
    """Edits from plain data (a list of mappings), in order of `seq`. Raises InputError with every fault."""
    try:
        edits = _EDITS.validate_python(raw)
    except ValidationError as error:
        faults = [Fault(".".join(map(str, e["loc"])), repr(e["input"]), e["msg"]) for e in error.errors()]
        raise InputError(faults) from error
    return tuple(sorted(edits, key=lambda edit: edit.seq))
