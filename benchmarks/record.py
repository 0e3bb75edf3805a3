"""Prints a benchmark's lines as they come and keeps them in benchmarks/results with protocol, versions and load."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
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
