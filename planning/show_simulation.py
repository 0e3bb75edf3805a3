"""What `roster simulate` prints: the figures of the span side by side, and the chance that each target is met."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from planning.catalogue import said, text
from planning.simulate import Simulated
from roster.simulation.figures import Figured, figures, offered, periods
from roster.simulation.play import Results
from roster.words import Words

WIDTH = 110


def show_simulation(simulated: Simulated) -> None:
    """One table a queue, on standard output; the formulas of the figures below it."""
    for warning in simulated.warnings:
        print(text("check.warning", text=said(warning)))
    horizon, console = simulated.roster.problem.horizon, Console()
    runs = simulated.results.runs
    print(text("simulate.title", start=horizon.start, days=horizon.days, runs=runs, seed=simulated.seed))
    console.width = max(console.width, WIDTH)
    for q, stream in enumerate(simulated.results.scene.streams):
        console.print(_table(simulated, q))
        for figured in _of_queue(simulated.results, stream.name):
            definition = figured.definition
            print(text("simulate.formula", figure=said(definition.title), formula=said(definition.formula)))
        print()
    for judgement in simulated.judgements:
        for finding in judgement.findings:
            print(
                text(
                    "simulate.clause", clause=judgement.clause.id, verdict=text(f"verdict.{finding.verdict}"),
                    when=finding.day or "", found=finding.found, limit=finding.limit,
                    unit=text(f"unit.{finding.unit}"), note=said(finding.note) if finding.note else "",
                )
            )  # fmt: skip


def _table(simulated: Simulated, q: int) -> Table:
    queue = simulated.roster.problem.contract.queues[q]
    table = Table(title=said(Words(queue.zh, queue.en)), title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    table.add_column(text("simulate.target"), justify="right")
    for label, _ in simulated.all:
        table.add_column(label or text("simulate.as_it_is"), justify="right")
    for line in _lines(simulated, q):
        table.add_row(*line)
    return table


def _lines(simulated: Simulated, q: int) -> Iterator[list[str]]:
    all_results = [results for _, results in simulated.all]
    coming = [offered(results, q, periods(results.scene, "span")[0]) for results in all_results]
    yield [text("simulate.offered"), "", *(f"{of.value:,.0f}" for of in coming)]
    name = simulated.results.scene.streams[q].name
    columns = [{f.definition.figure: f for f in _of_queue(results, name)} for results in all_results]
    for figure, first in columns[0].items():
        row = [column[figure] for column in columns]
        yield [said(first.definition.title), _target(first), *map(_value, row)]
        if any(figured.chance for figured in row):
            yield [text("simulate.chance"), "", *map(_chance, row)]


def _of_queue(results: Results, name: str) -> list[Figured]:
    return [figured for figured in figures(results, "span") if figured.queue == name]


def _target(figured: Figured) -> str:
    definition = figured.definition
    if definition.target is None:
        return ""
    return ("≥ " if definition.at_least else "≤ ") + shown(definition.figure, definition.target)


def _value(figured: Figured) -> str:
    of = figured.estimate
    if of.value != of.value:
        return "-"
    reach = (of.high - of.low) / 2
    return f"{shown(figured.definition.figure, of.value)} ± {shown(figured.definition.figure, reach)}"


def _chance(figured: Figured) -> str:
    return "" if figured.chance is None else f"{figured.chance[0]:.0%}"


def shown(figure: str, value: float) -> str:
    """A wait in seconds, everything else as a percentage."""
    return f"{value:.1f} s" if figure == "asa_s" else f"{value:.1%}"
