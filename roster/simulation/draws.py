"""Chance, drawn so that variants of a scene meet the same callers: common random numbers.

Every run, queue and day has generators of its own for arrivals, patience and handling. Callers arrive where a Poisson
process of rate 1 passes through the expected contacts so far, so that more volume adds callers and moves the others
a little, and the k-th caller of a day keeps patience and handling.

Source: Law (2015), Simulation Modeling and Analysis, section 11.2 [common random numbers]; Cinlar (1975), section
4.7 [inversion of the expectation function].
"""

import numpy as np

from roster.simulation.arrays import Contacts, Floats
from roster.simulation.scene import Scene, Stream

_ARRIVALS, _PATIENCE, _WORK, _AGAIN, _BUSY, _STAFF, _BOOKED = range(7)


def generator(seed: int, *place: int) -> np.random.Generator:
    """The generator of a place: equal for equal numbers, independent for others."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((seed, *place))))


def rates(scene: Scene, *, runs: int, seed: int) -> Floats:
    """Contacts expected in each interval of each run, shape (runs, streams, intervals)."""
    drawn = np.ones((runs, len(scene.streams), scene.intervals))
    for q, stream in enumerate(scene.streams):
        if stream.busyness is not None:
            drawn[:, q] = stream.busyness(generator(seed, q, _BUSY), runs)
        drawn[:, q] *= stream.expected
    return drawn


def attendance(scene: Scene, *, run: int, seed: int) -> tuple[Floats, Floats]:
    """For each agent and day from the one before the horizon on: the chance drawn, and the order of falling ill."""
    drawn = generator(seed, run, _STAFF).random((2, scene.days + 1, max(len(scene.watch.staff), 1)))
    return drawn[0].T, drawn[1].T


def contacts(scene: Scene, expected: Floats, *, run: int, seed: int) -> Contacts:
    """The contacts of one run in order of arrival. `expected`: shape (streams, intervals), of that run."""
    parts = [
        _of_day(scene, stream, expected[q], day, (seed, run, q, day))
        for q, stream in enumerate(scene.streams)
        for day in range(scene.days)
    ]
    booked = [_booked(stream, (seed, run, q)) for q, stream in enumerate(scene.streams) if len(stream.booked)]
    kept = [part for part in (*parts, *booked) if part is not None]
    if not kept:
        return Contacts(np.zeros(0), *(np.zeros(0, t) for t in (np.int64, float, float, np.int64, float, np.int64)))
    joined = Contacts(*(np.concatenate(column) for column in zip(*kept, strict=True)))
    return joined if len(scene.streams) == 1 and not booked else joined.ordered()


def _of_day(
    scene: Scene, stream: Stream, expected: Floats, day: int, place: tuple[int, int, int, int]
) -> Contacts | None:
    a_day = scene.intervals_a_day
    today = slice(day * a_day, (day + 1) * a_day)
    so_far = np.concatenate([[0.0], np.cumsum(expected[today])])
    if so_far[-1] <= 0:
        return None
    passed = _unit_poisson(generator(*place, _ARRIVALS), so_far[-1])
    edges = scene.interval_s * np.arange(a_day + 1)
    interval = np.searchsorted(so_far, passed, side="left") - 1
    before = passed - so_far[interval]
    arrival = edges[interval] + before / (so_far[interval + 1] - so_far[interval]) * scene.interval_s
    count = len(arrival)
    patience = np.full(count, np.inf)
    if stream.targets.patience_s is not None:
        patience = generator(*place, _PATIENCE).standard_exponential(count) * stream.targets.patience_s
    tries, again = _redials(stream, count, place)
    work = stream.aht_s[today][interval] * _lognormal(generator(*place, _WORK), stream.handling_cv, count)
    nobody = np.zeros(count, dtype=np.int64)
    return Contacts(arrival + day * 86_400.0, np.full(count, place[2]), patience, work, tries, again, nobody)


def _booked(stream: Stream, place: tuple[int, int, int]) -> Contacts:
    """The sessions of one queue, which come on time and do not call again."""
    begin, until, aht_s = stream.booked.T
    count = len(begin)
    varied = aht_s * _lognormal(generator(*place, _BOOKED), stream.handling_cv, count)
    work = np.where(np.isnan(aht_s), until - begin, varied)
    ones = np.ones(count, dtype=np.int64)
    return Contacts(begin, np.full(count, place[2]), until - begin, work, ones, np.zeros(count), ones)


def _unit_poisson(stream: np.random.Generator, until: float) -> Floats:
    """The points below `until` of a Poisson process of rate 1; a longer `until` only adds points."""
    points = np.cumsum(stream.standard_exponential(int(until + 6 * np.sqrt(until) + 20)))
    while points[-1] < until:
        more = stream.standard_exponential(int(np.sqrt(until)) + 20)
        points = np.concatenate([points, points[-1] + np.cumsum(more)])
    return points[points < until]


def _lognormal(stream: np.random.Generator, cv: float, count: int) -> Floats:
    """Factors of mean 1 and coefficient of variation `cv`."""
    sigma = np.sqrt(np.log1p(cv**2))
    return np.exp(sigma * stream.standard_normal(count) - sigma**2 / 2)


def _redials(stream: Stream, count: int, place: tuple[int, int, int, int]) -> tuple[np.ndarray, Floats]:
    """How often each caller calls at most, geometric, and how long after giving up."""
    if stream.redial == 0:
        return np.ones(count, dtype=np.int64), np.zeros(count)
    drawn = generator(*place, _AGAIN).standard_exponential((count, 2))
    tries = 1 + np.floor(drawn[:, 0] / -np.log(stream.redial)).astype(np.int64)
    return tries, drawn[:, 1] * stream.redial_after_s
