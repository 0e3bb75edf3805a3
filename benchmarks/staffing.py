"""Sizing 1000 half-hours by Erlang A, and long calls through a day: `python -m benchmarks.staffing`.

Protocol: one process, one core, compiled before the clock runs, best of 20. The yardstick is pyworkforce 0.5, which
`make bench` puts beside the environment (it is no dependency). It knows Erlang C only; ours is Erlang A, which is more
work: once for its one target, once for answer rate, service level, mean wait and occupancy at the same time, which it
cannot do. Timed are its ErlangC one half-hour after the other, which costs it least, best of 3, in large centres on
every few of the 1000, scaled up; and its class for many half-hours, MultiErlangC as it comes (two processes), on all
of them. Centres of five sizes; at the end the least of the factors. The second part sizes the half-hours of a
10,000-call day of 15-minute and of 30-minute calls each by itself, with the load carried over and
refined by simulation, plays 600 days of each with that many people and no more, and prints the hours, the service
level of the day and of the worst half-hour, and how many points that lies below the target.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.centre import day_of_calls, forecast_of, played, scene_of
from benchmarks.record import record
from roster.simulation.refine import heavier
from roster.staffing.figures import Floats
from roster.staffing.queue_load import queue_load
from roster.staffing.requirement import requirement
from roster.staffing.targets import ServiceTargets

HALF_HOURS, RUNS = 1000, 600
ALL_UP_TO = 250
"""Erlangs from which on the yardstick sizes only every few of the half-hours, one after the other."""
SIZES = ((2, 100), (100, 500), (500, 2000), (2000, 4000), (6000, 9000))
TARGETS = ServiceTargets(patience_s=180, service_level=0.8, answer_within_s=20)
ALL_TARGETS = replace(TARGETS, answer_rate=0.95, asa_s=20, occupancy=0.9)


def rates(erlangs: tuple[int, int]) -> Floats:
    """Calls an hour of 1000 half-hours with that many erlangs of 300 s, at least and at most."""
    least, most = erlangs
    return np.random.default_rng(1).uniform(12 * least, 12 * most, HALF_HOURS)


def ours(rate: Floats, targets: ServiceTargets) -> tuple[float, int]:
    """Seconds for all half-hours, and the people."""
    requirement(rate[:2], 300.0, targets)
    best = min(timed(lambda: requirement(rate, 300.0, targets)) for _ in range(20))
    return best, int(requirement(rate, 300.0, targets).people.sum())


def theirs(rate: Floats) -> tuple[float, float] | None:
    """Seconds for all half-hours by ErlangC one by one, and by MultiErlangC; None where it is not installed."""
    try:
        peer = import_module("pyworkforce.queuing")
    except ImportError:
        return None
    every = 1 + int(rate.max() / 12) // ALL_UP_TO
    one = min(timed(lambda: one_by_one(peer, rate[::every])) for _ in range(3)) * len(rate) / len(rate[::every])
    grid = {"aht": [5.0], "interval": [30], "asa": [20 / 60], "shrinkage": [0.0]}
    many = peer.MultiErlangC({"transactions": [float(calls) for calls in rate / 2], **grid})
    return one, timed(lambda: many.required_positions({"service_level": [0.8]}))


def one_by_one(peer: Any, rate: Floats) -> None:
    """The yardstick's people for each half-hour."""
    for calls in rate / 2:
        peer.ErlangC(float(calls), aht=5.0, interval=30, asa=20 / 60, shrinkage=0.0).required_positions(0.8)


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def sized() -> Iterator[str]:
    """A line for each size of centre."""
    factors = []
    for erlangs in SIZES:
        rate = rates(erlangs)
        seconds, people = ours(rate, TARGETS)
        four, more = ours(rate, ALL_TARGETS)
        line = f"{erlangs[0]:>5}..{erlangs[1]:<5} erlangs: {1000 * seconds:.2f} ms ({people} people)"
        line += f", all targets {1000 * four:.2f} ms ({more} people)"
        peer = theirs(rate)
        if peer is None:
            yield f"{line}; pyworkforce is not installed: no yardstick (`make bench` brings it)"
        else:
            factors += [taken / seconds for taken in peer]
            one, many = (f"{taken:.2f} s, {taken / seconds:.0f} times as long" for taken in peer)
            yield f"{line}; ErlangC one by one {one}; MultiErlangC {many}"
    if factors:
        yield f"pyworkforce takes at least {min(factors):.0f} times as long (asked 200)"


def long_calls(aht_s: float) -> Iterator[str]:
    """The worst half-hour of a day of long calls, sized by interval, with the load carried over, and refined."""
    rate, aht = day_of_calls(aht_s=aht_s)
    load = queue_load(forecast_of(rate, aht), "calls", handling_cv=1.0)
    alone = requirement(rate, aht, TARGETS).people
    carried = requirement(load.per_hour, load.aht_s, TARGETS, course=load.course).people
    factors = heavier(scene_of(rate, aht, np.ones(len(rate), dtype=np.int64)), load)
    added = requirement(load.per_hour * factors, load.aht_s, TARGETS, course=load.course).people
    for name, people in (("interval by interval", alone), ("load carried over", carried), ("refined", added)):
        day, *slots = played(rate, aht, people, runs=RUNS)
        bad, low = min(slots), TARGETS.service_level or 0.0
        yield f"{name:<22} {people.sum() / 2:>8.0f} {day:>7.3f} {bad:>7.3f} {100 * (low - bad):>7.1f}"


def lines() -> Iterator[str]:
    """Both parts."""
    yield f"{HALF_HOURS} half-hours sized"
    yield from sized()
    yield "the worst half-hour of 15-minute calls: asked within 6 points of the target"
    for minutes in (15, 30):
        yield f"{f'{minutes}-minute calls':<22} {'hours':>8} {'day':>7} {'worst':>7} {'points':>7}"
        yield from long_calls(60.0 * minutes)


def main() -> None:
    """Prints and writes the figures."""
    record("staffing", __doc__, lines())


if __name__ == "__main__":
    main()
