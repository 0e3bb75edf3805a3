"""The fewest people that meet all targets of a queue at once, and the target that asks for most."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from roster.staffing.day_factor import day_factor_points
from roster.staffing.delay import ALONE
from roster.staffing.expected import Demand, ExpectedService, People, Target
from roster.staffing.figures import Floats, require_queue_inputs
from roster.staffing.search import fewest
from roster.staffing.targets import ServiceTargets

Binding = Literal["answer_rate", "service_level", "loss_rate", "asa", "occupancy", "none"]
MOST_PEOPLE = 100_000
TARGETS: tuple[Target, ...] = get_args(Target)
_NAMES = np.array([*TARGETS, "none"])


@dataclass(frozen=True)
class Requirement:
    """Fewest people and the target that binds, one entry a load (arrays of one shape).

    `people` are those who turn up, `rostered` with the unplanned absence on top. `binding`: the target that fails
    with one person fewer, the first of answer_rate, service_level, loss_rate, asa, occupancy where several do; "none"
    where no target asks for anybody.
    """

    people: People
    rostered: People
    binding: npt.NDArray[np.str_]


def requirement(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    targets: ServiceTargets,
    *,
    day_cv: float = 0.0,
    course: Floats | None = None,
) -> Requirement:
    """Fewest people meeting `targets` for each load: contacts an hour and handling time in s, broadcast.

    Figures are those expected over a Gamma factor of the day of mean 1 and `day_cv`, by contacts, so that people
    sized at the mean do not lose what busy days cost, and over the `course` of each interval: shape (loads, parts),
    by how much each equal part of it is busier than the whole. Every figure improves with people, so the search is for
    one number. Without contacts nobody is needed. Where nobody gives up (patience None), a queue with any target needs
    more people than its load in erlangs.

    Raises:
        ValueError: negative input, or a target beyond 100,000 people.
    """
    rate, aht = np.broadcast_arrays(np.asarray(lambda_per_hour, dtype=float), np.asarray(aht_s, dtype=float))
    demand = Demand(rate.ravel(), aht.ravel(), np.ones((rate.size, 1)) if course is None else course, day_cv)
    looped = targets.patience_s is not None and targets.slower == ALONE and bool(_asked(targets))
    people, binding = _sized(demand, targets) if looped else _searched(demand, targets)
    if people.max(initial=0) > MOST_PEOPLE:
        raise ValueError(f"people needed <= {MOST_PEOPLE} is broken")
    people = people.reshape(rate.shape)
    return Requirement(people, rostered(people, targets), binding.reshape(rate.shape))


def _sized(demand: Demand, targets: ServiceTargets) -> tuple[People, npt.NDArray[np.str_]]:
    """People, and what binds, by Erlang A one contact at a time."""
    from roster.staffing.sizing_loop import Asked, fewest_people  # the compiler loads when it is needed

    require_queue_inputs(demand.rate, demand.aht_s, np.zeros(()), np.zeros(()))
    asked = _asked(targets)
    goals = np.array([asked.get(name, np.nan) for name in TARGETS])
    meant = (targets.service_level_over == "patient", targets.loss_over == "answered", targets.asa_over == "offered")
    within = float(targets.answer_within_s or 0.0)
    values, _ = day_factor_points(demand.day_cv)
    points = (demand.course[:, :, None] * values).reshape(len(demand.rate), -1)
    weights = _weights(demand.day_cv, demand.course.shape[1])
    wanted = Asked(goals, within, float(targets.patience_s or 0.0), *meant)
    people, missed = fewest_people(demand.erlangs, demand.aht_s.astype(float), points, weights, wanted, MOST_PEOPLE)
    return people, _NAMES[missed]


@lru_cache(maxsize=256)
def _weights(day_cv: float, parts: int) -> Floats:
    """Of the points of a day's factor in each part of an interval: by contacts, and by time."""
    values, weights = day_factor_points(day_cv)
    by_time = np.tile(weights, parts) / parts
    return np.array([by_time * np.tile(values, parts), by_time])


def _searched(demand: Demand, targets: ServiceTargets) -> tuple[People, npt.NDArray[np.str_]]:
    """People, and what binds, of any queue."""
    people = fewest(lambda at, n: np.logical_and.reduce(_kept(demand.at(at), n, targets)), demand.erlangs, MOST_PEOPLE)
    return people, _binding(demand, people, targets)


def rostered(people: People, targets: ServiceTargets) -> People:
    """People to roster so that `people` turn up on average: n / (1 - unplanned absence), rounded up."""
    return np.ceil(people / (1 - targets.unplanned_absence) - 1e-9).astype(np.int64)


def _asked(targets: ServiceTargets) -> dict[Target, float]:
    goals: dict[Target, float | None] = {
        "answer_rate": targets.answer_rate,
        "service_level": targets.service_level,
        "loss_rate": targets.loss_rate,
        "asa": targets.asa_s,
        "occupancy": targets.occupancy,
    }
    return {name: goal for name, goal in goals.items() if goal is not None}


def _kept(demand: Demand, people: People, targets: ServiceTargets) -> npt.NDArray[np.bool_]:
    """Whether each target asked is met, shape (targets, loads)."""
    asked = _asked(targets)
    service = ExpectedService(demand, people, targets)
    stable = (demand.erlangs < people) | (targets.patience_s is not None)
    kept = np.empty((len(asked), len(people)), dtype=bool)
    for row, (name, goal) in zip(kept, asked.items(), strict=True):
        value = service.figure(name)
        row[:] = value >= goal if name in ("answer_rate", "service_level") else (people > 0) & (value <= goal)
    return kept & stable | (demand.rate == 0)


def _binding(demand: Demand, people: People, targets: ServiceTargets) -> npt.NDArray[np.str_]:
    fewer = np.maximum(people.ravel() - 1, 0)
    kept = _kept(demand, fewer, targets)
    failing = np.concatenate([(people.ravel() == 0)[None], ~kept])
    return np.array(["none", *_asked(targets)])[failing.argmax(axis=0)].reshape(people.shape)
