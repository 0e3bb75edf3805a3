"""Weighted sums over a person's duties, and what they may come to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import gcd
from operator import or_

from solver.person.options import Option

SHORT_DAYS = 9
"""A sum over at most so many days is remembered by an automaton, a longer one by a counter."""


@dataclass(frozen=True)
class Sum:
    """Weights of options (0 where not listed) add up to at least `at_least` and at most `at_most`.

    `cost[k]` is what a sum of k costs at the end; empty where it costs nothing. `whole` says that `at_most` is what
    the sum comes to at most anyway.
    """

    weights: Mapping[Option, int]
    at_least: int
    at_most: int
    cost: tuple[float, ...] = ()
    whole: bool = False

    def tightened(self, days: Mapping[int, Sequence[Option]]) -> "Sum | None":
        """In the greatest common unit and with the limits that can be met; None where it asks for nothing."""
        unit = gcd(*self.weights.values()) or 1
        weights = {option: weight // unit for option, weight in self.weights.items() if weight}
        most = sum(max((weights.get(option, 0) for option in day), default=0) for day in days.values())
        reached = _reached([{weights.get(option, 0) for option in day} for day in days.values()])
        at_least = min((k for k in reached if k * unit >= self.at_least), default=most + 1)
        at_most = max((k for k in reached if k * unit <= self.at_most), default=-1)
        cost = self.cost[::unit][: at_most + 1]
        if not weights and at_least <= 0 <= at_most:
            return None
        if at_least == 0 and at_most == most and len(set(cost)) < 2:
            return None
        return Sum(weights, at_least, at_most, cost, at_most == most)

    @property
    def unlimited(self) -> bool:
        """Whether only the cost matters: every sum up to the greatest possible one is allowed."""
        return self.at_least == 0 and len(self.cost) == self.at_most + 1 and self.whole

    def beside(self, other: "Sum") -> "Sum":
        """Two sums as one: the other's units are worth one more than the most that this one may come to."""
        unit = self.at_most + 1
        listed = {*self.weights, *other.weights}
        weights = {o: self.weights.get(o, 0) + unit * other.weights.get(o, 0) for o in listed}
        cost = tuple(self.cost[k % unit] + other.cost[k // unit] for k in range(unit * (other.at_most + 1)))
        return Sum(weights, 0, len(cost) - 1, cost, whole=True)

    def joined(self, other: "Sum") -> "Sum":
        """Both limits and both costs, of two sums of the same weights."""
        most = min(self.at_most, other.at_most)
        costs = [sum_.cost[: most + 1] for sum_ in (self, other) if sum_.cost]
        cost = tuple(map(sum, zip(*costs, strict=True)))
        whole = self.whole and other.whole
        return replace(self, at_least=max(self.at_least, other.at_least), at_most=most, cost=cost, whole=whole)


def _reached(days: Iterable[Collection[int]]) -> list[int]:
    """All sums of one weight from each day."""
    sums = 1
    for weights in days:
        sums = reduce(or_, (sums << weight for weight in weights), 0)
    return [k for k in range(sums.bit_length()) if sums >> k & 1]


def distinct(sums: Sequence[Sum]) -> list[Sum]:
    """The sums with those of the same weights joined."""
    found: dict[frozenset[tuple[Option, int]], Sum] = {}
    for sum_ in sums:
        key = frozenset(sum_.weights.items())
        found[key] = found[key].joined(sum_) if key in found else sum_
    return list(found.values())


def packed(sums: Sequence[Sum], count: int) -> list[Sum]:
    """The sums with the smallest of those that cost packed together, until `count` of them cost, if they can."""
    open_ = sorted((s for s in sums if s.cost and s.unlimited), key=lambda s: s.at_most)
    others = [s for s in sums if not (s.cost and s.unlimited)]
    while len(open_) + sum(bool(s.cost) for s in others) > count and len(open_) > 1:
        small, next_ = open_[:2]
        open_ = sorted([small.beside(next_), *open_[2:]], key=lambda s: s.at_most)
    return [*open_, *others]
