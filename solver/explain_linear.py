"""The linear relaxation of a model with the weight of each constraint: which rows make the shortage unavoidable."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from solver.model import Terms
from solver.search.relaxation import minimised, rows_of

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
    owned = [(k, row) for k, constraint in enumerate(model.proto.constraints) for row in rows_of(constraint)]
    variables, translated = model.proto.variables, [row for _, row in owned]
    found, at = minimised(variables, translated, terms, seconds, method="highs")
    if found.status != 0:
        return None
    return Relaxed(float(found.fun), _prices([owned[k][0] for k in at], found.ineqlin.marginals))


def _prices(owners: Sequence[int], marginals: np.ndarray) -> dict[int, float]:
    prices: dict[int, float] = {}
    for k, marginal in zip(owners, marginals, strict=True):
        if abs(marginal) > TOLERANCE:
            prices[k] = prices.get(k, 0) + abs(float(marginal))
    return prices
