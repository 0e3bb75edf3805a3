"""Contacts that one person holds several of: chats, with what being divided costs."""

import numpy as np
import numpy.typing as npt
from scipy import special

from roster.staffing.erlang_a import AbandonmentQueue
from roster.staffing.figures import Floats
from roster.staffing.waiting_series import log_waiting_series


def chat_queue(
    lambda_per_hour: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    patience_s: npt.ArrayLike,
    n: npt.ArrayLike,
    slower: tuple[float, ...],
) -> AbandonmentQueue:
    """State of queues whose people hold up to K = len(slower) contacts each: contacts an hour, handling time of a
    contact held alone and mean patience in s, people; broadcast. `slower[k - 1]` times longer takes each of k.

    New contacts go to who holds fewest, so that with c people and j contacts, (q, r) = divmod(j, c), r people hold
    q + 1 and the others q: contacts end at the rate (r (q + 1) / s_(q+1) + (c - r) q / s_q) / aht. All c K places
    taken, callers wait as in Erlang A. With slower = (1,) * K it is Erlang A with c K people.

    Raises ValueError where more contacts held end less, so that nobody should hold them.

    Source: Luo & Zhang (2013), doi:10.1007/s11134-012-9339-1 [limited processor sharing]; Mandelbaum & Zeltyn (2007)
    [waiting part].
    """
    pace = np.concatenate([[0.0], np.arange(1, len(slower) + 1) / np.array(slower)])
    if np.any(np.diff(pace) < 0):
        raise ValueError(f"k / slower[k] never falls is broken by slower = {slower}")
    rate, aht, patience, people = np.broadcast_arrays(
        *(np.asarray(value, dtype=float) for value in (lambda_per_hour, aht_s, patience_s, n))
    )
    live = (rate > 0) & (people > 0)
    count = np.where(live, people, 1.0)
    per_service = np.where(live, rate * aht / 3600, 1.0)
    x = np.where(live, count * pace[-1] * patience / aht, 1.0)
    y = np.where(live, rate * patience / 3600, 1.0)
    log_series = log_waiting_series(x, y)
    p_wait = special.expit(log_series - np.log(_reciprocal_full(per_service, count, pace) - 1))
    return AbandonmentQueue(live, rate == 0, 1 / patience, x, y, log_series, p_wait)


def _reciprocal_full(load: Floats, people: Floats, pace: Floats) -> Floats:
    """1 / the chance that all places are taken, if nobody could wait: R_j = 1 + R_(j-1) x (pace of j) / load."""
    reciprocal = np.ones(load.shape)
    places = people * (len(pace) - 1)
    with np.errstate(over="ignore"):
        for j in range(1, int(places.max(initial=0)) + 1):
            full, rest = np.divmod(np.minimum(j, places), people)
            low = full.astype(np.int64)
            ending = rest * pace[np.minimum(low + 1, len(pace) - 1)] + (people - rest) * pace[low]
            reciprocal = np.where(j <= places, 1 + reciprocal * (ending / load), reciprocal)
    return reciprocal
