"""The command line: `roster plan | check | explain | forecast | staff | simulate | shifts | erlang | schema | new`.

Exit codes: 0 done; 1 the answer is no (hard breaches); 2 bad input or usage, or a file that cannot be read or written;
3 no answer in the time given; 70 a fault of the program itself; 130 interrupted; 141 nobody reads the output any more.
"""

import json
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from planning import show
from planning.asking import horizon_of, warnings_of
from planning.backtest_plot import backtest_svg
from planning.catalogue import text
from planning.check import check as check_file
from planning.ending import NO, NO_ANSWER, ended
from planning.erlang_table import erlang_table
from planning.explain import cell_of, explaining_limit
from planning.explain import explain as make_explanation
from planning.explain_json import explain_json
from planning.explain_words import sentences
from planning.outputs import require_file, require_folder, write_files, write_plan, write_table
from planning.plan import DEFAULT_SLACK, Plan, default_time_limit
from planning.plan import plan as make_plan
from planning.rolling import Span, months_from, rolled, with_earlier
from planning.samples import presets, samples, write_preset, write_sample
from planning.schema import schemas
from planning.shift_design import design_shifts
from planning.shift_fragment import fragment
from planning.show_forecast import show_backtest, show_forecast
from planning.show_shifts import show_shifts
from planning.show_simulation import show_simulation
from planning.show_staffing import show_staffing
from planning.simulate import simulate_file
from planning.simulation_tables import simulation_files, simulation_json
from planning.solving import SolverProcess
from planning.tables import backtest_rows, forecast_table, staff_table
from planning.what_if import variations
from roster.errors import Fault, InputError
from roster.exports.compliance_json import compliance_json
from roster.exports.roster_csv import roster_csv
from roster.forecast.second_opinions import opinions
from roster.loading.scenario import Scenario, load_scenario
from roster.simulation.play import RUNS

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)

Folder = Annotated[Path, typer.Argument(help="a scenario folder", metavar="SCENARIO")]
Start = Annotated[str | None, typer.Option(help="first day, YYYY-MM-DD")]
Days = Annotated[int | None, typer.Option(help="number of days")]
Weeks = Annotated[int | None, typer.Option(help="number of weeks")]
Month = Annotated[str | None, typer.Option(help="a whole month, YYYY-MM")]
OutFile = Annotated[Path, typer.Option(help="file to write")]


@app.command()
def plan(
    scenario: Folder,
    out: Annotated[Path, typer.Option(help="folder to write to")],
    start: Start = None,
    days: Days = None,
    weeks: Weeks = None,
    month: Month = None,
    months: Annotated[
        int | None, typer.Option(min=1, help="with --month: so many, one after the other, each to OUT/YYYY-MM")
    ] = None,
    previous: Annotated[
        list[Path] | None, typer.Option(help="a roster of earlier days, such as last month's roster.csv; repeatable")
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(min=0.1, help="seconds for solving [default: 30 for a week, more for longer spans]")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="solver threads; with more than 1 no roster repeats")] = 1,
    seed: Annotated[int, typer.Option(help="seed of the search")] = 1,
    deterministic: Annotated[  # noqa: FBT002
        bool,
        typer.Option("--deterministic", help="seconds of work as it is counted, not of the clock: the same everywhere"),
    ] = False,
) -> int:
    """Forecast, requirement, roster, check, exports."""
    usual = DEFAULT_SLACK if time_limit is None else 1.0
    solving = {"time_limit": time_limit, "workers": workers, "seed": seed, "slack": None if deterministic else usual}
    spans = _spans(span(start, days, weeks, month), month, months)
    require_folder(out)
    loaded = with_earlier(load_scenario(scenario), previous or ())
    plans = rolled(loaded, spans, partial(_planned, **solving))
    made = [_written(each, out if months is None else out / f"{each.problem.horizon.start:%Y-%m}") for each in plans]
    if made[-1].roster is None:
        return NO_ANSWER
    if months is not None:
        together = roster_csv([row for each in made if each.roster for row in each.roster.rows])
        show.say(text("plan.together", file=write_files({"roster.csv": together.encode()}, out)[0], count=months))
    return NO if any(each.hard_breaches for each in made) else 0


def _planned(
    scenario: Scenario, first: date, days: int, *, time_limit: float | None, workers: int, seed: int,
    slack: float | None,
) -> Plan:  # fmt: skip
    seconds = default_time_limit(days) if time_limit is None else time_limit
    with show.progress(seconds) as on_progress, stopping_on_interrupt() as on_process:
        return make_plan(
            scenario, first, days, time_limit=seconds, workers=workers, seed=seed, slack=slack,
            say=show.say, on_progress=on_progress, on_process=on_process,
        )  # fmt: skip


def _written(made: Plan, folder: Path) -> Plan:
    """The plan, its files written and its outcome told."""
    show.show_plan(made, write_plan(made, folder), folder)
    if made.roster is None:
        show.say(text("plan.no_roster", limit=round(made.outcome.seconds)))
    return made


