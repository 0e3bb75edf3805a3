"""Solves a staff rostering instance: `python -m benchmarks.shift_scheduling INSTANCE.txt --time-limit 60 --out X.csv`.

Reads the text format of the Curtois and Qu benchmark, solves it with the product's own rules and solver, prints
`objective bound seconds` and writes `employee,day,shift` (day from 0, no row for a day off). The time limit holds for
the whole process from reading on. `python -m benchmarks.scorer INSTANCE.txt X.csv` judges the answer independently.
"""

import argparse
import csv
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.record import Trace
from benchmarks.staff_instance import read
from benchmarks.staff_problem import MONDAY, problem
from roster.base import SERVICE
from roster.roster import Stretch
from solver.build import build
from solver.levels import Settings
from solver.outcome import LevelResult
from solver.solving import solve_recorded

CLOSING_S = 0.5
"""Seconds kept for writing the answer."""


def write(path: Path, rows: Iterable[Stretch]) -> None:
    """One line for each shift."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["employee", "day", "shift"])
        out.writerows(sorted((row.staff_id, (row.date - MONDAY).days, row.shift) for row in rows))


def main() -> int:
    """Reads, solves, prints and writes. Exit code 3 where no roster was found in time."""
    begun = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--trace", type=Path, help="a CSV file that every improvement is added to")
    parser.add_argument("--verbose", action="store_true", help="tell of every improvement on standard error")
    given = parser.parse_args()
    trace = Trace(given.trace, given.instance.stem)

    def report(result: LevelResult, seconds: float) -> None:
        trace(result, seconds)
        if given.verbose:
            print(f"{seconds:8.2f} {result.objective:>8} {result.bound:>8}", file=sys.stderr, flush=True)

    recorder = build(problem(read(given.instance)))
    left = max(given.time_limit - (time.monotonic() - begun) - CLOSING_S, 0.5)
    outcome = solve_recorded(recorder, Settings(left, given.workers, given.seed), report=report)
    if outcome.rows is None:
        print("no roster in time", file=sys.stderr)
        return 3
    write(given.out, outcome.rows)
    (result,) = (level for level in outcome.levels if level.level == SERVICE)
    print(result.objective, result.bound, f"{time.monotonic() - begun:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
