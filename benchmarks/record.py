"""Keeps what a benchmark measured: lines in benchmarks/results with protocol, versions and load, and traces."""

import csv
import os
import platform
import time
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from solver.outcome import LevelResult

RESULTS = Path(__file__).parent / "results"
UNKNOWN = -(10**17)
"""A bound as low as this says nothing."""
_LIBRARIES = ("numpy", "scipy", "numba", "pandas")


def record(name: str, protocol: str | None, lines: Iterable[str]) -> None:
    """Writes results/NAME.md; the load of the machine, which should be near 0, is told from before the first line."""
    before, kept = os.getloadavg()[0], []
    for line in lines:
        print(line, flush=True)
        kept.append(f"    {line}\n")
    versions = ", ".join(f"{library} {version(library)}" for library in _LIBRARIES)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}; load before: {before:.1f}"
    head = f"# {date.today()}: `python -m benchmarks.{name}`\n\n{protocol}\n{machine}\n\n"
    (RESULTS / f"{name}.md").write_text(head + "".join(kept), encoding="utf-8")


class Trace:
    """A report that adds every improvement to a CSV file, from which `benchmarks.plots` draws; without a file, none.

    Columns: case, seconds since the trace was made, level, objective, bound, which is empty where none is known.
    Several cases may share a file.
    """

    def __init__(self, file: Path | None, case: str) -> None:
        self.file, self.case, self.begun = file, case, time.monotonic()
        if file and not file.exists():
            self._add("case", "seconds", "level", "objective", "bound")

    def __call__(self, result: LevelResult, _: float) -> None:
        """Adds a level's objective and bound as they stand now."""
        seconds = f"{self.elapsed():.3f}"
        bound = "" if result.bound <= UNKNOWN else str(result.bound)
        self._add(self.case, seconds, str(result.level), str(result.objective), bound)

    def elapsed(self) -> float:
        """Seconds since the trace was made."""
        return time.monotonic() - self.begun

    def _add(self, *row: str) -> None:
        if self.file:
            with self.file.open("a", newline="", encoding="utf-8") as out:
                csv.writer(out).writerow(row)
