"""The figures of a contract as they are expected over busy and quiet days and over the parts of an interval."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from roster.staffing.day_factor import day_factor_points
from roster.staffing.delay import steady_state
from roster.staffing.figures import Floats, SteadyState
from roster.staffing.targets import ServiceTargets

Target = Literal["answer_rate", "service_level", "loss_rate", "asa", "occupancy"]
People = npt.NDArray[np.int64]


class Demand(NamedTuple):
    """Loads to size: contacts an hour, handling time in s, `course` (loads, parts): by how much each equal part of an
    interval is busier than the whole, `day_cv` of the day's factor."""

    rate: Floats
    aht_s: Floats
    course: Floats
    day_cv: float

    @property
    def erlangs(self) -> Floats:
        """Offered load."""
        return self.rate * self.aht_s / 3600

    def at(self, places: npt.NDArray[np.int64]) -> "Demand":
        """The loads at some places alone."""
        return Demand(self.rate[places], self.aht_s[places], self.course[places], self.day_cv)


class _Days(NamedTuple):
    """Steady states of each load, shape (loads, points), with the weights of the points by contacts and by time."""

    queue: SteadyState
    by_contacts: Floats
    by_time: Floats


@dataclass(frozen=True)
class ExpectedService:
    """What `people` (an entry a load) give; the queues are worked out once for all figures asked.

    Shares and waits weigh busy days by their contacts, occupancy by their time; the parts of an interval weigh alike.
    Where nobody gives up, the mean wait and the occupancy are those of the expected day: no number of people keeps
    every day stable.
    """

    demand: Demand
    people: People
    targets: ServiceTargets

    def figure(self, name: Target) -> Floats:
        """A figure as the contract defines it."""
        match name:
            case "answer_rate":
                return self._answered
            case "loss_rate":
                with np.errstate(divide="ignore"):
                    return (1 - self._answered) / (self._answered if self.targets.loss_over == "answered" else 1.0)
            case "service_level":
                return self._level()
            case "asa":
                return self._wait()
            case "occupancy":
                return self._steady.queue.occupancy() @ self._steady.by_time

    @cached_property
    def _varied(self) -> _Days:
        return self._days(self.demand.course, self.demand.day_cv)

    @cached_property
    def _steady(self) -> _Days:
        if self.targets.patience_s is not None:
            return self._varied
        return self._days(np.ones((len(self.demand.rate), 1)), 0.0)

    def _days(self, course: Floats, day_cv: float) -> _Days:
        values, weights = day_factor_points(day_cv)
        rate, parts = self.demand.rate, course.shape[1]
        loads = (rate[:, None, None] * course[:, :, None] * values).reshape(len(rate), parts * len(values))
        queue = steady_state(
            loads, self.demand.aht_s[:, None], self.targets.patience_s, self.people[:, None], self.targets.slower
        )
        by_time = np.tile(weights, parts) / parts
        return _Days(queue, by_time * np.tile(values, parts), by_time)

    @cached_property
    def _answered(self) -> Floats:
        return self._varied.queue.answered() @ self._varied.by_contacts

    def _level(self) -> Floats:
        queue, calls, _ = self._varied
        within = np.asarray(self.targets.answer_within_s or 0.0)
        in_time = queue.answered_within(within)
        if self.targets.service_level_over == "offered":
            return in_time @ calls
        return (in_time @ calls) / np.maximum(queue.staying(within) @ calls, 1e-300)

    def _wait(self) -> Floats:
        queue, calls, _ = self._steady
        if self.targets.asa_over == "offered":
            return queue.mean_wait_all_s() @ calls
        answered = queue.answered()
        with np.errstate(invalid="ignore"):
            waited = np.where(answered > 0, queue.asa_answered_s() * answered, np.inf)
            return (waited @ calls) / (answered @ calls)
