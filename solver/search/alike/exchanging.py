"""A path of the flow for everybody, and exchanges of days between people."""

import numba as nb
import numpy as np

from solver.search.columns.counts import Floats, Ints

LONGEST = 7
"""Days that are mostly exchanged at most; now and then it is any number."""
NOTHING = 1e-6


def paths(sizes: tuple[int, ...], first: Ints, start: Ints, end: Ints, taken: Ints, people: int) -> Ints:
    """For each person the arc of each day, every arc taken as often as said."""
    days = len(sizes) - 1
    arc = np.zeros((people, days), dtype=np.int64)
    state = np.zeros(people, dtype=np.int64)
    for day in range(days):
        open_: dict[int, list[int]] = {}
        for k in range(first[day], first[day + 1]):
            open_.setdefault(int(start[k]), []).extend([k] * int(taken[k]))
        for person in range(people):
            k = open_[int(state[person])].pop()
            arc[person, day], state[person] = k, end[k]
    return arc


def steps(sizes: tuple[int, ...], first: Ints, start: Ints, end: Ints, arc_class: Ints, klass: Ints) -> Ints:
    """steps[day, state, class]: the state after a day, -1 where the class of options may not follow."""
    found = np.full((len(sizes) - 1, max(sizes), int(klass.max(initial=0)) + 1), -1, dtype=np.int64)
    for day in range(len(sizes) - 1):
        arcs = slice(first[day], first[day + 1])
        found[day, start[arcs], arc_class[arcs]] = end[arcs]
    return found


@nb.njit(cache=True)
def _legal(option: Ints, person: int, klass: Ints, steps: Ints) -> bool:
    """Whether a person's options may follow each other."""
    state = 0
    for day in range(option.shape[1]):
        state = steps[day, state, klass[option[person, day]]]
        if state < 0:
            return False
    return True


@nb.njit(cache=True)
def _swap(option: Ints, p: int, q: int, first: int, until: int) -> None:
    for day in range(first, until):
        kept = option[p, day]
        option[p, day] = option[q, day]
        option[q, day] = kept


@nb.njit(cache=True)
def exchange(
    option: Ints,
    klass: Ints,
    steps: Ints,
    weight: Ints,
    table: Floats,
    price: Floats,
    enough: float,
    rounds: int,
    heat: float,
    seed: int,
) -> float:
    """Anneals: two people exchange some days in a row where both stay legal. Changes `option`.

    `weight[k, o]` is what option o adds to own count k, `table[p, k, n]` what a count of n costs person p and
    `price[p, o]` what an option costs; `klass[o]` is its class and `steps` what may follow. Ends below `enough`.
    Returns the best cost.
    """
    np.random.seed(seed)
    people, days = option.shape
    kinds = weight.shape[0]
    count = np.zeros((people, kinds), dtype=np.int64)
    total = 0.0
    for p in range(people):
        for d in range(days):
            total += price[p, option[p, d]]
            for k in range(kinds):
                count[p, k] += weight[k, option[p, d]]
        for k in range(kinds):
            total += table[p, k, count[p, k]]
    best, kept = total, option.copy()
    moved = np.zeros(kinds, dtype=np.int64)
    for turn in range(rounds):
        if best < enough or people < 2:
            break
        p, q, d = int(np.random.random() * people), int(np.random.random() * people), int(np.random.random() * days)
        longest = days if np.random.random() < 0.1 else LONGEST
        until = min(d + 1 + int(np.random.random() * longest), days)
        change = 0.0
        different = False
        for k in range(kinds):
            moved[k] = 0
        for e in range(d, until):
            a, b = option[p, e], option[q, e]
            if a != b:
                different = True
                change += price[p, b] - price[p, a] + price[q, a] - price[q, b]
                for k in range(kinds):
                    moved[k] += weight[k, b] - weight[k, a]
        if not different:
            continue
        for k in range(kinds):
            change += table[p, k, count[p, k] + moved[k]] - table[p, k, count[p, k]]
            change += table[q, k, count[q, k] - moved[k]] - table[q, k, count[q, k]]
        warmth = heat * (1.0 - turn / rounds)
        if change > 0 and np.random.random() >= np.exp(-change / warmth):
            continue
        _swap(option, p, q, d, until)
        if not (_legal(option, p, klass, steps) and _legal(option, q, klass, steps)):
            _swap(option, p, q, d, until)
            continue
        for k in range(kinds):
            count[p, k] += moved[k]
            count[q, k] -= moved[k]
        total += change
        if total < best - NOTHING:
            best = total
            for p in range(people):
                for d in range(days):
                    kept[p, d] = option[p, d]
    for p in range(people):
        for d in range(days):
            option[p, d] = kept[p, d]
    return best
