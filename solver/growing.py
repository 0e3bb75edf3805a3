"""A linear program that grows column by column, solved by GLOP from the basis it stood at before.

It speaks to MathOpt's solver in messages: its Python model would translate every value and the whole basis into
objects after each solve, which takes six times as long as the solving.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, model_update_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ASK = parameters_pb2.SolveParametersProto(presolve=parameters_pb2.EMPHASIS_OFF, threads=1)
_ASK_DUAL = parameters_pb2.SolveParametersProto(
    presolve=parameters_pb2.EMPHASIS_OFF, threads=1, lp_algorithm=parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX
)
_EVERYTHING = model_parameters_pb2.ModelSolveParametersProto()
_SILENT = callback_pb2.CallbackRegistrationProto()


class NoAnswer(RuntimeError):
    """The LP solver gave no optimum."""


class GrowingProgram:
    """cost @ x at its least, where weights @ x = amounts and 0 <= x <= most."""

    def __init__(self, amounts: Floats) -> None:
        self.columns = 0
        self._rows = len(amounts)
        rows = model_pb2.LinearConstraintsProto(ids=range(self._rows), lower_bounds=amounts, upper_bounds=amounts)
        self._solver = solver.new(
            mathopt.SolverType.GLOP.value, model_pb2.ModelProto(linear_constraints=rows),
            parameters_pb2.SolverInitializerProto(),
        )  # fmt: skip

    def add(self, cost: Floats, most: Floats, entries: tuple[Ints, Ints, Floats]) -> None:
        """Adds columns; `entries` are rows, columns (0 is the first new one), and the weights where they meet."""
        rows, columns, weights = entries
        order = np.lexsort((columns, rows))
        ids = np.arange(self.columns, self.columns + len(cost))
        priced = np.flatnonzero(cost)
        self._update(
            new_variables=model_pb2.VariablesProto(
                ids=ids, lower_bounds=np.zeros(len(cost)), upper_bounds=most, integers=[False] * len(cost)
            ),
            objective_updates=model_update_pb2.ObjectiveUpdatesProto(
                linear_coefficients={"ids": ids[priced], "values": cost[priced]}  # ty: ignore[invalid-argument-type]
            ),
            linear_constraint_matrix_updates={
                "row_ids": rows[order], "column_ids": columns[order] + self.columns, "coefficients": weights[order]
            },
        )  # fmt: skip
        self.columns += len(cost)

    def raise_to(self, columns: Sequence[int], least: float) -> None:
        """From now on these columns are `least` at least."""
        self._update(variable_updates={"lower_bounds": {"ids": sorted(columns), "values": [least] * len(columns)}})

    def hold(self, first: int, least: Floats, most: Floats) -> None:
        """From now on the columns from `first` on are between so much."""
        ids = np.arange(first, first + len(least))
        changes = {"lower_bounds": {"ids": ids, "values": least}, "upper_bounds": {"ids": ids, "values": most}}
        self._update(variable_updates=changes)

    def _update(self, **changes: object) -> None:
        if not self._solver.update(model_update_pb2.ModelUpdateProto(**changes)):  # ty: ignore[invalid-argument-type]
            raise NoAnswer("the LP solver refused a change")

    def solve(self, seconds: float | None = None, *, dual: bool = False) -> tuple[float, Floats, Floats]:
        """The least value, the columns it is reached at, and the dual of every row.

        By the `dual` simplex it is found sooner where only bounds have changed. Raises NoAnswer, also after so many
        `seconds` on the wall.
        """
        ask = _ASK_DUAL if dual else _ASK
        if seconds is not None:
            ask = parameters_pb2.SolveParametersProto.FromString(ask.SerializeToString())
            ask.time_limit.FromNanoseconds(int(max(seconds, 0.0) * 1e9))
        result = self._solver.solve(ask, _EVERYTHING, None, _SILENT, None, None)
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            raise NoAnswer(f"LP: {result.termination.detail or result.termination.reason}")
        primal, dual = result.solutions[0].primal_solution, result.solutions[0].dual_solution
        return (
            primal.objective_value, _dense(primal.variable_values, self.columns), _dense(dual.dual_values, self._rows)
        )  # fmt: skip


def _dense(vector: object, length: int) -> Floats:
    found = np.zeros(length)
    found[np.array(vector.ids, dtype=np.int64)] = vector.values  # ty: ignore[missing-attribute]
    return found
