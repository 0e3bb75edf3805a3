"""The volume of a whole day: weekday, level, day of the month, holidays and events, added as logarithms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_features import USUAL_SIZE, components, covariances, is_special, told_lift
from roster.forecast.day_matrix import DayMatrix, Floats
from roster.forecast.variances import MEAN_VARIANCE, Variances, fit_variances, inverted

Mask = npt.NDArray[np.bool_]
_USUAL_NOISE = 0.05
_FAR = 4.0
"""Days further from what all others say than this many standard deviations are left out."""
_TELLING_DAYS = 250
"""The last days from which the sizes of ordinary effects are told."""
_MOST_DAYS = 1100
_LEAST_KEPT = 0.5
_MOST_ROUNDS = 8
_NOT_FELT = 1e-7
"""Variance below which an effect is left out."""
_BESIDE = 3
_BIAS_HALF_LIFE = 90
_ROUNDS = (16, 6)


@dataclass(frozen=True)
class EffectSizes:
    """Variance of each component's effect on the log volume, and of what is left from day to day."""

    variances: tuple[tuple[str, float], ...]
    noise: float

    @property
    def names(self) -> tuple[str, ...]:
        """The components."""
        return tuple(name for name, _ in self.variances)


@dataclass(frozen=True)
class DayLevel:
    """The day-level model of one queue, conditioned on its history.

    `kept`: the days used, in the order of the matrix. `bias`: what makes the mean of the forecasts that of the
    volumes, beside the logarithm.
    """

    matrix: DayMatrix
    calendar: DayCalendar
    sizes: EffectSizes
    kept: Mask
    mean: float
    pull: Floats
    bias: float

    def volume(self, days: Sequence[date]) -> Floats:
        """Expected contacts of each day, were it open."""
        shared = _shared(self.matrix, days, self.matrix.only(self.kept).days, self.calendar, self.sizes)
        log_volume = shared @ self.pull + self.mean
        return self.bias * np.exp(log_volume + told_lift(days, self.matrix.queue, self.calendar))


def effect_sizes(matrix: DayMatrix, calendar: DayCalendar, *, day_of_month: bool) -> EffectSizes:
    """How large the effects are in the last days of the matrix, days that lie far from the others left out."""
    recent = _telling(matrix.last(_MOST_DAYS), calendar)
    names = components(recent.days, recent.queue, calendar, day_of_month=day_of_month)
    log_volume, own_noise = _log_volume(recent, calendar)
    made = covariances(recent.days, recent.days, recent.queue, calendar, names)
    parts = np.array([made[name] for name in names])
    usual = Variances(np.array([USUAL_SIZE[name] ** 2 for name in names]), _USUAL_NOISE**2)
    kept = np.ones(len(recent.days), dtype=bool)
    told = usual
    for rounds in _ROUNDS:
        used = np.flatnonzero(kept)
        square = parts[:, used[:, None], used]
        told = fit_variances(square, log_volume[used], own_noise[used], usual, told, rounds)
        near = fit_day_level(recent, calendar, _named(names, told)).kept
        if (near == kept).all():
            break
        kept = near
    return _named(names, told)


def _telling(matrix: DayMatrix, calendar: DayCalendar) -> DayMatrix:
    """The last days, and of those before the special ones: a festival comes once a year."""
    first = len(matrix.days) - _TELLING_DAYS
    wanted = [at >= first or is_special(day, matrix.queue, calendar) for at, day in enumerate(matrix.days)]
    return matrix.only(wanted)


def _named(names: Sequence[str], told: Variances) -> EffectSizes:
    return EffectSizes(tuple(zip(names, told.effects.tolist(), strict=True)), told.noise)


def fit_day_level(matrix: DayMatrix, calendar: DayCalendar, sizes: EffectSizes) -> DayLevel:
    """Condition the model on the days of the matrix.

    log volume = mean + weekday + level + day of the month + special days + told events + noise, all Gaussian with
    the given sizes, so that each effect is shrunk by how often and how clearly it was seen. Ordinary days that lie
    far from what all others say are left out; an event or a holiday may well be like no other day.

    Source: Aldor-Noiman, Feigin & Mandelbaum (2009), doi:10.1214/09-AOAS255 [mixed model of day effects];
    Rasmussen & Williams (2006), Gaussian Processes for Machine Learning, sections 2.2 and 5.4.2.
    """
    matrix = matrix.last(_MOST_DAYS)
    log_volume, own_noise = _log_volume(matrix, calendar)
    noise = sizes.noise + own_noise
    shared = _shared(matrix, matrix.days, matrix.days, calendar, sizes)
    special = np.array([is_special(day, matrix.queue, calendar) for day in matrix.days])
    kept = np.ones(len(matrix.days), dtype=bool)
    for _ in range(_MOST_ROUNDS):
        used = np.flatnonzero(kept)
        mean = float(log_volume[used].mean())
        inverse = inverted(shared[np.ix_(used, used)] + np.diag(noise[used]))
        pull = inverse @ (log_volume[used] - mean)
        out = used[_lone(np.abs(pull) / np.sqrt(np.diag(inverse))) & ~special[used]]
        if not out.size or len(used) - out.size < _LEAST_KEPT * len(kept):
            break
        kept[out] = False
    bias = _bias(matrix.only(kept), calendar, log_volume[used] - noise[used] * pull)
    return DayLevel(matrix, calendar, sizes, kept, mean, pull, bias)


def _shared(
    matrix: DayMatrix, some: Sequence[date], other: Sequence[date], calendar: DayCalendar, sizes: EffectSizes
) -> Floats:
    """Covariance of the log volumes of two lists of days, without their noise."""
    felt = {name: size for name, size in sizes.variances if size > _NOT_FELT}
    made = covariances(some, other, matrix.queue, calendar, tuple(felt))
    shared = np.full((len(some), len(other)), MEAN_VARIANCE)
    for name, size in felt.items():
        shared += size * made[name]
    return shared


def _log_volume(matrix: DayMatrix, calendar: DayCalendar) -> tuple[Floats, Floats]:
    """Log volumes without the told events, and the Poisson variance of each."""
    total = matrix.offered.sum(axis=1)
    return np.log(total + 0.5) - told_lift(matrix.days, matrix.queue, calendar), 1 / (total + 0.5)


def _lone(far: Floats) -> Mask:
    """Which days lie far from what the others say, and further than their neighbours: a shift is no outlier."""
    beside = np.lib.stride_tricks.sliding_window_view(np.pad(far, _BESIDE), 2 * _BESIDE + 1).max(axis=1)
    return (far > _FAR) & (far >= beside)


def _bias(used: DayMatrix, calendar: DayCalendar, smooth: Floats) -> float:
    """Contacts of the recent days over what their smoothed logarithms say."""
    weight = 0.5 ** (used.ages(used.days[-1]) / _BIAS_HALF_LIFE)
    said = np.exp(smooth + told_lift(used.days, used.queue, calendar))
    return float((weight * used.offered.sum(axis=1)).sum() / (weight * said).sum())
