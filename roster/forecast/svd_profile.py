"""Days as a few shapes: singular vectors of the day by interval matrix, their scores by weekday and level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import day_kind
from roster.forecast.day_matrix import DayMatrix, Floats


@dataclass(frozen=True)
class SvdProfile:
    """Method: square roots of contacts as `shapes` singular vectors, each score an exponentially weighted mean.

    A score is that of the day's kind, the weights halving every `half_life` days. Of a kind
    the history lacks it knows nothing: NaN.

    Source: Shen & Huang (2008), doi:10.1287/msom.1070.0179 (there with time series on the scores).
    """

    shapes: int = 4
    half_life: float = 28
    name: str = "singular vectors"
    knows_special_days: bool = False

    def tuned(self, matrix: DayMatrix, calendar: DayCalendar) -> Self:  # noqa: ARG002
        """Itself: nothing to fix."""
        return self

    def means(self, matrix: DayMatrix, calendar: DayCalendar, days: Sequence[date]) -> Floats:
        """Expected contacts, shape (days, intervals)."""
        rooted = np.sqrt(matrix.offered + 0.25)
        left, size, right = np.linalg.svd(rooted, full_matrices=False)
        scores, shapes = (left * size)[:, : self.shapes], right[: self.shapes]
        weight = 0.5 ** (matrix.ages(matrix.days[-1]) / self.half_life)
        kinds = np.array([hash(day_kind(calendar, day)) for day in matrix.days])
        made = np.full((len(days), matrix.offered.shape[1]), np.nan)
        for row, day in enumerate(days):
            own = weight * (kinds == hash(day_kind(calendar, day)))
            if own.any():
                share = own / own.sum()
                fitted = np.maximum(share @ scores @ shapes, 0) ** 2 * ((own > 0) @ matrix.offered > 0)
                made[row] = fitted * (share @ matrix.offered).sum() / max(fitted.sum(), 1e-9)
        return made
