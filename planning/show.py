"""What the command line prints: progress while solving, then the outcome."""

import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from planning.catalogue import said, text
from planning.plan import Plan
from planning.show_simulation import shown
from planning.solving import OnProgress
from planning.summary import summary
from planning.when_told import when_told
from roster.base import Breach
from roster.compliance import Judgement
from roster.words import Words
from solver.messages import Progress as SolverProgress
from solver.outcome import points_a_unit

SHOWN_AT_MOST = 40


def say(line: str) -> None:
    """One line for the user, beside the results: to standard error. That nobody reads it any more stops no work."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


@contextmanager
def progress(time_limit: float) -> Generator[OnProgress]:
    """Shows the solver's progress: a bar on a terminal, plain lines in a pipe."""
    if not sys.stderr.isatty():
        yield lambda reply: say(_line(reply))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=time_limit)
        yield lambda reply: bar.update(task, completed=reply.seconds, description=_line(reply))


def _line(reply: SolverProgress) -> str:
    result = reply.result
    name = text(f"level.{result.level}")
    unit = points_a_unit(result.level)
    figures = {"objective": result.objective / unit, "bound": result.bound / unit, "gap": result.gap}
    return text("plan.progress", seconds=reply.seconds, name=name, **figures)


def show_plan(plan: Plan, written: tuple[Path, ...], folder: Path) -> None:
    """The outcome of a plan, on standard output."""
    facts = summary(plan)
    horizon = plan.problem.horizon
    print(
        text(
            "plan.done", scenario=facts["scenario"], start=horizon.start, days=horizon.days,
            people=len(plan.problem.people), status=plan.outcome.status, wall=plan.wall_s,
        )
    )  # fmt: skip
    for level in cast("list[dict[str, object]]", facts["levels"]):
        print(text("plan.level", **(level | _named(level))))
    for queue in cast("list[dict[str, Any]]", facts["service"]):
        print("\n".join(_served(queue)))
    if plan.roster is None:
        _show_warnings(plan.warnings)
    else:
        show_judgements(plan.judgements, plan.warnings)
    if plan.hard_breaches:
        print(text("plan.why"))
    print(text("plan.written", folder=folder, files=", ".join(_names(written, folder))))


def _served(queue: dict[str, Any]) -> Iterator[str]:
    """What is forecast of a queue, and what the roster gave when it was played, beside each target."""
    target = text("plan.target", target=queue["target"]) if queue["target"] else ""
    yield text("plan.service", **queue | {"target": target})
    for told in queue["simulated"]:
        if told["target"] is not None and told["value"] is not None:
            title, limit = said(Words(**told["title"])), shown(told["figure"], told["target"])
            facts = {
                "value": shown(told["figure"], told["value"]),
                "target": f"{'≥' if told['at_least'] else '≤'} {limit}",
            }
            yield text("plan.simulated", figure=title, chance=told["chance"], **facts)


def _named(level: dict[str, object]) -> dict[str, str]:
    return {"name": text(f"level.{level['level']}"), "unit": text(f"unit.{level['unit']}")}


def _names(written: tuple[Path, ...], folder: Path) -> list[str]:
    """File names, folders of many files as one."""
    parts = [path.relative_to(folder).parts for path in written]
    return list(dict.fromkeys(part[0] if len(part) == 1 else f"{part[0]}/*" for part in parts))


def show_judgements(judgements: tuple[Judgement, ...], warnings: tuple[Words, ...]) -> None:
    """Every breach in words, then the verdicts in numbers, what is to be noted, and what is open."""
    hard, soft = breaches_told(judgements, hard=True), breaches_told(judgements, hard=False)
    print(text("check.hard", count=len(hard)) if hard else text("check.none"))
    _show_lines(hard)
    if soft:
        print(text("check.soft", count=len(soft)))
        _show_lines(soft)
    counts = Counter(judgement.status for judgement in judgements if judgement.in_force)
    kinds = ("met", "breached", "at_risk", "unknown", "not_applicable")
    print(text("check.clauses", **{kind: counts[kind] for kind in kinds}))
    _show_warnings(warnings)
    _show_lines(list(dict.fromkeys(_open(judgements))))  # of many people the same is told once


def breaches_told(judgements: tuple[Judgement, ...], *, hard: bool) -> list[str]:
    """One line a breach in force, as `hard_breaches` counts them: a rule of several clauses once, with all of them."""
    by_rule: dict[int, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.in_force and judgement.hard == hard and judgement.breaches:
            by_rule.setdefault(id(judgement.rule or judgement), []).append(judgement)
    return [
        _finding(told, breach, ",".join(judgement.clause.id for judgement in same))
        for same in by_rule.values()
        for told in [max(same, key=lambda judgement: len(judgement.breaches))]
        for breach in told.breaches
    ]


def _show_lines(lines: Sequence[str]) -> None:
    for line in lines[:SHOWN_AT_MOST]:
        print(line)
    if len(lines) > SHOWN_AT_MOST:
        print(f"  ... +{len(lines) - SHOWN_AT_MOST}")


def show_words(sentences: Iterable[Words]) -> None:
    """Sentences in the user's language, on standard output."""
    for words in sentences:
        print(said(words))


def _show_warnings(warnings: tuple[Words, ...]) -> None:
    for warning in warnings:
        print(text("check.warning", text=said(warning)))


def _open(judgements: tuple[Judgement, ...]) -> Iterator[str]:
    for judgement in judgements:
        rule = judgement.rule
        if not judgement.in_force:
            reading = rule.reading if rule else ""
            if judgement.status not in ("met", "not_applicable"):
                yield text("check.other_reading", clause=judgement.clause.id, reading=reading, status=judgement.status)
            continue
        for finding in judgement.open:
            yield _finding(judgement, finding, judgement.clause.id)


def _finding(judgement: Judgement, finding: Breach, clause: str) -> str:
    note = said(finding.note) if finding.note else ""
    place = {
        "clause": clause, "rule": judgement.kind or "", "when": when_told(finding.day, finding.start, finding.end),
    }  # fmt: skip
    if finding.verdict != "breached":
        return text("check.open", **place, verdict=text(f"verdict.{finding.verdict}"), note=note)
    return text(
        "check.breach", **place, who=_who(finding), found=finding.found, limit=finding.limit,
        unit=text(f"unit.{finding.unit}"), note=f"  ({note})" if note else "",
    )  # fmt: skip


def _who(finding: Breach) -> str:
    place = "/".join(part for part in (finding.team, finding.role) if part)
    return " ".join(part for part in (",".join(finding.staff_ids), place) if part)
