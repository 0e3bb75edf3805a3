"""The load that contacts bring to each interval, those of earlier intervals still being handled included.

With arrivals at rate r(t) and handling times S, the mean number in service with ample people is
m(t) = integral of r(t - u) P(S > u) du: long calls of the morning load the noon. Staffing for m(t) instead of
r(t) E[S] keeps the service level through peaks.

Source: Jennings, Mandelbaum, Massey & Whitt (1996), doi:10.1287/mnsc.42.10.1383 [modified offered load]; Green,
Kolesar & Whitt (2007), doi:10.1111/j.1937-5956.2007.tb00164.x.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

from roster.staffing.figures import Floats

HANDLING_CV = 1.2
"""Coefficient of variation of handling times where none is given."""
LONGEST_HOURS = 12
"""Contacts are followed for this long after they arrive; what is left then counts in the last hour."""


def carried_rates(
    per_hour: Floats,
    aht_s: Floats,
    place: npt.NDArray[np.int64],
    *,
    interval_s: float,
    handling_cv: float = HANDLING_CV,
) -> Floats:
    """Contacts an hour that would load each interval steadily as it is loaded on average: m / E[S] of the interval.

    `per_hour`, `aht_s` (above 0) and `place` (of the interval on the grid, rising) are of one length; intervals
    between places are closed and bring nothing. Contacts that an interval without arrivals inherits are counted in
    units of its own `aht_s`.
    """
    if len(per_hour) == 0:
        return np.zeros(0)
    depth = max(1, int(np.ceil(LONGEST_HOURS * 3600 / interval_s)))
    load = np.zeros(len(per_hour))
    erlangs = per_hour * aht_s / 3600
    for aht in np.unique(aht_s[erlangs > 0]):
        mine = np.where(aht_s == aht, erlangs, 0.0)
        shares = load_shares(float(aht), interval_s, depth, handling_cv)
        on_grid = np.zeros(int(place[-1] - place[0]) + 1)
        on_grid[place - place[0]] = mine
        load += np.convolve(on_grid, shares)[place - place[0]]
    return load / aht_s * 3600


def load_shares(aht_s: float, interval_s: float, depth: int, handling_cv: float) -> Floats:
    """Shares (summing to 1) of the load of contacts that arrive evenly in an interval, in it and the `depth` after.

    With H(x) the integral of (x - u) P(S > u) du over u < x, the k-th share is
    (H((k + 1) d) - 2 H(k d) + H((k - 1) d)) / (d E[S]); H(x) = E[x min(S, x) - min(S, x)^2 / 2] in closed form.
    """
    edges: Floats = np.linspace(0.0, interval_s * (depth + 1), depth + 2)
    heights = np.concatenate([[0.0], _twice_integrated(edges, aht_s, handling_cv)])
    shares = np.maximum(np.diff(heights, 2), 0.0) / (interval_s * aht_s)
    shares[-1] += 1 - shares.sum()
    return shares


def _twice_integrated(x: Floats, mean: float, cv: float) -> Floats:
    """E[x min(S, x) - min(S, x)^2 / 2] of a lognormal S; of a constant for `cv` 0."""
    if cv == 0:
        least = np.minimum(x, mean)
        return x * least - least**2 / 2
    sigma = np.sqrt(np.log1p(cv**2))
    with np.errstate(divide="ignore"):
        at = (np.log(x) - np.log(mean) + sigma**2 / 2) / sigma
    first = mean * special.ndtr(at - sigma)
    second = mean**2 * (1 + cv**2) * special.ndtr(at - 2 * sigma)
    return x * first + x**2 / 2 * special.ndtr(-at) - second / 2
