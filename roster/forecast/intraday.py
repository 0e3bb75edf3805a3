"""How a day's contacts spread over its intervals, by kind of day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from roster.forecast.day_calendar import DayCalendar
from roster.forecast.day_kind import DayKind, day_kind
from roster.forecast.day_level import Mask
from roster.forecast.day_matrix import DayMatrix, Floats

_EXPECTED_IF_OPEN = 5.0  # contacts the pool expects where a kind that saw none is taken for closed


@dataclass(frozen=True)
class IntradayProfile:
    """Shares of a day's contacts by interval, each summing to 1; `pooled` serves kinds not seen."""

    calendar: DayCalendar
    by_kind: Mapping[DayKind, Floats]
    pooled: Mapping[str, Floats]

    def shares(self, days: Sequence[date]) -> Floats:
        """Shape (days, intervals of the day)."""
        everything = next(iter(self.pooled.values()))
        kinds = [day_kind(self.calendar, day) for day in days]
        return np.array([self.by_kind.get(kind, self.pooled.get(kind.pool, everything)) for kind in kinds])


def fit_profile(
    matrix: DayMatrix,
    calendar: DayCalendar,
    kept: Mask,
    *,
    half_life: float,
    pooled_days: float,
    pooled_contacts: float,
) -> IntradayProfile:
    """Exponentially weighted mean share of each interval (half-life in days), by kind of day.

    A kind's profile is shrunk towards that of its pool as if it were seen on `pooled_days` further days, and
    on as many as bring `pooled_contacts` an interval: small queues have no weekday profile of their own. An
    interval in which a kind never had a contact, though its pool expects several, is closed on such days and
    stays at 0.
    """
    weight = 0.5 ** (matrix.ages(matrix.days[-1]) / half_life) * kept
    borrowed = pooled_days + pooled_contacts * len(matrix.minutes) / matrix.offered.sum(axis=1).mean()
    share = matrix.offered / np.maximum(matrix.offered.sum(axis=1, keepdims=True), 1e-9)
    kinds = [day_kind(calendar, day) for day in matrix.days]
    pools = {kind.pool for kind in kinds}
    pooled = {pool: _mean(share, weight * [kind.pool == pool for kind in kinds]) for pool in sorted(pools)}
    by_kind: dict[DayKind, Floats] = {}
    for kind in set(kinds):
        own = np.array([other == kind for other in kinds])
        pool = pooled[kind.pool]
        mass = weight @ own
        mixed = (mass * _mean(share, weight * own) + borrowed * pool) / (mass + borrowed)
        expected = pool * matrix.offered[own].sum()
        closed = (matrix.offered[own].sum(axis=0) == 0) & (expected >= _EXPECTED_IF_OPEN)
        open_share = np.where(closed, 0.0, mixed)
        by_kind[kind] = open_share / open_share.sum()
    return IntradayProfile(calendar, by_kind, pooled)


def _mean(share: Floats, weight: Floats) -> Floats:
    """Weighted mean row; the plain mean where every day was left out."""
    if weight.sum() == 0:
        weight = np.ones(len(share))
    mean = weight @ share
    return mean / mean.sum()
