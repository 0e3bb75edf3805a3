"""Small worlds in which a rule's two readings can be compared roster by roster.

A world is a problem with a handful of cells, legal and illegal ones, so small that every subset is a roster that
can be looked at: the set CP-SAT enumerates for a rule must equal the set that the rule's check accepts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product

from ortools.sat.python import cp_model

from roster.base import Breach, Cell, ModelPort, Rule
from roster.calendar import Horizon
from roster.contract import Contract
from roster.judging import check_again
from roster.options import rows_of
from roster.people import Person
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.shifts import Duty, Span
from solver.build import record
from solver.model import Model

MONDAY = date(2025, 3, 3)  # an ordinary week without holidays
CLAUSE = {
    "id": "T-1",
    "title": {"zh": "测试", "en": "Test"},
    "document": "test",
    "where": "1",
    "quote": ["test"],
    "kind": "hard",
    "demand": {"zh": "测试", "en": "Test"},
}


def person(staff_id: str = "A", **fields: object) -> Person:
    """A full-time person of team `desk`, role `agent`, certified and employed all along."""
    given: dict[str, object] = {
        "staff_id": staff_id, "name": staff_id, "team": "desk", "role": "agent", "fte": 1.0,
        "certified_on": date(2020, 1, 1), "qualification": "yes", "hourly_cost": 60.0, "seniority_years": 5.0,
    }  # fmt: skip
    return Person.model_validate(given | fields)


def contract(rules: Sequence[Rule] = (), **fields: object) -> Contract:
    """A contract with the teams `desk` (agent, expert) and `lab` (tech), sites `office`, `onsite`, `remote`."""
    names = {"zh": "名", "en": "name"}
    given: dict[str, object] = {
        "id": "small",
        "title": names,
        "buyer": names,
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "timezone": "Asia/Shanghai",
        "site": [{"id": i, **names, "client": i == "onsite"} for i in ("office", "onsite", "remote")],
        "team": [
            {"id": "desk", **names, "role": [{"id": r, **names, "headcount": 2} for r in ("agent", "expert")]},
            {"id": "lab", **names, "role": [{"id": "tech", **names, "headcount": 1}]},
        ],
        "shift": [
            {"id": "D", **names, "serves": ["desk/agent"], "sites": ["office"],
             "segments": [{"start": "09:00", "end": "17:00"}]},
        ],
        "clause": [CLAUSE],
        "rule": [rule.model_dump() for rule in rules] or [{"kind": "min_rest", "clauses": ["T-1"], "hours": 11}],
    }  # fmt: skip
    return Contract.model_validate(given | fields)


def problem(people: Sequence[Person], *, days: int = 2, start: date = MONDAY, **fields: object) -> Problem:
    """A problem of `days` days from `start` for the people."""
    given = {"contract": contract(), "people": tuple(people), "horizon": Horizon(start, days, "Asia/Shanghai")}
    return Problem.model_validate(given | fields)


def duty(
    day: date | int,
    hours: str = "9-17",
    *,
    shift: str | None = None,
    team: str = "desk",
    role: str = "agent",
    post: str = "",
    site: str = "office",
    kind: str = "work",
    activity: str = "duty",
) -> Duty:
    """A duty on a day (a number counts from MONDAY); `hours` such as '9-17' or '9-12 13-17:30', 33 is 9:00 next day.

    A stretch may carry its own activity: '9-12 12-13:lunch 13-17' (lunch is unpaid, a break is paid).
    """
    real = MONDAY + timedelta(days=day) if isinstance(day, int) else day
    at = Horizon(real, 1, "Asia/Shanghai").at

    def minutes(text: str) -> int:
        hour, _, minute = text.partition(".")
        return int(hour) * 60 + int(minute or 0)

    spans = []
    for piece in hours.split():
        times, _, own = piece.partition(":")
        start, end = times.split("-")
        paid = own != "lunch" and kind in ("work", "training")
        spans.append(Span(at(real, minutes(start)), at(real, minutes(end)), own or activity, paid, post))
    return Duty(real, shift or hours, team, role, post, site, kind, tuple(spans))


@dataclass(frozen=True)
class World:
    """A problem and its cells; `fixed` ones are history or locks and belong to every roster."""

    problem: Problem
    cells: tuple[Cell, ...]

    @property
    def free(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if not cell.fixed)

    def roster(self, chosen: Iterable[Cell]) -> Roster:
        """The roster of the chosen cells and the fixed cells of the horizon."""
        start = self.problem.horizon.start
        kept = [c for c in self.cells if c.fixed and c.duty.day >= start]
        rows = tuple(row for cell in (*kept, *chosen) for row in rows_of(cell))
        return Roster(self.problem, rows)

    def rosters(self) -> Iterator[frozenset[Cell]]:
        """Every subset of the free cells."""
        for picks in product((False, True), repeat=len(self.free)):
            yield frozenset(cell for cell, pick in zip(self.free, picks, strict=True) if pick)


def world(cells: Sequence[tuple[Person, Duty]], *, days: int = 2, past: Sequence[tuple[Person, Duty]] = (),
          people: Sequence[Person] | None = None, start: date = MONDAY, **fields: object) -> World:  # fmt: skip
    """A world of free cells; `past` duties come before the horizon (or are locked in it) and are fixed."""
    history = [Cell(who, what, fixed=True) for who, what in past]
    everybody = people or list({c[0].staff_id: c[0] for c in (*cells, *past)}.values())
    previous: list[Stretch] = [row for cell in history if cell.duty.day < start for row in rows_of(cell)]
    if previous:
        fields["previous"] = tuple(previous)
    asked = problem(everybody, days=days, start=start, **fields)
    return World(asked, (*history, *(Cell(*cell) for cell in cells)))


def accepted(rule: Rule, small: World) -> set[frozenset[Cell]]:
    """The rosters of the world that the rule's check lets pass: no certain breach and no points."""

    def passes(roster: Roster) -> bool:
        return not any(found.points or found.verdict == "breached" for found in rule.check(roster))

    return {chosen for chosen in small.rosters() if passes(small.roster(chosen))}