@app.command()
def check(
    scenario: Folder,
    file: Annotated[Path, typer.Argument(help="a roster: .csv, or .xlsx with a sheet `rows`")],
    start: Start = None,
    days: Days = None,
    as_json: Annotated[bool, typer.Option("--json", help="print compliance.json")] = False,  # noqa: FBT002
) -> int:
    """Judges any roster, clause by clause, without the solver."""
    first = None if start is None else day_of(start, "--start")
    judged = check_file(load_scenario(scenario), file, start=first, days=days)
    if as_json:
        for warning in judged.warnings:
            show.say(text("check.warning", text=warning.en))
        sys.stdout.write(compliance_json(judged.judgements))
    else:
        show.show_judgements(judged.judgements, judged.warnings)
    return NO if judged.hard_breaches else 0


@app.command()
def explain(
    scenario: Folder,
    start: Start = None,
    days: Days = None,
    weeks: Weeks = None,
    month: Month = None,
    file: Annotated[Path | None, typer.Option("--roster", help="a roster: what each clause costs it")] = None,
    cell: Annotated[str | None, typer.Option(help="why this person has this shift", metavar="STAFF:DATE")] = None,
    time_limit: Annotated[
        float | None, typer.Option(min=0.1, help="seconds for solving; by default 60, more for over 10 days")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="solver threads")] = 1,
    seed: Annotated[int, typer.Option(help="seed of the search")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,  # noqa: FBT002
) -> int:
    """Which clauses clash and the cheapest ways out; why somebody has a shift; which clause costs most."""
    first, count = span(start, days, weeks, month)
    asked = None if cell is None else cell_of(cell)
    with stopping_on_interrupt() as on_process:
        told = make_explanation(
            load_scenario(scenario), first, count, file=file, cell=asked,
            time_limit=time_limit or explaining_limit(count), workers=workers, seed=seed, on_process=on_process,
        )  # fmt: skip
    if as_json:
        sys.stdout.write(explain_json(told))
    else:
        show.show_words(sentences(told))
    return {"clash": NO, "unknown": NO_ANSWER}.get(getattr(told.answer, "status", "kept"), 0)


@app.command()
def forecast(
    scenario: Folder,
    start: Annotated[str, typer.Option(help="first day")],
    out: OutFile,
    days: int = 7,
    backtest: Annotated[bool, typer.Option("--backtest", help="print and plot the errors of past weeks")] = False,  # noqa: FBT002
    second: Annotated[  # noqa: FBT002
        bool, typer.Option("--second-opinions", help="backtest statsforecast and mlforecast too, where installed")
    ] = False,
) -> int:
    """Expected contacts by queue and interval, with quantiles, and what of the history was left out."""
    require_file(out)
    loaded, first = load_scenario(scenario), day_of(start, "--start")
    made = forecast_table(loaded, first, days)
    others, missing = opinions() if second else ((), ())
    for reason in missing:
        show.say(text("forecast.no_opinion", reason=reason))
    past = backtest_rows(loaded, first, others) if backtest or second else None
    if past is not None:
        show_backtest(past)
        plot = out.with_suffix(".backtest.svg")
        write_files({plot.name: backtest_svg(past).encode()}, plot.parent)
        print(text("forecast.plotted", file=plot))
    show_forecast(made, warnings_of(loaded, horizon_of(loaded, first, days)))
    return _table(made.frame, out)


@app.command()
def staff(scenario: Folder, start: Annotated[str, typer.Option(help="first day")], out: OutFile, days: int = 7) -> int:
    """People needed in each interval."""
    require_file(out)
    loaded, first = load_scenario(scenario), day_of(start, "--start")
    needed = staff_table(loaded, first, days)
    show_staffing(needed, loaded.contract, warnings_of(loaded, horizon_of(loaded, first, days)))
    return _table(needed, out)


