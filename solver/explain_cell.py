"""Why a person has a shift on a day: who else could, and what the best roster without it would cost."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from ortools.sat.python import cp_model

from roster.base import CONTRACT, COST, Cell
from roster.options import suits
from roster.people import Person
from roster.problem import Problem
from roster.roster import Roster, Stretch
from solver.build import build
from solver.explain_results import Bill, CellTold, Otherwise, Taker
from solver.explain_world import changed, rows_where
from solver.levels import FOUND, Settings, Stop
from solver.model import Model
from solver.outcome import Outcome
from solver.solving import solve

AROUND = 1
"""Days before and after that may change as well."""
BEST = 0.8
"""Share of the time for the best roster; the rest brings it close to the one in hand."""
Rows = tuple[Stretch, ...]
Points = dict[tuple[str, int], tuple[int, int]]
"""Level and points of each rule and goal, by kind of thing and place in the contract."""


def why(
    problem: Problem, rows: Rows, staff_id: str, day: date, settings: Settings, *, stop: Stop | None = None
) -> CellTold:
    """Explains one cell of a roster within the time limit. Raises KeyError for an unknown person."""
    begun = time.monotonic()
    person = problem.person_by_id[staff_id]
    held = tuple(row for row in rows if (row.staff_id, row.date) == (staff_id, day) and row.kind != "leave")
    takers = tuple(_takers(problem, rows, person, held, begun + settings.time_limit / 3))
    left = replace(settings, time_limit=max(settings.time_limit - (time.monotonic() - begun), 0.1) / 2)
    around = _Around(problem, rows, day)
    now, other = (around.solved(person, held, kept=kept, settings=left, stop=stop) for kept in (True, False))
    otherwise = None if now is None or other is None else _compared(problem, rows, now, other)
    shifts = tuple(dict.fromkeys(row.shift for row in held))
    return CellTold(staff_id, day, shifts, takers, otherwise, time.monotonic() - begun)


def points_of(problem: Problem, rows: Rows) -> Points:
    """What the judge finds by each rule in force, and what each goal measures."""
    roster, contract = Roster(problem, rows), problem.contract
    rules = {
        ("rule", k): (rule.level, sum(found.points for found in rule.check(roster)))
        for k, rule in enumerate(contract.rules)
        if contract.governs(rule)
    }
    goals = {("goal", k): (goal.level, goal.measure(roster)) for k, goal in enumerate(contract.goals)}
    return rules | goals


def _change(before: Points, after: Points) -> Bill:
    """Points more by level, where there is a difference."""
    totals: dict[int, int] = {}
    for key, (level, points) in after.items():
        totals[level] = totals.get(level, 0) + points - before[key][1]
    return tuple((level, points) for level, points in sorted(totals.items()) if points)


def _worse(before: Points, after: Points) -> tuple[int, ...]:
    """The hard rules that find more missing than before."""
    return tuple(
        k
        for (kind, k), (level, points) in after.items()
        if kind == "rule" and level <= CONTRACT and points > before[kind, k][1]
    )


# who else


def _takers(problem: Problem, rows: Rows, person: Person, held: Rows, until: float) -> Iterable[Taker]:
    """Everybody else who is qualified and offered the shift, cheapest first, as far as time allows."""
    if not held:
        return ()
    before = points_of(problem, rows)
    found = []
    for other in problem.people:
        if time.monotonic() > until:
            break
        if other.staff_id != person.staff_id and _may(problem, other, held):
            after, gives = _exchanged(rows, person, other, held)
            after_points = points_of(problem, after)
            found.append(Taker(other.staff_id, gives, _worse(before, after_points), _change(before, after_points)))
    return sorted(found, key=lambda taker: (taker.change or ((COST + 1, 0),), taker.staff_id))


def _may(problem: Problem, other: Person, held: Rows) -> bool:
    shifts = {shift.id: shift for shift in problem.contract.shifts}
    return all(
        other.serves(row.team, row.role) and (row.shift not in shifts or suits(other, shifts[row.shift]))
        for row in held
    )


def _exchanged(rows: Rows, person: Person, other: Person, held: Rows) -> tuple[Rows, str]:
    """The rows with the two people's duties of the day exchanged, and the shift the other one gives for it."""
    day = held[0].date
    given = tuple(row for row in rows if (row.staff_id, row.date) == (other.staff_id, day) and row.kind != "leave")
    moved = {id(row) for row in (*held, *given)}
    kept = tuple(row for row in rows if id(row) not in moved)
    takes = tuple(replace(row, staff_id=other.staff_id) for row in held)
    gives = tuple(replace(row, staff_id=person.staff_id) for row in given)
    return (*kept, *takes, *gives), given[0].shift if given else ""


