"""A few days for everybody, chosen anew by CP-SAT: what prices cannot put together, it can."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.levels import FOUND, Settings, Stop, fix, limit_wall, limit_work, work_of
from solver.model import Model
from solver.recorder import Recorder
from solver.search.columns.crew import Crew
from solver.search.columns.pricing import Part

COPY_S = 2e-5
"""Seconds to copy and presolve the model, a variable, about."""


@dataclass(frozen=True)
class Chosen:
    """All of a part's open cells by person (empty where CP-SAT found none), the work that took, and the least cost.

    `work` is in seconds as they are counted; nothing that differs from the roster in the part alone costs less than
    `least`.
    """

    cells: dict[int, list[int]]
    work: float
    least: float


class Windows:
    """The CP-SAT model of the whole, of which a part is left open at a time."""

    def __init__(self, recorder: Recorder, level: int, crew: Crew, settings: Settings, stop: Stop) -> None:
        self._crew, self._settings, self._stop = crew, settings, stop
        self._model = model = Model(recorder)
        self._literals = [model.x[cell] for cell in crew.rows.cells]
        self._copying = COPY_S * len(model.cp.proto.variables)
        self._constant = model.constant[level]
        model.cp.clear_objective()
        model.cp.minimize(model.total(model.objective[level]))

    def anew(self, part: Part, *, work: float, seconds: float | None) -> Chosen:
        """A part as CP-SAT chooses it, within `work` seconds as they are counted and `seconds` of the wall, if any."""
        cp, open_ = self._left_open(part)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self._settings.workers
        solver.parameters.random_seed = self._settings.seed
        solver.parameters.linearization_level = 2
        limit_work(solver, work)
        limit_wall(solver, seconds)
        with self._stop.halting(solver.stop_search):
            status = solver.solve(cp)
        spent = work_of(solver) + self._copying
        if status not in FOUND:
            return Chosen({}, spent, float("-inf"))
        solution = solver.response_proto.solution
        used = [k for k in sorted(open_) if solution[self._literals[k].index]]
        return Chosen(self._by_person(part.people, used), spent, solver.best_objective_bound + self._constant)

    def _left_open(self, part: Part) -> tuple[cp_model.CpModel, set[int]]:
        """The model with all but the part fixed, the present roster as its hint, and the cells left open."""
        chosen = {k for cells in self._crew.given for k in cells}
        open_ = self._open(part)
        values = [0] * len(self._model.cp.proto.variables)
        for k in chosen:
            values[self._literals[k].index] = 1
        cp = self._model.cp.clone()
        fix(cp, (self._literals[k] for k in range(len(self._literals)) if k not in open_), values)
        for k in open_:
            cp.add_hint(cp.get_bool_var_from_proto_index(self._literals[k].index), k in chosen)
        return cp, open_

    def _open(self, part: Part) -> set[int]:
        crew = self._crew
        days = None if part.days is None else set(part.days)
        return {
            k
            for p in part.people
            for k in range(int(crew.rows.first[p]), int(crew.rows.first[p + 1]))
            if days is None or int(crew.day_of[k]) in days
        }

    def _by_person(self, people: Sequence[int], cells: Sequence[int]) -> dict[int, list[int]]:
        first = self._crew.rows.first
        return {p: [k for k in cells if first[p] <= k < first[p + 1]] for p in people}
