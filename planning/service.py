"""The service that a planned roster gives, simulated while its plan is made."""

from dataclasses import replace
from threading import Thread
from typing import Any

import pandas as pd

from planning.scene import scene_of
from roster.compliance import Judgement, with_service
from roster.errors import InputError
from roster.events import Booking
from roster.exports.report.facts import ServiceFigures, SimulatedFigure
from roster.forecast.base import Forecast
from roster.forecast.history import History
from roster.problem import Problem
from roster.roster import Roster
from roster.simulation.figures import figures
from roster.simulation.play import Results, simulate
from roster.simulation.service import service_by_day
from roster.staffing.definitions import Figure
from roster.staffing.targets import ServiceTargets
from roster.words import Words

RUN_DAYS, MOST_RUNS, FEWEST_RUNS = 700, 100, 20
"""A week is played 100 times, a month 23 times: about the same number of days."""


def prepare(
    problem: Problem, expected: Forecast | None, history: History | None, bookings: tuple[Booking, ...] = ()
) -> Thread:
    """Loads and compiles what the simulation of this problem needs, beside whatever else is done."""
    thread = Thread(target=service_of, args=(Roster(problem, ()), expected, history, bookings, 2), daemon=True)
    thread.start()
    return thread


def service_of(
    roster: Roster,
    expected: Forecast | None,
    history: History | None,
    bookings: tuple[Booking, ...] = (),
    runs: int | None = None,
) -> Results | None:
    """The roster played against its forecast; None where nothing is forecast or handling times are not known."""
    if expected is None or not roster.problem.contract.queues:
        return None
    try:
        scene = scene_of(roster, expected, history, bookings)
    except InputError:
        return None
    days = roster.problem.horizon.days
    return simulate(scene, runs=min(max(RUN_DAYS // days, FEWEST_RUNS), MOST_RUNS) if runs is None else runs)


def judged_by(roster: Roster, judgements: tuple[Judgement, ...], service: Results) -> tuple[Judgement, ...]:
    """The judgements with the clauses on service judged by the simulation."""
    return with_service(roster, judgements, lambda queue: service_by_day(service, queue))


def with_served(needed: pd.DataFrame, service: Results | None) -> pd.DataFrame:
    """The table with a column `served`: the share of an interval's contacts served in simulation, nan if unknown.

    Served means answered in time where a service level is asked, answered where none is.
    """
    if service is None:
        return needed
    told = {stream.name: _serving(stream.targets) for stream in service.scene.streams}
    played = {
        (f.queue, f.period.start): f.estimate.value
        for f in figures(service, "interval")
        if f.definition.figure == told[f.queue]
    }
    places = zip(needed["queue"], needed["start"], strict=True)
    return needed.assign(served=[played.get((queue, start), float("nan")) for queue, start in places])


def _serving(targets: ServiceTargets) -> Figure:
    return "answer_rate" if targets.service_level is None else "service_level"


def service_told(queue: dict[str, Any]) -> ServiceFigures:
    """What summary.json says of a queue, as the report takes it."""
    simulated = [SimulatedFigure(**(figure | {"title": Words(**figure["title"])})) for figure in queue["simulated"]]
    return replace(ServiceFigures(**{k: v for k, v in queue.items() if k != "simulated"}), simulated=tuple(simulated))
