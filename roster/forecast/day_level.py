"""The volume of a whole day: level, weekday, day of the month, holidays and events, added as logarithms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from roster.forecast.base import DayCalendar
from roster.forecast.day_effects import effect_names, known_lift, prior_effects, slow_columns, weekday_columns
from roster.forecast.day_matrix import DayMatrix, Floats
from roster.forecast.slow_level import Mask, best_path, day_cv_at_lead

_FREE = 1e-3  # ridge penalty that only keeps unseen columns at 0
_LEAST_MAD = 0.01  # a history without noise has no outliers within a few percent
_RARE_DAYS = 5  # an effect seen less often cannot tell its own days from outliers
_ROUNDS = 3


@dataclass(frozen=True)
class DayLevelSettings:
    """Numbers of the day-level model; penalties and half-lives in days.

    `weekday_half_life`: age at which a day counts half in its weekday's effect. `harmonics`: sine and cosine
    pairs over the month. `harmonic_penalty`, `effect_penalty`: ridge penalties; an effect seen on as many
    days takes half of what those days say. `outlier_mads`: days whose log residual is beyond this many scaled
    median absolute deviations are left out, unless they carry an effect seen on fewer than five days.
    """

    weekday_half_life: float = 42
    harmonics: int = 3
    harmonic_penalty: float = 10
    effect_penalty: float = 1
    outlier_mads: float = 4


@dataclass(frozen=True)
class DayLevel:
    """A fitted day-level model of one queue.

    `day_cv`: coefficient of variation of a day's volume around what was predicted at the lead, Poisson noise
    taken out. `kept`: the history days that were used, in the order of the matrix.
    """

    queue: str
    calendar: DayCalendar
    settings: DayLevelSettings
    effects: tuple[str, ...]
    slow: Floats
    weekdays: Floats
    level: float
    bias: float
    day_cv: float
    kept: Mask

    def volume(self, days: Sequence[date]) -> Floats:
        """Expected contacts of each day, were it open; no trend beyond the last level."""
        slow = slow_columns(days, self.queue, self.calendar, self.settings.harmonics, self.effects) @ self.slow
        log_volume = slow + known_lift(days, self.queue, self.calendar, self.effects)
        return self.bias * np.exp(log_volume + weekday_columns(days, self.calendar) @ self.weekdays + self.level)


def fit_day_level(matrix: DayMatrix, calendar: DayCalendar, *, lead_days: int, settings: DayLevelSettings) -> DayLevel:
    """Fit to all days of the matrix, for a forecast `lead_days` ahead of the last one.

    log volume = weekday + level + slow effects + residual. The slow effects (day of the month, make-up days,
    days off, neighbours of holidays, events) are one ridge regression over the whole history; the weekdays an
    exponentially weighted mean of what remains; the level a smoothed residual whose constant has the least
    error at the lead. An event's prior is the log of its factor, so that its days leave the level alone from
    the first one on.

    Source: Ibrahim, Ye, L'Ecuyer & Shen (2016), section 3, doi:10.1016/j.ijforecast.2015.11.012
    [multiplicative day effects]; Taylor (2008), doi:10.1287/mnsc.1070.0786 [averages at leads of a week and
    more].
    """
    days, total = matrix.days, matrix.offered.sum(axis=1)
    effects = effect_names(days, matrix.queue, calendar)
    columns = slow_columns(days, matrix.queue, calendar, settings.harmonics, effects)
    weekday = weekday_columns(days, calendar)
    prior = prior_effects(days, matrix.queue, calendar, effects, columns.shape[1])
    log_volume = np.log(total + 0.5)
    weight = 0.5 ** (matrix.ages(days[-1]) / settings.weekday_half_life)
    penalty = np.full(columns.shape[1], settings.effect_penalty)
    penalty[: 2 * settings.harmonics] = settings.harmonic_penalty
    lead = max(1, round(lead_days * len(days) / ((days[-1] - days[0]).days + 1)))
    marks = columns[:, 2 * settings.harmonics :]
    rare = marks[:, marks.sum(axis=0) < _RARE_DAYS].any(axis=1)
    kept = np.ones(len(days), dtype=bool)
    for _ in range(_ROUNDS):
        slow = prior + _ridge(columns, weekday, log_volume - columns @ prior, penalty, kept)
        rest = log_volume - columns @ slow
        weekdays = _weighted_effects(weekday, rest, weight * kept)
        residual = rest - weekday @ weekdays
        kept = _within(residual, settings.outlier_mads) | rare
    path = best_path(residual, kept, lead)
    fitted = np.exp(columns @ slow + weekday @ weekdays + path[:-1])
    bias = float((weight * total)[kept].sum() / (weight * fitted)[kept].sum())
    day_cv = day_cv_at_lead(residual, path, kept, lead, total)
    return DayLevel(matrix.queue, calendar, settings, effects, slow, weekdays, float(path[-1]), bias, day_cv, kept)


def _ridge(columns: Floats, weekday: Floats, target: Floats, penalty: Floats, kept: Mask) -> Floats:
    design = np.hstack([columns, weekday])[kept]
    shrink = np.diag(np.concatenate([penalty, np.full(7, _FREE)]))
    return np.linalg.solve(design.T @ design + shrink, design.T @ target[kept])[: columns.shape[1]]


def _weighted_effects(weekday: Floats, rest: Floats, weight: Floats) -> Floats:
    """Weighted mean of `rest` by weekday; a weekday not seen takes the mean of its half of the week."""
    pure = (weekday == 1) * weight[:, None]
    mass = pure.sum(axis=0)
    overall = float(weight @ rest) / float(weight.sum())
    effects = np.where(mass > 0, (pure * rest[:, None]).sum(axis=0) / np.maximum(mass, 1e-12), np.nan)
    for half in (slice(0, 5), slice(5, 7)):
        seen = effects[half][~np.isnan(effects[half])]
        effects[half] = np.where(np.isnan(effects[half]), seen.mean() if seen.size else overall, effects[half])
    return effects


def _within(residual: Floats, mads: float) -> Mask:
    distance = np.abs(residual - np.median(residual))
    return distance <= mads * 1.4826 * max(float(np.median(distance)), _LEAST_MAD)
