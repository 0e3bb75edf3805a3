"""What the generated rosters A and F share: their problem on the product's own rules, their solve and their files.

People are alike but for their wishes and their share of the work. Three shifts M 6-14, A 14-22, N 22-6, each with an
exact number of people every day. Hard: one shift a day; not N before M or A and not A before M (rest of 11 h); never 7
days in a row. Day 0 is a Monday.
"""

import argparse
import csv
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from benchmarks.record import Trace
from roster.base import SERVICE
from roster.calendar import Horizon
from roster.contract import Contract
from roster.loading.contract_file import contract_of
from roster.people import Person, Request
from roster.problem import Problem
from solver.build import build
from solver.levels import Settings
from solver.outcome import Outcome
from solver.solving import solve_recorded
from solver.warming import warm

START = date(2025, 3, 3)  # four weeks without a holiday or a make-up workday begin on this Monday
ZONE = "Asia/Shanghai"
SHIFTS = {"M": ("06:00", "14:00"), "A": ("14:00", "22:00"), "N": ("22:00", "30:00")}
GROUP = "centre/agent"
NAMES = {"zh": "示例", "en": "sample"}
Duties = dict[tuple[int, int], str]
"""The shift by (employee, day)."""


@dataclass(frozen=True)
class Size:
    """How many people and days, and the people of each shift on every day.

    `wishes` are what people ask for; `parts` each person's part of full time, and `carried` what each already has of a
    count beyond the fair share. Empty where all are alike.
    """

    agents: int
    days: int
    demand: Mapping[str, int]
    wishes: tuple[Request, ...] = ()
    parts: tuple[float, ...] = ()
    carried: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def share(self, amount: int) -> float:
        """An amount a day as a number a person."""
        return amount * self.days / self.agents


class Roster(Protocol):
    """A generated roster: the modules `benchmarks.roster_a` and `benchmarks.roster_f`."""

    __doc__: str | None

    @staticmethod
    def drawn(size: Size, seed: int) -> Size:
        """A variant of what is given, the same for the same seed; 0 is the one given."""
        ...

    @staticmethod
    def made(size: Size) -> Contract:
        """The contract with the roster's goals."""
        ...

    @staticmethod
    def score(size: Size, duties: Duties) -> int:
        """What the roster's goals cost, from the duties alone."""
        ...


def contract(size: Size, goals: Sequence[Mapping[str, Any]], more: Sequence[Mapping[str, Any]] = ()) -> Contract:
    """The contract that asks for these shifts, with the goals and rules that a roster has beside the shared ones."""
    rules: list[Mapping[str, Any]] = [
        {"kind": "min_rest", "hours": 11}, {"kind": "max_days_in_row", "days": 6}, *more,
    ]  # fmt: skip
    for shift, people in size.demand.items():
        rules.append({"kind": "named_posts", "team": "centre", "posts": [shift], "people": people, "minutes": 480,
                      "days": "every-day"})  # fmt: skip
        rules.append({"kind": "seats", "teams": ["centre"], "posts": [shift], "people": people})
    wishes = [{"kind": "wishes"}] if size.wishes else []
    clause = {"id": "B", "title": NAMES, "document": "benchmark", "where": "1", "quote": ["benchmark"], "kind": "hard",
              "demand": NAMES}  # fmt: skip
    every = [*rules, {"kind": "one_duty_a_day"}]
    return contract_of(
        {
            "id": "rotation", "title": NAMES, "buyer": NAMES, "timezone": ZONE,
            "period": {"start": date(2025, 1, 1), "end": date(2025, 12, 31)},
            "site": [{"id": "centre", **NAMES}],
            "team": [{"id": "centre", **NAMES, "role": [{"id": "agent", **NAMES, "headcount": size.agents}]}],
            "post": [{"id": shift, **NAMES} for shift in SHIFTS],
            "shift": [
                {"id": shift, **NAMES, "serves": [GROUP], "sites": ["centre"], "posts": [shift], "days": "every-day",
                 "segments": [{"start": start, "end": end}]}
                for shift, (start, end) in SHIFTS.items()
            ],
            "clause": [clause], "rule": [rule | {"clauses": ["B"]} for rule in every], "goal": [*goals, *wishes],
        }
    )  # fmt: skip


