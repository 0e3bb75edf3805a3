"""Every sample scenario over a week, two holiday weeks and a month: `python -m benchmarks.scenarios`.

Protocol: four scenarios x {ordinary week, Spring Festival week, National Day week, month}. Each span is planned by
itself from the committed sample (staff, leave, requests and events are those of the sample's seed), without a previous
roster, one solver worker, seed 1, the time limit that `roster plan` takes by default, nothing else running. The files
of the plan are written; then `roster check` judges the exported roster.csv in a process of its own. One table row a
span: status, hard breaches, exit code of `roster check`, wall seconds from the loaded scenario to the judged roster,
and for each level that the solver settles objective / bound / gap as in summary.json (contacts lost for service, yuan
for cost).

`--scenario` and `--span` pick rows; rows are printed as they come and the file of results is written anew after each.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, cast

from planning.outputs import write_plan
from planning.plan import DEFAULT_SLACK, default_time_limit, plan
from planning.summary import summary
from roster.loading.scenario import load_scenario

RESULTS = Path(__file__).parent / "results" / "scenarios.md"
SPANS = ("week", "spring-festival", "national-day", "month")
STARTS = {
    "shanghai-2025": ("2025-04-21", "2025-01-27", "2025-09-29", "2025-04-01"),
    "gansu-12329": ("2025-06-09", "2025-01-27", "2025-09-29", "2025-06-01"),
    "pingxiang-12345": ("2026-05-11", "2026-02-16", "2026-09-28", "2026-03-01"),
    "xian-shebao": ("2024-03-11", "2024-02-12", "2023-10-02", "2024-03-01"),
}
"""First day of each span: the holiday weeks lie in the contract's own period."""
SHOWN = ("contract", "service", "fairness", "wishes", "stability and cost")


@dataclass(frozen=True)
class Case:
    """One span of one scenario."""

    scenario: str
    span: str
    start: date
    days: int


def cases(scenarios: Sequence[str], spans: Sequence[str]) -> Iterator[Case]:
    """The spans asked for, in the order of the tables above."""
    for name in scenarios:
        for span, text in zip(SPANS, STARTS[name], strict=True):
            start = date.fromisoformat(text)
            following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
            if span in spans:
                yield Case(name, span, start, (following - start).days if span == "month" else 7)


def measured(case: Case, *, time_limit: float | None, seed: int) -> str:
    """Plans the span, checks the files that come out, and tells it as a row of the table."""
    usual = time_limit is None
    seconds, slack = (default_time_limit(case.days), DEFAULT_SLACK) if usual else (time_limit, 1.0)
    with as_file(files("sample_data").joinpath(case.scenario)) as sample, tempfile.TemporaryDirectory() as folder:
        made = plan(load_scenario(sample), case.start, case.days, time_limit=seconds, workers=1, seed=seed, slack=slack)
        if made.roster is None:
            return (
                f"| {case.scenario} | {case.span} | {case.start} | {case.days} | {made.outcome.status} |" + " - |" * 8
            )
        write_plan(made, Path(folder))
        code = checked(sample, Path(folder) / "roster.csv", case)
    levels = {level["name"]: level for level in cast("list[dict[str, Any]]", summary(made)["levels"])}
    told = " | ".join(_level(levels[name]) for name in SHOWN)
    return (
        f"| {case.scenario} | {case.span} | {case.start} | {case.days} | {made.outcome.status} | {made.hard_breaches} "
        f"| {code} | {made.wall_s:.0f} | {told} |"
    )


def checked(sample: Path, roster: Path, case: Case) -> int:
    """The exit code of `roster check` on the file."""
    span = ("--start", str(case.start), "--days", str(case.days))
    command = [sys.executable, "-m", "planning.cli", "check", str(sample), str(roster), *span]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode


def _level(level: dict[str, Any]) -> str:
    return f"{level['objective']:g} / {level['bound']:g} / {level['gap']:.1%}"


def table(rows: Sequence[str]) -> str:
    """The rows under their headings, as Markdown."""
    heads = ("scenario", "span", "start", "days", "status", "hard breaches", "check exit", "wall s", *SHOWN)
    return "\n".join([f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *rows]) + "\n"


def main() -> None:
    """Prints and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", choices=STARTS, nargs="+", default=list(STARTS))
    parser.add_argument("--span", choices=SPANS, nargs="+", default=list(SPANS))
    parser.add_argument("--time-limit", type=float, help="seconds for solving; default: that of roster plan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULTS)
    asked = parser.parse_args()
    rows: list[str] = []
    for case in cases(asked.scenario, asked.span):
        rows.append(measured(case, time_limit=asked.time_limit, seed=asked.seed))
        print(rows[-1], flush=True)
        limit = "the default of roster plan" if asked.time_limit is None else f"{asked.time_limit:g} s"
        title = f"# Scenarios\n\n`python -m benchmarks.scenarios`, seed {asked.seed}, time limit {limit}.\n"
        asked.out.write_text(f"{title}Levels: objective / bound / gap.\n\n{table(rows)}", encoding="utf-8")


if __name__ == "__main__":
    main()
