"""How far contacts stray from what was expected: whole days together, and intervals on their own."""

from dataclasses import dataclass

import numpy as np

from roster.forecast.day_matrix import Floats

USUAL_DAY_CV = 0.10
"""Of a day's volume a week ahead, where no history tells."""
_USUAL_INTERVAL_CV = 0.05
_USUAL_DAYS = 2
"""Days of errors that weigh as much as what is usual."""
_TAIL = 3.5
"""Errors beyond this many of their median size count as that far: one-off days do not widen every day."""


@dataclass(frozen=True)
class Spread:
    """Coefficients of variation of a Gamma factor common to a day and of one for each interval."""

    day_cv: float = USUAL_DAY_CV
    interval_cv: float = _USUAL_INTERVAL_CV

    @property
    def total_cv(self) -> float:
        """Of an interval's rate."""
        return float(np.sqrt((1 + self.day_cv**2) * (1 + self.interval_cv**2) - 1))


def spread_of(actual: Floats, expected: Floats) -> Spread:
    """The spread of past days around what was expected of them, both of shape (days, intervals).

    Poisson noise is taken out. The day's is that of the volumes; the intervals' that of the shares of the day.
    Few days are pooled with what is usual.
    """
    open_days = (expected.sum(axis=1) > 0) & (actual.sum(axis=1) > 0)
    actual, expected = actual[open_days], expected[open_days]
    if not len(actual):
        return Spread()
    volume, mean = actual.sum(axis=1), expected.sum(axis=1)
    within = _beyond_poisson(actual, expected * (volume / mean)[:, None])
    day = _bounded((volume / mean - 1) ** 2) - float(np.mean(1 / mean))
    return Spread(_pooled(day, USUAL_DAY_CV, len(volume)), _pooled(within, _USUAL_INTERVAL_CV, len(volume)))


def _beyond_poisson(actual: Floats, scaled: Floats) -> float:
    """Squared coefficient of variation of the intervals' own factors, by moments; `scaled` to each day's volume.

    The day's volume holds the interval itself, at share p of it: so the Poisson variance s is s (1 - p), and that of
    the factors, s^2 each, is s^2 (1 - 2 p) + p^2 sum s^2.
    """
    share = scaled / scaled.sum(axis=1, keepdims=True)
    excess = (actual - scaled) ** 2 - scaled * (1 - share)
    scale = scaled**2 * (1 - 2 * share) + share**2 * (scaled**2).sum(axis=1, keepdims=True)
    return float(excess.sum() / max(scale.sum(), 1e-9))


def _bounded(squares: Floats) -> float:
    limit = _TAIL**2 * 2.198 * float(np.median(squares))
    return float(np.minimum(squares, max(limit, 1e-12)).mean())


def _pooled(variance: float, usual: float, days: int) -> float:
    return float(np.sqrt((max(variance, 0.0) * days + usual**2 * _USUAL_DAYS) / (days + _USUAL_DAYS)))