def problem(size: Size, made: Contract) -> Problem:
    """The problem: everybody may have every shift."""
    people = tuple(
        Person(staff_id=str(k), name=str(k), team="centre", role="agent", fte=1.0, qualification="yes")
        for k in range(size.agents)
    )
    own = made.model_copy(update={"rules": tuple(rule for rule in made.rules if rule.clauses == ("B",))})
    return Problem(contract=own, people=people, horizon=Horizon(START, size.days, ZONE), requests=size.wishes)


def duties_of(outcome: Outcome) -> Duties:
    """The duties of an outcome; none where it has no roster."""
    rows = outcome.rows or ()
    return {(int(row.staff_id), (row.date - START).days): row.shift for row in rows}


def hard_faults(size: Size, duties: Duties) -> int:
    """Counts what breaks the shared hard rules, from the duties alone: demand, successions, seven days in a row."""
    faults = 0
    for day in range(size.days):
        today = [shift for (_, when), shift in duties.items() if when == day]
        faults += sum(abs(today.count(shift) - people) for shift, people in size.demand.items())
    for (who, day), shift in duties.items():
        after = duties.get((who, day + 1), "")
        faults += (shift, after) in (("N", "M"), ("N", "A"), ("A", "M"))
        faults += all((who, day + k) in duties for k in range(7))
    return faults


def write(duties: Duties, out: Path) -> None:
    """Writes employee,day,shift; days off have no row."""
    with out.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("employee", "day", "shift"))
        rows.writerows((who, day, shift) for (who, day), shift in sorted(duties.items()))


def denied(size: Size, duties: Duties) -> int:
    """The weights of the wishes not granted, from the duties alone."""
    total = 0
    for wish in size.wishes:
        had = duties.get((int(wish.staff_id), (wish.date - START).days), "")
        granted = had == wish.shift if wish.kind == "shift" else bool(had) == (wish.kind == "on")
        total += 0 if granted else wish.weight
    return total


def run(roster: Roster) -> None:
    """Reads the command line, builds, solves, scores and writes; prints `objective bound seconds`.

    The time is that of building and solving; compiled code is loaded before, as by the product's solver process.
    Objective and bound add up the roster's own level and the wishes.
    """
    given = arguments(roster.__doc__ or "")
    wanted = [int(people) for people in given.demand.split(",")]
    size = roster.drawn(Size(given.agents, given.days, dict(zip(SHIFTS, wanted, strict=True))), given.variant)
    warm()
    begun = time.monotonic()
    recorder = build(problem(size, roster.made(size)))
    left = max(given.time_limit - (time.monotonic() - begun), 0.1)
    trace = Trace(given.trace, f"{roster.__name__.split('_')[-1]} {given.variant}")
    outcome = solve_recorded(recorder, Settings(left, given.workers, given.seed), report=trace)
    seconds = time.monotonic() - begun
    duties = duties_of(outcome)
    faults = hard_faults(size, duties)
    bound = sum(result.bound for result in outcome.levels if result.level > SERVICE)
    if given.out:
        write(duties, given.out)
    cost = roster.score(size, duties) + denied(size, duties) if duties and not faults else "-"
    print(f"{cost} {bound} {seconds:.2f}" + (f" faults {faults}" if faults else ""))


def arguments(about: str) -> argparse.Namespace:
    """The command line that both rosters share."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=60)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--demand", default="16,14,6", help="M,A,N people each day")
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1, help="of the search")
    parser.add_argument("--variant", type=int, default=0, help="of the problem; 0 is the one given")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--trace", type=Path, help="a CSV file that every improvement is added to")
    return parser.parse_args()
