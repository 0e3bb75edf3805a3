"""A start by prices: one person after the other is taken out and given the best legal roster against the prices.

The price of a cell is what it changes in every group statement beside the roster of all others. A person never counts
twice in an interval, so that for service the step is an exact best response (price descent). The person's
legal roster comes from the person's program; where the rules do not fit one, from a CP-SAT model of that person alone.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from ortools.sat.python import cp_model

from roster.base import CONTRACT, Cell
from solver import statements as said
from solver.levels import FOUND
from solver.model import Model
from solver.person import Program, compile_person
from solver.recorder import Recorder
from solver.search.prices import WEIGHTS, Floats, Prices, own
from solver.statements import Stated

PERSON_S = 2.0
"""Most seconds for one person's roster."""
ENOUGH = 1e-4
"""A sweep over all people that improves by less than this share ends the descent."""


class Descent:
    """Rosters built person by person. `chosen` is the present one, cell by cell."""

    def __init__(self, recorder: Recorder, *, until: Callable[[], bool]) -> None:
        self._until = until
        free: dict[str, list[Cell]] = defaultdict(list)
        for cell in recorder.world:
            if not cell.fixed:
                free[cell.person.staff_id].append(cell)
        cells = list(chain.from_iterable(free.values()))
        self._cells = cells
        self._prices = Prices(recorder, cells)
        self._people = _people(recorder, free)
        self._given: dict[str, list[int]] = {staff_id: [] for staff_id in free}

    @property
    def chosen(self) -> list[Cell]:
        """The cells given to somebody."""
        return [self._cells[k] for given in self._given.values() for k in given]

    @property
    def value(self) -> float:
        """What the present roster costs by the prices' weights, people's own counts apart."""
        return self._prices.value()

    def _give(self, staff_id: str, cells: list[int]) -> None:
        self._prices.add(self._given[staff_id], -1)
        self._prices.add(cells)
        self._given[staff_id] = cells

    def settle(self) -> None:
        """Sweeps over everybody, once at least, until nothing is gained any more or time is up."""
        value = float("inf")
        while True:
            for staff_id in self._given:
                if self._until() and value < float("inf"):
                    return
                self._respond(staff_id)
            before, value = value, self.value
            if self._until() or before - value <= ENOUGH * abs(value):
                return

    def _respond(self, staff_id: str) -> None:
        """The person's best roster beside everybody else's."""
        held, person = self._given[staff_id], self._people[staff_id]
        self._give(staff_id, [])
        best = person.best(self._prices.of(person.cells), held)
        self._give(staff_id, held if best is None else best)


class _Programmed:
    """One person's legal rosters as a program over days."""

    def __init__(self, program: Program, cells: list[int]) -> None:
        self.cells, self._program = cells, program

    def best(self, prices: Floats, held: Sequence[int]) -> list[int] | None:  # noqa: ARG002
        """The cells of the cheapest roster."""
        found = self._program.best(prices).cells
        return None if found is None else [self.cells[k] for k in found]


class _Alone:
    """One person's legal rosters as a CP-SAT model of their own."""

    def __init__(self, model: Model, cells: list[int]) -> None:
        self.cells = cells
        self._model = model
        self._literals = list(model.x.values())
        terms = [(step, scale * rise) for level, scale in WEIGHTS.items() for step, rise in model.objective[level]]
        self._steps, self._rises = [step for step, _ in terms], [rise for _, rise in terms]

    def best(self, prices: Floats, held: Sequence[int]) -> list[int] | None:
        """The cells of the cheapest roster; None where none was found in time."""
        cp = self._model.cp
        cp.clear_objective()
        cp.clear_hints()
        cp.minimize(
            cp_model.LinearExpr.weighted_sum(self._literals, np.rint(prices).astype(np.int64).tolist())
            + cp_model.LinearExpr.weighted_sum(self._steps, self._rises)
        )
        for k, literal in zip(self.cells, self._literals, strict=True):
            cp.add_hint(literal, k in held)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = PERSON_S
        if solver.solve(cp) not in FOUND:
            return None
        solution = solver.response_proto.solution
        return [k for k, literal in zip(self.cells, self._literals, strict=True) if solution[literal.index]]


def _people(recorder: Recorder, free: dict[str, list[Cell]]) -> dict[str, _Programmed | _Alone]:
    """A program or a model for each person who has a choice, of what is strictly said of that person alone."""
    about: dict[str, list[Stated]] = defaultdict(list)
    for stated in recorder.stated:
        if stated.level <= CONTRACT:
            for staff_id in said.subjects(stated.statement):
                about[staff_id].append(stated)
        elif who := own(stated.statement):
            about[who].append(stated)
    found, first = {}, 0
    for staff_id, cells in free.items():
        alone = recorder.narrowed(recorder.cells_of(cells[0].person), about[staff_id])
        found[staff_id] = _person(alone, list(range(first, first + len(cells))))
        first += len(cells)
    return found


def _person(alone: Recorder, cells: list[int]) -> _Programmed | _Alone:
    """The person's program, where it is exact; else a model. Own counts too fine for a program are left out."""
    program = compile_person(alone, alone.world[0].person, WEIGHTS)
    exact = program is not None and program.exact
    return _Programmed(program, cells) if exact else _Alone(Model(alone), cells)
