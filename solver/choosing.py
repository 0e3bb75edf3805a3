"""One cell out of each of many choices, as a mixed-integer program: its relaxation is nearly whole, SCIP soon ends."""

import threading
from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from roster.base import CONTRACT, LAW, SERVICE, Cell, Cells
from solver import statements as said
from solver.clock import Clock
from solver.levels import Stop
from solver.linear import Assembly, Ints, LinearProgram, WholeAnswer, solved_whole
from solver.recorder import Recorder
from solver.search.columns.counts import Counts, NoSuchForm

WEIGHTS = {LAW: 10_000_000, CONTRACT: 20_000, SERVICE: 1}
"""What a point of a level counts. At 1,000, as in a bound, nine points of the contract were given up for service."""
LP_S = 1e-5
"""Seconds that the program takes, an entry, about."""
LOOK_S = 0.05
"""How often it is looked whether a stop was asked for."""


def chosen(
    recorder: Recorder, choices: Sequence[Cells], seconds: float, stop: Stop, clock: Clock | None = None
) -> tuple[list[Cell], bool] | None:
    """Of each choice a cell, at the least cost of the levels by `WEIGHTS`, and whether that is proven to be the least.

    `recorder` states what the cells of `choices` are worth. What has no form here is left out, and the choice is then
    not said to be the best. None where no answer was found in time, or before a `stop` was asked for.
    """
    counts, whole = _counts(recorder)
    program = Assembly()
    used = program.add_columns(counts.own, np.ones(len(counts.cells)), whole=True)
    place = {cell: k for k, cell in enumerate(counts.cells)}
    listed = [used[[place[cell] for cell in cells]] for cells in choices]
    one = program.add_rows(*np.ones((2, len(choices))))
    program.meet(np.repeat(one, [len(cells) for cells in listed]), np.concatenate(listed), 1.0)
    shared, weight = program.add_rows(*np.zeros((2, len(counts.most)))), sp.coo_matrix(counts.weight)
    program.meet(shared[weight.col], used[weight.row], weight.data)
    counts.enter(program, shared)
    for stated in recorder.stated:
        if isinstance(stated.statement, said.DaysAtLeast) and stated.level in WEIGHTS:
            _days(program, stated.statement, WEIGHTS[stated.level], {cell: used[k] for cell, k in place.items()})
    answer = _answered(program.program(), seconds, stop, clock or Clock())
    if answer is None:
        return None
    columns = [cells[np.argmax(answer.columns[cells])] for cells in listed]
    return [counts.cells[k] for k in columns], whole and answer.proven


def _answered(program: LinearProgram, seconds: float, stop: Stop, clock: Clock) -> WholeAnswer | None:
    """SCIP in a thread that a stop leaves to its time limit: its interrupter writes errors (ortools 9.15)."""
    answers: list[WholeAnswer | None] = []
    thread = threading.Thread(target=lambda: answers.append(solved_whole(program, clock.on_wall(seconds))))
    thread.start()
    while thread.is_alive() and not stop.asked:
        thread.join(LOOK_S)
    clock.count(LP_S * program.weights.nnz)
    return answers[0] if answers else None


def _counts(recorder: Recorder) -> tuple[Counts, bool]:
    """What is said as convex counts, and whether that is everything but what has rows of its own."""
    apart = (said.OneOf, said.DaysAtLeast)
    rest = recorder.narrowed(recorder.world, [s for s in recorder.stated if not isinstance(s.statement, apart)])
    try:
        return Counts(rest, WEIGHTS), True
    except NoSuchForm:
        return Counts(rest, WEIGHTS, relaxed=True), False


def _days(program: Assembly, asked: said.DaysAtLeast, worth: int, at: Mapping[Cell, int]) -> None:
    """On so many days at least there are so many; each day short is priced."""
    fixed = [sum(cell.fixed for cell in cells) for cells, _ in asked.days]
    missing = asked.amount - sum(held >= count for held, (_, count) in zip(fixed, asked.days, strict=True))
    if missing <= 0:
        return
    (enough,) = program.add_rows(np.array([float(missing)]), np.array([np.inf]))
    short = program.add_columns(np.array([float(asked.points * worth)]), np.full(1, np.inf))
    program.meet(_repeated(enough, 1), short, 1.0)
    for (cells, count), held in zip(asked.days, fixed, strict=True):
        free = np.array([at[cell] for cell in cells if not cell.fixed], dtype=np.int64)
        if held >= count or not len(free):
            continue
        reached = program.add_columns(np.zeros(1), np.ones(1), whole=True)
        (day,) = program.add_rows(np.zeros(1), np.array([np.inf]))
        program.meet(_repeated(day, len(free)), free, 1.0)
        program.meet(_repeated(day, 1), reached, float(held - count))
        program.meet(_repeated(enough, 1), reached, 1.0)


def _repeated(row: int, times: int) -> Ints:
    return np.full(times, row, dtype=np.int64)
