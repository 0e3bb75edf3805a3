"""Ten drawn variants of roster A (100 x 28), each beside a peer, and of roster F (60 x 28).

Ours and the peer in turn, variant by variant, each a process of its own with the same time limit; every roster is read
back from its file and scored by `benchmarks.roster_a` or `roster_f` and for wishes. Seconds are those of building and
solving as each program measures them, in brackets those of the whole process. Ours has one worker, the peer what it
takes by default: the plain CP-SAT model (`benchmarks.plain_model`) all cores. First the roster as given is solved once,
so that compiled code is in its cache. `--peer` is any command that takes a case (`benchmarks.rotation_case`) and the
options --time-limit and --out, writes employee,day,shift and prints `objective bound seconds`.
"""

import argparse
import csv
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import roster_a, roster_f
from benchmarks.record import record
from benchmarks.rotation import SHIFTS, Duties, Size, denied, hard_faults
from benchmarks.rotation_case import Case, case_a, case_f, save

PLAIN = f"{shlex.quote(sys.executable)} -m benchmarks.plain_model"
LEFT_S = 30
"""Seconds beyond its time limit after which a program is given up."""


@dataclass(frozen=True)
class Drawn:
    """A roster of which variants are drawn."""

    name: str
    roster: Any
    size: Size
    case: Callable[[Size], Case]


@dataclass(frozen=True)
class Run:
    """What a program found: its scored cost, None where it has no legal roster, and what it says of bound and time."""

    cost: int | None
    bound: str
    seconds: float
    process: float

    @property
    def proven(self) -> bool:
        """Whether the bound meets the cost."""
        return self.cost is not None and self.bound.lstrip("-").isdigit() and int(self.bound) >= self.cost

    def __str__(self) -> str:
        cost = "-" if self.cost is None else f"{self.cost}"
        return (
            f"{cost:>6} {self.bound:>6} {'proven' if self.proven else '':>6} {self.seconds:7.2f} ({self.process:.1f})"
        )


DRAWN = {
    "a": Drawn("a", roster_a, Size(100, 28, dict(zip(SHIFTS, (28, 24, 10), strict=True))), case_a),
    "f": Drawn("f", roster_f, Size(60, 28, dict(zip(SHIFTS, (16, 14, 6), strict=True))), case_f),
}


def measured(drawn: Drawn, size: Size, command: Sequence[str], limit: float, out: Path) -> Run:
    """Runs a program and scores the roster it wrote."""
    out.unlink(missing_ok=True)
    begun = time.monotonic()
    done = subprocess.run(
        [*command, "--time-limit", f"{limit:g}", "--out", str(out)],
        capture_output=True, text=True, check=False, timeout=limit + LEFT_S,
    )  # fmt: skip
    process = time.monotonic() - begun
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(done.stderr[-2000:] or "the program printed nothing")
    bound, seconds = done.stdout.strip().splitlines()[-1].split()[1:3]
    duties = duties_from(out)
    legal = bool(duties) and not hard_faults(size, duties)
    cost = drawn.roster.score(size, duties) + denied(size, duties) if legal else None
    return Run(cost, bound, float(seconds), process)


def duties_from(path: Path) -> Duties:
    """The duties of a file employee,day,shift."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(int(row["employee"]), int(row["day"])): row["shift"] for row in csv.DictReader(file)}


def lines(given: argparse.Namespace) -> Iterator[str]:
    """The table, a line a variant, and at the end of each roster what the ten come to."""
    yield f"ours: seed {given.seed}, 1 worker; peer: {given.peer.replace(shlex.quote(sys.executable), 'python')}"
    with tempfile.TemporaryDirectory() as folder:
        for drawn in (DRAWN[name] for name in given.rosters):
            yield f"{'roster':8}{'demand':>10} {'wishes':>6} |   cost  bound        seconds |   peer: the same | ratio"
            runs = []
            _row(drawn, 0, argparse.Namespace(**{**vars(given), "peer": "", "trace": None}), Path(folder))
            for seed in given.variants:
                ours, peer, line = _row(drawn, seed, given, Path(folder))
                runs.append((ours, peer))
                yield line
            yield _summary(drawn, runs)


def _row(drawn: Drawn, seed: int, given: argparse.Namespace, folder: Path) -> tuple[Run, Run | None, str]:
    size, out = drawn.roster.drawn(drawn.size, seed), folder / "out.csv"
    case = folder / "case.json"
    save(drawn.case(size), case)
    demand = ",".join(map(str, drawn.size.demand.values()))
    command = [
        sys.executable, "-m", f"benchmarks.roster_{drawn.name}", "--agents", str(size.agents), "--demand", demand,
        "--variant", str(seed), "--seed", str(given.seed),
    ]  # fmt: skip
    if given.trace:
        command += ["--trace", str(given.trace)]
    ours = measured(drawn, size, command, given.time_limit, out)
    beside = given.peer and drawn.name in given.beside
    peer = measured(drawn, size, [*shlex.split(given.peer), str(case)], given.time_limit, out) if beside else None
    ratio = f"{peer.seconds / ours.seconds:5.1f}" if peer else ""
    head = f"{drawn.name.upper()} {seed:<6}{','.join(map(str, size.demand.values())):>10} {len(size.wishes):>6}"
    return ours, peer, f"{head} | {ours} | {peer or ''} | {ratio}"


def _summary(drawn: Drawn, runs: Sequence[tuple[Run, Run | None]]) -> str:
    gaps = [1 - int(ours.bound) / ours.cost if ours.cost else 0.0 for ours, _ in runs if ours.cost is not None]
    said = f"{drawn.name.upper()}: {sum(ours.proven for ours, _ in runs)} of {len(runs)} proven"
    said += f", slowest {max(ours.seconds for ours, _ in runs):.2f} s, worst gap {max(gaps, default=1):.2%}"
    ratios = [peer.seconds / ours.seconds for ours, peer in runs if peer]
    proofs = sum(peer.proven for _, peer in runs if peer)
    return said + (f"; peer: {proofs} proven, takes at least {min(ratios):.1f} times as long" if ratios else "")


def main() -> None:
    """Reads the command line, runs, prints and keeps the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rosters", default="af", help="a, f or af")
    parser.add_argument("--variants", type=int, nargs="+", default=list(range(1, 11)))
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1, help="of our search")
    parser.add_argument("--peer", default=PLAIN, help="a command; empty for none")
    parser.add_argument("--beside", default="a", help="rosters that the peer solves as well; each F takes it a minute")
    parser.add_argument("--trace", type=Path, help="a CSV file that every improvement of ours is added to")
    record("rotation_variants", __doc__, lines(parser.parse_args()))


if __name__ == "__main__":
    main()
