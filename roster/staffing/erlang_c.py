"""Erlang C (M/M/n): everybody waits until answered."""

import numpy as np
import numpy.typing as npt

from roster.staffing.erlang_b import reciprocal_blocking
from roster.staffing.figures import Floats, QueueFigures, require_queue_inputs


def erlang_c(
    lambda_per_hour: npt.ArrayLike, aht_s: npt.ArrayLike, n: npt.ArrayLike, within_s: npt.ArrayLike
) -> QueueFigures:
    """Figures of a queue without abandonment: contacts an hour, handling s, people, threshold s.

    Inputs broadcast. With load a = lambda aht: C = B / (1 - a/n (1 - B)), answered within T = 1 - C exp(-(n -
    a) T / aht), ASA = C aht / (n - a). From a >= n on the queue grows without limit: p_wait 1, waits inf,
    service level 0, and the answered share is n / a. Nobody calling means nobody waits.

    Raises:
        ValueError: negative or fractional inputs.

    Source: Erlang (1917); Gans, Koole & Mandelbaum (2003), section 3.1, doi:10.1287/msom.5.2.79.16071.
    """
    rate, aht, people, threshold = np.broadcast_arrays(
        *(np.asarray(x, dtype=float) for x in (lambda_per_hour, aht_s, n, within_s))
    )
    require_queue_inputs(rate, aht, people, threshold)
    load = rate * aht / 3600
    quiet, stable = load == 0, load < people
    spare = np.where(stable, people - load, 1.0)
    p_wait = np.where(quiet, 0.0, np.where(stable, _p_wait(load, people, spare), 1.0))
    asa = np.where(quiet, 0.0, np.where(stable, p_wait * aht / spare, np.inf))
    level = np.where(quiet, 1.0, np.where(stable, 1 - p_wait * np.exp(-spare * threshold / aht), 0.0))
    busy = np.where(quiet, 0.0, np.where(stable, load / np.maximum(people, 1), 1.0))
    answered = np.where(quiet | stable, 1.0, people / np.where(quiet, 1.0, load))
    return QueueFigures(
        p_wait=p_wait,
        asa_answered_s=asa,
        mean_wait_all_s=asa,
        sl_answered_within=level,
        sl_excl_short_abandons=level,
        p_abandon=np.zeros(load.shape),
        answer_rate=answered,
        occupancy=busy,
    )


def _p_wait(load: Floats, people: Floats, spare: Floats) -> Floats:
    reciprocal = reciprocal_blocking(np.where(load > 0, load, 1.0), people)
    with np.errstate(over="ignore"):
        return people / (people + spare * (reciprocal - 1) + (people == 0))
