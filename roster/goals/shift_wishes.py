"""Wishes for and against single shifts, weighed."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from roster.base import WISHES, Cell, Goal, ModelPort
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping


class ShiftWish(BaseModel):
    """A person's wish to have a shift on a day (`on`), or not to have it (`off`), with its weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    staff_id: str = Field(min_length=1)
    day: date
    shift: str = Field(min_length=1)
    kind: Literal["on", "off"]
    weight: int = Field(default=1, ge=1)


class ShiftWishes(Goal):
    """A shift wished for and not had costs its weight, as does one that was to be spared and was given."""

    title: ClassVar[Words] = Words("班次意愿", "Wishes for shifts")
    kind: Literal["shift_wishes"] = "shift_wishes"
    level: int = Field(default=WISHES, ge=3)
    wishes: tuple[ShiftWish, ...] = Field(min_length=1)

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words(
            "尽量满足员工对具体班次的意愿。", "Wishes for and against single shifts are granted where possible."
        )

    def measure(self, roster: Roster) -> int:
        """Weighs the wishes that the rows do not grant."""
        had = {(row.staff_id, row.date, row.shift) for row in roster.rows}
        return sum(w.weight for w in self.wishes if ((w.staff_id, w.day, w.shift) in had) != (w.kind == "on"))

    def require(self, m: ModelPort) -> None:
        """A soft least for a shift wished for, a soft most for one to be spared."""
        having: dict[tuple[str, date, str], dict[Cell, int]] = {}
        for cell in m.cells():
            having.setdefault((cell.person.staff_id, cell.duty.day, cell.duty.shift), {})[cell] = 1
        for wish in self.wishes:
            cells: Mapping[Cell, int] = having.get((wish.staff_id, wish.day, wish.shift), {})
            if wish.kind == "on":
                m.at_least(cells, 1, points=wish.weight)
            else:
                m.at_most(cells, 0, points=wish.weight)
