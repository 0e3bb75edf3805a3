"""The eight weeks of the Shanghai contract: `python -m benchmarks.shanghai_weeks`.

Protocol: each week is planned by itself from the sample scenario (staff and leave drawn from the seed), one solver
worker, seed 1, nothing else running. Printed: status, hard breaches, seconds to the first complete roster after the
line that says solving starts, seconds of solving, wall seconds of forecast, solving, export and judgement, the worst
gap of any level and its absolute size, and the peak memory of the largest process.
"""

import argparse
import resource
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from planning.plan import Plan, plan
from planning.summary import summary
from roster.loading.scenario import Scenario, load_scenario
from sample_data.spec import load_spec
from sample_data.synthetic_staff import write_scenario

WEEKS = tuple(
    date.fromisoformat(day)
    for day in (
        "2025-01-20", "2025-01-27", "2025-04-21", "2025-04-28", "2025-07-07", "2025-09-22", "2025-09-29", "2025-12-29",
    )
)  # fmt: skip
SAMPLE_SEED = 2025


def scenario(seed: int) -> Scenario:
    """The Shanghai scenario with staff, leave and requests drawn from a seed."""
    with tempfile.TemporaryDirectory() as folder, as_file(files("sample_data").joinpath("shanghai-2025")) as sample:
        mine = Path(shutil.copytree(sample, Path(folder) / "scenario"))
        if seed != SAMPLE_SEED:
            write_scenario(load_spec("shanghai-2025"), mine, seed=seed)
        return load_scenario(mine)


def rows(seeds: list[int], time_limit: float) -> Iterator[str]:
    """One line a seed and week."""
    for seed in seeds:
        loaded = scenario(seed)
        for week in WEEKS:
            yield f"{seed:>5} {week} {_line(plan(loaded, week, 7, time_limit=time_limit))}"


def _line(made: Plan) -> str:
    levels = summary(made)["levels"]
    assert isinstance(levels, list)
    worst = max(levels, key=lambda level: level["gap"])
    off = worst["objective"] - worst["bound"]
    first = made.outcome.first_roster_s or 0.0
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    return (
        f"{made.outcome.status:<8} {made.hard_breaches:>3} {first:>6.2f} {made.outcome.seconds:>7.1f} "
        f"{made.wall_s:>7.1f} {worst['gap']:>8.3%} {off:>9.3f} {worst['unit'] if off else '':<22} {peak:>5}"
    )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[SAMPLE_SEED, 7, 11])
    parser.add_argument("--time-limit", type=float, default=30.0)
    asked = parser.parse_args()
    print(" seed week       status   hard first/s solve/s  wall/s      gap  absolute unit                    MB")
    for line in rows(asked.seeds, asked.time_limit):
        print(line, flush=True)


if __name__ == "__main__":
    main()
