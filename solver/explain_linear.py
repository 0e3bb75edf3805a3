"""The linear relaxation of a model with the weight of each constraint: which rows make the shortage unavoidable."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.explain_relaxation import minimised, rows_of
from solver.linear import Floats
from solver.literals import Terms

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
    found = minimised(model.proto.variables, [row for _, row in owned], terms, seconds)
    return None if found is None else Relaxed(found.value, _prices([k for k, _ in owned], found.duals))


def _prices(owners: Sequence[int], duals: Floats) -> dict[int, float]:
    prices: dict[int, float] = {}
    for k, marginal in zip(owners, duals, strict=True):
        if abs(marginal) > TOLERANCE:
            prices[k] = prices.get(k, 0) + abs(float(marginal))
    return prices
