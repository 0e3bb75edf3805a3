"""The fewest people that meet all targets of a queue at once, and the target that asks for most."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from roster.staffing.delay import answered_share, queue_figures
from roster.staffing.figures import Floats
from roster.staffing.targets import ServiceTargets

Binding = Literal["answer_rate", "service_level", "asa", "occupancy", "none"]
MOST_PEOPLE = 100_000

People = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Requirement:
    """Fewest people and the target that binds, one entry a load (arrays of one shape).

    `binding`: the target that fails with one person fewer, the first of answer_rate, service_level, asa,
    occupancy where several do; "none" where no target asks for anybody.
    """

    people: People
    binding: npt.NDArray[np.str_]


def requirement(lambda_per_hour: npt.ArrayLike, aht_s: npt.ArrayLike, targets: ServiceTargets) -> Requirement:
    """Fewest people meeting `targets` for each load: contacts an hour and handling time in s, broadcast.

    Every figure improves with people, so each target is found by bisection. Without contacts nobody is
    needed. Where nobody gives up (patience None), a queue with any target needs more people than its load in
    erlangs.

    Raises:
        ValueError: negative input, or a target beyond 100,000 people.
    """
    rate, aht = np.broadcast_arrays(np.asarray(lambda_per_hour, dtype=float), np.asarray(aht_s, dtype=float))
    goals: dict[Binding, float | None] = {
        "answer_rate": targets.answer_rate,
        "service_level": targets.service_level,
        "asa": targets.asa_s,
        "occupancy": targets.occupancy,
    }
    asked = [name for name, goal in goals.items() if goal is not None]
    needs = [np.zeros(rate.size, dtype=np.int64)]
    needs += [_fewest(name, rate.ravel(), aht.ravel(), targets) for name in asked]
    labels = np.array(["none", *asked])
    stacked = np.stack(needs)
    return Requirement(
        people=stacked.max(axis=0).reshape(rate.shape),
        binding=labels[stacked.argmax(axis=0)].reshape(rate.shape),
    )


def _fewest(name: Binding, rate: Floats, aht: Floats, targets: ServiceTargets) -> People:
    """Bisection: `low` fails (or is -1), `high` holds."""
    low = np.full(rate.shape, -1, dtype=np.int64)
    high = np.ceil(rate * aht / 3600).astype(np.int64)
    while (missed := ~_met(name, rate, aht, high, targets)).any():
        low, high = np.where(missed, high, low), np.where(missed, 2 * high + 1, high)
        if high.max() > MOST_PEOPLE:
            raise ValueError(f"people needed for {name} <= {MOST_PEOPLE} is broken")
    while (open_cells := high - low > 1).any():
        middle = np.where(open_cells, (low + high) // 2, high)
        met = _met(name, rate, aht, middle, targets)
        low, high = np.where(open_cells & ~met, middle, low), np.where(open_cells & met, middle, high)
    return high


def _met(name: Binding, rate: Floats, aht: Floats, people: People, targets: ServiceTargets) -> npt.NDArray[np.bool_]:
    stable = (rate == 0) | (rate * aht / 3600 < people) | (targets.patience_s is not None)
    if name == "answer_rate":
        return stable & (answered_share(rate, aht, targets.patience_s, people, None) >= _value(targets.answer_rate))
    if name == "service_level":
        share = answered_share(rate, aht, targets.patience_s, people, targets.answer_within_s)
        return stable & (share >= _value(targets.service_level))
    figures = queue_figures(rate, aht, targets.patience_s, people, 0.0)
    if name == "asa":
        return stable & (figures.asa_answered_s <= _value(targets.asa_s))
    staffed = (people > 0) | (rate == 0)
    return stable & staffed & (figures.occupancy <= _value(targets.occupancy))


def _value(target: float | None) -> float:
    if target is None:
        raise ValueError("a target that is not asked cannot be met or missed")
    return target
