"""A complete roster, person by person, and improving it one person at a time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np

from roster.base import CONTRACT
from solver import statements as said
from solver.clock import Clock
from solver.person import Best, Program, compile_person
from solver.person.form import form_of
from solver.recorder import Recorder
from solver.search.columns.counts import Counts, Floats, Ints, NoSuchForm
from solver.search.columns.master import Column
from solver.statements import Stated

STEP_S, ROSTER_S = 1.8e-9, 1.5e-4
"""Seconds that a step of a program and a roster take, about."""
RESPOND_S = 1e-3
"""Seconds that a response takes beside that, about."""
LEAST_GAIN = 1e-3
"""What counts as better: costs are whole points, but sums of many as floats are not exact."""


class Crew:
    """Everybody's programs with the present roster: `given[person]` are global cells, `counts` what they add up to.

    `legal[person]` says whether the person was given a legal roster yet; in the beginning nobody has one. `certain` is
    what is paid whatever is chosen: constants, and rows that no program has a cell of. Asking programs is counted by
    the `clock`.
    """

    def __init__(self, counts: Counts, programs: Sequence[Program], clock: Clock) -> None:
        self.rows, self.programs, self.clock = counts, programs, clock
        self.given: list[tuple[int, ...]] = [() for _ in programs]
        self.legal = [False] * len(programs)
        self.counts = np.zeros(len(counts.most), dtype=np.int64)
        self.day_of = np.full(len(counts.cells), -1, dtype=np.int64)
        for person, program in enumerate(programs):
            for k, day in program.day_of.items():
                self.day_of[counts.first[person] + k] = day
        held = counts.weight.tocsc()
        first = held.indices[held.indptr[:-1]] if held.nnz else np.zeros(0, dtype=np.int64)
        self.row_day = self.day_of[first]
        idle = np.ones(len(counts.most), dtype=np.bool_)
        idle[counts.weight[self.day_of >= 0].indices] = False
        self.certain = counts.constant + float(counts.costs(self.counts)[idle].sum())

    @property
    def cost(self) -> float:
        """What the present roster costs."""
        rosters = sum(self.own_cost(person, cells) for person, cells in enumerate(self.given))
        return float(self.rows.costs(self.counts).sum() + rosters + self.rows.constant)

    def own_cost(self, person: int, cells: Sequence[int]) -> float:
        """What a roster costs by itself."""
        local = [k - int(self.rows.first[person]) for k in cells]
        return float(self.rows.own[list(cells)].sum()) + self.programs[person].own_cost(local)

    def column(self, person: int, cells: Sequence[int]) -> Column:
        """A roster, or the open part of one, as a column."""
        return Column(person, tuple(cells), self.own_cost(person, cells), self.rows.of(cells))

    def give(self, person: int, cells: Sequence[int]) -> None:
        """Replaces a person's roster."""
        for sign, part in ((-1, self.given[person]), (1, cells)):
            rows, weights = self.rows.of(part)
            self.counts[rows] += sign * weights
        self.given[person] = tuple(cells)

    def best(self, person: int, priced: Floats, forced: Ints | None = None) -> Best:
        """The person's best roster where cells cost so much, with days `forced` as they are."""
        self.clock.count(self.programs[person].steps * STEP_S + ROSTER_S)
        return self.programs[person].best(priced, forced)

    def respond(self, person: int) -> bool:
        """Gives the person the best roster beside everybody else's. Whether that changed the roster for the better."""
        self.clock.count(RESPOND_S)
        held = self.given[person]
        before = self.own_cost(person, held) + self.rows.costs(self.counts).sum()
        self.give(person, ())
        found = self.best(person, self.rows.marginal(self.counts, person)).cells
        first = int(self.rows.first[person])
        self.give(person, held if found is None else [first + k for k in sorted(found)])
        after = self.own_cost(person, self.given[person]) + self.rows.costs(self.counts).sum()
        if found is None or (self.legal[person] and after > before - LEAST_GAIN):
            self.give(person, held)
            return False
        self.legal[person] = True
        return True

    def settle(self, order: Sequence[int], until: Callable[[], bool]) -> bool:
        """Lets everybody respond in turn until nobody gains. False where somebody has no roster."""
        while True:
            moved = False
            for person in order:
                if until() and all(self.legal):
                    return True
                moved |= self.respond(person)
            if not moved:
                return all(self.legal)

    def snapshot(self) -> list[tuple[int, ...]]:
        """The roster as it is."""
        return list(self.given)

    def restore(self, given: Sequence[tuple[int, ...]]) -> None:
        """Brings an earlier roster back."""
        for person, cells in enumerate(given):
            if cells != self.given[person]:
                self.give(person, cells)

    def counts_without(self, cells: Sequence[int]) -> Ints:
        """The counts without some of the cells given."""
        left = self.counts.copy()
        rows, weights = self.rows.of(cells)
        left[rows] -= weights
        return left


def crew_at(
    recorder: Recorder, weights: Mapping[int, int], *, relaxed: bool = False, clock: Clock | None = None
) -> Crew | None:
    """Everybody's programs, with what is said of people together at some levels, `weights[level]` a point.

    Of what is said of one person alone the strict statements are kept; everything else is left out. What has no form
    for it is left out too if `relaxed` (the crew's least cost is then a bound), else there is None.
    """
    clock = clock or Clock(None)
    with clock.preparing(len(recorder.world)):
        return _crew(recorder, weights, clock, relaxed=relaxed)


def _crew(recorder: Recorder, weights: Mapping[int, int], clock: Clock, *, relaxed: bool) -> Crew | None:
    about: dict[str, list[Stated]] = defaultdict(list)
    for stated in recorder.stated:
        if stated.level <= CONTRACT:
            for staff_id in said.subjects(stated.statement):
                about[staff_id].append(stated)
    try:
        counts = Counts(recorder, weights, relaxed=relaxed)
    except NoSuchForm:
        return None
    programs: list[Program] = []
    made: dict[Hashable, Program | None] = {}
    for staff_id in counts.people:
        person = recorder.problem.person_by_id[staff_id]
        alone = recorder.narrowed(recorder.cells_of(person), about[staff_id])
        form = form_of(alone, person)
        if form not in made:
            made[form] = compile_person(alone, person, {}, relaxed=relaxed)
        program = made[form]
        if program is None:
            return None
        programs.append(program)
    return Crew(counts, programs, clock)
