"""From a problem to statements: every rule in force and every goal states itself once."""

from collections.abc import Iterable

from roster.base import Cell, Goal, Rule
from roster.options import cells_from_rows, options
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.scorecard import scorecard
from solver.recorder import Recorder


def world(problem: Problem) -> list[Cell]:
    """The cells of a problem in a fixed order: what is offered where nothing is settled, locks, history."""
    settled = set(problem.settled)
    offered = (cell for cell in options(problem) if (cell.person.staff_id, cell.duty.day) not in settled)
    return [*offered, *cells_from_rows(problem, (*problem.locks, *problem.previous))]


def record(problem: Problem, cells: Iterable[Cell], makers: Iterable[Rule | Goal]) -> Recorder:
    """What the given rules and goals say about the cells."""
    recorder = Recorder(problem, cells)
    for maker in makers:
        recorder.level, recorder.owner = maker.level, maker.kind
        maker.require(recorder)
    return recorder


def build(problem: Problem) -> Recorder:
    """Everything the contract says about the duties of the problem's world; work inside duties comes later.

    Work that nobody's duty can hold is short whatever comes, and said now.
    """
    cells = world(problem)
    return record(problem, cells, [*of_duties(problem, cells), *problem.contract.goals])


def of_duties(problem: Problem, cells: Iterable[Cell]) -> list[Rule]:
    """The rules in force that speak of duties, not of work that could be placed inside them."""
    served = {f"{cell.duty.team}/{cell.duty.role}" for cell in cells}
    rules = problem.contract.in_force()
    return [rule for rule in rules if not any(served.intersection(block.who) for block in rule.blocks())]


def points_of_duties(problem: Problem, rows: Iterable[Stretch]) -> dict[int, int]:
    """By level what a roster without work inside its duties comes to, as the levels of the duties count it."""
    contract = problem.contract.model_copy(update={"rules": tuple(of_duties(problem, world(problem)))})
    return scorecard(Roster(problem.model_copy(update={"contract": contract}), tuple(rows)))
