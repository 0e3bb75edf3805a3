"""A compiled program: one person's best legal roster against cell prices."""

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from solver.person import kernels
from solver.person.layers import Layers
from solver.person.options import Option
from solver.person.sums import Sum

MOST_CELLS = 400_000
"""States times counter values up to which a sum is counted exactly; beyond, it has a multiplier."""
COSTLY_CELLS = 2_000_000
"""The same for sums that cost, which no multiplier can replace, and where multipliers lead to no legal roster."""
COUNTERS = 3
STEPS = 12
"""Most changes of the multipliers in one answer."""
CLOSE = 1e-4
"""A roster so close to the bound, relatively, is taken for the best."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


_rooms = threading.local()


def _room(size: int) -> Floats:
    """A table of at least that size: one a thread, as programs answer one after the other."""
    room = getattr(_rooms, "table", None)
    if room is None or len(room) < size:
        room = _rooms.table = np.empty(size)
    return room


class TooLarge(ValueError):
    """A sum that costs, too fine to be counted."""


@dataclass(frozen=True)
class Best:
    """A person's best roster: `cells` by position, what they cost, and a bound that no legal roster beats.

    Where sums have multipliers, the roster may cost more than the bound; `cells` is None where none was found.
    """

    bound: float
    cost: float
    cells: tuple[int, ...] | None


@dataclass(frozen=True)
class Graph:
    """States by layer and the arcs between: those of day d are first[d]:first[d + 1].

    An arc stands for a class of options; `options`, `day` and `klass` give each option's cells, day and class.
    """

    sizes: tuple[int, ...]
    first: Ints
    start: Ints
    end: Ints
    arc_class: Ints
    options: Sequence[Option]
    day: Ints
    klass: Ints


class Program:
    """Days x states x counters. Sums that are not counted are priced by multipliers and checked afterwards."""

    size: int
    """States times counter values."""
    steps: int
    """Arcs times counter values: what an answer takes."""

    def __init__(
        self,
        layers: Layers,
        days: Sequence[Sequence[Option]],
        class_of: Sequence[Ints],
        sums: Sequence[Sum],
        prices: Sequence[float],
    ) -> None:
        self.cells, self.sums = len(prices), list(sums)
        self._options = [option for options in days for option in options]
        listed = ((d, option) for d, options in enumerate(days) for option in options)
        self._number = {key: k for k, key in enumerate(listed)}
        self._all = np.arange(len(self._options))
        self.day_of = {k: d for d, option in self._number for k in option}
        self._day = np.repeat(np.arange(len(days)), [len(options) for options in days])
        offsets = list(accumulate((int(named.max()) + 1 for named in class_of), initial=0))
        self._class = np.concatenate([named + offset for named, offset in zip(class_of, offsets, strict=False)])
        self._classes = offsets[-1]
        self._first_cell = np.cumsum([0, *(len(option) for option in self._options)])
        self._cell = np.array([k for option in self._options for k in option], dtype=np.int64)
        self._weight = np.array(
            [[sum_.weights.get(option, 0) for option in self._options] for sum_ in sums], dtype=np.int64
        ).reshape(len(sums), len(self._options))
        self._own = np.array(prices, dtype=np.float64)
        self._arcs(layers, offsets)
        self._reach()
        self.counted = self._first_counted()
        self._lay_out()

    def _arcs(self, layers: Layers, offsets: Sequence[int]) -> None:
        self._sizes = np.array(layers.sizes)
        self._first_arc = np.cumsum([0, *(len(arcs.start) for arcs in layers.arcs)])
        self._start = np.concatenate([arcs.start for arcs in layers.arcs])
        self._end = np.concatenate([arcs.end for arcs in layers.arcs])
        named = [arcs.option + offset for arcs, offset in zip(layers.arcs, offsets, strict=False)]
        self._arc_class = np.concatenate(named)

    def _reach(self) -> None:
        """For each sum and layer the least and greatest value from which a legal end can be reached."""
        class_weight = np.zeros((len(self.sums), self._classes), dtype=np.int64)
        class_weight[:, self._class] = self._weight
        self._class_weight = class_weight
        self._low, self._high, self._most = [], [], []
        for sum_, weight in zip(self.sums, class_weight, strict=True):
            least, most = self._extremes(weight[self._arc_class], backwards=False)
            least_left, most_left = self._extremes(weight[self._arc_class], backwards=True)
            self._most.append(int(most[-1]))
            self._low.append(np.maximum(least, sum_.at_least - most_left))
            self._high.append(np.minimum(most, sum_.at_most - least_left))

    def _extremes(self, weight: Ints, *, backwards: bool) -> tuple[Ints, Ints]:
        """The least and greatest sum of weights up to each layer, or from it on."""
        days = len(self._sizes) - 1
        order = range(days - 1, -1, -1) if backwards else range(days)
        least = [np.zeros(self._sizes[days if backwards else 0], dtype=np.int64)]
        most = [least[0]]
        for day in order:
            arcs = slice(self._first_arc[day], self._first_arc[day + 1])
            come, go = (self._end, self._start) if backwards else (self._start, self._end)
            size = self._sizes[day if backwards else day + 1]
            small, great = np.full(size, 2**40), np.full(size, -(2**40))
            np.minimum.at(small, go[arcs], least[-1][come[arcs]] + weight[arcs])
            np.maximum.at(great, go[arcs], most[-1][come[arcs]] + weight[arcs])
            least.append(small)
            most.append(great)
        found = np.array([part.min() for part in least]), np.array([part.max() for part in most])
        return (found[0][::-1], found[1][::-1]) if backwards else found

    def _span(self, k: int) -> Ints:
        """By layer, how many values of a sum matter."""
        return np.maximum(self._high[k] - self._low[k] + 1, 0)

    def _table(self, counted: Sequence[int]) -> int:
        """Cells of all layers with those sums counted."""
        spans = np.prod([self._span(k) for k in counted], axis=0) if counted else 1
        return int((self._sizes * spans).sum())

    def _first_counted(self) -> list[int]:
        """Sums that cost or that have a least amount, as far as they fit; the others are counted when they bind."""
        counted: list[int] = []
        costs = [k for k, sum_ in enumerate(self.sums) if sum_.cost]
        owed = [k for k, sum_ in enumerate(self.sums) if not sum_.cost and sum_.at_least > 0]
        for k in (*costs, *owed):
            if self._fits([*counted, k], COSTLY_CELLS if self.sums[k].cost else MOST_CELLS):
                counted.append(k)
            elif self.sums[k].cost:
                raise TooLarge("a sum that costs")
        return counted

    def _fits(self, counted: Sequence[int], most: int) -> bool:
        return len(counted) <= COUNTERS and self._table(counted) <= most

    @property
    def graph(self) -> Graph:
        """The layered graph beneath: what may follow what, the sums apart."""
        arcs = (self._start, self._end, self._arc_class)
        return Graph(tuple(map(int, self._sizes)), self._first_arc, *arcs, self._options, self._day, self._class)

    @cached_property
    def option_cells(self) -> sp.csr_matrix:
        """options x cells: 1 where an option holds a cell."""
        shape = len(self._options), self.cells
        return sp.csr_matrix((np.ones(len(self._cell)), self._cell, self._first_cell), shape=shape)

    def limits(self) -> Iterator[tuple[int, int, Ints]]:
        """Of every sum the graph does not know: the least and greatest value, and the weight of each option."""
        for sum_, weight in zip(self.sums, self._weight, strict=True):
            yield sum_.at_least, sum_.at_most, weight

    @property
    def feasible(self) -> bool:
        """Whether every sum can be kept by itself."""
        return all((self._span(k) > 0).all() for k in range(len(self.sums)))

    @property
    def exact(self) -> bool:
        """Whether every sum can be counted, so that answers are best and not only bounded."""
        return self._fits(range(len(self.sums)), COSTLY_CELLS if self.costly else MOST_CELLS)

    @property
    def costly(self) -> bool:
        """Whether a sum costs something at the end."""
        return any(sum_.cost for sum_ in self.sums)

    def _lay_out(self) -> None:
        """The arrays of the kernels for the sums counted at present."""
        layers = len(self._sizes)
        low, size = np.zeros((layers, COUNTERS), dtype=np.int64), np.ones((layers, COUNTERS), dtype=np.int64)
        weight = np.zeros((self._classes, COUNTERS), dtype=np.int64)
        order = sorted(self.counted, key=lambda k: int(self._span(k).max()))  # the widest innermost
        for place, k in enumerate(order, start=COUNTERS - len(order)):
            low[:, place], size[:, place], weight[:, place] = self._low[k], self._span(k), self._class_weight[k]
        longest = max((len(self.sums[k].cost) for k in order), default=0)
        end_cost = np.zeros((COUNTERS, max(longest, int((low + size).max()) + 1)))
        for place, k in enumerate(order, start=COUNTERS - len(order)):
            cost = self.sums[k].cost
            end_cost[place, : len(cost)] = cost
        base = np.concatenate([[0], np.cumsum(self._sizes * size.prod(axis=1))])
        self._graph = (self._first_arc, self._start, self._end, self._arc_class, weight, low, size, base)
        self._end_cost, self.size = end_cost, int(base[-1])
        self.steps = int((np.diff(self._first_arc) * size.prod(axis=1)[:-1]).sum())
        self._free = np.full(layers - 1, -1, dtype=np.int64)
        self._relax()

    def _relax(self) -> None:
        """The limits of the sums not counted, each as a row of weights that stay within a limit."""
        loose = [k for k in range(len(self.sums)) if k not in self.counted]
        over = [(k, 1, self.sums[k].at_most) for k in loose if self.sums[k].at_most < self._high_free(k)]
        under = [(k, -1, -self.sums[k].at_least) for k in loose if self.sums[k].at_least > 0]
        rows = [*over, *under]
        self._row_of = [k for k, _, _ in rows]
        self._row_weight = np.array([sign * self._weight[k] for k, sign, _ in rows], dtype=np.float64).reshape(
            len(rows), len(self._options)
        )
        self._limit = np.array([limit for _, _, limit in rows], dtype=np.float64)
        self._multiplier, self._step, self._sign = np.zeros((3, len(rows)))

    def _high_free(self, k: int) -> int:
        """What a sum may come to at most when its limit is not asked for."""
        return self._most[k]

    def forced(self, cells: Collection[int], open_days: Collection[int]) -> Ints:
        """What `best` may not change: on all but the open days the option is that of the roster `cells`."""
        days = len(self._free)
        by_day: dict[int, list[int]] = {day: [] for day in range(days)}
        for k in sorted(cells):
            by_day[self.day_of[k]].append(k)
        return np.array(
            [-1 if d in open_days else self._number[d, tuple(by_day[d])] for d in range(days)], dtype=np.int64
        )

    def totals(self, cells: Collection[int]) -> Ints:
        """What each sum comes to."""
        return self._weight[:, self._taken(cells)].sum(axis=1)

    def _taken(self, cells: Collection[int]) -> list[int]:
        by_day: dict[int, list[int]] = {}
        for k in sorted(cells):
            by_day.setdefault(self.day_of[k], []).append(k)
        return [self._number[day, tuple(option)] for day, option in by_day.items()]

    def own_cost(self, cells: Collection[int]) -> float:
        """What a roster costs by itself: its cells' own prices and its sums."""
        totals = self.totals(cells)
        costs = (sum_.cost[total] for sum_, total in zip(self.sums, totals, strict=True) if sum_.cost)
        return float(sum(self._own[k] for k in cells) + sum(costs))

    def best(self, prices: Floats, forced: Ints | None = None) -> Best:
        """The cheapest legal roster against the prices of the person's cells.

        `forced` leaves only part of it open (see `forced`). Sums that are not counted are kept by their multipliers:
        a few rounds move them, and a sum that is broken is counted from then on where that fits, in a larger table
        where they lead nowhere.
        """
        bound, cost, best = -kernels.FAR, kernels.FAR, None
        forced = self._free if forced is None else forced
        for _ in range(STEPS):
            value, taken = self._answer(prices, forced)
            if taken is None:
                return Best(kernels.FAR, kernels.FAR, None)
            bound = max(bound, value)
            off = self._off(taken)
            if (off <= 0).all():
                reached = value - float(self._multiplier @ off)
                if reached < cost:
                    cost, best = reached, taken
                if cost - bound <= CLOSE * max(abs(cost), 1.0):
                    break
            elif self._count_exactly(off, MOST_CELLS):
                bound = -kernels.FAR
                continue
            self._turn(off, prices)
        if best is None and self._count_exactly(off, COSTLY_CELLS):
            return self.best(prices, forced)
        cells = None if best is None else tuple(k for number in best for k in self._options[number])
        return Best(bound, cost, cells)

    def through(self, prices: Floats, forced: Ints | None = None) -> Floats:
        """By cell a bound on what the best roster with that cell costs; FAR where there is none."""
        forced = self._free if forced is None else forced
        cheapest, _, shift = self._priced(prices, forced)
        room = _room(self.size)
        kernels.forward(cheapest, *self._graph, room)
        least = kernels.through(cheapest, *self._graph, room, self._end_cost)
        extra = self._extra(prices)
        whole = least[self._class] - cheapest[self._class] + extra
        allowed = (cheapest[self._class] < kernels.FAR) & ((forced[self._day] < 0) | (forced[self._day] == self._all))
        whole = np.where(allowed & (least[self._class] < kernels.FAR), whole + shift, kernels.FAR)
        found = np.full(self.cells, kernels.FAR)
        np.minimum.at(found, self._cell, np.repeat(whole, np.diff(self._first_cell)))
        return found

    def _extra(self, prices: Floats) -> Floats:
        """The price of every option, multipliers included."""
        summed = np.zeros(len(self._options))
        np.add.at(summed, np.repeat(self._all, np.diff(self._first_cell)), (self._own + prices)[self._cell])
        return summed + self._multiplier @ self._row_weight

    def _priced(self, prices: Floats, forced: Ints) -> tuple[Floats, Ints, float]:
        """By class the cheapest option and its price, and what the multipliers give back."""
        cheapest, option = kernels.class_prices(
            self._own + prices, forced, self._first_cell, self._cell, self._multiplier @ self._row_weight,
            self._class, self._day, self._classes,
        )  # fmt: skip
        return cheapest, option, -float(self._multiplier @ self._limit)

    def _answer(self, prices: Floats, forced: Ints) -> tuple[float, Ints | None]:
        """The bound at the present multipliers, and the options of the roster that meets it."""
        cheapest, option, shift = self._priced(prices, forced)
        low, size, base = self._graph[5:]
        room = _room(self.size)
        kernels.forward(cheapest, *self._graph, room)
        value, at = kernels.finish(room[base[-2] : base[-1]], low[-1], size[-1], self._end_cost)
        if at < 0:
            return kernels.FAR, None
        return value + shift, option[kernels.trace(at, cheapest, *self._graph, room)]

    def _off(self, taken: Ints) -> Floats:
        """By how much each limit that is not counted is broken; 0 or less where it is kept."""
        return self._row_weight[:, taken].sum(axis=1) - self._limit

    def _count_exactly(self, off: Floats, most: int) -> bool:
        """Takes a broken sum among the counted ones, the narrowest first. False where none fits in so many cells."""
        broken = {self._row_of[r] for r in np.nonzero(off > 0)[0]}
        for k in sorted(broken, key=lambda k: int(self._span(k).max())):
            if self._fits([*self.counted, k], most):
                self.counted.append(k)
                self._lay_out()
                return True
        return False

    def _turn(self, off: Floats, prices: Floats) -> None:
        """Moves the multipliers: up where a limit is broken, down where it is not reached."""
        sign = np.sign(off) * ((off > 0) | (self._multiplier > 0))
        scale = float(np.abs(prices).mean()) / np.maximum(self._row_weight.max(axis=1, initial=1), 1)
        self._step = np.where(self._step == 0, scale, self._step)
        self._step = np.where(sign * self._sign < 0, self._step / 2, np.where(sign != 0, self._step * 1.2, self._step))
        self._sign = np.where(sign != 0, sign, self._sign)
        self._multiplier = np.maximum(self._multiplier + sign * self._step, 0.0)
