"""What the runs say: each figure by period with its 95 % interval, and the chance that a target is met.

Two intervals are told apart. `low`..`high` holds the expected figure with 95 % confidence: it shrinks with more runs.
`least`..`most` is where 95 % of the periods fall: it does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

import numpy as np
from scipy import special

from roster.simulation.arrays import Floats
from roster.simulation.play import Results
from roster.simulation.scene import Scene
from roster.simulation.tally import PLACE
from roster.staffing.definitions import Definition, definitions

PeriodKind = Literal["interval", "day", "week", "month", "span"]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure over the runs: `value` of all runs together, `low`..`high` and `least`..`most` as above.

    nan where it has no denominator (no contact, nobody on duty) in any run.
    """

    value: float
    low: float
    high: float
    least: float
    most: float


@dataclass(frozen=True)
class Period:
    """The half-open places [first, last) of intervals. `start` is when the first begins; `whole` tells whether a
    week or month lies in the horizon from end to end."""

    kind: PeriodKind
    start: datetime
    first: int
    last: int
    whole: bool = True


class Figured(NamedTuple):
    """One figure of one queue in one period. `chance` that the target is met, with its 95 % interval; None where
    nothing is asked."""

    queue: str
    period: Period
    definition: Definition
    estimate: Estimate
    chance: tuple[float, float, float] | None


def periods(scene: Scene, kind: PeriodKind) -> tuple[Period, ...]:
    """The periods of a kind, in order of time."""
    if kind == "interval":
        return tuple(Period(kind, start, k, k + 1) for k, start in enumerate(scene.starts()))
    groups: dict[date, list[int]] = {}
    for place, day in enumerate(scene.dates):
        groups.setdefault(_first_of(kind, day, scene), []).append(place)
    a_day, starts = scene.intervals_a_day, scene.starts()
    return tuple(
        Period(
            kind, starts[days[0] * a_day], days[0] * a_day, (days[-1] + 1) * a_day, len(days) == _length(kind, first)
        )
        for first, days in groups.items()
    )


def _first_of(kind: PeriodKind, day: date, scene: Scene) -> date:
    if kind == "week":
        return day - timedelta(days=day.weekday())
    if kind == "month":
        return day.replace(day=1)
    return day if kind == "day" else scene.dates[0]


def _length(kind: PeriodKind, first: date) -> int | None:
    if kind == "month":
        return ((first + timedelta(days=31)).replace(day=1) - first).days
    return {"week": 7, "day": 1}.get(kind)


def figures(results: Results, kind: PeriodKind) -> Iterator[Figured]:
    """Every figure of every queue in every period of a kind, periods without service left out."""
    scene = results.scene
    for q, stream in enumerate(scene.streams):
        for period in periods(scene, kind):
            if not stream.is_open[period.first : period.last].any():
                continue
            counts = results.counts[:, q, period.first : period.last].sum(axis=1)
            for definition in definitions(stream.targets):
                yield _figured(stream.name, period, definition, counts)


def _figured(queue: str, period: Period, definition: Definition, counts: Floats) -> Figured:
    above = counts[:, PLACE[definition.numerator]]
    below = counts[:, PLACE[definition.denominator]]
    if definition.less is not None:
        below = below - counts[:, PLACE[definition.less]]
    chance = None if definition.target is None else chance_met(definition, above, below)
    return Figured(queue, period, definition, estimate(above, below), chance)


def offered(results: Results, queue: int, period: Period) -> Estimate:
    """Contacts that come in a period."""
    counts = results.counts[:, queue, period.first : period.last, PLACE["offered"]].sum(axis=1)
    return estimate(counts, np.ones(len(counts)))


def estimate(above: Floats, below: Floats) -> Estimate:
    """The quotient of two totals over the runs, its confidence by linearisation.

    Source: Cochran (1977), Sampling Techniques, section 6.4 [ratio estimate].
    """
    runs, total = len(above), below.sum()
    if total <= 0:
        return Estimate(*[float("nan")] * 5)
    value = above.sum() / total
    spread = np.std(above - value * below, ddof=1) / (np.sqrt(runs) * below.mean())
    reach = special.stdtrit(runs - 1, (1 + CONFIDENCE) / 2) * spread
    some = below > 0
    tail = (1 - CONFIDENCE) / 2
    least, most = np.quantile(above[some] / below[some], [tail, 1 - tail])
    return Estimate(float(value), float(value - reach), float(value + reach), float(least), float(most))


def chance_met(definition: Definition, above: Floats, below: Floats) -> tuple[float, float, float]:
    """The share of runs that keep the target, and its 95 % interval.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        values = above / below
    kept: Sequence[bool] = [definition.met(float(value)) for value in values]
    met, runs = sum(kept), len(kept)
    z = float(special.ndtri((1 + CONFIDENCE) / 2))
    middle = (met + z**2 / 2) / (runs + z**2)
    reach = z / (runs + z**2) * np.sqrt(met * (runs - met) / runs + z**2 / 4)
    return met / runs, max(float(middle - reach), 0.0), min(float(middle + reach), 1.0)
