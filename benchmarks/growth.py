"""How the time to a good roster grows with the agents: `python -m benchmarks.growth`.

Protocol: the centres of `benchmarks.hotline`, four weeks in half-hours, one worker, the smallest first. Each is solved
until its service stands within 1 % of the bound known by then, which holds for every roster, or until its limit has
passed, 20 s and 0.1 s an agent. Told: free cells; seconds from the start of the solver's process to the first roster
and to the first within 1 % of that bound, preparing included; peak memory of that process. At the end by which power
of the agents the seconds grow: 1 is linearly.
"""

import argparse
import math
import resource
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hotline import problem
from benchmarks.record import UNKNOWN, Trace, record
from planning.solving import SolverProcess, solve_in_child
from roster.base import SERVICE
from roster.options import options
from solver.messages import Progress

SIZES, DAYS, INTERVAL = (100, 300, 1000, 3000), 28, 30
CLOSE = 0.01
HEAD = f"{'agents':>6} {'cells':>8} {'first roster':>14} {'within 1 %':>12} {'a 1000 agents':>14} {'peak':>9}"


class Approach:
    """Follows a solve, and ends it where service is within 1 % of its bound."""

    def __init__(self, process: SolverProcess, trace: Trace) -> None:
        self._process, self._trace = process, trace
        self._met: list[tuple[float, int]] = []
        self._bound = UNKNOWN

    def __call__(self, told: Progress) -> None:
        """Notes what is told of a level."""
        result = told.result
        self._trace(result, told.seconds)
        if result.level == SERVICE:
            self._met.append((self._trace.elapsed(), result.objective))
            self._bound = max(self._bound, result.bound)
            if self._near(result.objective):
                self._process.stop()

    def _near(self, objective: int) -> bool:
        return objective - self._bound <= CLOSE * objective

    def seconds(self) -> float | None:
        """When the first roster within 1 % of the bound stood; None where none did."""
        return next((seconds for seconds, objective in self._met if self._near(objective)), None)


def approached(agents: int, trace: Path | None) -> tuple[str, float | None]:
    """A line about one centre, and its seconds to a gap of 1 %."""
    asked = problem(agents, DAYS, interval_minutes=INTERVAL)
    cells = sum(1 for _ in options(asked))
    process = SolverProcess()
    following = Approach(process, Trace(trace, f"hotline {agents}x{DAYS}x{INTERVAL}"))
    outcome = solve_in_child(
        asked, time_limit=20 + 0.1 * agents, workers=1, seed=1, on_progress=following, process=process
    )
    seconds, peak = following.seconds(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    reached = f"{'-':>12} {'-':>14}" if seconds is None else f"{seconds:>10.1f} s {seconds / agents * 1000:>12.1f} s"
    return f"{agents:>6} {cells:>8} {outcome.first_roster_s or 0:>12.1f} s {reached} {peak:>6} MB", seconds


def lines(sizes: list[int], trace: Path | None) -> Iterator[str]:
    """The table, and how seconds grow."""
    yield HEAD
    met = []
    for agents in sorted(sizes):
        line, seconds = approached(agents, trace)
        yield line
        if seconds is not None:
            met.append((agents, seconds))
    if len(met) > 1:
        (few, short), (many, long) = met[0], met[-1]
        yield f"seconds grow as agents to the power {math.log(long / short) / math.log(many / few):.2f}"


def main() -> None:
    """Measures all sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("agents", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--trace", type=Path, help="a CSV file to add every improvement to")
    given = parser.parse_args()
    record("growth", __doc__, lines(given.agents, given.trace))


if __name__ == "__main__":
    main()
