"""A lower bound from the linear relaxation of the CP-SAT model, solved by HiGHS.

Where CP-SAT with one worker proves next to nothing on a month of half-hours, the relaxation of the same rows says most
of what can be known. Constraints of other kinds than those translated are left out, which keeps the bound valid.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import ceil
from typing import Literal

import numpy as np
import scipy.sparse as sp
from ortools.sat.python import cp_model
from scipy.optimize import OptimizeResult, linprog

from solver.model import Terms

Row = tuple[list[tuple[int, int]], float, float]
"""Terms (variable or negated literal, weight), least and greatest value of their sum."""

INFINITE = 1e15


def minimised(
    variables: Sequence[cp_model.cmh.IntegerVariableProto],
    translated: Iterable[Row],
    terms: Terms,
    seconds: float,
    *,
    method: Literal["highs", "highs-ipm"],
) -> tuple[OptimizeResult, np.ndarray]:
    """The weighted sum `terms` at its least over the rows, as scipy tells it; and the row of each inequality."""
    weights, least, most = matrix(translated, len(variables))
    cost = np.zeros(len(variables))
    for literal, weight in terms:
        cost[literal.index] += weight
    upper, lower = np.flatnonzero(most < INFINITE), np.flatnonzero(least > -INFINITE)
    domains = [list(variable.domain) for variable in variables]
    found = linprog(
        cost,
        A_ub=sp.vstack([weights[upper], -weights[lower]]),
        b_ub=np.concatenate([most[upper], -least[lower]]),
        bounds=np.array([(domain[0], domain[-1]) for domain in domains], dtype=float),
        method=method,
        options={"time_limit": seconds},
    )
    return found, np.concatenate([upper, lower])


def lower_bound(model: cp_model.CpModel, terms: Terms, seconds: float) -> int | None:
    """The least value that the weighted sum `terms` may take, rounded up; None where time was too short."""
    found, _ = minimised(model.proto.variables, rows(model.proto), terms, seconds, method="highs-ipm")
    return ceil(found.fun - 1e-6 * max(abs(found.fun), 1)) if found.status == 0 else None


class Bounding:
    """A bound worked out beside the search, in a thread of its own, on the model as it is now."""

    def __init__(self, model: cp_model.CpModel, terms: Terms, seconds: float) -> None:
        self.bound: int | None = None
        frozen, wanted = model.clone(), list(terms)

        def work() -> None:
            self.bound = lower_bound(frozen, wanted, seconds)

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether the bound is still being worked out."""
        return self._thread.is_alive()


def matrix(translated: Iterable[Row], count: int) -> tuple[sp.csr_matrix, np.ndarray, np.ndarray]:
    """The rows as a sparse matrix with the bounds of each; negated literals are 1 - x."""
    at: list[int] = []
    columns: list[int] = []
    weights: list[int] = []
    least: list[float] = []
    most: list[float] = []
    for k, (terms, low, high) in enumerate(translated):
        shift = 0
        for variable, weight in terms:
            negated = variable < 0
            at.append(k)
            columns.append(-variable - 1 if negated else variable)
            weights.append(-weight if negated else weight)
            shift += weight if negated else 0
        least.append(low - shift)
        most.append(high - shift)
    shape = len(least), count
    return (
        sp.csr_matrix((weights, (at, columns)), shape=shape, dtype=float),
        np.array(least, dtype=float),
        np.array(most, dtype=float),
    )


def rows(proto: cp_model.cmh.CpModelProto) -> Iterator[Row]:
    """The linear rows that the constraints of a model imply."""
    return chain.from_iterable(rows_of(constraint) for constraint in proto.constraints)


def rows_of(constraint: cp_model.cmh.ConstraintProto) -> Iterator[Row]:
    """The linear rows that one constraint implies; none where it holds under conditions only."""
    if len(constraint.enforcement_literal):
        return
    if constraint.has_linear():
        linear = constraint.linear
        domain = [float(edge) for edge in linear.domain]
        yield _terms(linear.vars, linear.coeffs), domain[0], domain[-1]
    elif constraint.has_bool_or():
        yield [(literal, 1) for literal in constraint.bool_or.literals], 1, np.inf
    elif constraint.has_at_most_one():
        yield [(literal, 1) for literal in constraint.at_most_one.literals], -np.inf, 1
    elif constraint.has_exactly_one():
        yield [(literal, 1) for literal in constraint.exactly_one.literals], 1, 1
    elif constraint.has_lin_max():
        target = constraint.lin_max.target
        for part in constraint.lin_max.exprs:
            terms = _terms(target.vars, target.coeffs) + _terms(part.vars, part.coeffs, sign=-1)
            yield terms, float(part.offset - target.offset), np.inf


def _terms(variables: Iterable[int], weights: Iterable[int], sign: int = 1) -> list[tuple[int, int]]:
    return [(int(variable), sign * int(weight)) for variable, weight in zip(variables, weights, strict=True)]
