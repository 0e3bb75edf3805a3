"""Shifts: a small catalogue from the demand curve, and what it saves against the given one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planning.asking import ask, horizon_of
from planning.demand import forecast
from planning.shift_candidates import candidates, given_shifts
from planning.shift_demand import MISSED_MINUTE, DayKind, day_kinds, floors_of, question, working_minutes
from roster.base import CONTACT_POINTS
from roster.calendar import Horizon
from roster.contract import Contract
from roster.errors import Fault, InputError
from roster.loading.scenario import Scenario
from roster.problem import Problem
from roster.shifts import Shift
from solver.shift_design import Answer, Limits, design, propose
from solver.shift_question import Counts, Question


@dataclass(frozen=True)
class Catalogue:
    """Shifts in use and how many people start each on a day of a kind (`counts`, by shift id, in order of kinds).

    `shifts` are those that mainly answer; `staying` those with other work, the same in every catalogue. `lost`:
    contacts expected to be lost; `missed`: person-minutes below the service hours or beyond the seats; `minutes`: paid,
    all dates. `bound`: no catalogue within the same limits has less of lost and missed together.
    """

    shifts: tuple[Shift, ...]
    staying: tuple[Shift, ...]
    counts: Mapping[str, tuple[int, ...]]
    lost: float
    missed: int
    minutes: int
    bound: float

    @property
    def proven(self) -> bool:
        """Whether no better one exists."""
        return self.lost + self.missed <= self.bound


@dataclass(frozen=True)
class ShiftDesign:
    """A proposal beside the given catalogue, for one role and horizon.

    `replaced` are all given shifts that mainly answer, used or not. `same_service_minutes`: paid minutes with which the
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
    then the fewest hours for it. Raises InputError: no such role, no queue, no history, no shift that mainly answers.
    """
    team, role = _who(scenario.contract, who)
    given, staying = given_shifts(scenario.contract.shifts, team, role)
    if not given:
        raise InputError([Fault("contract.toml [[shift]]", f"{team}/{role}", "a shift that mainly answers contacts")])
    if most is not None and most < 1:
        raise InputError([Fault("--most", str(most), "1 or more shifts")])
    problem = _problem(scenario, start, days, team, role)
    queues = [queue for queue in scenario.contract.queues if queue.team == team and role in queue.roles]
    new = candidates(given, queues, f"{team}/{role}")
    shifts = (*given, *new, *staying)
    kinds = day_kinds(problem, shifts, floors_of(problem, team, role))
    asked = question(problem, kinds, shifts, len(given) + len(new), team, role)
    search = _Search(asked, seconds)
    own = frozenset(range(len(given))) | frozenset(range(len(given) + len(new), len(shifts)))
    old = search.given(own, working_minutes(problem, team, role))
    found = search.proposed(old.counts, len(given) if most is None else most)
    same = search.least_minutes(found.counts, asked.points(old.counts))
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
    """Solves one question in shares of a time limit."""

    asked: Question
    seconds: float

    def given(self, shifts: frozenset[int], minutes: int) -> Answer:
        """The best use of given shifts."""
        limits = Limits(shifts=shifts, minutes=minutes)
        found = design(self.asked, "points", limits, hint={}, seconds=0.15 * self.seconds)
        return self._fewer(Answer({}, 0) if found is None else found, minutes)

    def proposed(self, old: Counts, most: int) -> Answer:
        """The best catalogue of `most` shifts within the minutes of the old counts."""
        minutes = self.asked.minutes(old)
        found = propose(self.asked, Limits(most=most, minutes=minutes), old, seconds=0.65 * self.seconds)
        return self._fewer(found, minutes)

    def _fewer(self, found: Answer, minutes: int) -> Answer:
        """As good an answer with the fewest minutes."""
        limits = Limits(shifts=_used(found.counts), minutes=minutes, points=self.asked.points(found.counts))
        fewer = design(self.asked, "minutes", limits, hint=found.counts, seconds=0.05 * self.seconds)
        return found if fewer is None else Answer(fewer.counts, found.bound)

    def least_minutes(self, counts: Counts, points: int) -> int | None:
        """The fewest paid minutes with the shifts of `counts` and no more than `points`."""
        hint = counts if self.asked.points(counts) <= points else None
        limits = Limits(shifts=_used(counts), points=points)
        found = design(self.asked, "minutes", limits, hint=hint, seconds=0.1 * self.seconds)
        return None if found is None else self.asked.minutes(found.counts)


def _used(counts: Counts) -> frozenset[int]:
    return frozenset(shift for shift, _ in counts)


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
        asked.lost(answer.counts) / CONTACT_POINTS,
        asked.missed(answer.counts) // MISSED_MINUTE,
        asked.minutes(answer.counts),
        min(answer.bound, asked.points(answer.counts)) / CONTACT_POINTS,
    )
