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

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from ortools.sat.python import cp_model

Use = tuple[int, int]
"""A shift, by its place in `Question.paid`, on a kind of day, by its place in `Question.dates`."""
Counts = Mapping[Use, int]
"""How many people start a shift on each day of a kind; what is absent is 0."""


@dataclass(frozen=True)
class Cover:
    """Intervals in which the same uses answer: n people lose `lost[n]` thousandths of a contact, all dates together.

    `lost` is convex and non-increasing; its last value holds beyond.
    """

    uses: frozenset[Use]
    lost: tuple[int, ...]


@dataclass(frozen=True)
class Floor:
    """At least `people` of the uses are wanted; each person missing costs `price` thousandths of a contact."""

    uses: frozenset[Use]
    people: int
    price: int


@dataclass(frozen=True)
class Question:
    """Everything a catalogue is chosen by.

    `paid`: paid minutes of each shift; `counted`: the shifts that count against the size of a catalogue, all others
    are there anyway; `dates`: number of dates of each kind of day; `people`: most who work on such a day; `uses`:
    which shifts may start on which kinds of day.
    """

    paid: tuple[int, ...]
    counted: frozenset[int]
    dates: tuple[int, ...]
    people: tuple[int, ...]
    uses: frozenset[Use]
    covers: tuple[Cover, ...]
    floors: tuple[Floor, ...]

    def minutes(self, counts: Counts) -> int:
        """Paid minutes of all dates."""
        return sum(self.dates[kind] * self.paid[shift] * n for (shift, kind), n in counts.items())

    def lost(self, counts: Counts) -> int:
        """Thousandths of a contact lost, all dates together."""
        there = ((cover, _count(cover.uses, counts)) for cover in self.covers)
        return sum(cover.lost[min(n, len(cover.lost) - 1)] for cover, n in there)

    def short(self, counts: Counts) -> int:
        """What is missing below the floors, at its price."""
        return sum(floor.price * max(floor.people - _count(floor.uses, counts), 0) for floor in self.floors)

    def points(self, counts: Counts) -> int:
        """What a catalogue is judged by: the loss and the shortage at its price."""
        return self.lost(counts) + self.short(counts)


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
        self.steps: list[tuple[list[cp_model.IntVar], Collection[Use], list[int]]] = []
        self.minutes = sum(question.dates[k] * question.paid[s] * x for (s, k), x in self.x.items())
        self.points = sum(self._cover(cover) for cover in question.covers)
        self.points += sum(self._floor(floor) for floor in question.floors)
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

    def _floor(self, floor: Floor) -> cp_model.LinearExprT:
        short = self.cp.new_int_var(0, floor.people, "")
        self.cp.add(self._sum(floor.uses) + short >= floor.people)
        self.steps.append(([short], floor.uses, [-floor.people]))
        return floor.price * short

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
            there = _count(uses, hint)
            for step, size in zip(steps, sizes, strict=True):
                taken = min(there, size) if size > 0 else max(-size - there, 0)
                there -= taken
                self.cp.add_hint(step, taken)


def _count(uses: Collection[Use], counts: Counts) -> int:
    return sum(n for use, n in counts.items() if use in uses)
