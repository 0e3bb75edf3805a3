"""The linear relaxation of a model with the weight of each constraint: which rows make the shortage unavoidable."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from ortools.sat.python import cp_model
from scipy.optimize import linprog

from solver.model import Terms
from solver.search.relaxation import INFINITE, matrix, rows_of

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Relaxed:
    """The least value of the objective, and the shadow prices of the constraints that bear it, by index."""

    least: float
    prices: dict[int, float]


def relaxed(model: cp_model.CpModel, terms: Terms, seconds: float) -> Relaxed | None:
    """Minimises weighted terms over the relaxation; None where that was not done in time.

    By linear duality the rows with a price alone make the objective as large.
    """
    proto = model.proto
    owned = [(k, row) for k, constraint in enumerate(proto.constraints) for row in rows_of(constraint)]
    weights, least, most = matrix([row for _, row in owned], len(proto.variables))
    owner = np.array([k for k, _ in owned], dtype=int)
    cost = np.zeros(len(proto.variables))
    for literal, weight in terms:
        cost[literal.index] += weight
    upper, lower = most < INFINITE, least > -INFINITE
    domains = [list(variable.domain) for variable in proto.variables]
    found = linprog(
        cost,
        A_ub=sp.vstack([weights[upper], -weights[lower]]),
        b_ub=np.concatenate([most[upper], -least[lower]]),
        bounds=np.array([(domain[0], domain[-1]) for domain in domains], dtype=float),
        method="highs",
        options={"time_limit": seconds},
    )
    if found.status != 0:
        return None
    return Relaxed(float(found.fun), _prices([*owner[upper], *owner[lower]], found.ineqlin.marginals))


def _prices(owners: Sequence[int], marginals: np.ndarray) -> dict[int, float]:
    prices: dict[int, float] = {}
    for k, marginal in zip(owners, marginals, strict=True):
        if abs(marginal) > TOLERANCE:
            prices[int(k)] = prices.get(int(k), 0) + abs(float(marginal))
    return prices
