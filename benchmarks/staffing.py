"""Sizing 1000 half-hours by Erlang A, and long calls through a day: `python -m benchmarks.staffing`.

Protocol: one process, one core, compiled before the clock runs, best of 20. The yardstick is pyworkforce 0.5 where it
can be imported (it is no dependency: `pip install --target FOLDER 'pyworkforce==0.5.*'` and PYTHONPATH=FOLDER). It
knows Erlang C only; ours is Erlang A, which is more work: once for its one target, once for answer rate, service
level, mean wait and occupancy at the same time, which it cannot do. Timed are its class for many half-hours,
MultiErlangC as it comes (two processes), on all of them, and its ErlangC one by one on 25 of them, scaled up; centres
of five sizes, the largest so large that it takes about the 72 s of the first measurement. The second part sizes the
half-hours of a 10,000-call day of 15-minute and of 30-minute calls each by itself, with the load carried over and
refined by simulation, plays 600 days of each with that many people and no more, and prints the hours, the service
level of the day and of the worst half-hour, and how many points that lies below the target.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import numpy as np

from benchmarks.centre import day_of_calls, forecast_of, played, scene_of
from benchmarks.record import record
from roster.simulation.refine import heavier
from roster.staffing.figures import Floats
from roster.staffing.queue_load import queue_load
from roster.staffing.requirement import requirement
from roster.staffing.targets import ServiceTargets

HALF_HOURS, SAMPLE, RUNS = 1000, 25, 600
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
    best, people = np.inf, 0
    for _ in range(20):
        begun = time.perf_counter()
        people = int(requirement(rate, 300.0, targets).people.sum())
        best = min(best, time.perf_counter() - begun)
    return best, people


def theirs(rate: Floats) -> tuple[float, float] | None:
    """Seconds for all half-hours by MultiErlangC, and by ErlangC from a sample; None where it is not installed."""
    try:
        peer = import_module("pyworkforce.queuing")
    except ImportError:
        return None
    grid = {"aht": [5.0], "interval": [30], "asa": [20 / 60], "shrinkage": [0.0]}
    begun = time.perf_counter()
    peer.MultiErlangC({"transactions": [float(calls) for calls in rate / 2], **grid}).required_positions(
        {"service_level": [0.8]}
    )
    many = time.perf_counter() - begun
    begun = time.perf_counter()
    for calls in rate[:: HALF_HOURS // SAMPLE] / 2:
        peer.ErlangC(float(calls), aht=5.0, interval=30, asa=20 / 60, shrinkage=0.0).required_positions(0.8)
    return many, (time.perf_counter() - begun) * HALF_HOURS / SAMPLE


def sized() -> Iterator[str]:
    """A line for each size of centre."""
    for erlangs in SIZES:
        rate = rates(erlangs)
        seconds, people = ours(rate, TARGETS)
        four, more = ours(rate, ALL_TARGETS)
        line = f"{erlangs[0]:>5}..{erlangs[1]:<5} erlangs: {seconds:.4f} s ({people} people)"
        line += f", all targets {four:.4f} s ({more} people)"
        peer = theirs(rate)
        if peer is None:
            yield f"{line}; pyworkforce is not installed: no yardstick"
        else:
            many, one = (f"{taken:.2f} s, {taken / seconds:.0f} times as long" for taken in peer)
            yield f"{line}; MultiErlangC {many}; ErlangC one by one {one}"


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
    for minutes in (15, 30):
        yield f"{f'{minutes}-minute calls':<22} {'hours':>8} {'day':>7} {'worst':>7} {'points':>7}"
        yield from long_calls(60.0 * minutes)


def main() -> None:
    """Prints and writes the figures."""
    record("staffing", __doc__, lines())


if __name__ == "__main__":
    main()
