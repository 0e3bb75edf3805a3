"""The product of automata as a layered graph, with states of the same future joined."""

import pickle
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from solver.person.automata import Automaton
from solver.person.options import Option

Ints = npt.NDArray[np.int64]
DEAD = -1
MOST_STATES = 60_000
"""States of a day, before those of the same future are joined, beyond which a program does not pay."""


class TooManyStates(ValueError):
    """The rules together ask for more memory of the past than pays."""


@dataclass(frozen=True)
class Arcs:
    """The arcs of one day: from a state of the morning over a class of options to a state of the evening."""

    start: Ints
    end: Ints
    option: Ints


@dataclass(frozen=True)
class Layers:
    """`arcs` by day; `sizes` the number of states before each day and after the last one. State 0 begins."""

    arcs: tuple[Arcs, ...]
    sizes: tuple[int, ...]


class _Table:
    """One automaton's states and steps, worked out for the effects that occur."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.states: list[Hashable] = [automaton.start]

    def day(self, day: int, options: Sequence[Option]) -> tuple[Ints, Ints]:
        """The effect number of each option, and the next state by (state, effect)."""
        effects: dict[Hashable, int] = {}
        numbers = [effects.setdefault(self.automaton.effect(day, option), len(effects)) for option in options]
        after: dict[Hashable, int] = {}
        steps = np.full((len(self.states), len(effects)), DEAD, dtype=np.int64)
        for s, state in enumerate(self.states):
            for effect, e in effects.items():
                reached = self.automaton.step(day, state, effect)
                if reached is not None:
                    steps[s, e] = after.setdefault(reached, len(after))
        self.states = list(after)
        return np.array(numbers, dtype=np.int64), steps

    def ends(self) -> npt.NDArray[np.bool_]:
        """Which states a horizon may end in."""
        return np.array([self.automaton.ends(state) for state in self.states], dtype=np.bool_)


Classed = tuple[Ints, list[tuple[Ints, Ints]]]
"""The class of each option of a day; for each automaton its effect by class and its steps."""


def classes(tables: Sequence[_Table], day: int, options: Sequence[Option], weights: Sequence[Sequence[int]]) -> Classed:
    """Options that no automaton and no counter tells apart share a class."""
    read = [table.day(day, options) for table in tables]
    rows = np.array([*(numbers for numbers, _ in read), *weights], dtype=np.int64).reshape(-1, len(options)).T
    _, first, class_of = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return class_of.reshape(-1), [(numbers[first], steps) for numbers, steps in read]


def product(
    automata: Sequence[Automaton], days: Sequence[Sequence[Option]], weights: Sequence[Sequence[Sequence[int]]]
) -> tuple[Layers | None, list[Ints]]:
    """The joint graph of all automata (None where no roster is legal), and the class of each day's options.

    `days[d]` are the options of a day, `weights[d]` the counters' weights of them. The latest answers are remembered,
    as people are often alike. Raises TooManyStates.
    """
    return _product(pickle.dumps((automata, days, weights)))


@lru_cache(maxsize=8)
def _product(asked: bytes) -> tuple[Layers | None, list[Ints]]:
    automata, days, weights = pickle.loads(asked)
    tables = [_Table(automaton) for automaton in automata]
    states = np.zeros((1, len(tables)), dtype=np.int64)
    class_of: list[Ints] = []
    successors: list[Ints] = []
    for day, options in enumerate(days):
        named, read = classes(tables, day, options, weights[day])
        class_of.append(named)
        states, after = _follow(states, read, int(named.max()) + 1)
        successors.append(after)
    ends = np.ones(len(states), dtype=np.bool_)
    for k, table in enumerate(tables):
        ends &= table.ends()[states[:, k]] if len(states) else ends
    return _joined(successors, ends), class_of


def _follow(states: Ints, read: Sequence[tuple[Ints, Ints]], count: int) -> tuple[Ints, Ints]:
    """The states after a day, and by (state, class) the number of the one that follows."""
    code = np.zeros((len(states), count), dtype=np.int64)
    alive = np.ones((len(states), count), dtype=np.bool_)
    span = 1
    reached: list[Ints] = []
    for k, (effect, steps) in enumerate(read):
        nexts = steps[states[:, k]][:, effect]
        reached.append(nexts)
        alive &= nexts >= 0
        size = int(steps.max(initial=0)) + 1
        if span * size > 2**62:
            known, inverse = np.unique(code, return_inverse=True)
            code, span = inverse.reshape(code.shape).astype(np.int64), len(known)
        code, span = code * size + np.maximum(nexts, 0), span * size
    after = np.full(code.shape, DEAD, dtype=np.int64)
    found, first, inverse = np.unique(code[alive], return_index=True, return_inverse=True)
    if len(found) > MOST_STATES:
        raise TooManyStates(f"{len(found)} states on a day")
    after[alive] = inverse
    merged = np.stack([nexts[alive][first] for nexts in reached], axis=1) if reached else np.zeros((len(found), 0))
    return merged.astype(np.int64), after


def _joined(successors: Sequence[Ints], ends: npt.NDArray[np.bool_]) -> Layers | None:
    """Backwards: states with the same successors become one, those without a future go."""
    block = np.where(ends, 0, DEAD)
    sizes = [1]
    arcs: list[Arcs] = []
    for after in reversed(successors):
        rows = np.where(after >= 0, block[after], DEAD) if len(block) else np.full_like(after, DEAD)
        alive = (rows >= 0).any(axis=1)
        kept, inverse = np.unique(rows[alive], axis=0, return_inverse=True)
        block = np.full(len(rows), DEAD)
        block[alive] = inverse.reshape(-1)
        start, option = np.nonzero(kept >= 0)
        arcs.append(Arcs(start, kept[start, option], option))
        sizes.append(len(kept))
    if not sizes[-1]:
        return None
    return Layers(tuple(reversed(arcs)), tuple(reversed(sizes)))
