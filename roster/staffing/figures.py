"""What a queueing formula says about one queue and one number of people."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class SteadyState(Protocol):
    """Queues in the long run: each figure of QueueFigures is worked out when it is asked for, and has its shape."""

    def answered(self) -> Floats:
        """Answered / offered."""
        ...

    def answered_within(self, within_s: Floats) -> Floats:
        """Answered within the threshold / offered."""
        ...

    def staying(self, within_s: Floats) -> Floats:
        """Offered, but not abandoned within the threshold / offered."""
        ...

    def asa_answered_s(self) -> Floats:
        """Mean wait of the answered, s."""
        ...

    def mean_wait_all_s(self) -> Floats:
        """Mean wait until answer or abandonment, s."""
        ...

    def occupancy(self) -> Floats:
        """Busy time / staffed time."""
        ...


@dataclass(frozen=True)
class QueueFigures:
    """Long-run figures of a queue; every field has the broadcast shape of the inputs, times in seconds.

    `p_wait`: contacts that find nobody free / offered. `asa_answered_s`: mean wait of the answered (inf if
    none is). `mean_wait_all_s`: mean wait until answer or abandonment / offered. `sl_answered_within`:
    answered within the threshold / offered. `sl_excl_short_abandons`: answered within the threshold /
    (offered - abandoned within it). `p_abandon`: abandoned / offered. `answer_rate`: answered / offered.
    `occupancy`: busy time / staffed time.
    """

    p_wait: Floats
    asa_answered_s: Floats
    mean_wait_all_s: Floats
    sl_answered_within: Floats
    sl_excl_short_abandons: Floats
    p_abandon: Floats
    answer_rate: Floats
    occupancy: Floats


def require_queue_inputs(lambda_per_hour: Floats, aht_s: Floats, n: Floats, within_s: Floats) -> None:
    """Raise ValueError, with the broken inequality, for inputs no queue can have (arrays of any shape)."""
    for holds, inequality in (
        (np.isfinite(lambda_per_hour) & (lambda_per_hour >= 0), "0 <= lambda_per_hour < inf"),
        (np.isfinite(aht_s) & (aht_s > 0), "0 < aht_s < inf"),
        (np.isfinite(n) & (n >= 0) & (n == np.floor(n)), "n is a whole number, 0 <= n"),
        (within_s >= 0, "0 <= within_s"),
    ):
        if not holds.all():
            raise ValueError(f"{inequality} is broken")
