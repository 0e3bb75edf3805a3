"""What a roster costs, level by level, kept up to date while cells come and go (compiled by numba)."""

from typing import NamedTuple

import numpy as np
from numba import njit

from solver.search.tables import BROKEN, LEVELS, Flags, Ints, Small, Tables


class State(NamedTuple):
    """A roster in the making: which cells are used and what that comes to in every count."""

    used: Flags
    count: Ints
    part: Ints
    busy: Small
    cost: Ints
    """By level; at BROKEN the strict statements that do not hold."""


def start(tables: Tables) -> State:
    """The state in which no cell is used."""
    state = State(
        np.zeros(len(tables.person), dtype=np.bool_), np.zeros(len(tables.row), dtype=np.int64),
        np.zeros(len(tables.part), dtype=np.int64), np.zeros(len(tables.slot_most), dtype=np.int32),
        np.zeros(LEVELS, dtype=np.int64),
    )  # fmt: skip
    for row in tables.row:
        state.cost[row[0]] += row_cost(row, tables.table, 0)
    return state


def least(tables: Tables, fixed: Flags) -> Ints:
    """What each level comes to at least: every row at its best beside the fixed cells."""
    held = np.zeros(len(tables.row), dtype=np.int64)
    open_ = np.zeros(len(tables.row), dtype=np.bool_)
    open_[tables.part[:, 0]] = True
    cell = np.repeat(np.arange(len(fixed)), np.diff(tables.entry_first))
    row, weight = tables.entry[:, 0], tables.entry[:, 1]
    np.add.at(held, row, np.where(fixed[cell], weight, np.minimum(weight, 0)))
    open_[row[~fixed[cell]]] = True
    found = np.zeros(LEVELS, dtype=np.int64)
    for k, one in enumerate(tables.row):
        costs = tables.table[one[4] : one[4] + one[5]]
        count = max(int(held[k]), 0)
        bare = one[3] * max(held[k] - one[1], 0) + (costs[min(count, len(costs) - 1) :].min() if len(costs) else 0)
        found[one[0]] += bare if open_[k] else row_cost(one, tables.table, held[k])
    return found


@njit(cache=True, inline="always")
def row_cost(row: Ints, table: Ints, count: int) -> int:
    """What a row costs at a count."""
    cost = row[2] * max(row[1] - count, 0) + row[3] * max(count - row[1], 0)
    if row[5] > 0:
        at = min(max(count, 0), row[5] - 1)
        cost += table[row[4] + at] + row[6] * (max(count, 0) - at)
    return cost


@njit(cache=True, inline="always")
def _worth(part: Ints, count: int) -> int:
    """What a part gives to its row."""
    if part[2] != 0:
        return part[2] if count >= part[1] else 0
    return max(count - part[1], 0)


@njit(cache=True, inline="always")
def _streak(busy: Small, slot: int, step: int) -> int:
    """How many days in a row are busy beside a slot, on one side."""
    at = slot + step
    while busy[at] > 0:
        at += step
    return abs(at - slot) - 1


@njit(cache=True, inline="always")
def _enter(t: Tables, s: State, cell: int, sign: int) -> None:
    """Counts a cell in the rows it enters, directly or through parts."""
    entries, rows, table, counts, cost = t.entry, t.row, t.table, s.count, s.cost
    for k in range(t.entry_first[cell], t.entry_first[cell + 1]):
        row, by = entries[k, 0], sign * entries[k, 1]
        cost[rows[row, 0]] += row_cost(rows[row], table, counts[row] + by) - row_cost(rows[row], table, counts[row])
        counts[row] += by
    shares, parts, held = t.share, t.part, s.part
    for k in range(t.share_first[cell], t.share_first[cell + 1]):
        part = shares[k, 0]
        before = _worth(parts[part], held[part])
        held[part] += sign * shares[k, 1]
        by = _worth(parts[part], held[part]) - before
        row = parts[part, 0]
        cost[rows[row, 0]] += row_cost(rows[row], table, counts[row] + by) - row_cost(rows[row], table, counts[row])
        counts[row] += by


@njit(cache=True, inline="always")
def _run(t: Tables, s: State, cell: int, sign: int) -> None:
    """Counts a cell in the days of runs: how many stretches too long that makes."""
    slots, limits, busy = t.slot, t.slot_most, s.busy
    for k in range(t.slot_first[cell], t.slot_first[cell + 1]):
        slot = slots[k]
        busy[slot] += sign
        if busy[slot] == (1 if sign > 0 else 0):
            before, after, most = _streak(busy, slot, -1), _streak(busy, slot, 1), limits[slot]
            more = max(before + after + 1 - most, 0) - max(before - most, 0) - max(after - most, 0)
            s.cost[BROKEN] += sign * more


@njit(cache=True, inline="always")
def _meet(t: Tables, s: State, cell: int, sign: int) -> None:
    """Counts the pairs of a cell with those used."""
    person, duty = t.person[cell], t.duty[cell]
    own, used, cost, pairs, first, meet = t.own, s.used, s.cost, t.pair, t.pair_first, t.meet
    duties = own.shape[1]
    for k in range(t.meet_first[person], t.meet_first[person + 1]):
        at = meet[k] * duties + duty
        for j in range(first[at], first[at + 1]):
            other = own[person, pairs[j, 0]]
            if other >= 0 and used[other]:
                cost[pairs[j, 2]] += sign * pairs[j, 1]


@njit(cache=True)
def put(t: Tables, s: State, cell: int, sign: int) -> None:
    """Uses a cell (sign 1) or leaves it (sign -1)."""
    if sign < 0:
        s.used[cell] = False
    _enter(t, s, cell, sign)
    _run(t, s, cell, sign)
    _meet(t, s, cell, sign)
    if sign > 0:
        s.used[cell] = True


@njit(cache=True)
def fill(t: Tables, s: State, cells: Small) -> None:
    """Uses all of the cells."""
    for cell in cells:
        put(t, s, cell, 1)
