"""A generated roster as a file that any program can read: what the peers of `benchmarks.rotation_variants` are given.

A JSON object: `size` (agents, days, demand by shift, wishes with staff_id, date, kind, shift and weight), `fewest`
shifts that everybody should have (0: not asked), `targets` by count (shifts, nights, weekend-days) and person with
their `weights`, `days_a_week` at most (0: any). Day 0 is Monday, 3 March 2025.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks import roster_a, roster_f
from benchmarks.rotation import Size


@dataclass(frozen=True)
class Case:
    """The size and what the roster's goals ask for."""

    size: Size
    fewest: int = 0
    targets: Mapping[str, list[int]] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    days_a_week: int = 0


_FILE = TypeAdapter(Case)


def case_a(size: Size) -> Case:
    """What roster A asks for."""
    return Case(size, fewest=roster_a.fewest(size))


def case_f(size: Size) -> Case:
    """What roster F asks for."""
    return Case(size, targets=roster_f.targets(size), weights=roster_f.WEIGHTS, days_a_week=roster_f.SATURDAY)


def save(case: Case, path: Path) -> None:
    """Writes the file."""
    path.write_bytes(_FILE.dump_json(case, indent=1))


def read(path: Path) -> Case:
    """Reads the file. Raises ValueError where it is no such case."""
    return _FILE.validate_json(path.read_bytes())
