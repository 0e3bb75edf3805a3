"""Four weeks of the Pingxiang hotline with all its rules: `python -m benchmarks.pingxiang_month --time-limit 5 60`.

Protocol: the committed sample, from Monday 2026-03-02 on 28 days in half-hours, posts, lunches and monthly hours
included, without a previous roster, one worker. The limit is that of the solver's process, in which the work inside
duties is placed as well. Told for each limit: seconds to the first roster and in all; service of the duties in
thousandths of a contact, the bound that no duties beat, and their distance; service with the work inside; hard
breaches by the judge, who knows no solver.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from benchmarks.record import Trace, record
from planning.asking import ask, horizon_of
from planning.demand import forecast
from planning.solving import solve_in_child
from roster.base import SERVICE
from roster.compliance import audit, hard_breaches
from roster.loading.scenario import load_scenario
from roster.problem import Problem
from roster.roster import Roster

SCENARIO, START, DAYS = "pingxiang-12345", date(2026, 3, 2), 28
HEAD = f"{'limit':>6} {'first':>7} {'all':>7} {'duties':>9} {'bound':>9} {'gap':>7} {'with work':>10} {'breaches':>9}"


def problem() -> Problem:
    """The four weeks of the sample."""
    with as_file(files("sample_data").joinpath(SCENARIO)) as folder:
        scenario = load_scenario(folder)
        horizon = horizon_of(scenario, START, DAYS)
        return ask(scenario, horizon, forecast(scenario, horizon))


def line(asked: Problem, limit: float, seed: int, trace: Path | None) -> str:
    """What comes out within a limit, in seconds."""
    follow = Trace(trace, f"{SCENARIO} {limit:g} s")
    outcome = solve_in_child(
        asked, time_limit=limit, workers=1, seed=seed, on_progress=lambda told: follow(told.result, told.seconds)
    )
    if outcome.rows is None:
        return f"{limit:>4g} s {'-':>7} {outcome.seconds:>5.1f} s  no roster"
    (service,) = (result for result in outcome.levels if result.level == SERVICE)
    duties = service.objective - outcome.inside
    breaches = hard_breaches(audit(Roster(asked, outcome.rows)))
    return (
        f"{limit:>4g} s {outcome.first_roster_s or 0:>5.1f} s {outcome.seconds:>5.1f} s {duties:>9} {service.bound:>9} "
        f"{(duties - service.bound) / max(duties, 1):>7.2%} {service.objective:>10} {breaches:>9}"
    )


def lines(limits: list[float], seed: int, trace: Path | None) -> Iterator[str]:
    """The table, a line a limit."""
    asked = problem()
    yield f"{len(asked.people)} people, {DAYS} days, seed {seed}"
    yield HEAD
    for limit in limits:
        yield line(asked, limit, seed, trace)


def main() -> None:
    """Measures each limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--time-limit", type=float, nargs="+", default=[5.0, 60.0], help="seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trace", type=Path, help="a CSV file to add every improvement to")
    given = parser.parse_args()
    record("pingxiang_month", __doc__, lines(given.time_limit, given.seed, given.trace))


if __name__ == "__main__":
    main()
