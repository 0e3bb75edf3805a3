"""Figures of one queue by Erlang A, from the weights of its states, compiled.

The weight of a state against that of "all busy, nobody waiting": a step down with k busy multiplies by k / a, the
j-th caller who waits by y / (x + j), x = n mu / theta and y = lambda / theta. Sums of a few hundred weights give every
figure at once, where `erlang_a` asks for an incomplete gamma function each; a test holds both together.

Source: Mandelbaum & Zeltyn (2007), section 4, doi:10.1007/978-3-540-29860-1_2.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

_SMALL = 1e-13
"""Weights below this share of their sum are left out."""
_HUGE = 1e250
_LOG_HUGE = float(np.log(_HUGE))


class Share(NamedTuple):
    """Of one queue, over the offered: answered, answered in time, not given up in time, seconds waited by all, and
    those who wait at all; and the share of time busy."""

    answered: float
    in_time: float
    staying: float
    waited_s: float
    waiting: float
    busy: float


@njit(cache=True, error_model="numpy")
def share_of(load: float, aht_s: float, patience_s: float, n: int, within_s: float) -> Share:
    """Figures of `load` > 0 erlangs with n >= 1 people.

    Given up: the mean number of those who wait over y, (y - x) A + x over y times the weight of all states. Still
    waiting after T, of those who would: exp(y - f - x theta T) A(x, f) over that weight, f = y e^(-theta T), A as in
    `waiting_series`; answered late: with e^(-theta T) x / f (A(x, f) - 1) for A(x, f).
    """
    x, y = n * patience_s / aht_s, load * patience_s / aht_s
    idle = _idle(load, n)
    if idle > _HUGE:
        return Share(1.0, 1.0, 1.0, 0.0, 0.0, load / n)
    theta_t = within_s / patience_s
    patient = np.exp(-theta_t)
    faded = y * patient
    series, unit, scale, late, late_unit, late_scale = _waiting(x, y, faded)
    total = idle * unit + unit + y * series
    lost = min(max(((y - x) * series + unit) / total, 0.0), 1.0)
    beyond = np.exp(late_scale - scale + y - faded - x * theta_t) / total
    in_time = max(1 - lost - patient * x * late * beyond, 0.0)
    staying = min(in_time + patient * (late_unit + faded * late) * beyond, 1.0)
    waiting = (unit + y * series) / total
    return Share(1 - lost, in_time, staying, lost * patience_s, waiting, min(load / n * (1 - lost), 1))


@njit(cache=True, error_model="numpy")
def wait_of_answered(x: float, y: float) -> float:
    """Seconds waited by the answered over patience, of all who wait: over the states j, weighed by t_j, the chance
    x / (x + j + 1) of who then comes to be answered times the time until then, 1 / (x + 1) + ... + 1 / (x + j + 1)."""
    down = 1 / (x + 1)
    term, ahead, total, waited, j = 1.0, down, 1.0, x * down * down, 0
    while term > _SMALL * total or x + j < y:
        j += 1
        term *= y * down
        down = 1 / (x + j + 1)
        ahead += down
        total += term
        waited += term * x * down * ahead
        if total > _HUGE:
            term, total, waited = term / _HUGE, total / _HUGE, waited / _HUGE
    return waited / total


@njit(cache=True, error_model="numpy")
def _waiting(x: float, y: float, faded: float) -> tuple[float, float, float, float, float, float]:
    """(A(x, y) - 1) / y and 1, both to be multiplied by e^(third); then the same of `faded` <= y.

    While the terms grow, they are kept from overflowing; then they are added until they are small.
    """
    term, total, unit, scale, down = 1.0, 0.0, 1.0, 0.0, x
    late_term, late, late_unit, late_scale = 1.0, 0.0, 1.0, 0.0
    while down < y:
        some, growth, late_some, late_growth = _four(down, y, faded)
        total, term = total + term * some, term * growth
        late, late_term = late + late_term * late_some, late_term * late_growth
        down += 4
        if term > _HUGE:
            term, total, unit, scale = term / _HUGE, total / _HUGE, unit / _HUGE, scale + _LOG_HUGE
        if late_term > _HUGE:
            late_term, late, late_unit = late_term / _HUGE, late / _HUGE, late_unit / _HUGE
            late_scale += _LOG_HUGE
    while term > _SMALL * total:
        some, growth, late_some, late_growth = _four(down, y, faded)
        total, term = total + term * some, term * growth
        late, late_term = late + late_term * late_some, late_term * late_growth
        down += 4
    return total, unit, scale, late, late_unit, late_scale


@njit(cache=True, error_model="numpy")
def _four(down: float, y: float, faded: float) -> tuple[float, float, float, float]:
    """Four terms over the term before them and y, and the last of them over it; then of `faded`: one division."""
    one, two, three, four = down + 1, down + 2, down + 3, down + 4
    pair = three * four
    three_of = two * pair
    each = 1 / (one * three_of)
    some, late = three_of + y * (pair + y * (four + y)), three_of + faded * (pair + faded * (four + faded))
    y2, faded2 = y * y, faded * faded
    return each * some, each * (y2 * y2), each * late, each * (faded2 * faded2)


@njit(cache=True, error_model="numpy")
def _idle(load: float, n: int) -> float:
    """The weight of the states in which somebody is free, four at once; beyond 1e250 it does not matter how much."""
    term, total, busy, each = 1.0, 0.0, float(n), 1 / load
    while (term > _SMALL * total or busy > load) and total <= _HUGE:
        one, two, three, four = busy * each, (busy - 1) * each, (busy - 2) * each, (busy - 3) * each
        total += term * one * (1 + two * (1 + three * (1 + four)))
        term *= one * two * three * four
        busy -= 4
    return total
