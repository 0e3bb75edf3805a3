"""Shifts: a small catalogue from the demand curve, and what it saves against the given one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planning.asking import ask, horizon_of
from planning.demand import forecast
from planning.shift_candidates import candidates, given_shifts
from planning.shift_demand import SHORT_MINUTE, DayKind, day_kinds, floors_of, question, working_minutes
from roster.calendar import Horizon
from roster.contract import Contract
from roster.errors import Fault, InputError
from roster.loading.scenario import Scenario
from roster.problem import Problem
from roster.shifts import Shift
from solver.shift_design import Answer, Counts, Limits, Question, design


@dataclass(frozen=True)
class Catalogue:
    """Shifts in use and how many people start each on a day of a kind (`counts`, by shift id, in order of kinds).

    `shifts` are those that only answer; `staying` those with other work, the same in every catalogue. `lost` and
    `short`: contacts expected to be lost and person-minutes below the service hours; `minutes`: paid, all dates.
    `bound`: no catalogue within the same limits loses fewer contacts, each person-minute short counted as one.
    """

    shifts: tuple[Shift, ...]
    staying: tuple[Shift, ...]
    counts: Mapping[str, tuple[int, ...]]
    lost: float
    short: int
    minutes: int
    bound: float

    @property
    def proven(self) -> bool:
        """Whether no better one exists."""
        return self.lost + self.short <= self.bound


@dataclass(frozen=True)
class ShiftDesign:
    """A proposal beside the given catalogue, for one role and horizon.

    `replaced` are all given shifts that only answer, used or not. `same_service_minutes`: paid minutes with which the
    proposed shifts lose no more than the given ones; None where they cannot, or none were found in the time given.
    """

    team: str
    role: str
    horizon: Horizon
    kinds: tuple[DayKind, ...]
    replaced: tuple[Shift, ...]
    given: Catalogue
    proposed: Catalogue
    same_service_minutes: int | None


def design_shifts(
    scenario: Scenario, start: date, days: int, *, who: str | None, most: int | None, seconds: float = 40.0
) -> ShiftDesign:
    """At most `most` shifts (the given number where None) for the role `who` ('team/role'), within the hours that
    the given catalogue takes.

    The given catalogue gets its own best use first: the least loss within the working time of the role's people,
    then the fewest hours for it. Raises InputError: no such role, no queue, no history, no shift that only answers.
    """
    team, role = _who(scenario.contract, who)
    problem = _problem(scenario, start, days, team, role)
    given, staying = given_shifts(scenario.contract.shifts, team, role)
    if not given:
        raise InputError([Fault("contract.toml [[shift]]", f"{team}/{role}", "a shift that only answers contacts")])
    if most is not None and most < 1:
        raise InputError([Fault("--most", str(most), "1 or more shifts")])
    queues = [queue for queue in scenario.contract.queues if queue.team == team and role in queue.roles]
    new = candidates(given, queues, f"{team}/{role}")
    shifts = (*given, *new, *staying)
    kinds = day_kinds(problem, shifts, floors_of(problem, team, role))
    asked = question(problem, kinds, shifts, len(given) + len(new), team, role)
    search = _Search(asked, seconds)
    own = frozenset(range(len(given))) | frozenset(range(len(given) + len(new), len(shifts)))
    old = search.best(Limits(shifts=own, minutes=working_minutes(problem, team, role)), share=0.1)
    found = search.best(
        Limits(most=len(given) if most is None else most, minutes=asked.minutes(old.counts)), share=0.5, hint=old.counts
    )
    same = search.least_minutes(found.counts, asked.points(old.counts), share=0.1)
    names = _names(scenario.contract, shifts, found.counts)
    return ShiftDesign(
        team, role, problem.horizon, kinds, given,
        _catalogue(asked, shifts, old), _catalogue(asked, names, found), same,
    )  # fmt: skip


def _who(contract: Contract, who: str | None) -> tuple[str, str]:
    """The team and role meant. Raises InputError."""
    answering = list(dict.fromkeys((queue.team, role) for queue in contract.queues for role in queue.roles))
    listed = ", ".join(f"{team}/{role}" for team, role in answering)
    if not answering:
        raise InputError([Fault("contract.toml", "[[queue]]", "a queue whose demand shifts can follow")])
    if who is None:
        if len(answering) > 1:
            raise InputError([Fault("--team", "", f"say for whom: one of {listed}")])
        return answering[0]
    team, _, role = who.partition("/")
    if (team, role) not in contract.serves():
        raise InputError([Fault("--team", who, f"a team/role of the contract that answers a queue: {listed}")])
    if (team, role) not in answering:
        raise InputError([Fault("--team", who, f"answers no queue; those that do: {listed}")])
    return team, role


def _problem(scenario: Scenario, start: date, days: int, team: str, role: str) -> Problem:
    """The problem with its demand. Raises InputError where there is none."""
    horizon = horizon_of(scenario, start, days)
    problem = ask(scenario, horizon, forecast(scenario, horizon))
    queues = {queue.id for queue in scenario.contract.queues if queue.team == team and role in queue.roles}
    if not any(curve.queue in queues for curve in problem.curves):
        remedy = f"give the call history of {', '.join(sorted(queues))} before {start}"
        raise InputError([Fault("history.csv", f"nothing is expected from {start}", remedy)])
    return problem


@dataclass(frozen=True)
class _Search:
    """Solves one question with shares of a time limit."""

    asked: Question
    seconds: float

    def best(self, limits: Limits, *, share: float, hint: Counts | None = None) -> Answer:
        """The least points within the limits, then the fewest minutes for them."""
        asked = self.asked
        start = {} if hint is None or not self._within(hint, limits) else hint
        first = design(asked, "points", limits, hint=start, seconds=share * self.seconds)
        if first is None:  # nobody at all keeps every limit, so this is the time that ran out
            first = Answer(dict(start), bound=0)
        used = frozenset(shift for shift, _ in first.counts)
        held = Limits(shifts=used, minutes=limits.minutes, points=asked.points(first.counts))
        fewer = design(asked, "minutes", held, hint=first.counts, seconds=share * self.seconds / 2)
        return first if fewer is None else Answer(fewer.counts, first.bound)

    def _within(self, counts: Counts, limits: Limits) -> bool:
        used = {shift for shift, _ in counts} & self.asked.counted
        return limits.most is None or len(used) <= limits.most

    def least_minutes(self, counts: Counts, points: int, *, share: float) -> int | None:
        """The fewest paid minutes with the shifts of `counts` and no more than `points`."""
        used = frozenset(shift for shift, _ in counts)
        hint = counts if self.asked.points(counts) <= points else None
        limits = Limits(shifts=used, points=points)
        found = design(self.asked, "minutes", limits, hint=hint, seconds=share * self.seconds)
        return None if found is None else self.asked.minutes(found.counts)


def _names(contract: Contract, shifts: tuple[Shift, ...], counts: Counts) -> tuple[Shift, ...]:
    """The shifts, the new ones in use called S1, S2 ... in order of start, without ids the contract has."""
    taken = {shift.id for shift in contract.shifts}
    free = (name for number in range(1, 10_000) if (name := f"S{number}") not in taken)
    used = sorted({shift for shift, _ in counts}, key=lambda index: shifts[index].segments[0].start)
    names = {index: next(free) for index in used if shifts[index].id not in taken}
    return tuple(
        shift.model_copy(update={"id": names[index]}) if index in names else shift for index, shift in enumerate(shifts)
    )


def _catalogue(asked: Question, shifts: tuple[Shift, ...], answer: Answer) -> Catalogue:
    used = sorted({shift for shift, _ in answer.counts}, key=lambda index: shifts[index].segments[0].start)
    kinds = range(len(asked.dates))
    return Catalogue(
        tuple(shifts[index] for index in used if index in asked.counted),
        tuple(shifts[index] for index in used if index not in asked.counted),
        {shifts[index].id: tuple(answer.counts.get((index, kind), 0) for kind in kinds) for index in used},
        asked.lost(answer.counts) / 1000,
        asked.short(answer.counts) // SHORT_MINUTE,
        asked.minutes(answer.counts),
        min(answer.bound, asked.points(answer.counts)) / 1000,
    )
