"""What a roster costs, level by level, kept up to date while cells come and go (compiled by numba)."""

from typing import NamedTuple

import numpy as np
from numba import njit

from solver.search.kernel import inlined, kernel
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
    _empty(tables.row, tables.table, state.cost)
    return state


@kernel
def _empty(rows: Ints, table: Ints, cost: Ints) -> None:
    """Adds what every row costs at a count of nothing."""
    for k in range(len(rows)):
        cost[rows[k, 0]] += row_cost(rows, k, table, 0)


def least(tables: Tables, fixed: Flags) -> Ints:
    """What each level comes to at least: every row at its best beside the fixed cells."""
    held = np.zeros(len(tables.row), dtype=np.int64)
    open_ = np.zeros(len(tables.row), dtype=np.bool_)
    open_[tables.part[:, 0]] = True
    cells, duties = np.ones(len(fixed), dtype=np.int64), len(tables.whole_first) - 1
    locked = np.bincount(tables.duty[fixed], minlength=duties)
    unlocked = np.bincount(tables.duty[~fixed], minlength=duties)
    _hold(held, open_, tables.entry_first, tables.entry, np.where(fixed, cells, 0), np.where(fixed, 0, cells))
    _hold(held, open_, tables.whole_first, tables.whole, locked, unlocked)
    found = np.zeros(LEVELS, dtype=np.int64)
    _floors(tables.row, tables.table, held, open_, found)
    return found


def _hold(held: Ints, open_: Flags, first: Small, entry: Ints, locked: Ints, free: Ints) -> None:
    """Counts in each row the cells that are locked, and those free ones that take from it; marks rows left open."""
    member = np.repeat(np.arange(len(first) - 1), np.diff(first))
    row, weight = entry[:, 0], entry[:, 1]
    np.add.at(held, row, locked[member] * weight + free[member] * np.minimum(weight, 0))
    open_[row[free[member] > 0]] = True


@njit(cache=True)
def _floors(rows: Ints, table: Ints, held: Ints, open_: Flags, found: Ints) -> None:
    """Adds by level what every row comes to at least from a count on, or at that count where nothing is open."""
    for k in range(len(rows)):
        if open_[k]:
            first = min(max(held[k], 0), max(rows[k, 5] - 1, 0))
            costs = table[rows[k, 4] + first : rows[k, 4] + rows[k, 5]]
            found[rows[k, 0]] += rows[k, 3] * max(held[k] - rows[k, 1], 0) + (costs.min() if len(costs) else 0)
        else:
            found[rows[k, 0]] += row_cost(rows, k, table, held[k])


@inlined
def row_cost(rows: Ints, row: int, table: Ints, count: int) -> int:
    """What a row costs at a count."""
    off = count - rows[row, 1]
    cost = rows[row, 3] * off if off > 0 else -rows[row, 2] * off
    length = rows[row, 5]
    if length > 0:
        inside = max(count, 0)
        at = min(inside, length - 1)
        cost += table[rows[row, 4] + at] + rows[row, 6] * (inside - at)
    return cost


@inlined
def _count(rows: Ints, row: int, table: Ints, counts: Ints, cost: Ints, by: int) -> None:
    """Counts so much more in a row."""
    count = counts[row]
    cost[rows[row, 0]] += row_cost(rows, row, table, count + by) - row_cost(rows, row, table, count)
    counts[row] = count + by


@inlined
def _worth(parts: Ints, part: int, count: int) -> int:
    """What a part gives to its row."""
    if parts[part, 2] != 0:
        return parts[part, 2] if count >= parts[part, 1] else 0
    return max(count - parts[part, 1], 0)


@inlined
def _streak(busy: Small, slot: int, step: int) -> int:
    """How many days in a row are busy beside a slot, on one side."""
    at = slot + step
    while busy[at] > 0:
        at += step
    return abs(at - slot) - 1


@inlined
def _enter(t: Tables, s: State, cell: int, sign: int) -> None:
    """Counts a cell in the rows it enters, directly or through parts."""
    entries, rows, table, counts, cost = t.entry, t.row, t.table, s.count, s.cost
    for k in range(t.entry_first[cell], t.entry_first[cell + 1]):
        _count(rows, entries[k, 0], table, counts, cost, sign * entries[k, 1])
    shares, parts, held = t.share, t.part, s.part
    for k in range(t.share_first[cell], t.share_first[cell + 1]):
        part = shares[k, 0]
        before = _worth(parts, part, held[part])
        held[part] += sign * shares[k, 1]
        _count(rows, parts[part, 0], table, counts, cost, _worth(parts, part, held[part]) - before)


@inlined
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


@inlined
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


@kernel
def put(t: Tables, s: State, cell: int, sign: int) -> None:
    """Uses a cell (sign 1) or leaves it (sign -1)."""
    put_alone(t, s, cell, sign)
    put_duty(t, s, t.duty[cell], sign)


@kernel
def put_duty(t: Tables, s: State, duty: int, sign: int) -> None:
    """Counts a duty in the rows that do not care who has it."""
    entries, rows, table, counts, cost = t.whole, t.row, t.table, s.count, s.cost
    for k in range(t.whole_first[duty], t.whole_first[duty + 1]):
        _count(rows, entries[k, 0], table, counts, cost, sign * entries[k, 1])


@kernel
def put_alone(t: Tables, s: State, cell: int, sign: int) -> None:
    """Uses or leaves a cell, its duty's rows apart."""
    if sign < 0:
        s.used[cell] = False
    _enter(t, s, cell, sign)
    _run(t, s, cell, sign)
    _meet(t, s, cell, sign)
    if sign > 0:
        s.used[cell] = True


@kernel
def fill(t: Tables, s: State, cells: Small) -> None:
    """Uses all of the cells."""
    for cell in cells:
        put(t, s, cell, 1)
