"""The queueing model a queue is judged by: Erlang C where nobody gives up, else Erlang A, or chats held together."""

import numpy as np
import numpy.typing as npt

from roster.staffing.chat import chat_queue
from roster.staffing.erlang_a import AbandonmentQueue, abandonment_queue, figures_of
from roster.staffing.erlang_c import erlang_c
from roster.staffing.figures import Floats, QueueFigures

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
    return figures_of(_state(rate, aht, patience_s, people, slower), within)


def answered_share(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: float | None,
    n: npt.ArrayLike,
    within_s: float | None,
    slower: tuple[float, ...] = ALONE,
) -> Floats:
    """Answered within `within_s` / offered, for None answered at all / offered; inputs broadcast."""
    if patience_s is None:
        _require_alone(slower)
        figures = erlang_c(lambda_per_hour, aht_s, n, 0.0 if within_s is None else within_s)
        return figures.answer_rate if within_s is None else figures.sl_answered_within
    queue = _state(lambda_per_hour, aht_s, patience_s, n, slower)
    if within_s is None:
        return 1 - queue.p_abandon()
    return queue.answered_within(np.broadcast_to(within_s, queue.x.shape))


def _state(
    lambda_per_hour: npt.ArrayLike, aht_s: npt.ArrayLike, patience_s: float, n: npt.ArrayLike, slower: tuple[float, ...]
) -> AbandonmentQueue:
    if slower == ALONE:
        return abandonment_queue(lambda_per_hour, aht_s, patience_s, n)
    return chat_queue(lambda_per_hour, aht_s, patience_s, n, slower)


def _require_alone(slower: tuple[float, ...]) -> None:
    if slower != ALONE:
        raise ValueError("several contacts at once need a patience_s")
