"""Generated hotline centres round the clock: `python -m benchmarks.hotline --agents 30 --days 28`.

Protocol: agents (a tenth part time, each fourth with a week of leave) share one phone queue that is open 7x24 with a
morning and an afternoon peak, Mondays high, nights thin. The calls of a mean day are such that square-root staffing (a
people and the root of a for a load of a) takes 4.6 hours of every agent. At every moment at least a fifteenth of the
agents, two at least, are on calls. Labour rules of China, comprehensive hours by month. Printed: one line a level with
objective, bound, gap; how far turns are from the share by availability and from the best deal of the same turns
(`benchmarks.evenness`); hard breaches by the judge, who knows no solver; seconds and peak memory. The limit is that of
the solver's process. All is drawn from the seed.
"""

import argparse
import math
import resource
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
from scipy.optimize import brentq

from benchmarks.evenness import told_distance
from benchmarks.record import Trace
from planning.demand import curves
from roster.burdens import BurdenGoal
from roster.calendar import Horizon
from roster.compliance import audit, hard_breaches
from roster.contract import Contract
from roster.forecast.base import FORECAST_COLUMNS, Forecast
from roster.loading.contract_file import contract_of
from roster.people import Leave, Person
from roster.problem import Problem
from roster.roster import Roster
from solver.messages import Progress
from solver.outcome import LEVEL_NAMES

START = date(2025, 3, 3)
ZONE = "Asia/Shanghai"
WORK_H = 4.6
"""Hours on calls that an agent gives a day of the year, weekends and leave counted in."""
AHT_S = 280.0
_HOURLY = (6, 4, 3, 3, 4, 8, 18, 36, 70, 96, 100, 84, 60, 62, 84, 90, 84, 70, 52, 44, 36, 26, 16, 10)
"""The shape of a day, by hour."""
_WEEKLY = (1.15, 1.05, 1.0, 1.0, 1.0, 0.75, 0.7)
_SHIFTS = (
    ("E", (("06:00", "14:00"),)),
    ("L", (("14:00", "22:00"),)),
    ("N", (("22:00", "30:00"),)),
    ("N0", (("00:00", "06:00"),)),
    *((f"D{k}", (("08:30", meal), (meal, back), (back, "17:30"))) for k, (meal, back) in enumerate(
        (("11:30", "12:30"), ("12:00", "13:00"), ("12:30", "13:30"), ("13:00", "14:00"))
    )),
    *((f"M{k}", (("11:00", meal), (meal, back), (back, "20:00"))) for k, (meal, back) in enumerate(
        (("15:00", "16:00"), ("16:00", "17:00"), ("17:00", "18:00"))
    )),
)  # fmt: skip


