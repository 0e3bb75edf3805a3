"""Linear programs, solved by HiGHS, and those with whole columns, solved by SCIP."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEARLY = 1e-4
"""A whole answer so close to its bound, relatively, is taken for the best."""
NODES = 1000
"""After so many nodes SCIP's answer is taken as it is: mostly the first proves it."""


@dataclass(frozen=True)
class LinearProgram:
    """cost @ x at its least, where least <= weights @ x <= most and lower <= x <= upper."""

    cost: Floats
    weights: sp.csr_matrix
    least: Floats
    most: Floats
    lower: Floats
    upper: Floats
    whole: Flags
    """Columns that are whole numbers, where that is asked for."""
    offset: float = 0.0
    """What is paid whatever the columns."""


class Assembly:
    """A linear program put together: columns, rows, and weights where they meet."""

    def __init__(self) -> None:
        self.cost: list[Floats] = []
        self.upper: list[Floats] = []
        self.whole: list[Flags] = []
        self.least: list[Floats] = []
        self.most: list[Floats] = []
        self.entries: list[tuple[Ints, Ints, Floats]] = []
        self.columns = self.rows = 0
        self.offset = 0.0

    def add_columns(self, cost: Floats, upper: Floats, *, whole: bool = False) -> Ints:
        """Numbers of new columns."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(np.full(len(cost), whole))
        self.columns += len(cost)
        return np.arange(self.columns - len(cost), self.columns)

    def add_rows(self, least: Floats, most: Floats) -> Ints:
        """Numbers of new rows."""
        self.least.append(least)
        self.most.append(most)
        self.rows += len(least)
        return np.arange(self.rows - len(least), self.rows)

    def meet(self, rows: Ints, columns: Ints, weight: Floats | float) -> None:
        """Weights where rows and columns meet, one by one."""
        self.entries.append((rows, columns, np.broadcast_to(np.asarray(weight, dtype=np.float64), rows.shape)))

    def program(self) -> LinearProgram:
        """The whole."""
        at, columns, weights = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        return LinearProgram(
            np.concatenate(self.cost), sp.csr_matrix((weights, (at, columns)), shape=(self.rows, self.columns)),
            np.concatenate(self.least), np.concatenate(self.most), np.zeros(self.columns), np.concatenate(self.upper),
            np.concatenate(self.whole), self.offset,
        )  # fmt: skip


@dataclass(frozen=True)
class LinearAnswer:
    """The least value, the columns it is reached at, and by row what a unit more of its limit would change it by."""

    value: float
    columns: Floats
    duals: Floats


@dataclass(frozen=True)
class WholeAnswer:
    """The columns of the best whole answer found, and whether it is the best there is."""

    columns: Floats
    proven: bool


def solved(program: LinearProgram, seconds: float | None, *, interior: bool = False) -> LinearAnswer | None:
    """The program's answer; None where it has none, or not within so many seconds of the wall, if any.

    An `interior` answer is no corner: found sooner where programs are large, with prices shared among many rows.
    """
    options = highs_pb2.HighsOptionsProto()
    if interior:
        options.string_options.update({"solver": "ipm", "run_crossover": "off"})
    parameters = mathopt.SolveParameters(highs=options, time_limit=_limit(seconds))
    result = _asked(_model(program), mathopt.SolverType.HIGHS, parameters)
    if result is None or result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    duals = np.zeros(len(program.least))
    for row, dual in result.dual_values().items():
        duals[row.id] = dual
    return LinearAnswer(result.objective_value(), _columns(program, result), duals)


def solved_whole(program: LinearProgram, seconds: float | None) -> WholeAnswer | None:
    """The best answer found within `NODES` and so many seconds of the wall, if any, with `whole` columns whole.

    None where there is none.
    """
    parameters = mathopt.SolveParameters(
        time_limit=_limit(seconds), node_limit=NODES, relative_gap_tolerance=NEARLY, threads=1
    )
    result = _asked(_model(program, whole=True), mathopt.SolverType.GSCIP, parameters)
    if result is None or not result.has_primal_feasible_solution():
        return None
    proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    return WholeAnswer(_columns(program, result), proven)


def _limit(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=max(seconds, 0.0))


def _asked(
    model: mathopt.Model, by: mathopt.SolverType, parameters: mathopt.SolveParameters
) -> mathopt.SolveResult | None:
    try:
        return mathopt.solve(model, by, params=parameters)
    except (RuntimeError, AttributeError):  # it gave up; ortools 9.15 fails with the latter on its way to the former
        return None


def _columns(program: LinearProgram, result: mathopt.SolveResult) -> Floats:
    columns = np.zeros(len(program.cost))
    for column, value in result.variable_values().items():
        columns[column.id] = value
    return columns


def _model(program: LinearProgram, *, whole: bool = False) -> mathopt.Model:
    weights = program.weights.tocsr()
    weights.sum_duplicates()
    rows, columns = weights.shape
    entries, priced = weights.tocoo(), np.flatnonzero(program.cost)
    proto = model_pb2.ModelProto(
        variables=model_pb2.VariablesProto(
            ids=range(columns),
            lower_bounds=program.lower,
            upper_bounds=program.upper,
            integers=(program.whole & whole).tolist(),
        ),
        objective=model_pb2.ObjectiveProto(
            offset=program.offset,
            linear_coefficients={"ids": priced, "values": program.cost[priced]},  # ty: ignore[invalid-argument-type]
        ),
        linear_constraints=model_pb2.LinearConstraintsProto(
            ids=range(rows), lower_bounds=program.least, upper_bounds=program.most
        ),
        linear_constraint_matrix={"row_ids": entries.row, "column_ids": entries.col, "coefficients": entries.data},  # ty: ignore[invalid-argument-type]
    )
    return mathopt.Model.from_model_proto(proto)
