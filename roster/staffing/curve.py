"""The price of being short: expected lost service of an interval with 0, 1, 2 ... people."""

import math
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import special

from roster.base import CONTACT_POINTS
from roster.staffing.convex import lower_convex_envelope
from roster.staffing.day_factor import day_factor_points
from roster.staffing.delay import answered_share, steady_state
from roster.staffing.figures import Floats
from roster.staffing.targets import ServiceTargets

Thousandths = npt.NDArray[np.int64]
_AT_ONCE = 1_000_000
"""Loads times people priced at once, for the memory it takes; intervals of like load together."""
_AT_LEAST, _SPARE, _NEXT_TO_NONE = 20, 6, 1e-9
"""Up to how many people intervals are priced first, beside a load and its root, and a share missed that is none."""


@dataclass(frozen=True)
class ServiceCurve:
    """Expected lost service of one queue in the half-open interval [start, end), by people on duty.

    `lost[n]`: thousandths of a contact lost with n people, n = 0 .. len(lost) - 1; non-increasing and convex.
    More people than the curve knows lose what its last entry says.

    Raises:
        ValueError: naive times, end not after start, an empty, negative, rising or non-convex `lost`.
    """

    queue: str
    start: datetime
    end: datetime
    lost: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise ValueError("start and end must be aware date-times")
        if not self.start < self.end:
            raise ValueError(f"start < end is broken by {self.start} and {self.end}")
        drops = [before - after for before, after in pairwise(self.lost)]
        if not self.lost or self.lost[-1] < 0 or (drops and drops[-1] < 0):
            raise ValueError("lost must be non-empty, at least 0 and non-increasing")
        if any(later > earlier for earlier, later in pairwise(drops)):
            raise ValueError("lost[n] - lost[n+1] must not grow with n (convexity)")

    def lost_with(self, people: int) -> int:
        """Thousandths of a contact lost with `people` >= 0 on duty."""
        return self.lost[min(people, len(self.lost) - 1)]


class DemandModel(Protocol):
    """Whatever can price an interval: from a forecast alone, with load carried over, or by simulation."""

    @property
    def queues(self) -> tuple[str, ...]:
        """Names of the queues it prices."""
        ...

    def curves(self, queue: str) -> tuple[ServiceCurve, ...]:
        """One curve for each interval of `queue`, in order of time; closed intervals lose nothing."""
        ...


def expected_loss(
    mean: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    targets: ServiceTargets,
    *,
    day_cv: float,
    interval_minutes: int,
    people_max: int,
    per_hour: npt.ArrayLike | None = None,
) -> Floats:
    """Contacts lost with 0 .. people_max people, shape (intervals, people_max + 1), of `mean` an interval.

    lost(n) = mean E[G (1 - answered(G mean, n))], G the common Gamma factor of the day (mean 1, `day_cv`).
    Answered means within `answer_within_s` where a service level is asked, at all where not. Each interval
    is a queue in the steady state of `per_hour` contacts an hour, its own without; of shape (intervals, parts) they
    are those of equal parts of the interval. `aht_s` may be missing where `mean` is 0. Of the people rostered each is
    away unplanned with the targets' share.

    Raises:
        ValueError: negative input or people_max, an interval not above 0 minutes.

    Source: Steckley, Henderson & Mehrotra (2009), Probability in the Engineering and Informational Sciences
    23:305 [averaging over a random rate].
    """
    contacts, aht = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(aht_s, dtype=float))
    if not (people_max >= 0 and interval_minutes > 0):
        raise ValueError("0 <= people_max and 0 < interval_minutes is broken")
    values, weights = day_factor_points(day_cv)
    own = contacts * (60 / interval_minutes)
    rate = np.asarray(own if per_hour is None else per_hour, dtype=float).reshape(len(contacts), -1)
    loads = (rate[:, :, None] * values).reshape(len(contacts), -1)
    calls = np.tile(weights * values, rate.shape[1]) / rate.shape[1]
    handling = np.where(contacts > 0, aht, 1.0)
    lost = np.zeros((len(contacts), people_max + 1))
    by_size = np.argsort((loads * handling[:, None]).max(axis=1), kind="stable")
    for rows in np.array_split(by_size, min(loads.size * people_max // _AT_ONCE + 1, max(len(contacts), 1))):
        missed = _missed(loads[rows], handling[rows], targets, people_max, calls)
        lost[rows, : missed.shape[1]] = contacts[rows, None] * missed
    return lost if targets.unplanned_absence == 0 else lost @ _turning_up(people_max, targets.unplanned_absence)


def _missed(loads: Floats, aht_s: Floats, targets: ServiceTargets, people_max: int, calls: Floats) -> Floats:
    """Shares not answered, shape (intervals, people), until it is next to none: with more people it is none.

    `loads` is of shape (intervals, points), `calls` weighs points.
    """
    within = None if targets.service_level is None else targets.answer_within_s
    busy = (loads * aht_s[:, None]).max(initial=0) / 3600
    most = min(int(busy + _SPARE * math.sqrt(busy)) + _AT_LEAST, people_max)
    while True:
        people = np.arange(most + 1)
        queue = steady_state(loads[:, :, None], aht_s[:, None, None], targets.patience_s, people, targets.slower)
        missed = 1 - np.einsum("g,igp->ip", calls, answered_share(queue, within))
        if most == people_max or missed[:, -1].max(initial=0) < _NEXT_TO_NONE:
            return missed
        most = min(2 * most, people_max)


def _turning_up(people_max: int, absence: float) -> Floats:
    """Column n: the chance that k = 0, 1 ... of n people rostered turn up."""
    people = np.arange(people_max + 1)
    k, n = people[:, None], people[None, :]
    log_ways = special.gammaln(n + 1.0) - special.gammaln(k + 1.0) - special.gammaln(np.maximum(n - k, 0) + 1.0)
    chance = np.exp(log_ways + k * np.log1p(-absence) + np.maximum(n - k, 0) * np.log(absence))
    return np.where(k <= n, chance, 0.0)


def convex_thousandths(loss: Floats) -> Thousandths:
    """Rows of expected loss in contacts as convex rows of thousandths, for pricing; shape kept.

    The share answered in time is S-shaped in the number of people, so a row need not be convex: it is
    replaced by its lower convex envelope. Up to the tangent point, near the requirement, each person is then
    priced at the mean of what all of them bring together, and the row lies below the expected loss: report
    `expected_loss`. Rounding stays within a few thousandths and keeps rows convex.
    """
    return np.array([_convex_integers(CONTACT_POINTS * row) for row in loss], dtype=np.int64).reshape(loss.shape)


def _convex_integers(lost: Floats) -> Thousandths:
    falling = np.minimum.accumulate(lost)
    until = len(np.trim_zeros(falling, "b")) + 1  # beyond it nothing is lost
    rounded = np.zeros(len(lost), dtype=np.int64)
    rounded[:until] = np.rint(lower_convex_envelope(falling[:until]))
    drops = np.sort(rounded[:-1] - rounded[1:])[::-1]  # rounding may swap neighbouring drops by one
    return np.concatenate([rounded[:1], rounded[0] - np.cumsum(drops)])
