"""Erlang B: the share of contacts lost where nobody may wait."""

import numpy as np
import numpy.typing as npt

from roster.staffing.figures import Floats


def reciprocal_blocking(load: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """1 / B(n, load) for offered load in erlangs (> 0) and n >= 0 people, broadcast; inf where B underflows.

    R_0 = 1, R_k = 1 + R_(k-1) k / load: no factorials, every term positive, so no digits are lost.
    Source: Jagerman (1974), Bell System Technical Journal 53(3), doi:10.1002/j.1538-7305.1974.tb02756.x.
    """
    erlangs, people = np.broadcast_arrays(np.asarray(load, dtype=float), np.asarray(n, dtype=float))
    reciprocal = np.ones(erlangs.shape)
    with np.errstate(over="ignore"):
        for k in range(1, int(people.max(initial=0)) + 1):
            reciprocal = np.where(k <= people, 1 + reciprocal * (k / erlangs), reciprocal)
    return reciprocal


def blocking(load: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Share of offered contacts that find all n people busy where nobody waits: B(n, load), broadcast."""
    return 1 / reciprocal_blocking(load, n)
