"""Erlang B: the share of contacts lost where nobody may wait."""

import numpy as np
import numpy.typing as npt

from roster.staffing.figures import Floats
from roster.staffing.incomplete_gamma import log_upper, stirling


def log_reciprocal_blocking(load: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """-log B(n, load) for offered load a in erlangs (> 0) and n >= 0 people, broadcast; finite for any.

    1 / B = Gamma(n+1) e^a a^-n Q(n+1, a), Q the regularised upper incomplete gamma function; no factorials, and no
    pass over the people.
    Source: Jagerman (1974), Bell System Technical Journal 53(3), doi:10.1002/j.1538-7305.1974.tb02756.x.
    """
    erlangs, people = np.broadcast_arrays(np.asarray(load, dtype=float), np.asarray(n, dtype=float))
    some = np.maximum(people, 1)
    log_terms = stirling(some) + (erlangs - some) - some * np.log(erlangs / some)
    return np.where(people > 0, log_terms + log_upper(some + 1, erlangs), 0.0)


def log_spare_blocking(load: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """log(1 / B - 1) for n >= 1 people: states with fewer than n busy against that with n, no digit lost.

    1 / B(n) - 1 = n / (a B(n-1)).
    """
    return log_reciprocal_blocking(load, np.asarray(n) - 1) + np.log(np.asarray(n) / load)


def blocking(load: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Share of offered contacts that find all n people busy where nobody waits: B(n, load), broadcast."""
    return np.exp(-log_reciprocal_blocking(load, n))
