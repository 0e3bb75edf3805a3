"""What a rule is: its parameters, its sentence, its judgement of a finished roster, its statement to a model.

A rule is one pydantic class in one file of `roster/rules`. It is read by two sides that share nothing but its
parameters: `check` walks the rows of a finished roster in real time, `require` states structure to a `ModelPort`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Protocol, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, Field

from roster.people import Person
from roster.shifts import DaySelector, Duty, Window
from roster.words import Words

if TYPE_CHECKING:
    from roster.problem import Problem
    from roster.roster import Roster, Stretch

LAW, CONTRACT, SERVICE, FAIRNESS, WISHES, COST = 1, 2, 3, 4, 5, 6
"""The levels, settled in this order. LAW is never given up; CONTRACT shortages are minimised first."""
DAY_POINTS = 480
"""A person missing for a day, in the person-minutes that shortages at the contract level are counted in."""
CONTACT_POINTS = 1000
"""A contact lost, in the points of the service level."""

Stint = Literal["work", "rest"]
"""What a row of days is made of: days with a duty that counts, or days without."""
Verdict = Literal["met", "breached", "at_risk", "unknown", "not_applicable"]
JudgedBy = Literal["person", "day", "roster"]
"""'person': the rows of one person, reached by `Roster.by_person` in its order; 'day': the rows of shifts that start on
a day of the horizon or the day before, the days reached by `Roster.days` in their order."""


@dataclass(frozen=True)
class Breach:
    """One place a rule judged: who, when, how much was found and how much is asked.

    `points` is what the place costs in the rule's level (person-minutes at the contract level).
    `verdict` is 'breached' where it is certain, 'at_risk' or 'unknown' where the rows cannot settle it, 'met' where
    the place is given as evidence that the rule is kept there, and 'not_applicable' where a note says why nothing is
    owed.
    """

    found: float
    limit: float
    unit: str
    points: int
    day: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    staff_ids: tuple[str, ...] = ()
    team: str = ""
    role: str = ""
    verdict: Verdict = "breached"
    note: Words | None = None


class _Place(TypedDict, total=False):
    """Where and whom a finding concerns: the fields of Breach that say so."""

    day: date
    start: datetime
    end: datetime
    staff_ids: tuple[str, ...]
    team: str
    role: str
    note: Words


def finding(found: float, limit: float, unit: str, points: int, **place: Unpack[_Place]) -> Breach:
    """A judged place: breached where it costs points, else evidence that the rule is met there."""
    verdict: Literal["breached", "met"] = "breached" if points > 0 else "met"
    return Breach(found, limit, unit, max(points, 0), verdict=verdict, **place)


@dataclass(frozen=True)
class Block:
    """A piece of work that a rule asks to have placed inside duties.

    Who of `who` ('team/role') is on a duty may spend `minutes` of it on the `activity`, at the `post`, in one piece
    that lies in one of `windows` on a day of `days` and replaces time spent on one of `instead_of`. Pieces begin
    at multiples of `step_minutes` after midnight. `kind` is that of the rows: work, or training that serves nobody.
    """

    activity: str
    minutes: int
    who: tuple[str, ...]
    post: str = ""
    kind: Literal["work", "training"] = "work"
    instead_of: tuple[str, ...] = ("duty", "follow-up")
    windows: tuple[Window, ...] = ()
    days: DaySelector = "every-day"
    step_minutes: int = 30


class Cell(NamedTuple):
    """A duty one person may be given: the unit of decision. Cells of the past and locked cells are `fixed`.

    Each is itself and made once: cells of one person and duty made twice are two.
    """

    person: Person
    duty: Duty
    fixed: bool = False

    __eq__ = object.__eq__
    __hash__ = object.__hash__


Cells = Sequence[Cell]


class ModelPort(Protocol):
    """Where rules and goals state structure, without knowing which engine reads it.

    Person verbs describe one person's sequence of duties; group verbs describe sets of cells across people.
    Fixed cells (history, locks) take part like any other. All amounts are integers.
    """

    problem: "Problem"

    # reading the world
    def people(self) -> Sequence[Person]:
        """Everybody who may be planned."""
        ...

    def days(self, selector: DaySelector = "every-day") -> Sequence[date]:
        """The days of the horizon that the selector names."""
        ...

    def cells(self, day: date | None = None) -> Cells:
        """All cells, or those that start on a day; history included when no day is given."""
        ...

    def cells_of(self, person: Person) -> Cells:
        """One person's cells in order of day, fixed cells of the past first."""
        ...

    def touching(self, start: datetime, end: datetime) -> Cells:
        """The cells whose time touches [start, end), fixed cells of the past included."""
        ...

    def grid(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """[start, end) cut at every boundary of any cell's spans."""
        ...

    # one person
    def forbid(self, cells: Iterable[Cell]) -> None:
        """None of these cells is used."""
        ...

    def pair(self, person: Person, clash: Callable[[Duty, Duty], int], *, reach_days: int) -> None:
        """No two duties of the person, at most `reach_days` days apart, clash.

        `clash(earlier, later)` is what the pair costs, 0 when it does not clash. `earlier` starts first.
        """
        ...

    def window(self, person: Person, weigh: Callable[[Duty], int], *, days: int, at_most: int) -> None:
        """In any `days` consecutive days the weights of the person's duties add up to at most `at_most`."""
        ...

    def run(self, person: Person, counts: Callable[[Duty], bool], *, at_most: int) -> None:
        """No more than `at_most` days in a row hold a duty that counts."""
        ...

    def stint(self, person: Person, counts: Callable[[Duty], bool], *, of: Stint, at_least: int) -> None:
        """Days in a row that hold a duty that counts (`of` work) or none (`of` rest) number at least `at_least`.

        A stint that touches the first known or the last day of the horizon may be longer than is seen, and is waived.
        """
        ...

    def total(
        self,
        person: Person,
        weigh: Callable[[Duty], int],
        *,
        days: Collection[date],
        at_most: int,
    ) -> None:
        """Over `days` the weights of the person's duties add up to at most `at_most`."""
        ...

    def owed(
        self,
        person: Person,
        weigh: Callable[[Duty], int],
        *,
        days: Collection[date],
        at_least: int,
    ) -> None:
        """Over `days` the weights of the person's duties add up to at least `at_least`; never given up."""
        ...

    def sets(
        self,
        person: Person,
        counts: Callable[[Duty], bool],
        *,
        sets: Sequence[Collection[date]],
        at_most: int,
    ) -> None:
        """At most `at_most` of the sets of days, which have no day in common, hold a duty that counts."""
        ...

    def excess(
        self,
        person: Person,
        weigh: Callable[[Duty], int],
        *,
        days: Collection[date],
        allowance: int,
        at_most: int,
    ) -> None:
        """What each day's weights exceed `allowance` by adds up to at most `at_most` over `days`."""
        ...

    def free_day(self, person: Person, busy: Callable[[Duty], Collection[date]], *, days: Collection[date]) -> None:
        """At least one of `days` is touched by no duty; `busy` names the dates a duty touches."""
        ...

    # across people
    def at_least(self, cells: Mapping[Cell, int], amount: int, *, points: int) -> None:
        """The weighted cells add up to at least `amount`; each unit short costs `points` where it may be short."""
        ...

    def at_most(self, cells: Mapping[Cell, int], amount: int, *, points: int) -> None:
        """The weighted cells add up to at most `amount`; each unit over costs `points` where it may be over."""
        ...

    def days_at_least(self, days: Sequence[tuple[Cells, int]], amount: int, *, points: int) -> None:
        """On at least `amount` of the listed days the day's cells number at least the day's count."""
        ...

    def given(self, points: int) -> None:
        """A shortage that no roster can change (a staff list one person short)."""
        ...

    # what is wanted
    def cover(self, cells: Cells, lost: Sequence[int]) -> None:
        """Having n of the cells costs `lost[n]`, convex and non-increasing; the last value holds beyond."""
        ...

    def spread(self, cells: Mapping[Cell, int], cost: Sequence[int]) -> None:
        """A weighted count of k costs `cost[k]`, convex; k stays below len(cost)."""
        ...

    def price(self, cells: Mapping[Cell, int]) -> None:
        """Using a cell costs its points."""
        ...


class Rule(BaseModel, ABC):
    """Base of all rules. Subclasses add parameters, `kind: Literal[<file name>]`, `title`, and the three methods.

    `clauses` cites the contract's clauses the rule serves (each carries document, place and quote).
    `reading` keeps the rule in force only where its first clause is read that way. Rules about one person may be
    set to the law level, which never yields; rules about groups may not, as they have to be able to fall short.
    A `physical` rule says what is possible at all: an explanation takes it for granted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ClassVar[Words]
    physical: ClassVar[bool] = False
    minds_term: ClassVar[bool] = False
    """Whether the rule itself knows the contract's term: its findings count on any day, as of a report due after it."""
    judged_by: ClassVar[JudgedBy] = "roster"
    """What a finding is about, so that an edit of a roster need not be judged everywhere."""
    kind: str
    clauses: tuple[str, ...] = Field(min_length=1, description="ids of the clauses that it keeps")
    level: int = Field(default=CONTRACT, ge=CONTRACT, le=COST)
    reading: str | None = Field(
        default=None, description="reading of the first clause under which it is in force; absent: under any"
    )

    @abstractmethod
    def words(self) -> Words:
        """The rule in one sentence with its numbers."""

    @abstractmethod
    def check(self, roster: "Roster") -> Iterator[Breach]:
        """Where a finished roster breaks the rule, and where it can be shown to keep it. Knows no solver."""

    @abstractmethod
    def require(self, m: ModelPort) -> None:
        """States the rule to a model. Shares nothing with `check` but the parameters."""

    def minds(self, row: "Stretch") -> bool:  # noqa: ARG002
        """Whether such a row, come or gone, may change what the rule finds."""
        return True

    def blocks(self) -> "tuple[Block, ...]":
        """The pieces of work inside duties that the rule asks for.

        A rule with blocks is stated once the duties are settled: the cells are then the chosen duties with and
        without one of the blocks inside.
        """
        return ()


class Goal(BaseModel, ABC):
    """What is wanted rather than owed: coverage, fairness, wishes, stability, cost. May serve clauses by id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ClassVar[Words]
    kind: str
    level: int = Field(ge=SERVICE, le=COST)
    clauses: tuple[str, ...] = Field(default=(), description="ids of the clauses that it serves")

    @abstractmethod
    def words(self) -> Words:
        """The goal in one sentence with its numbers."""

    @abstractmethod
    def measure(self, roster: "Roster") -> int:
        """What the finished roster costs in the goal's level; 0 is best."""

    def shown(self, roster: "Roster", clause: str) -> "Iterator[Breach]":  # noqa: ARG002
        """Figures of the finished roster that tell how far a clause of the goal is kept; none where it has none."""
        yield from ()

    @abstractmethod
    def require(self, m: ModelPort) -> None:
        """States the goal to a model."""
