"""What a solve comes back with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from roster.base import CONTACT_POINTS, SERVICE
from roster.roster import Stretch

Status = Literal["OPTIMAL", "FEASIBLE", "UNKNOWN"]
LEVEL_NAMES = {1: "law", 2: "contract", 3: "service", 4: "fairness", 5: "wishes", 6: "stability and cost"}
LEVEL_UNITS = {
    1: "person-minutes", 2: "person-minutes", 3: "expected contacts lost",
    4: "fairness points", 5: "wish points", 6: "yuan",
}  # fmt: skip


def points_a_unit(level: int) -> int:
    """Points of a level that make one of its units (`LEVEL_UNITS`)."""
    return CONTACT_POINTS if level == SERVICE else 1


@dataclass(frozen=True)
class LevelResult:
    """One level as the solver left it: points of the best roster and the proven lower bound."""

    level: int
    objective: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no better value exists."""
        return self.bound >= self.objective

    @property
    def gap(self) -> float:
        """(objective - bound) / max(objective, one unit of the level)."""
        return (self.objective - self.bound) / max(self.objective, points_a_unit(self.level))


def measured(levels: Iterable[LevelResult], points: Mapping[int, int]) -> tuple[LevelResult, ...]:
    """The levels at what a roster comes to by the scorecard, their bounds never above that."""
    return tuple(LevelResult(each.level, points[each.level], min(each.bound, points[each.level])) for each in levels)


@dataclass(frozen=True)
class Outcome:
    """A solve's end. `rows` is None only where no roster was found in the time given (UNKNOWN).

    `inside` is what the work inside duties costs in service, in points; the bound of service is that of duties alone.
    """

    status: Status
    rows: tuple[Stretch, ...] | None
    levels: tuple[LevelResult, ...]
    seconds: float
    first_roster_s: float | None
    seed: int
    notes: tuple[str, ...] = field(default=())
    inside: int = 0
