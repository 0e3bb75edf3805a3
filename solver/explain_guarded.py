"""One model in which every rule can be switched on by a literal: for assumptions, and for keeping as many as fit."""

from collections.abc import Collection, Sequence

from ortools.sat.python import cp_model

from solver.explain_world import Asked, Rules
from solver.levels import FOUND
from solver.literals import Literal
from solver.model import Model


class Guarded(Model):
    """The strict model of an `Asked`; `guards[k]` switches rule k on. Physical rules always hold."""

    def __init__(self, asked: Asked) -> None:
        self.guards: dict[int, Literal] = {}
        self._always: set[int] = set()
        super().__init__(asked.part(asked.statements(())), strict=True)
        for k in sorted(asked.hard):
            before = len(self.cp.proto.constraints)
            guard = self.guards[k] = self.cp.new_bool_var("")
            self.state(asked.said[k])
            self._guard(before, guard)

    def exclude(self, literals: Sequence[Literal]) -> None:
        """At most one of the literals; under a guard as a row, which can be switched."""
        if self.guards:
            self.cp.add(cp_model.LinearExpr.sum(list(literals)) <= 1)
        else:
            super().exclude(literals)

    def define(self) -> None:
        """Definitions hold whatever is switched."""
        before = len(self.cp.proto.constraints)
        super().define()
        self._always.update(range(before, len(self.cp.proto.constraints)))

    def _guard(self, first: int, guard: Literal) -> None:
        """Constraints from the index `first` hold under the guard; those that define a variable hold anyway."""
        for k, constraint in list(enumerate(self.cp.proto.constraints))[first:]:
            if k not in self._always and not constraint.has_lin_max():
                constraint.enforcement_literal.append(guard.index)

    def conflict(self, rules: Collection[int], solver: cp_model.CpSolver) -> Rules | None:
        """Rules among the given ones that the solver says cannot hold together; None where it does not say so."""
        cp = self.cp.clone()
        cp.add_assumptions([self.guards[k] for k in sorted(rules)])
        if solver.solve(cp) != cp_model.INFEASIBLE:
            return None
        named = set(solver.sufficient_assumptions_for_infeasibility())
        return frozenset(k for k in rules if self.guards[k].index in named)

    def grown(self, rules: Collection[int], within: Collection[int], solver: cp_model.CpSolver) -> Rules:
        """Rules that hold together: the given ones, which do, and as many of `within` as were found to fit."""
        cp = self.cp.clone()
        cp.add_bool_and([self.guards[k] for k in rules])
        cp.maximize(cp_model.LinearExpr.sum([self.guards[k] for k in sorted(within)]))
        if solver.solve(cp) not in FOUND:
            return frozenset(rules)
        return frozenset(k for k in within if solver.boolean_value(self.guards[k])) | frozenset(rules)
