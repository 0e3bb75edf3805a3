"""The slowly moving level beneath the effects, and how far days stray from it at the lead."""

import numpy as np
import numpy.typing as npt

from roster.forecast.day_matrix import Floats

_SMOOTHING = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35)

Mask = npt.NDArray[np.bool_]


def best_path(residual: Floats, kept: Mask, lead: int) -> Floats:
    """Level before each day and after the last, shape (days + 1), by the smoothing constant best at the lead.

    `residual`: log volume less its effects; days not `kept` do not move the level; `lead` in open days.
    """
    paths = [_path(residual, kept, rate) for rate in _SMOOTHING]
    errors = [np.mean(_lead_errors(residual, path, kept, lead) ** 2) for path in paths]
    return paths[int(np.argmin(errors))]


def _path(residual: Floats, kept: Mask, rate: float) -> Floats:
    path = np.zeros(len(residual) + 1)
    for i, value in enumerate(residual):
        path[i + 1] = path[i] + (rate * (value - path[i]) if kept[i] else 0.0)
    return path


def _lead_errors(residual: Floats, path: Floats, kept: Mask, lead: int) -> Floats:
    """Errors of days that many open days ahead of the level; at least half of the history is judged."""
    first = min(lead, len(residual) // 2)
    judged = np.arange(first, len(residual))
    return (residual[judged] - path[judged - max(first - 1, 0)])[kept[judged]]


def day_cv_at_lead(residual: Floats, path: Floats, kept: Mask, lead: int, total: Floats) -> float:
    """Coefficient of variation of a day's rate around its forecast at the lead, Poisson noise taken out."""
    errors = _lead_errors(residual, path, kept, lead)
    variance = float(np.mean(errors**2)) - float(np.mean(1 / (total[kept] + 0.5)))
    return float(np.sqrt(np.expm1(max(variance, 0.0))))
