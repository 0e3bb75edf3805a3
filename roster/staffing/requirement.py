"""The fewest people that meet all targets of a queue at once, and the target that asks for most."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from roster.staffing.day_factor import day_factor_points
from roster.staffing.delay import answered_share, queue_figures
from roster.staffing.figures import Floats
from roster.staffing.targets import ServiceTargets

Target = Literal["answer_rate", "service_level", "loss_rate", "asa", "occupancy"]
Binding = Literal["answer_rate", "service_level", "loss_rate", "asa", "occupancy", "none"]
MOST_PEOPLE = 100_000

People = npt.NDArray[np.int64]


class Demand(NamedTuple):
    """Loads to size: contacts an hour, handling time in s, `course` (loads, parts) as in `requirement`, `day_cv`."""

    rate: Floats
    aht_s: Floats
    course: Floats
    day_cv: float


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
    by how much each equal part of it is busier than the whole. Every figure improves with people, so each target is
    found by bisection. Without contacts nobody is needed. Where nobody gives up (patience None), a queue with any
    target needs more people than its load in erlangs.

    Raises:
        ValueError: negative input, or a target beyond 100,000 people.
    """
    rate, aht = np.broadcast_arrays(np.asarray(lambda_per_hour, dtype=float), np.asarray(aht_s, dtype=float))
    demand = Demand(rate.ravel(), aht.ravel(), np.ones((rate.size, 1)) if course is None else course, day_cv)
    goals: dict[Target, float | None] = {
        "answer_rate": targets.answer_rate,
        "service_level": targets.service_level,
        "loss_rate": targets.loss_rate,
        "asa": targets.asa_s,
        "occupancy": targets.occupancy,
    }
    asked = {name: goal for name, goal in goals.items() if goal is not None}
    needs = [np.zeros(rate.size, dtype=np.int64)]
    needs += [_fewest(name, goal, demand, targets) for name, goal in asked.items()]
    labels = np.array(["none", *asked])
    stacked = np.stack(needs)
    people = stacked.max(axis=0).reshape(rate.shape)
    return Requirement(people, rostered(people, targets), labels[stacked.argmax(axis=0)].reshape(rate.shape))


def rostered(people: People, targets: ServiceTargets) -> People:
    """People to roster so that `people` turn up on average: n / (1 - unplanned absence), rounded up."""
    return np.ceil(people / (1 - targets.unplanned_absence) - 1e-9).astype(np.int64)


def _fewest(name: Target, goal: float, demand: Demand, targets: ServiceTargets) -> People:
    """Bisection: `low` fails (or is -1), `high` holds."""
    low = np.full(demand.rate.shape, -1, dtype=np.int64)
    high = np.ceil(demand.rate * demand.aht_s / 3600).astype(np.int64)
    while (missed := ~_met(name, goal, demand, high, targets)).any():
        low, high = np.where(missed, high, low), np.where(missed, 2 * high + 1, high)
        if high.max() > MOST_PEOPLE:
            raise ValueError(f"people needed for {name} <= {MOST_PEOPLE} is broken")
    while (open_cells := high - low > 1).any():
        middle = np.where(open_cells, (low + high) // 2, high)
        met = _met(name, goal, demand, middle, targets)
        low, high = np.where(open_cells & ~met, middle, low), np.where(open_cells & met, middle, high)
    return high


def _met(name: Target, goal: float, demand: Demand, people: People, targets: ServiceTargets) -> npt.NDArray[np.bool_]:
    quiet = demand.rate == 0
    stable = quiet | (demand.rate * demand.aht_s / 3600 < people) | (targets.patience_s is not None)
    value = expected_figure(name, demand, people, targets)
    if name in ("answer_rate", "service_level"):
        return quiet | (stable & (value >= goal))
    return quiet | (stable & (people > 0) & (value <= goal))


def expected_figure(name: Target, demand: Demand, people: People, targets: ServiceTargets) -> Floats:
    """One figure of `people`, as the contract defines it, expected over day and course; an entry a load.

    Shares and waits weigh busy days by their contacts, occupancy by their time; the parts of an interval weigh alike.
    Where nobody gives up, the mean wait and the occupancy are those of the expected day: no number of people keeps
    every day stable.
    """
    steady = targets.patience_s is None and name in ("asa", "occupancy")
    values, weights = day_factor_points(0.0 if steady else demand.day_cv)
    course = np.ones((len(demand.rate), 1)) if steady else demand.course
    parts = course.shape[1]
    loads = (demand.rate[:, None, None] * course[:, :, None] * values).reshape(len(demand.rate), -1)
    values, weights = np.tile(values, parts), np.tile(weights, parts) / parts
    queue = (loads, demand.aht_s[:, None], targets.patience_s, people[:, None])
    calls = weights * values
    if name == "answer_rate":
        return answered_share(*queue, None, targets.slower) @ calls
    if name == "loss_rate":
        answered = answered_share(*queue, None, targets.slower) @ calls
        with np.errstate(divide="ignore"):
            return (1 - answered) / (answered if targets.loss_over == "answered" else 1.0)
    if name == "service_level" and targets.service_level_over == "offered":
        return answered_share(*queue, targets.answer_within_s, targets.slower) @ calls
    return _from_all(name, queue, calls, weights, targets)


def _from_all(
    name: Target, queue: tuple[Floats, Floats, float | None, np.ndarray], calls: Floats, weights: Floats,
    targets: ServiceTargets,
) -> Floats:  # fmt: skip
    figures = queue_figures(*queue, targets.answer_within_s or 0.0, targets.slower)
    if name == "occupancy":
        return figures.occupancy @ weights
    if name == "service_level":
        with np.errstate(invalid="ignore", divide="ignore"):
            counted = np.where(
                figures.sl_answered_within > 0, figures.sl_answered_within / figures.sl_excl_short_abandons, 0.0
            )
            level = (figures.sl_answered_within @ calls) / (counted @ calls)
        return np.where(np.isnan(level), figures.sl_excl_short_abandons @ calls, level)
    if targets.asa_over == "offered":
        return figures.mean_wait_all_s @ calls
    with np.errstate(invalid="ignore"):
        waited = np.where(figures.answer_rate > 0, figures.asa_answered_s * figures.answer_rate, np.inf)
        return (waited @ calls) / (figures.answer_rate @ calls)
