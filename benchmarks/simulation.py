"""Speed of the simulation: `python -m benchmarks.simulation`.

Protocol: one process, one core; compilation before the clock runs. First a day of 10,000 calls of 5 minutes, agent by
agent with lunches, against the same day in simpy (one process a caller and an agent), best of 5 against one run, and
whether both answer every call at the same moment. Then 300 replications of a month of 2,400 calls a day: drawing,
playing, counting and the figures by interval, day, week and month.
"""

import time

import numpy as np

from benchmarks.centre import day_of_calls, scene_of
from benchmarks.record import record
from roster.simulation.arrays import Duties
from roster.simulation.draws import contacts
from roster.simulation.figures import PeriodKind, figures
from roster.simulation.first_come import play_first_come
from roster.simulation.play import simulate
from roster.staffing.requirement import requirement
from roster.staffing.targets import ServiceTargets
from tests.simulation.oracle import agents_in_simpy

TARGETS = ServiceTargets(patience_s=180, service_level=0.8, answer_within_s=20)
KINDS: tuple[PeriodKind, ...] = ("interval", "day", "week", "month")


def shifts(agents: int) -> Duties:
    """Eight hours with an hour of lunch in the middle, beginning every few minutes around the clock."""
    begin = np.linspace(0, 16 * 3600, agents)
    start = np.column_stack([begin, begin + 4.5 * 3600]).ravel()
    end = np.column_stack([begin + 3.5 * 3600, begin + 8 * 3600]).ravel()
    return Duties(2 * np.arange(agents + 1), start, end, np.ones(2 * agents, dtype=np.int64))


def one_day() -> str:
    """A day against simpy."""
    rate, aht = day_of_calls(aht_s=300.0)
    scene = scene_of(rate, aht, np.full(48, 1))
    callers = contacts(scene, scene.streams[0].expected[None], run=0, seed=1)
    duties = shifts(150)
    played = play_first_come(callers, duties)
    ours = np.inf
    for _ in range(5):
        begun = time.perf_counter()
        play_first_come(callers, duties)
        ours = min(ours, time.perf_counter() - begun)
    begun = time.perf_counter()
    moments = agents_in_simpy(callers, duties)
    theirs = time.perf_counter() - begun
    same = np.isclose(played.begun, moments, rtol=1e-12).mean()
    return (
        f"{len(callers.arrival)} calls, {len(duties.first) - 1} agents: {ours * 1000:.2f} ms, simpy {theirs:.2f} s, "
        f"{theirs / ours:.0f} times as long (asked 50); {same:.2%} of the calls at the same moment"
    )


def one_month() -> str:
    """300 replications of a month."""
    rate, aht = day_of_calls(aht_s=300.0, calls=2400)
    people = requirement(rate, aht, TARGETS).people
    scene = scene_of(rate, aht, people, handling_cv=1.2, days=30)
    simulate(scene_of(rate, aht, people), runs=2)
    begun = time.perf_counter()
    results = simulate(scene, runs=300)
    played = time.perf_counter() - begun
    lines = sum(1 for kind in KINDS for _ in figures(results, kind))
    counted = time.perf_counter() - begun
    return f"300 months of {30 * 2400} calls: {played:.1f} s, {counted:.1f} s with {lines} figures (asked 60 s)"


def main() -> None:
    """Prints and writes the figures."""
    record("simulation", __doc__, (measure() for measure in (one_day, one_month)))


if __name__ == "__main__":
    main()
