"""Erlang C (M/M/n): everybody waits until answered."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from roster.staffing.erlang_b import log_spare_blocking
from roster.staffing.figures import Floats, QueueFigures, require_queue_inputs


@dataclass(frozen=True)
class PatientQueue:
    """Steady state of queues without abandonment, all fields of one shape: load a in erlangs, handling in s, people.

    From a >= n on the queue grows without limit: p_wait 1, waits inf, service level 0, and the answered share is n / a.
    """

    load: Floats
    aht_s: Floats
    people: Floats
    p_wait: Floats

    def _figure(self, stable: Floats, *, quiet: float, overloaded: float | Floats) -> Floats:
        return np.where(self.load == 0, quiet, np.where(self.load < self.people, stable, overloaded))

    def _spare(self) -> Floats:
        return np.where(self.load < self.people, self.people - self.load, 1.0)

    def answered(self) -> Floats:
        """1, or n / a where the queue grows."""
        return self._figure(np.ones(self.load.shape), quiet=1.0, overloaded=self.people / np.maximum(self.load, 1e-300))

    def answered_within(self, within_s: Floats) -> Floats:
        """1 - C exp(-(n - a) T / aht)."""
        level = 1 - self.p_wait * np.exp(-self._spare() * within_s / self.aht_s)
        return self._figure(level, quiet=1.0, overloaded=0.0)

    def staying(self, within_s: Floats) -> Floats:
        """1: nobody gives up."""
        return np.ones(np.broadcast_shapes(self.load.shape, np.shape(within_s)))

    def asa_answered_s(self) -> Floats:
        """C aht / (n - a)."""
        return self._figure(self.p_wait * self.aht_s / self._spare(), quiet=0.0, overloaded=np.inf)

    mean_wait_all_s = asa_answered_s

    def occupancy(self) -> Floats:
        """a / n."""
        return self._figure(self.load / np.maximum(self.people, 1), quiet=0.0, overloaded=1.0)


def patient_queue(lambda_per_hour: npt.ArrayLike, aht_s: npt.ArrayLike, n: npt.ArrayLike) -> PatientQueue:
    """State of queues without abandonment: contacts an hour, handling s, people; broadcast.

    With load a = lambda aht: C = B / (1 - a/n (1 - B)) = n / (n + (n - a) (1 / B - 1)).

    Raises:
        ValueError: negative or fractional inputs.
    """
    rate, aht, people = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (lambda_per_hour, aht_s, n)))
    require_queue_inputs(rate, aht, people, np.zeros(()))
    load = rate * aht / 3600
    stable = (load > 0) & (load < people)
    some, held = np.where(stable, people, 1.0), np.where(stable, load, 0.5)
    waiting = special.expit(np.log(some / (some - held)) - log_spare_blocking(held, some))
    return PatientQueue(load, aht, people, np.where(stable, waiting, np.where(load > 0, 1.0, 0.0)))


def erlang_c(
    lambda_per_hour: npt.ArrayLike, aht_s: npt.ArrayLike, n: npt.ArrayLike, within_s: npt.ArrayLike
) -> QueueFigures:
    """Figures of a queue without abandonment: contacts an hour, handling s, people, threshold s.

    Inputs broadcast. Nobody calling means nobody waits.

    Raises:
        ValueError: negative or fractional inputs.

    Source: Erlang (1917); Gans, Koole & Mandelbaum (2003), section 3.1, doi:10.1287/msom.5.2.79.16071.
    """
    rate, aht, people, threshold = np.broadcast_arrays(
        *(np.asarray(x, dtype=float) for x in (lambda_per_hour, aht_s, n, within_s))
    )
    require_queue_inputs(rate, aht, people, threshold)
    queue = patient_queue(rate, aht, people)
    level, wait = queue.answered_within(threshold), queue.asa_answered_s()
    return QueueFigures(
        p_wait=queue.p_wait,
        asa_answered_s=wait,
        mean_wait_all_s=wait,
        sl_answered_within=level,
        sl_excl_short_abandons=level,
        p_abandon=np.zeros(rate.shape),
        answer_rate=queue.answered(),
        occupancy=queue.occupancy(),
    )
