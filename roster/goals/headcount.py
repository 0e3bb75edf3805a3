"""As many people on a shift as are wanted."""

from collections import defaultdict
from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from roster.base import SERVICE, Cell, Goal, ModelPort
from roster.roster import Roster
from roster.words import Words


class Need(BaseModel):
    """How many people a shift wants on a day, and what each one short (`under`) or too many (`over`) costs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    shift: str = Field(min_length=1)
    people: int = Field(ge=0)
    under: int = Field(default=100, ge=0)
    over: int = Field(default=1, ge=0)


class Headcount(Goal):
    """People on each shift as near to the number wanted as possible, short and over weighed apart."""

    title: ClassVar[Words] = Words("各班人数", "People on each shift")
    kind: Literal["headcount"] = "headcount"
    level: int = Field(default=SERVICE, ge=SERVICE)
    needs: tuple[Need, ...] = Field(min_length=1)

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words("各班次的人数尽量接近所需人数。", "Every shift has as close to the people it needs as possible.")

    def measure(self, roster: Roster) -> int:
        """Counts the people on each shift of each day."""
        on: dict[tuple[date, str], set[str]] = defaultdict(set)
        for row in roster.rows:
            if row.works:
                on[row.date, row.shift].add(row.staff_id)
        off = ((need, len(on[need.day, need.shift]) - need.people) for need in self.needs)
        return sum(need.over * over if over > 0 else -need.under * over for need, over in off)

    def require(self, m: ModelPort) -> None:
        """A soft least and a soft most for each shift of each day."""
        on: dict[tuple[date, str], dict[Cell, int]] = defaultdict(dict)
        for cell in m.cells():
            if cell.duty.works:
                on[cell.duty.day, cell.duty.shift][cell] = 1
        for need in self.needs:
            cells = on[need.day, need.shift]
            m.at_least(cells, need.people, points=need.under)
            m.at_most(cells, need.people, points=need.over)
