"""Automata over a person's days: what must be remembered of the past to judge the future.

Each reads one option a day, in the form of its `effect`, and says which state follows, None where a rule is broken.
`facts` of a day say what is so whatever is chosen: True a fixed duty counts, False none can, None it is open.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from roster.base import Stint
from solver.person.options import Option

Fact = bool | None


class Automaton(Protocol):
    """One thing to keep in mind, day by day."""

    @property
    def start(self) -> Any:
        """The state on the morning of day 0."""
        ...

    def effect(self, day: int, option: Option) -> Hashable:
        """All that the automaton reads of an option."""
        ...

    def step(self, day: int, state: Any, effect: Any) -> Any | None:
        """The state after the day; None where the day may not follow."""
        ...

    def ends(self, state: Any) -> bool:
        """Whether a horizon may end so."""
        ...


@dataclass(frozen=True)
class Counting:
    """On which days duties count: facts by day (day 0 is the first of the horizon), and the free cells that count."""

    facts: Mapping[int, Fact]
    cells: frozenset[int]

    def of(self, day: int, option: Option) -> bool:
        """Whether a duty of the day counts."""
        return self.facts.get(day, False) is True or not self.cells.isdisjoint(option)

    def settled(self, first: int, last: int, *, be: bool) -> bool:
        """Whether every day of [first, last] is a fact of that value."""
        return all(self.facts.get(day, False) is be for day in range(first, last + 1))


@dataclass(frozen=True)
class LongestRun:
    """At most `at_most` days in a row count. The state is the length of the run; a run of facts is let pass."""

    counting: Counting
    at_most: int
    start: int = 0

    def effect(self, day: int, option: Option) -> bool:
        """Whether the day counts."""
        return self.counting.of(day, option)

    def step(self, day: int, state: int, effect: bool) -> int | None:  # noqa: FBT001
        """One day more, or none."""
        if not effect:
            return 0
        if state < self.at_most:
            return state + 1
        return state if self.counting.settled(day - self.at_most, day, be=True) else None

    def ends(self, state: int) -> bool:  # noqa: ARG002
        """Any length may be the last."""
        return True


@dataclass(frozen=True)
class LeastRun:
    """Days in a row of one kind number at least `at_least`, stints at either edge apart.

    The state is the length of the present stint of that kind, `at_least` standing for long enough.
    """

    counting: Counting
    of: Stint
    at_least: int
    start: int

    def effect(self, day: int, option: Option) -> bool:
        """Whether the day is of the kind."""
        return self.counting.of(day, option) == (self.of == "work")

    def step(self, day: int, state: int, effect: bool) -> int | None:  # noqa: FBT001
        """One day more, or the end of a stint that is long enough."""
        if effect:
            return min(state + 1, self.at_least)
        if state in (0, self.at_least) or self._fact(day, state):
            return 0
        return None

    def _fact(self, day: int, length: int) -> bool:
        """Whether a short stint before `day` cannot be helped."""
        work = self.of == "work"
        edges = self.counting.settled(day, day, be=not work) and self.counting.settled(
            day - length - 1, day - length - 1, be=not work
        )
        return edges and self.counting.settled(day - length, day - 1, be=work)

    def ends(self, state: int) -> bool:  # noqa: ARG002
        """The last stint may go on after the horizon."""
        return True


@dataclass(frozen=True)
class Touched:
    """At most `at_most` of disjoint sets of days hold a counting duty. The state: sets so far, the present ones."""

    counting: Counting
    set_of: Mapping[int, int]
    last_of: Mapping[int, int]
    at_most: int
    start: tuple[int, frozenset[int]] = (0, frozenset())

    def effect(self, day: int, option: Option) -> bool:
        """Whether the day belongs to a set and counts."""
        return day in self.set_of and self.counting.of(day, option)

    def step(
        self,
        day: int,
        state: tuple[int, frozenset[int]],
        effect: bool,  # noqa: FBT001
    ) -> tuple[int, frozenset[int]] | None:
        """Counts a set when it is first touched, and forgets it after its last day."""
        count, marked = state
        if effect and self.set_of[day] not in marked:
            count, marked = count + 1, marked | {self.set_of[day]}
        if count > self.at_most:
            return None
        return count, frozenset(name for name in marked if self.last_of[name] > day)

    def ends(self, state: tuple[int, frozenset[int]]) -> bool:  # noqa: ARG002
        """Any count that was let so far."""
        return True


@dataclass(frozen=True)
class FreeOne:
    """One of the open days is touched by no duty. The state: None once it was found, else the days touched ahead."""

    open_days: frozenset[int]
    touches: Mapping[int, frozenset[int]]
    last: int
    start: frozenset[int] | str = frozenset()

    def effect(self, day: int, option: Option) -> frozenset[int]:  # noqa: ARG002
        """The open days that the option touches."""
        return frozenset().union(*(self.touches.get(cell, frozenset()) for cell in option))

    def step(self, day: int, state: frozenset[int] | str, effect: frozenset[int]) -> frozenset[int] | str:
        """Looks whether the day stays free."""
        if isinstance(state, str):
            return state
        touched = state | effect
        if day in self.open_days and day not in touched:
            return "found"
        return frozenset(later for later in touched if later > day)

    def ends(self, state: frozenset[int] | str) -> bool:
        """A free day was found, or one lies after the horizon."""
        return isinstance(state, str) or any(day > self.last and day not in state for day in self.open_days)


@dataclass(frozen=True)
class Clashes:
    """No two clashing cells. Cells that clash with the same earlier ones share a name; the state: names blocked."""

    name: Mapping[int, int]
    blocks: Mapping[int, frozenset[int]]
    day_of: Mapping[int, int]
    start: frozenset[int] = frozenset()

    def effect(self, day: int, option: Option) -> tuple[frozenset[int], frozenset[int]]:  # noqa: ARG002
        """The names of the option's cells, and those it blocks."""
        blocked = frozenset().union(*(self.blocks.get(cell, frozenset()) for cell in option))
        return frozenset(self.name[cell] for cell in option if cell in self.name), blocked

    def step(
        self, day: int, state: frozenset[int], effect: tuple[frozenset[int], frozenset[int]]
    ) -> frozenset[int] | None:
        """Refuses what is blocked, and remembers what is blocked on later days."""
        names, blocked = effect
        if not state.isdisjoint(names):
            return None
        return frozenset(name for name in state | blocked if self.day_of[name] > day)

    def ends(self, state: frozenset[int]) -> bool:  # noqa: ARG002
        """Nothing is left to judge."""
        return True


@dataclass(frozen=True)
class ShortSum:
    """Weights over a few days add up to [at_least, at_most]. The state is the sum so far."""

    weights: Mapping[Option, int]
    last: int
    at_least: int
    at_most: int
    start: int = 0

    def effect(self, day: int, option: Option) -> int:  # noqa: ARG002
        """The option's weight."""
        return self.weights.get(option, 0)

    def step(self, day: int, state: int, effect: int) -> int | None:
        """Adds up until the last day of the sum."""
        total = state + effect
        if total > self.at_most or (day == self.last and total < self.at_least):
            return None
        return 0 if day >= self.last else total

    def ends(self, state: int) -> bool:  # noqa: ARG002
        """Judged on its last day."""
        return True


def stint_before(counting: Counting, first: int, of: Stint, at_least: int) -> int:
    """The state of LeastRun on day 0: how long a stint of that kind already lasts, from day `first` < 0 on."""
    for length in range(-first):
        if counting.of(-1 - length, ()) != (of == "work"):
            return min(length, at_least)
    return at_least  # it touches the first known day


def run_before(counting: Counting, at_most: int) -> int:
    """The state of LongestRun on day 0."""
    length = 0
    while length < at_most and counting.of(-1 - length, ()):
        length += 1
    return length
