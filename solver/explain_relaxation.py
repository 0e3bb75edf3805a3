"""The linear relaxation of a CP-SAT model.

Constraints of other kinds than those translated are left out, which keeps what it reaches a bound.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import scipy.sparse as sp
from ortools.sat.python import cp_model

from solver.linear import LinearAnswer, LinearProgram, solved
from solver.literals import Terms

Row = tuple[list[tuple[int, int]], float, float]
"""Terms (variable or negated literal, weight), least and greatest value of their sum."""


def minimised(
    variables: Sequence[cp_model.cmh.IntegerVariableProto], translated: Iterable[Row], terms: Terms, seconds: float
) -> LinearAnswer | None:
    """The weighted sum `terms` at its least over the rows; None where that was not done in time."""
    weights, least, most = matrix(translated, len(variables))
    cost = np.zeros(len(variables))
    for literal, weight in terms:
        cost[literal.index] += weight
    domains = [list(variable.domain) for variable in variables]
    lower, upper = (np.array([domain[end] for domain in domains], dtype=float) for end in (0, -1))
    return solved(LinearProgram(cost, weights, least, most, lower, upper, np.zeros(len(cost), dtype=bool)), seconds)


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