@app.command()
def simulate(
    scenario: Folder,
    file: Annotated[Path, typer.Argument(help="a roster: .csv, or .xlsx with a sheet `rows`")],
    start: Start = None,
    days: Days = None,
    runs: Annotated[int, typer.Option(help="how often the span is played")] = RUNS,
    seed: Annotated[int, typer.Option(help="seed of the callers")] = 1,
    what_if: Annotated[
        list[str] | None, typer.Option(help="a variant beside it, such as volume=+20% or sick=3,aht=+10%; repeatable")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print every figure as JSON")] = False,  # noqa: FBT002
    out: Annotated[Path | None, typer.Option(help="folder for the figures by interval, day, week, month")] = None,
) -> int:
    """Plays contacts against the named roster, as it is and what if."""
    first, variants = None if start is None else day_of(start, "--start"), variations(what_if or [])
    if out is not None:
        require_folder(out)
    made = simulate_file(
        load_scenario(scenario), file, start=first, days=days, runs=runs, seed=seed, what_if=variants
    )  # fmt: skip
    if as_json:
        sys.stdout.write(simulation_json(made))
    else:
        show_simulation(made)
    if out is not None:
        written = write_files(simulation_files(made), out)
        show.say(text("plan.written", folder=out, files=", ".join(path.name for path in written)))
    return 0


@app.command()
def shifts(
    scenario: Folder,
    team: Annotated[str | None, typer.Option(help="TEAM/ROLE; needed where several answer queues")] = None,
    start: Start = None,
    days: Days = None,
    weeks: Weeks = None,
    month: Month = None,
    most: Annotated[int | None, typer.Option(help="most shifts; as many as are given where left out")] = None,
    time_limit: Annotated[float, typer.Option(min=1, help="seconds for solving")] = 40.0,
    out: Annotated[Path | None, typer.Option(help="TOML file for the proposed [[shift]] entries")] = None,
) -> int:
    """Proposes a small shift catalogue from the demand, and says what it saves."""
    first, count = span(start, days, weeks, month)
    if out is not None:
        require_file(out)
    made = design_shifts(load_scenario(scenario), first, count, who=team, most=most, seconds=time_limit)
    show_shifts(made)
    if out is not None:
        write_files({out.name: fragment(made).encode()}, out.parent)
        print(text("shifts.written", shifts=len(made.proposed.shifts), file=out))
    return 0


@app.command()
def erlang(file: Annotated[Path, typer.Argument(help="rows of queues")], out: OutFile) -> int:
    """Erlang C and A figures for rows lambda_per_hour,aht_s,patience_s,n,T_s."""
    require_file(out)
    erlang_table(file, out)
    return 0


@app.command()
def schema() -> int:
    """JSON Schemas of contract.toml and of every table."""
    print(json.dumps(schemas(), ensure_ascii=False, indent=2))
    return 0


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="the folder to make", metavar="DIR")],
    source: Annotated[
        str | None, typer.Option("--from", help=f"one of: {', '.join(samples())}", show_default="shanghai-2025")
    ] = None,
    preset: Annotated[
        str | None, typer.Option(help=f"a small contract to turn into one's own: {', '.join(presets())}")
    ] = None,
) -> int:
    """Starts a scenario from a sample, or from a preset."""
    if source is not None and preset is not None:
        raise InputError([Fault("--preset", preset, "goes without --from")])
    if preset is not None:
        write_preset(preset, folder)
        print(text("new.made", folder=folder, source=preset))
        print(text("new.next", folder=folder))
    else:
        source = source or "shanghai-2025"
        write_sample(source, folder)
        print(text("new.made", folder=folder, source=source))
    return 0


def day_of(given: str, option: str) -> date:
    """The date a user wrote. Raises InputError."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InputError([Fault(option, given, "write a date as YYYY-MM-DD")]) from None


def span(start: str | None, days: int | None, weeks: int | None, month: str | None) -> tuple[date, int]:
    """First day and number of days from `--start` with `--days` or `--weeks`, or from `--month`."""
    if month is not None:
        if (start, days, weeks) != (None, None, None):
            raise InputError([Fault("--month", month, "goes without --start, --days and --weeks")])
        try:
            first = datetime.strptime(month, "%Y-%m").date()
        except ValueError:
            raise InputError([Fault("--month", month, "write a month as YYYY-MM")]) from None
        return first, ((first + timedelta(days=31)).replace(day=1) - first).days
    if start is None:
        raise InputError([Fault("--start", "", "say the first day, or --month YYYY-MM")])
    if days is not None and weeks is not None:
        raise InputError([Fault("--days", str(days), "goes without --weeks")])
    return day_of(start, "--start"), days if days is not None else 7 * (1 if weeks is None else weeks)


def _spans(one: Span, month: str | None, months: int | None) -> tuple[Span, ...]:
    """The span itself, or the months from it on where a number of them is asked for."""
    if months is None:
        return (one,)
    if month is None:
        raise InputError([Fault("--months", str(months), "goes with --month, the first of them")])
    return months_from(one[0], months)


ENDING = (signal.SIGINT, signal.SIGTERM)
"""Ctrl-C, and what a service manager, a container or `kill` sends."""


@contextmanager
def stopping_on_interrupt() -> Generator[Callable[[SolverProcess], None]]:
    """While the block runs, signals to end ask the solver to stop and keep the best instead of losing everything."""
    before = {number: signal.getsignal(number) for number in ENDING}
    try:
        yield _stop_on_interrupt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_on_interrupt(process: SolverProcess) -> None:
    for number in ENDING:
        signal.signal(number, lambda *_: process.stop())


def _table(table: pd.DataFrame, out: Path) -> int:
    rows = write_table(table, out)
    print(text("forecast.written", rows=rows, file=out))
    return 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console script; ends the process with the exit code."""
    sys.exit(ended(lambda: app(arguments, standalone_mode=False)))


if __name__ == "__main__":
    main()
