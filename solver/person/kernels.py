"""The loops of a person's program, compiled by numba.

A layer holds, for each state and each value of three counters, the least cost of getting there (`forward`) or of going
on from there (`through`). Values outside a layer's bands cannot lead to a legal end. FAR stands for "not at all".
"""

import numba as nb
import numpy as np
import numpy.typing as npt

FAR = 1e30
"""More than any cost; finite, as compiled code may assume numbers to be."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def class_prices(
    prices: Floats, forced: Ints, first_cell: Ints, cells: Ints, extra: Floats, class_of: Ints, day_of: Ints, count: int
) -> tuple[Floats, Ints]:
    """The cheapest option of each class and its price. `forced[day]` is the one option of a day, or -1."""
    cheapest = np.full(count, FAR)
    chosen = np.full(count, -1, dtype=np.int64)
    for option in range(len(class_of)):
        only = forced[day_of[option]]
        if only >= 0 and only != option:
            continue
        price = extra[option]
        for k in range(first_cell[option], first_cell[option + 1]):
            price += prices[cells[k]]
        if price < cheapest[class_of[option]]:
            cheapest[class_of[option]] = price
            chosen[class_of[option]] = option
    return cheapest, chosen


@nb.njit(cache=True, fastmath=True, nogil=True)
def forward(
    price: Floats,
    first_arc: Ints,
    start: Ints,
    end: Ints,
    option: Ints,
    weight: Ints,
    low: Ints,
    size: Ints,
    base: Ints,
    cost: Floats,
) -> None:
    """Fills `cost` with the least cost of reaching every state of every layer."""
    cost[base[0] : base[1]] = 0.0
    for day in range(len(first_arc) - 1):
        cost[base[day + 1] : base[day + 2]] = FAR
        a1, a2 = size[day, 1] * size[day, 2], size[day, 2]
        b1, b2 = size[day + 1, 1] * size[day + 1, 2], size[day + 1, 2]
        for arc in range(first_arc[day], first_arc[day + 1]):
            c = option[arc]
            p = price[c]
            if p >= FAR:
                continue
            s0 = weight[c, 0] + low[day, 0] - low[day + 1, 0]
            s1 = weight[c, 1] + low[day, 1] - low[day + 1, 1]
            s2 = weight[c, 2] + low[day, 2] - low[day + 1, 2]
            here = base[day] + start[arc] * size[day, 0] * a1
            there = base[day + 1] + end[arc] * size[day + 1, 0] * b1
            f2, l2 = max(0, -s2), min(size[day, 2], size[day + 1, 2] - s2)
            if l2 <= f2:
                continue
            for i0 in range(max(0, -s0), min(size[day, 0], size[day + 1, 0] - s0)):
                for i1 in range(max(0, -s1), min(size[day, 1], size[day + 1, 1] - s1)):
                    x = here + i0 * a1 + i1 * a2
                    y = there + (i0 + s0) * b1 + (i1 + s1) * b2 + s2
                    for i2 in range(f2, l2):
                        v = cost[x + i2] + p
                        if v < cost[y + i2]:
                            cost[y + i2] = v


@nb.njit(cache=True, nogil=True)
def finish(final: Floats, low: Ints, size: Ints, end_cost: Floats) -> tuple[float, int]:
    """The least cost at the end and where it stands; `end_cost` by counter and value."""
    best, at = FAR, -1
    block = size[0] * size[1] * size[2]
    for k in range(len(final)):
        inside = k % block
        i2 = inside % size[2]
        i1 = inside // size[2] % size[1]
        i0 = inside // (size[1] * size[2])
        v = final[k] + end_cost[0, low[0] + i0] + end_cost[1, low[1] + i1] + end_cost[2, low[2] + i2]
        if v < best:
            best, at = v, k
    return best, at


@nb.njit(cache=True, nogil=True)
def trace(
    at: int,
    price: Floats,
    first_arc: Ints,
    start: Ints,
    end: Ints,
    option: Ints,
    weight: Ints,
    low: Ints,
    size: Ints,
    base: Ints,
    cost: Floats,
) -> Ints:
    """The class taken on each day of the roster that ends at position `at` of the last layer."""
    days = len(first_arc) - 1
    taken = np.full(days, -1, dtype=np.int64)
    for day in range(days - 1, -1, -1):
        n0, n1, n2 = size[day + 1]
        state = at // (n0 * n1 * n2)
        v0 = at // (n1 * n2) % n0 + low[day + 1, 0]
        v1 = at // n2 % n1 + low[day + 1, 1]
        v2 = at % n2 + low[day + 1, 2]
        least, before = FAR, -1
        for arc in range(first_arc[day], first_arc[day + 1]):
            c = option[arc]
            if end[arc] != state or price[c] >= FAR:
                continue
            i0 = v0 - weight[c, 0] - low[day, 0]
            i1 = v1 - weight[c, 1] - low[day, 1]
            i2 = v2 - weight[c, 2] - low[day, 2]
            if 0 <= i0 < size[day, 0] and 0 <= i1 < size[day, 1] and 0 <= i2 < size[day, 2]:
                place = ((start[arc] * size[day, 0] + i0) * size[day, 1] + i1) * size[day, 2] + i2
                v = cost[base[day] + place] + price[c]
                if v < least:
                    least, before = v, place
                    taken[day] = c
        at = before
    return taken


@nb.njit(cache=True, fastmath=True, nogil=True)
def through(
    price: Floats,
    first_arc: Ints,
    start: Ints,
    end: Ints,
    option: Ints,
    weight: Ints,
    low: Ints,
    size: Ints,
    base: Ints,
    cost: Floats,
    end_cost: Floats,
) -> Floats:
    """For each class the least cost of a roster that takes it; `cost` is that of `forward`."""
    days = len(first_arc) - 1
    least = np.full(len(price), FAR)
    after = np.empty(base[days + 1] - base[days])
    n0, n1, n2 = size[days]
    for k in range(len(after)):
        inside = k % (n0 * n1 * n2)
        after[k] = (
            end_cost[0, low[days, 0] + inside // (n1 * n2)]
            + end_cost[1, low[days, 1] + inside // n2 % n1]
            + end_cost[2, low[days, 2] + inside % n2]
        )
    for day in range(days - 1, -1, -1):
        now = np.full(base[day + 1] - base[day], FAR)
        a1, a2 = size[day, 1] * size[day, 2], size[day, 2]
        b1, b2 = size[day + 1, 1] * size[day + 1, 2], size[day + 1, 2]
        for arc in range(first_arc[day], first_arc[day + 1]):
            c = option[arc]
            p = price[c]
            if p >= FAR:
                continue
            s0 = weight[c, 0] + low[day, 0] - low[day + 1, 0]
            s1 = weight[c, 1] + low[day, 1] - low[day + 1, 1]
            s2 = weight[c, 2] + low[day, 2] - low[day + 1, 2]
            here = start[arc] * size[day, 0] * a1
            there = end[arc] * size[day + 1, 0] * b1
            best = least[c]
            for i0 in range(max(0, -s0), min(size[day, 0], size[day + 1, 0] - s0)):
                for i1 in range(max(0, -s1), min(size[day, 1], size[day + 1, 1] - s1)):
                    x = here + i0 * a1 + i1 * a2
                    y = there + (i0 + s0) * b1 + (i1 + s1) * b2 + s2
                    z = base[day] + x
                    for i2 in range(max(0, -s2), min(size[day, 2], size[day + 1, 2] - s2)):
                        v = after[y + i2] + p
                        if v < now[x + i2]:
                            now[x + i2] = v
                        whole = v + cost[z + i2]
                        if whole < best:
                            best = whole
            least[c] = best
        after = now
    return least
