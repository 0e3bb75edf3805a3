"""The queueing model a queue is judged by: Erlang C where nobody gives up, else Erlang A, or chats held together."""

import numpy as np
import numpy.typing as npt

from roster.staffing.chat import chat_queue
from roster.staffing.erlang_a import AbandonmentQueue, abandonment_queue, figures_of
from roster.staffing.erlang_c import erlang_c, patient_queue
from roster.staffing.figures import Floats, QueueFigures, SteadyState

ALONE = (1.0,)
"""One contact at a time."""


def queue_figures(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: float | None,
    n: npt.ArrayLike,
    within_s: npt.ArrayLike,
    slower: tuple[float, ...] = ALONE,
) -> QueueFigures:
    """Figures for a mean patience in s, without abandonment for None; the other inputs broadcast.

    `slower`: how many times longer each of 1, 2 ... contacts takes that one person holds at once.
    Raises ValueError for several at once without a patience.
    """
    if patience_s is None:
        _require_alone(slower)
        return erlang_c(lambda_per_hour, aht_s, n, within_s)
    rate, aht, people, within = np.broadcast_arrays(
        *(np.asarray(value, dtype=float) for value in (lambda_per_hour, aht_s, n, within_s))
    )
    return figures_of(_impatient(rate, aht, patience_s, people, slower), within)


def steady_state(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: float | None,
    n: npt.ArrayLike,
    slower: tuple[float, ...] = ALONE,
) -> SteadyState:
    """The state from which single figures are asked; inputs as in `queue_figures`."""
    if patience_s is None:
        _require_alone(slower)
        return patient_queue(lambda_per_hour, aht_s, n)
    return _impatient(lambda_per_hour, aht_s, patience_s, n, slower)


def _impatient(
    lambda_per_hour: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: float, n: npt.ArrayLike, slower: tuple[float, ...]
) -> AbandonmentQueue:
    if slower == ALONE:
        return abandonment_queue(lambda_per_hour, aht_s, patience_s, n)
    return chat_queue(lambda_per_hour, aht_s, patience_s, n, slower)


def answered_share(queue: SteadyState, within_s: float | None) -> Floats:
    """Answered within `within_s` / offered, for None answered at all / offered."""
    return queue.answered() if within_s is None else queue.answered_within(np.asarray(within_s, dtype=float))


def _require_alone(slower: tuple[float, ...]) -> None:
    if slower != ALONE:
        raise ValueError("several contacts at once need a patience_s")
