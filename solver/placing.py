"""The second look: work inside duties. The duties are settled; each may take a piece of work into one of its stretches.

Every rule and goal states itself again, now over the chosen duties with and without a piece of work. What is said of
one person alone (rest, runs, hours) is passed over: a duty keeps its times whatever is done in it.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from itertools import chain

from roster.base import CONTRACT, SERVICE, Block, Cell, Cells
from roster.blocks import asked_blocks, variants
from roster.options import cells_from_rows
from roster.people import Person
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.shifts import Duty
from solver.levels import Settings, Stop
from solver.model import Model
from solver.recorder import Recorder
from solver.solving import solve

HURRIED_S = 8.0
"""Seconds that a stopped solve still takes for the work inside its duties."""
ROUNDS = 3
"""A duty takes up one piece of work a round."""


class InsideRecorder(Recorder):
    """Passes over what is said of one person: duties are settled."""

    def forbid(self, cells: Iterable[Cell]) -> None:
        """Every variant is allowed where its duty is."""

    def pair(self, person: Person, clash: Callable[[Duty, Duty], int], *, reach_days: int) -> None:
        """Times are settled."""

    def window(self, person: Person, weigh: Callable[[Duty], int], *, days: int, at_most: int) -> None:
        """Times are settled."""

    def run(self, person: Person, counts: Callable[[Duty], bool], *, at_most: int) -> None:
        """Times are settled."""

    def total(self, person: Person, weigh: Callable[[Duty], int], *, days: Collection[date], at_most: int) -> None:
        """Times are settled."""

    def excess(
        self, person: Person, weigh: Callable[[Duty], int], *, days: Collection[date], allowance: int, at_most: int
    ) -> None:
        """Times are settled."""

    def free_day(self, person: Person, busy: Callable[[Duty], Collection[date]], *, days: Collection[date]) -> None:
        """Times are settled."""


def place(problem: Problem, rows: tuple[Stretch, ...], settings: Settings, stop: Stop) -> tuple[Stretch, ...]:
    """The rows with the work inside duties that the contract asks for, as far as it fits.

    Where time runs out the best found so far is returned, at worst the rows as they came. Where a stop was asked for
    before it begins, it takes one short round: a roster kept has its work inside as well.
    """
    hurried = stop.asked
    deadline = time.monotonic() + (min(settings.time_limit, HURRIED_S) if hurried else settings.time_limit)
    owed = _owed(problem, rows)
    for _ in range(1 if hurried else ROUNDS):
        left = deadline - time.monotonic()
        if not owed or left <= 0:
            break
        placed = _round(problem, rows, replace(settings, time_limit=left), Stop() if hurried else stop)
        still = _owed(problem, placed)
        if still >= owed:
            break
        rows, owed = placed, still
    return rows


def _owed(problem: Problem, rows: tuple[Stretch, ...]) -> int:
    """Person-minutes of work inside duties that the contract asks for and the rows do not hold."""
    roster = Roster(problem, rows)
    rules = [rule for rule in problem.contract.in_force() if rule.blocks()]
    return sum(finding.points for rule in rules for finding in rule.check(roster))


def _round(problem: Problem, rows: tuple[Stretch, ...], settings: Settings, stop: Stop) -> tuple[Stretch, ...]:
    """One piece of work more in each duty, where that is better."""
    blocks = _missing(problem, rows)
    whole = {(block.activity, block.post) for block in asked_blocks(problem) if block.post}
    free = [row for row in rows if not row.locked]
    choices = [
        [Cell(cell.person, duty) for duty in (cell.duty, *variants(problem, cell.duty, blocks, whole))]
        for cell in cells_from_rows(problem, free)
    ]
    if all(len(cells) == 1 for cells in choices):
        return rows
    model = Model(_stated(problem, choices))
    outcome = solve(model, settings, stop=stop, large=len(model.x) + 1, last=SERVICE)
    return rows if outcome.rows is None else outcome.rows


def _missing(problem: Problem, rows: tuple[Stretch, ...]) -> tuple[Block, ...]:
    """The blocks of the rules that the rows do not keep yet, each once."""
    roster = Roster(problem, rows)
    rules = (rule for rule in problem.contract.in_force() if rule.blocks())
    short = (rule.blocks() for rule in rules if any(finding.points for finding in rule.check(roster)))
    return tuple(dict.fromkeys(chain.from_iterable(short)))


def _stated(problem: Problem, choices: Iterable[Cells]) -> Recorder:
    """What the contract says of the choices, of which each gives exactly one."""
    choices = list(choices)
    fixed = cells_from_rows(problem, (*problem.locks, *problem.previous))
    recorder = InsideRecorder(problem, [*(cell for cells in choices for cell in cells), *fixed])
    for maker in (*problem.contract.in_force(), *problem.contract.goals):
        recorder.level, recorder.owner = maker.level, maker.kind
        maker.require(recorder)
    for cells in choices:
        recorder.level = CONTRACT
        recorder.one_of(cells)
        recorder.level = SERVICE
        recorder.price(dict.fromkeys(cells[1:], 1))  # a thousandth of a contact: work that nobody owes stays out
    return recorder
