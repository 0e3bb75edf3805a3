"""Sizing 1000 half-hours by Erlang A, and long calls through a day: `python -m benchmarks.staffing`.

Protocol: one process, one core, best of 5. The yardstick is pyworkforce 0.5's ErlangA where it is installed (it is no
dependency): its `required_positions` is timed on some of the half-hours and scaled up. The second part sizes the
half-hours of a 10,000-call day of 15-minute calls each by itself and with the load carried over, plays 600 days of each
with that many people and no more, and prints the hours, the service level of the day and of the worst half-hour, and
how many points that lies below the target.
"""

import time
from importlib import import_module

import numpy as np

from benchmarks.centre import day_of_calls, forecast_of, played
from roster.staffing.queue_load import queue_load
from roster.staffing.requirement import requirement
from roster.staffing.targets import ServiceTargets

HALF_HOURS, SAMPLE, RUNS = 1000, 25, 600
TARGETS = ServiceTargets(patience_s=180, service_level=0.8, answer_within_s=20)


def rates() -> np.ndarray:
    """Calls an hour of 1000 half-hours, 2 to 100 erlangs of 300 s."""
    return np.random.default_rng(1).uniform(24, 1200, HALF_HOURS)


def ours() -> tuple[float, np.ndarray]:
    """Seconds for all half-hours, and the people."""
    best = np.inf
    for _ in range(5):
        begun = time.perf_counter()
        people = requirement(rates(), 300.0, TARGETS).people
        best = min(best, time.perf_counter() - begun)
    return best, people


def theirs() -> float | None:
    """Seconds for all half-hours by pyworkforce's ErlangA, from a sample; None where it is not installed."""
    try:
        model = import_module("pyworkforce.queuing").ErlangA
    except (ImportError, AttributeError):
        return None
    begun = time.perf_counter()
    for rate in rates()[:: HALF_HOURS // SAMPLE]:
        erlang = model(transactions=rate / 2, aht=5, interval=30, asa=20 / 60, shrinkage=0.0, patience=3)
        erlang.required_positions(service_level=0.8)
    return (time.perf_counter() - begun) * HALF_HOURS / SAMPLE


def long_calls() -> tuple[str, ...]:
    """The worst half-hour of a day of 15-minute calls, sized by interval and with the load carried over."""
    rate, aht = day_of_calls(aht_s=900.0)
    forecast = forecast_of(rate, aht)
    load = queue_load(forecast, "calls", handling_cv=1.0)
    alone = requirement(rate, aht, TARGETS).people
    carried = requirement(load.per_hour, load.aht_s, TARGETS, course=load.course).people
    lines = []
    for name, people in (("interval by interval", alone), ("load carried over", carried)):
        day, *slots = played(rate, aht, people, runs=RUNS)
        bad, low = min(slots), TARGETS.service_level or 0.0
        lines.append(f"{name:<22} {people.sum() / 2:>8.0f} {day:>7.3f} {bad:>7.3f} {100 * (low - bad):>7.1f}")
    return tuple(lines)


def main() -> None:
    """Prints the figures."""
    seconds, people = ours()
    print(f"1000 half-hours sized in {seconds:.3f} s ({people.sum()} people)")
    other = theirs()
    if other is None:
        print("pyworkforce is not installed: no yardstick (72 s were measured with 0.5)")
    else:
        print(f"pyworkforce ErlangA {other:.1f} s, {other / seconds:.0f} times as long")
    print(f"{'15-minute calls':<22} {'hours':>8} {'day':>7} {'worst':>7} {'points':>7}")
    for line in long_calls():
        print(line)


if __name__ == "__main__":
    main()