def contract(agents: int) -> Contract:
    """The contract of a centre of that size."""
    names = {"zh": "示例", "en": "sample"}
    shifts = [
        {
            "id": name, **names, "serves": ["hotline/agent"], "sites": ["centre"],
            "days": "carry-in" if name == "N0" else "every-day",
            "segments": [
                {"start": start, "end": end} | ({"activity": "lunch", "paid": False} if k == 1 else {})
                for k, (start, end) in enumerate(segments)
            ],
        }
        for name, segments in _SHIFTS
    ]  # fmt: skip
    clause = {
        "id": "C-1", "title": names, "document": "made up", "where": "1", "quote": ["7x24"], "kind": "hard",
        "demand": names,
    }  # fmt: skip
    raw: dict[str, Any] = {
        "id": "hotline", "title": names, "buyer": names, "timezone": ZONE,
        "period": {"start": date(2025, 1, 1), "end": date(2025, 12, 31)},
        "site": [{"id": "centre", **names}],
        "team": [{"id": "hotline", **names, "role": [{"id": "agent", **names, "headcount": agents}]}],
        "queue": [{
            "id": "hotline", **names, "channel": "phone", "team": "hotline", "roles": ["agent"], "days": "every-day",
            "windows": [{"start": "00:00", "end": "24:00"}], "patience_s": 180, "answer_rate": 0.95,
        }],
        "shift": shifts,
        "clause": [clause],
        "rule": [{
            "kind": "service_hours", "clauses": ["C-1"], "team": "hotline", "people": max(2, agents // 15),
            "windows": [{"start": "00:00", "end": "24:00"}], "days": "every-day",
        }],
        "goal": [
            {"kind": "coverage"}, {"kind": "even_hours", "hours_a_day": 8},
            {"kind": "fair_share", "burden": "night", "group": ["hotline/agent"]},
            {"kind": "fair_share", "burden": "weekend", "group": ["hotline/agent"]},
            {"kind": "steady_shifts", "points": 10},
        ],
    }  # fmt: skip
    return contract_of(raw)


def people(agents: int, random: Random) -> tuple[Person, ...]:
    """The agents, under comprehensive hours by month."""
    return tuple(
        Person(
            staff_id=f"A{k:04d}", name=f"A{k:04d}", team="hotline", role="agent", fte=0.5 if k % 10 == 9 else 1.0,
            certified_on=date(2020, 1, 1), qualification="yes", hours_system="month", home_site="centre",
            hourly_cost=random.randint(30, 45), seniority_years=random.randint(1, 12),
        )
        for k in range(agents)
    )  # fmt: skip


def leave(staff: tuple[Person, ...], horizon: Horizon, random: Random) -> tuple[Leave, ...]:
    """A week of leave for each fourth agent, drawn over the horizon."""
    found = []
    for person in staff[::4]:
        first = horizon.start + timedelta(days=random.randrange(0, max(horizon.days - 6, 1)))
        found.append(
            Leave(staff_id=person.staff_id, start=horizon.at(first, 0), end=horizon.at(first + timedelta(days=5), 0))
        )
    return tuple(found)


def calls_a_day(agents: int) -> float:
    """The calls of a mean day that keep so many agents busy."""

    def needed(calls: float) -> float:
        loads = [calls * share / sum(_HOURLY) * AHT_S / 3600 for share in _HOURLY]
        return sum(load + math.sqrt(load) for load in loads)

    return float(brentq(lambda calls: needed(calls) - agents * WORK_H, 0, agents * 1000))


def demand(agents: int, horizon: Horizon, interval_minutes: int) -> Forecast:
    """The expected calls of every interval."""
    pieces = 60 // interval_minutes
    rows = []
    usual = calls_a_day(agents)
    for day in horizon.dates:
        calls = usual * _WEEKLY[day.weekday()]
        for k in range(24 * pieces):
            mean = calls * _HOURLY[k // pieces] / sum(_HOURLY) / pieces
            start = pd.Timestamp(horizon.at(day, k * interval_minutes))
            rows.append((start, "hotline", mean, *([mean] * 9), AHT_S))
    frame = pd.DataFrame(rows, columns=list(FORECAST_COLUMNS))
    return Forecast(frame, interval_minutes, {"hotline": 0.05})


def problem(agents: int, days: int, *, interval_minutes: int = 30, seed: int = 1) -> Problem:
    """A centre's problem."""
    random, horizon = Random(seed), Horizon(START, days, ZONE)
    made, staff = contract(agents), people(agents, random)
    busiest = math.ceil(agents * 0.7)
    return Problem(
        contract=made, people=staff, horizon=horizon, leave=leave(staff, horizon, random),
        curves=curves(demand(agents, horizon, interval_minutes), made, people_max=busiest),
    )  # fmt: skip


def main() -> None:
    """Measures one centre."""
    from planning.solving import solve_in_child

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("agents", 30), ("days", 28), ("interval", 30), ("workers", 1), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--trace", type=Path, help="a CSV file to add every improvement to")
    given = parser.parse_args()
    begun = time.monotonic()
    asked = problem(given.agents, given.days, interval_minutes=given.interval, seed=given.seed)
    print(f"problem made in {time.monotonic() - begun:.1f} s")
    trace = Trace(given.trace, f"hotline {given.agents}x{given.days}x{given.interval}")

    def told(progress: Progress) -> None:
        trace(progress.result, progress.seconds)

    outcome = solve_in_child(
        asked, time_limit=given.time_limit, workers=given.workers, seed=given.seed, on_progress=told
    )
    print(f"{outcome.status} first roster {outcome.first_roster_s} s, all {outcome.seconds:.1f} s")
    for result in outcome.levels:
        gap = (result.objective - result.bound) / max(result.objective, 1)
        print(f"{LEVEL_NAMES[result.level]:<20} {result.objective:>12} {result.bound:>12} {gap:>8.2%}")
    roster = Roster(asked, outcome.rows or ())
    for goal in asked.contract.goals:
        if isinstance(goal, BurdenGoal):
            print(f"{goal.burden:<20} {told_distance(goal, asked, roster)}")
    print(f"hard breaches {hard_breaches(audit(roster))}")
    here, there = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"peak {max(here, there)} MB: {here} MB here, {there} MB in the solver")


if __name__ == "__main__":
    main()
