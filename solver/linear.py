"""Linear programs, solved by HiGHS."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import linprog

Floats = npt.NDArray[np.float64]
Method = Literal["highs", "highs-ipm"]
INFINITE = 1e15


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
    """The least value, and by row what a unit more of its limit would change it by."""

    value: float
    duals: Floats


def solved(program: LinearProgram, seconds: float, *, method: Method) -> LinearAnswer | None:
    """The program's answer; None where it has none, or not within the time."""
    equal = program.least == program.most
    upper, lower = (np.flatnonzero(~equal & side) for side in (program.most < INFINITE, program.least > -INFINITE))
    same = np.flatnonzero(equal)
    found = linprog(
        program.cost,
        A_ub=sp.vstack([program.weights[upper], -program.weights[lower]]),
        b_ub=np.concatenate([program.most[upper], -program.least[lower]]),
        A_eq=program.weights[same],
        b_eq=program.least[same],
        bounds=np.column_stack([program.lower, program.upper]),
        method=method,
        options={"time_limit": seconds},
    )
    if found.status != 0:
        return None
    duals = np.zeros(len(program.least))
    duals[same] = found.eqlin.marginals
    duals[upper] += found.ineqlin.marginals[: len(upper)]
    duals[lower] -= found.ineqlin.marginals[len(upper) :]
    return LinearAnswer(float(found.fun), duals)
