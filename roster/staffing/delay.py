"""The queueing model a queue is judged by: with abandonment where patience is known, else without."""

import numpy as np
import numpy.typing as npt

from roster.staffing.erlang_a import abandonment_queue, erlang_a
from roster.staffing.erlang_c import erlang_c
from roster.staffing.figures import Floats, QueueFigures


def queue_figures(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: float | None,
    n: npt.ArrayLike,
    within_s: npt.ArrayLike,
) -> QueueFigures:
    """Erlang A figures for a mean patience in s, Erlang C figures for None; the other inputs broadcast."""
    if patience_s is None:
        return erlang_c(lambda_per_hour, aht_s, n, within_s)
    return erlang_a(lambda_per_hour, aht_s, patience_s, n, within_s)


def answered_share(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: float | None,
    n: npt.ArrayLike,
    within_s: float | None,
) -> Floats:
    """Answered within `within_s` / offered, for None answered at all / offered; inputs broadcast."""
    if patience_s is None:
        figures = erlang_c(lambda_per_hour, aht_s, n, 0.0 if within_s is None else within_s)
        return figures.answer_rate if within_s is None else figures.sl_answered_within
    queue = abandonment_queue(lambda_per_hour, aht_s, patience_s, n)
    if within_s is None:
        return 1 - queue.p_abandon()
    return queue.answered_within(np.broadcast_to(within_s, queue.x.shape))
