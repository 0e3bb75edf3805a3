"""Erlang A (M/M/n+M): those who wait give up after an exponential patience."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import special

from roster.staffing.answered_wait import mean_wait_weight
from roster.staffing.erlang_b import log_spare_blocking
from roster.staffing.figures import Floats, QueueFigures, require_queue_inputs
from roster.staffing.waiting_series import log_waiting_series


@dataclass(frozen=True)
class AbandonmentQueue:
    """Steady state of queues with abandonment, all fields of one shape.

    x = n mu / theta and y = lambda / theta; `live` marks cells with callers and people, the others hold x = y
    = 1 until a figure is asked, which then gives what is plain: nobody calls, or nobody answers.
    """

    live: npt.NDArray[np.bool_]
    quiet: npt.NDArray[np.bool_]
    theta: Floats
    x: Floats
    y: Floats
    log_series: Floats
    p_wait_live: Floats

    def _figure(self, live: Floats, *, quiet: float, unstaffed: float | Floats) -> Floats:
        return np.where(self.live, live, np.where(self.quiet, quiet, unstaffed))

    def p_wait(self) -> Floats:
        """A B / (1 + (A - 1) B)."""
        return self._figure(self.p_wait_live, quiet=0.0, unstaffed=1.0)

    @cached_property
    def p_abandon(self) -> Floats:
        """p_wait (1 / (rho A) + 1 - 1 / rho), rho = y / x."""
        share = self.p_wait_live * (np.exp(-self.log_series) * self.x / self.y + 1 - self.x / self.y)
        return self._figure(np.clip(share, 0, 1), quiet=0.0, unstaffed=1.0)

    def answered(self) -> Floats:
        """1 - p_abandon."""
        return 1 - self.p_abandon

    def mean_wait_all_s(self) -> Floats:
        """p_abandon / theta."""
        return self.p_abandon / self.theta

    def occupancy(self) -> Floats:
        """rho (1 - p_abandon)."""
        return self._figure(np.minimum(self.y / self.x * (1 - self.p_abandon), 1), quiet=0.0, unstaffed=1.0)

    def offered_wait_beyond(self, within_s: Floats) -> Floats:
        """P(V > T) for the wait V of an endlessly patient contact.

        p_wait exp(y (1 - e^(-theta T)) - x theta T) A(x, y e^(-theta T)) / A(x, y).
        """
        faded = self.y * np.exp(-self.theta * within_s)
        growth = log_waiting_series(self.x, faded) - self.log_series
        return self.p_wait_live * np.exp(growth + (self.y - faded) - self.x * self.theta * within_s)

    def answered_beyond(self, within_s: Floats) -> Floats:
        """Answered after more than T / offered: the integral of e^(-theta v) over the density of V beyond T.

        p_wait x / (x + 1) exp(y (1 - e^(-theta T)) - (x + 1) theta T) A(x + 1, y e^(-theta T)) / A(x, y).
        """
        faded = self.y * np.exp(-self.theta * within_s)
        growth = log_waiting_series(self.x + 1, faded) - self.log_series
        tail = np.exp(growth + (self.y - faded) - (self.x + 1) * self.theta * within_s)
        return self.p_wait_live * tail * self.x / (self.x + 1)

    def answered_within(self, within_s: Floats) -> Floats:
        """Answered within T / offered: 1 - p_abandon - answered beyond T."""
        share = 1 - self.p_abandon - self.answered_beyond(within_s)
        return self._figure(np.clip(share, 0, 1), quiet=1.0, unstaffed=0.0)

    def staying(self, within_s: Floats) -> Floats:
        """Offered, but not abandoned within T / offered: answered within T, or waiting: e^(-theta T) P(V > T)."""
        patient = np.exp(-self.theta * within_s)
        staying = self.answered_within(within_s) + patient * self.offered_wait_beyond(within_s)
        return self._figure(np.minimum(staying, 1), quiet=1.0, unstaffed=patient)

    def asa_answered_s(self) -> Floats:
        """Mean wait of the answered, s: p_wait rho^-1 / theta * `mean_wait_weight` / (1 - p_abandon)."""
        weight = np.zeros(self.x.shape)
        weight[self.live] = mean_wait_weight(self.x[self.live], self.y[self.live], self.log_series[self.live])
        answered = np.where(self.live, 1 - self.p_abandon, 1.0)
        wait = self.p_wait_live * self.x / self.y / self.theta * weight / answered
        return self._figure(wait, quiet=0.0, unstaffed=np.inf)


def abandonment_queue(
    lambda_per_hour: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: npt.ArrayLike, n: npt.ArrayLike
) -> AbandonmentQueue:
    """State of queues with abandonment: contacts an hour, handling and mean patience in s, people; broadcast.

    Raises:
        ValueError: negative or fractional inputs, patience not above 0 or not finite.
    """
    rate, aht, patience, people = np.broadcast_arrays(
        *(np.asarray(value, dtype=float) for value in (lambda_per_hour, aht_s, patience_s, n))
    )
    require_queue_inputs(rate, aht, people, np.zeros(()))
    if not np.all(np.isfinite(patience) & (patience > 0)):
        raise ValueError("0 < patience_s < inf is broken")
    live = (rate > 0) & (people > 0)
    x = np.where(live, people * patience / aht, 1.0)
    y = np.where(live, rate * patience / 3600, 1.0)
    log_series = log_waiting_series(x, y)
    log_fewer = log_spare_blocking(np.where(live, rate * aht / 3600, 1.0), np.where(live, people, 1.0))
    p_wait = special.expit(log_series - log_fewer)
    return AbandonmentQueue(live, rate == 0, 1 / patience, x, y, log_series, p_wait)


def erlang_a(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: npt.ArrayLike,
    n: npt.ArrayLike,
    within_s: npt.ArrayLike,
) -> QueueFigures:
    """Figures of a queue with abandonment: contacts an hour, handling and patience s, people, threshold s.

    Inputs broadcast. Overload is stable: p_abandon tends to 1 - 1 / rho. With nobody on duty everyone
    abandons (p_wait 1, p_abandon 1, the answered wait inf, as there are none). Nobody calling means nobody
    waits.

    Raises:
        ValueError: negative or fractional inputs, patience not above 0 or not finite.

    Source: Mandelbaum & Zeltyn (2007), section 4, doi:10.1007/978-3-540-29860-1_2.
    """
    shape = np.broadcast_shapes(*(np.shape(v) for v in (lambda_per_hour, aht_s, patience_s, n, within_s)))
    queue = abandonment_queue(np.broadcast_to(np.asarray(lambda_per_hour, dtype=float), shape), aht_s, patience_s, n)
    return figures_of(queue, np.broadcast_to(np.asarray(within_s, dtype=float), shape))


def figures_of(queue: AbandonmentQueue, threshold: Floats) -> QueueFigures:
    """All figures of queues whose state is known; `threshold` in s, of the queues' shape.

    Raises ValueError for a threshold below 0.
    """
    if not np.all(threshold >= 0):
        raise ValueError("0 <= within_s is broken")
    level = queue.answered_within(threshold)
    return QueueFigures(
        p_wait=queue.p_wait(),
        asa_answered_s=queue.asa_answered_s(),
        mean_wait_all_s=queue.mean_wait_all_s(),
        sl_answered_within=level,
        sl_excl_short_abandons=level / np.maximum(queue.staying(threshold), 1e-300),
        p_abandon=queue.p_abandon,
        answer_rate=queue.answered(),
        occupancy=queue.occupancy(),
    )
