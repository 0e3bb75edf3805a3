"""From a problem to statements: every rule in force and every goal states itself once."""

from collections.abc import Iterable

from roster.base import Cell, Goal, Rule
from roster.options import cells_from_rows, options
from roster.problem import Problem
from solver.recorder import Recorder


def world(problem: Problem) -> list[Cell]:
    """The cells of a problem: what the catalogue offers, the locked rows and the history, in a fixed order."""
    return [*options(problem), *cells_from_rows(problem, (*problem.locks, *problem.previous))]


def record(problem: Problem, cells: Iterable[Cell], makers: Iterable[Rule | Goal]) -> Recorder:
    """What the given rules and goals say about the cells."""
    recorder = Recorder(problem, cells)
    for maker in makers:
        recorder.level, recorder.owner = maker.level, maker.kind
        maker.require(recorder)
    return recorder


def build(problem: Problem) -> Recorder:
    """Everything the contract says about the problem's world."""
    return record(problem, world(problem), [*problem.contract.in_force(), *problem.contract.goals])