def breaches(rule: Rule, roster: Roster) -> list[Breach]:
    """The certain breaches."""
    return [breach for breach in rule.check(roster) if breach.verdict == "breached"]


class _All(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model
        self.found: set[frozenset[Cell]] = set()

    def on_solution_callback(self) -> None:
        self.found.add(frozenset(cell for cell, x in self.model.x.items() if self.boolean_value(x)))


def enumerated(rule: Rule, small: World) -> set[frozenset[Cell]]:
    """The rosters of the world that CP-SAT enumerates with this rule alone."""
    model = Model(record(small.problem, small.cells, [rule]), strict=True)
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    every = _All(model)
    solver.solve(model.cp, every)
    return every.found


def agree(rule: Rule, small: World) -> None:
    """Asserts that both readings accept the same rosters, and that the world holds kept and broken ones."""
    by_check, by_solver = accepted(rule, small), enumerated(rule, small)
    assert by_check, "the world holds no roster that keeps the rule"
    assert len(by_check) < 2 ** len(small.free), "the world holds no roster that breaks the rule"
    only_check, only_solver = by_check - by_solver, by_solver - by_check
    assert not only_check, f"{len(only_check)} rosters pass the check but not the model, e.g. {_show(only_check)}"
    assert not only_solver, f"{len(only_solver)} rosters pass the model but not the check, e.g. {_show(only_solver)}"
    same_again(rule, small)


def same_again(rule: Rule, small: World, *, tries: int = 60) -> None:
    """Asserts that a roster judged again after a cell has come or gone is judged as it is afresh."""
    rosters = list(small.rosters())
    for number, chosen in enumerate(rosters[:: max(1, len(rosters) // tries)]):
        other = chosen ^ {small.free[number % len(small.free)]}
        before, after = small.roster(chosen), small.roster(other)
        changed = set(before.rows) ^ set(after.rows)
        again = check_again(rule, tuple(rule.check(before)), after, changed)
        assert again == tuple(rule.check(after)), f"{rule.kind} judges otherwise after {changed}"


def _show(rosters: set[frozenset[Cell]]) -> list[str]:
    return sorted(f"{c.person.staff_id}:{c.duty.day}:{c.duty.shift}:{c.duty.kind}" for c in min(rosters, key=len))


class _Mixed:
    """A rule whose check and statement come from two versions: what a fault in one of them looks like."""

    def __init__(self, check: Rule, require: Rule) -> None:
        self.check, self.require = check.check, require.require
        self.level, self.kind = require.level, require.kind


def disagree(small: World, good: Rule, **broken: object) -> None:
    """Asserts that the world notices a fault: the rule's statement with other parameters than its check."""
    other = type(good).model_validate(good.model_dump() | broken)
    mixed = _Mixed(check=good, require=other)
    assert accepted(mixed, small) != enumerated(mixed, small), f"the world does not notice {broken}"  # type: ignore[arg-type]


class _Misstated:
    """A rule with its own check and a statement that is not its own."""

    def __init__(self, rule: Rule, statement: Callable[[ModelPort], None]) -> None:
        self.check, self.require = rule.check, statement
        self.level, self.kind = rule.level, rule.kind


def catches(small: World, rule: Rule, statement: Callable[[ModelPort], None]) -> None:
    """Asserts that the world notices a faulty statement: for rules without a parameter to break."""
    mixed = _Misstated(rule, statement)
    assert accepted(rule, small) != enumerated(mixed, small), "the world does not notice the fault"  # type: ignore[arg-type]


def locked(cell: tuple[Person, Duty]) -> tuple[Stretch, ...]:
    """The rows of a cell, locked."""
    return tuple(replace(row, locked=True) for row in rows_of(Cell(*cell)))


def at(day: int, hour: float) -> datetime:
    """A local instant, days counted from MONDAY."""
    return Horizon(MONDAY, 1, "Asia/Shanghai").at(MONDAY + timedelta(days=day), round(hour * 60))
