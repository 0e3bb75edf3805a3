"""What people asked for."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from roster.base import WISHES, Cell, Goal, ModelPort
from roster.people import Request
from roster.roster import Roster
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem


class Wishes(Goal):
    """A wish not granted costs its weight: `on` no work that day, `shift` not that shift, `off` each duty."""

    title: ClassVar[Words] = Words("个人意愿", "Wishes")
    kind: Literal["wishes"] = "wishes"
    level: int = Field(default=WISHES, ge=WISHES)

    def words(self) -> Words:
        """The goal in one sentence."""
        return Words(
            "尽量满足员工的上班、休息和班次意愿。", "Wishes for work, rest and shifts are granted where possible."
        )

    def measure(self, roster: Roster) -> int:
        """Goes through the requests of the horizon and weighs those not granted."""
        duties: dict[tuple[str, date], set[tuple[str, str]]] = defaultdict(set)
        for row in roster.rows:
            if row.kind != "leave":
                duties[row.staff_id, row.date].add(("work" if row.works else row.kind, row.shift))
        return sum(
            request.weight * _misses(request, duties[request.staff_id, request.date])
            for request in self._asked(roster.problem)
        )

    def require(self, m: ModelPort) -> None:
        """A soft minimum for `on` and `shift`, a price for `off`."""
        people = m.problem.person_by_id
        for request in self._asked(m.problem):
            cells = [c for c in m.cells_of(people[request.staff_id]) if c.duty.day == request.date]
            if request.kind == "off":
                m.price(dict.fromkeys(cells, request.weight))
                continue
            granting: dict[Cell, int] = {c: 1 for c in cells if c.duty.works and request.shift in ("", c.duty.shift)}
            m.at_least(granting, 1, points=request.weight)

    def _asked(self, problem: "Problem") -> list[Request]:
        """The requests of the horizon's days."""
        days = set(problem.horizon.dates)
        return [request for request in problem.requests if request.date in days]


def _misses(request: Request, duties: set[tuple[str, str]]) -> int:
    if request.kind == "off":
        return len(duties)
    shifts = {shift for kind, shift in duties if kind == "work"}
    return 0 if (request.shift in shifts or (not request.shift and shifts)) else 1
