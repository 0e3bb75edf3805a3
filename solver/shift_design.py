"""Which few shifts serve a demand best: the shift design problem as one CP-SAT model.

Days of one kind get the same counts, so the expected loss of an interval is summed over its dates beforehand and
stays convex. x[s, k] people start shift s on each day of kind k; y[s] says that s is in the catalogue:

    minimise   sum_i lost_i(people in i) + sum_f price_f short_f
    subject to x[s, k] <= people[k] y[s],  sum_s y[s] <= most,  sum_s x[s, k] <= people[k],
               sum_{s, k} dates[k] paid[s] x[s, k] <= budget

or, the other way round, the fewest paid minutes that lose no more than given.

Source: Musliu, Schaerf & Slany (2004), European Journal of Operational Research 153:51, and Di Gaspero, Gaertner,
Kortsarz, Musliu, Schaerf & Slany (2007), Annals of Operations Research 155:79 [minimum shift design]; the expected
loss in place of their over- and understaffing is our own.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ortools.sat.python import cp_model

from solver.shift_moves import descend
from solver.shift_question import Counts, Cover, Question, Use, count


@dataclass(frozen=True)
class Limits:
    """What an answer has to keep; None is no limit. `shifts`: those that may be used, all where None."""

    shifts: frozenset[int] | None = None
    most: int | None = None
    minutes: int | None = None
    points: int | None = None


@dataclass(frozen=True)
class Answer:
    """The counts found, without zeros; `bound`: no answer has less of what was minimised."""

    counts: dict[Use, int]
    bound: int


def propose(question: Question, limits: Limits, start: Counts, *, seconds: float = 20.0) -> Answer:
    """The counts with the least points within `most` shifts and `minutes`: descents first, then the counts of their
    catalogue settled exactly, then the catalogue itself opened again for the rest of the time.

    `start` keeps the minutes. What comes back is never worse than `start` where that keeps `most` as well.
    """
    begun = time.monotonic()
    most = len(question.counted) if limits.most is None else limits.most
    minutes = question.minutes(start) if limits.minutes is None else limits.minutes
    counts = descend(question, start, most, minutes)
    held = replace(limits, shifts=frozenset(shift for shift, _ in counts))
    settled = design(question, "points", held, hint=counts, seconds=seconds / 4)
    counts = counts if settled is None else settled.counts
    left = max(seconds - (time.monotonic() - begun), seconds / 4)
    opened = design(question, "points", limits, hint=counts, seconds=left)
    return Answer(dict(counts), 0) if opened is None else opened


def design(
    question: Question,
    wanted: Literal["points", "minutes"],
    limits: Limits,
    *,
    hint: Counts | None = None,
    seconds: float = 20.0,
    workers: int = 1,
    seed: int = 1,
) -> Answer | None:
    """The counts with the least points, or minutes, within the limits; None where nothing was found in time.

    A `hint` that keeps the limits is the worst that comes back.
    """
    model = _Model(question, limits)
    model.cp.minimize(model.points if wanted == "points" else model.minutes)
    model.start_from(hint or {})
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    counts = {use: n for use, x in model.x.items() if (n := solver.value(x))}
    return Answer(counts, round(solver.best_objective_bound))


class _Model:
    """The CP-SAT model of a question within limits."""

    def __init__(self, question: Question, limits: Limits) -> None:
        self.cp = cp_model.CpModel()
        self.question = question
        self.x = {
            (shift, kind): self.cp.new_int_var(0, question.people[kind], f"x{shift}_{kind}")
            for shift, kind in sorted(question.uses)
            if limits.shifts is None or shift in limits.shifts
        }
        self.offs: list[tuple[cp_model.IntVar, Collection[Use], int, int]] = []
        self.steps: list[tuple[list[cp_model.IntVar], Collection[Use], list[int]]] = []
        self.minutes = sum(question.dates[k] * question.paid[s] * x for (s, k), x in self.x.items())
        self.points = sum(
            [
                *(self._cover(cover) for cover in question.covers),
                *(self._beyond(floor.uses, floor.people, floor.price, 1) for floor in question.floors),
                *(self._beyond(top.uses, top.people, top.price, -1) for top in question.ceilings),
            ]
        )
        self._people()
        self.y = {} if limits.most is None else self._catalogue(limits.most)
        if limits.minutes is not None:
            self.cp.add(self.minutes <= limits.minutes)
        if limits.points is not None:
            self.cp.add(self.points <= limits.points)

    def _sum(self, uses: Collection[Use]) -> cp_model.LinearExprT:
        return sum(self.x[use] for use in sorted(uses) if use in self.x)

    def _cover(self, cover: Cover) -> cp_model.LinearExprT:
        """lost[n] by steps: each further person gives back its gain, dearest first; equal gains are one step."""
        gains = [before - after for before, after in pairwise(cover.lost) if before > after]
        sizes = [(gain, len(list(alike))) for gain, alike in groupby(gains)]
        steps = [self.cp.new_int_var(0, size, "") for _, size in sizes]
        self.cp.add(sum(steps) <= self._sum(cover.uses))
        self.steps.append((steps, cover.uses, [size for _, size in sizes]))
        return cover.lost[0] - sum(gain * step for (gain, _), step in zip(sizes, steps, strict=True))

    def _beyond(self, uses: Collection[Use], people: int, price: int, sign: int) -> cp_model.LinearExprT:
        """What is missing below a floor (sign 1) or too much above a ceiling (-1)."""
        off = self.cp.new_int_var(0, max(people, 2 * max(self.question.people)), "")
        self.cp.add(sign * (people - self._sum(uses)) <= off)
        self.offs.append((off, uses, people, sign))
        return price * off

    def _people(self) -> None:
        for kind, people in enumerate(self.question.people):
            self.cp.add(sum(x for (_, k), x in self.x.items() if k == kind) <= people)

    def _catalogue(self, most: int) -> dict[int, cp_model.IntVar]:
        y = {s: self.cp.new_bool_var(f"y{s}") for s in sorted({s for s, _ in self.x} & self.question.counted)}
        self.cp.add(sum(y.values()) <= most)
        for (shift, kind), x in self.x.items():
            if shift in y:
                self.cp.add(x <= self.question.people[kind] * y[shift])
        return y

    def start_from(self, hint: Counts) -> None:
        """Hands the solver the whole solution that the counts make."""
        for use, x in self.x.items():
            self.cp.add_hint(x, hint.get(use, 0))
        used = {shift for shift, _ in hint}
        for shift, y in self.y.items():
            self.cp.add_hint(y, shift in used)
        for steps, uses, sizes in self.steps:
            there = count(uses, hint)
            for step, size in zip(steps, sizes, strict=True):
                self.cp.add_hint(step, min(there, size))
                there -= min(there, size)
        for off, uses, people, sign in self.offs:
            self.cp.add_hint(off, max(sign * (people - count(uses, hint)), 0))