# the best roster with it and without


class _Around:
    """The problem in which only the days around one may change."""

    def __init__(self, problem: Problem, rows: Rows, day: date) -> None:
        near = {day + timedelta(days=k) for k in range(-AROUND, AROUND + 1)}
        far = [other for other in problem.horizon.dates if other not in near]
        locks = tuple(replace(row, locked=True) for row in rows if row.date not in near and row.kind != "leave")
        kept = tuple(row for row in problem.locks if row.date in near)
        settled = {(person.staff_id, other) for person in problem.people for other in far} | set(problem.settled)
        self.day, self.had = day, _places(rows)
        self.problem = changed(problem, locks=(*locks, *kept), settled=tuple(sorted(settled)))

    def solved(
        self, person: Person, held: Rows, *, kept: bool, settings: Settings, stop: Stop | None
    ) -> Outcome | None:
        """The best roster in which the person has the duty of the day, or has not; of these one with few changes."""
        model = Model(build(self.problem))
        literals = [model.x[cell] for cell in self._cells(model, person, held)]
        if kept == bool(held):
            model.cp.add_bool_or(literals)
        else:
            model.cp.add_bool_and(~literal for literal in literals)
        try:
            outcome = solve(model, replace(settings, time_limit=settings.time_limit * BEST), stop=stop)
        except RuntimeError:  # a strict statement forbids it
            return None
        return None if outcome.rows is None else replace(outcome, rows=self._near(model, outcome, settings))

    def _cells(self, model: Model, person: Person, held: Rows) -> Iterator[Cell]:
        """The person's free cells of the day: those of the shift held, all where there is none."""
        shifts = {(row.shift, row.team, row.role) for row in held}
        mine = (c for c in model.x if c.person.staff_id == person.staff_id and c.duty.day == self.day)
        for cell in mine:
            if not held or (cell.duty.shift, cell.duty.team, cell.duty.role) in shifts:
                yield cell

    def _near(self, model: Model, outcome: Outcome, settings: Settings) -> Rows:
        """Rows as good, level by level, and as close to the roster in hand as was found."""
        for result in outcome.levels:
            terms = model.objective[result.level]
            if terms:
                model.cp.add(model.total(terms) <= result.objective - model.constant[result.level])
        had = [2 * (_place(cell) in self.had) - 1 for cell in model.x]
        model.cp.maximize(cp_model.LinearExpr.weighted_sum(list(model.x.values()), had))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = settings.time_limit * (1 - BEST)
        found = solver.solve(model.cp) in FOUND
        return rows_where(model, solver.response_proto.solution) if found else outcome.rows or ()


def _place(cell: Cell) -> tuple[str, date, str, str]:
    return cell.person.staff_id, cell.duty.day, cell.duty.shift, cell.duty.site


def _compared(problem: Problem, rows: Rows, now: Outcome, other: Outcome) -> Otherwise:
    levels = {result.level: result for result in now.levels}
    change = tuple(
        (result.level, result.objective - levels[result.level].objective)
        for result in other.levels
        if result.objective != levels[result.level].objective
    )
    best, others = now.rows or (), other.rows or ()
    worse = _worse(points_of(problem, best), points_of(problem, others))
    proven = now.status == other.status == "OPTIMAL"
    return Otherwise(change, proven, worse, len({place[:2] for place in _places(rows) ^ _places(others)}))


def _places(rows: Rows) -> set[tuple[str, date, str, str]]:
    return {(row.staff_id, row.date, row.shift, row.site) for row in rows if row.kind != "leave"}
