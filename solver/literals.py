"""Boolean variables of a CP-SAT model: which exclude each other, and which stand for any of others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from solver.cliques import cliques

Literal = cp_model.IntVar
Terms = list[tuple[Literal, int]]


class Literals:
    """A CP-SAT model in the making. Exclusions are collected and told together, as sets as large as they go."""

    def __init__(self) -> None:
        self.cp = cp_model.CpModel()
        self._clashing: dict[int, set[int]] = defaultdict(set)
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._anys: dict[tuple[int, ...], Literal] = {}
        self._undefined: list[tuple[Literal, Sequence[Literal]]] = []

    def total(self, terms: Terms) -> cp_model.LinearExpr:
        """The linear expression of weighted terms, one at least."""
        return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [w for _, w in terms])

    def at_most_one(self, literals: Iterable[Literal]) -> None:
        """Of these at most one, joined with what else excludes each other by the next `tell_exclusions`."""
        indices = {literal.index for literal in literals}
        for index in indices:
            self._clashing[index] |= indices - {index}

    def clash(self, literal: Literal, others: Iterable[Literal]) -> None:
        """The literal excludes each of the others; joined likewise."""
        index, mine = literal.index, self._clashing[literal.index]
        for other in others:
            mine.add(other.index)
            self._clashing[other.index].add(index)

    def any(self, literals: Sequence[Literal]) -> Literal:
        """A literal that is true when one of the others is; defined by the next `tell_exclusions`."""
        if len(literals) == 1:
            return literals[0]
        key = tuple(sorted(v.index for v in literals))
        if key not in self._anys:
            self._anys[key] = self.cp.new_bool_var("")
            self._undefined.append((self._anys[key], literals))
        return self._anys[key]

    def tell_exclusions(self) -> None:
        """Adds what was collected since the last time."""
        for clique in cliques(self._clashing):
            self.exclude([self.cp.get_bool_var_from_proto_index(k) for k in clique])
        self._clashing.clear()
        self.define()

    def exclude(self, literals: Sequence[Literal]) -> None:
        """At most one of the literals is true."""
        self.cp.add_at_most_one(literals)
        indices = {literal.index for literal in literals}
        for index in indices:
            self._apart[index] |= indices

    def define(self) -> None:
        """Of literals that exclude each other one is true when their sum is: a far tighter row than their maximum."""
        for literal, parts in self._undefined:
            indices = {part.index for part in parts}
            if all(indices <= self._apart[index] for index in indices):
                self.cp.add(cp_model.LinearExpr.sum(list(parts)) == literal)
            else:
                self.cp.add_max_equality(literal, parts)
        self._undefined.clear()
