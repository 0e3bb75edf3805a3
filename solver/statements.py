"""What rules said, kept as data: one frozen dataclass a verb of `roster.base.ModelPort`.

Engines compile these; none of them asks a rule again.
"""

from collections.abc import Callable, Collection, ItemsView, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from datetime import date

from roster.base import Cell, Cells, Stint
from roster.people import Person
from roster.shifts import Duty

Clash = Callable[[Duty, Duty], int]
"""What a pair of duties costs, the earlier one first; 0 where they go together."""


class Each(Mapping[Cell, int]):
    """Cells that count 1 each, in a fifth of the room of a dictionary."""

    def __init__(self, cells: Cells) -> None:
        self.cells = tuple(cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def __getitem__(self, cell: Cell) -> int:
        return self._all()[cell]

    def __contains__(self, cell: object) -> bool:
        return cell in self.cells

    def items(self) -> ItemsView[Cell, int]:
        """All cells, each with its 1."""
        return self._all().items()

    def values(self) -> ValuesView[int]:
        """As many times 1."""
        return self._all().values()

    def _all(self) -> dict[Cell, int]:
        return dict.fromkeys(self.cells, 1)


@dataclass(frozen=True)
class Forbid:
    """None of the cells is used."""

    cells: Cells


@dataclass(frozen=True)
class Pair:
    """No two duties of the person at most `reach_days` apart clash; `clash` gives the points of a pair."""

    person: Person
    clash: Clash
    reach_days: int


@dataclass(frozen=True)
class Weighed:
    """Over `days` the weights of the person's duties add up to at most `at_most`."""

    person: Person
    weigh: Callable[[Duty], int]
    days: Collection[date]
    at_most: int


@dataclass(frozen=True)
class Excess:
    """Over `days`, what each day's weights exceed `allowance` by adds up to at most `at_most`."""

    person: Person
    weigh: Callable[[Duty], int]
    days: Collection[date]
    allowance: int
    at_most: int


@dataclass(frozen=True)
class Run:
    """At most `at_most` days in a row hold a duty that counts."""

    person: Person
    counts: Callable[[Duty], bool]
    at_most: int


@dataclass(frozen=True)
class LeastStint:
    """Days in a row with a duty that counts (of work) or without (of rest) number at least `at_least`.

    Stints that touch `known`, the first day anything is known of, or the last day of the horizon are waived.
    """

    person: Person
    counts: Callable[[Duty], bool]
    of: Stint
    at_least: int
    known: date


@dataclass(frozen=True)
class Owed:
    """Over `days` the weights of the person's duties add up to at least `at_least`."""

    person: Person
    weigh: Callable[[Duty], int]
    days: Collection[date]
    at_least: int


@dataclass(frozen=True)
class Sets:
    """At most `at_most` of the disjoint sets of days hold a duty that counts."""

    person: Person
    counts: Callable[[Duty], bool]
    sets: Sequence[Collection[date]]
    at_most: int


@dataclass(frozen=True)
class FreeDay:
    """At least one of `days` is touched by no duty; `busy` names the dates a duty touches."""

    person: Person
    busy: Callable[[Duty], Collection[date]]
    days: Collection[date]


@dataclass(frozen=True)
class OneOf:
    """Exactly one of the free cells is used."""

    cells: Cells


@dataclass(frozen=True)
class AtLeast:
    """The weighted cells reach `amount`; each unit short costs `points`."""

    cells: Mapping[Cell, int]
    amount: int
    points: int


@dataclass(frozen=True)
class AtMost:
    """The weighted cells stay within `amount`; each unit over costs `points`."""

    cells: Mapping[Cell, int]
    amount: int
    points: int


@dataclass(frozen=True)
class DaysAtLeast:
    """On at least `amount` of the listed days, the day's cells number at least the day's count."""

    days: Sequence[tuple[Cells, int]]
    amount: int
    points: int


@dataclass(frozen=True)
class Given:
    """Points that no roster can change."""

    points: int


@dataclass(frozen=True)
class Cover:
    """n of the cells cost lost[n]: convex, non-increasing, the last value holds beyond."""

    cells: Cells
    lost: Sequence[int]


@dataclass(frozen=True)
class Spread:
    """A weighted count of k costs cost[k], convex."""

    cells: Mapping[Cell, int]
    cost: Sequence[int]


@dataclass(frozen=True)
class Price:
    """Using a cell costs its points."""

    cells: Mapping[Cell, int]


Statement = (
    Forbid
    | OneOf
    | Pair
    | Weighed
    | Excess
    | Run
    | LeastStint
    | Owed
    | Sets
    | FreeDay
    | AtLeast
    | AtMost
    | DaysAtLeast
    | Given
    | Cover
    | Spread
    | Price
)


@dataclass(frozen=True)
class Stated:
    """A statement with the level it belongs to and who made it (the rule's or goal's kind and its clauses)."""

    level: int
    owner: str
    statement: Statement


def subjects(statement: Statement) -> set[str]:
    """Of whom alone a statement speaks; nobody where it is about people together."""
    match statement:
        case Pair(person) | Weighed(person) | Excess(person) | Run(person) | FreeDay(person):
            return {person.staff_id}
        case LeastStint(person) | Owed(person) | Sets(person):
            return {person.staff_id}
        case Forbid(cells):
            return {cell.person.staff_id for cell in cells}
        case _:
            return set()
