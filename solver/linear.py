"""Linear programs, solved by HiGHS."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LinearProgram:
    """cost @ x at its least, where least <= weights @ x <= most and lower <= x <= upper."""

    cost: Floats
    weights: sp.csr_matrix
    least: Floats
    most: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class LinearAnswer:
    """The least value, the columns it is reached at, and by row what a unit more of its limit would change it by."""

    value: float
    columns: Floats
    duals: Floats


def solved(program: LinearProgram, seconds: float, *, interior: bool = False) -> LinearAnswer | None:
    """The program's answer; None where it has none, or not within the time.

    An `interior` answer is no corner: found sooner where programs are large, with prices shared among many rows.
    """
    options = highs_pb2.HighsOptionsProto()
    if interior:
        options.string_options.update({"solver": "ipm", "run_crossover": "off"})
    parameters = mathopt.SolveParameters(highs=options, time_limit=timedelta(seconds=max(seconds, 0.0)))
    try:
        result = mathopt.solve(
            mathopt.Model.from_model_proto(_proto(program)), mathopt.SolverType.HIGHS, params=parameters
        )
    except (RuntimeError, AttributeError):  # HiGHS gave up; ortools 9.15 fails with the latter on its way to the former
        return None
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    duals = np.zeros(len(program.least))
    for row, dual in result.dual_values().items():
        duals[row.id] = dual
    columns = np.zeros(len(program.cost))
    for column, value in result.variable_values().items():
        columns[column.id] = value
    return LinearAnswer(result.objective_value(), columns, duals)


def _proto(program: LinearProgram) -> model_pb2.ModelProto:
    weights = program.weights.tocsr()
    weights.sum_duplicates()
    rows, columns = weights.shape
    entries, priced = weights.tocoo(), np.flatnonzero(program.cost)
    return model_pb2.ModelProto(
        variables=model_pb2.VariablesProto(
            ids=range(columns), lower_bounds=program.lower, upper_bounds=program.upper, integers=[False] * columns
        ),
        objective=model_pb2.ObjectiveProto(
            linear_coefficients={"ids": priced, "values": program.cost[priced]}  # ty: ignore[invalid-argument-type]
        ),
        linear_constraints=model_pb2.LinearConstraintsProto(
            ids=range(rows), lower_bounds=program.least, upper_bounds=program.most
        ),
        linear_constraint_matrix={"row_ids": entries.row, "column_ids": entries.col, "coefficients": entries.data},  # ty: ignore[invalid-argument-type]
    )
