"""The Lagrangian of a part: at given row prices everybody's best roster, every row's best count, and what both cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numba as nb
import numpy as np

from solver.search.columns.counts import Floats, Ints
from solver.search.columns.crew import Crew
from solver.search.columns.limits import Limits

NEVER = 1e30


@dataclass(frozen=True)
class Part:
    """Whose rosters are open, and on which days (None for all); those of `free` people on all days anyway."""

    people: tuple[int, ...]
    days: frozenset[int] | None = None
    free: frozenset[int] = frozenset()

    def holds(self, person: int, day: int) -> bool:
        """Whether a day of a person is open."""
        return self.days is None or day in self.days or person in self.free


@dataclass(frozen=True)
class Answer:
    """At some prices: what the part costs at least, by person as well; the open cells of everybody's best roster.

    `gap[row]` is by how much the row's best count passes what the rosters give: the way the price should go.
    """

    bound: float
    floors: dict[int, float]
    chosen: dict[int, tuple[int, ...]]
    gap: Floats


class Pricing:
    """A part beside everything else as it is. `left` are the people not fixed yet; `value` what the part costs now."""

    def __init__(self, crew: Crew, part: Part) -> None:
        self.crew, self.part = crew, part
        rows = crew.rows
        self.open = crew.day_of >= 0 if part.days is None else np.isin(crew.day_of, list(part.days))
        for p in part.free:
            mine = slice(rows.first[p], rows.first[p + 1])
            self.open[mine] = crew.day_of[mine] >= 0
        self.held = {p: tuple(k for k in crew.given[p] if self.open[k]) for p in part.people}
        self.left = list(part.people)
        self.settled = 0.0
        mine = np.concatenate([np.arange(rows.first[p], rows.first[p + 1]) for p in part.people])
        self.open_cells = int(self.open[mine].sum())
        self.touched = np.unique(rows.weight[mine[self.open[mine]]].indices)
        self.base = crew.counts_without([k for cells in self.held.values() for k in cells])
        self._forced = {p: self._closed(p) for p in part.people}
        self._limits: Limits | None = None
        self._beside = np.zeros(len(rows.cells))
        self._cut()
        self.low, self.high = self._box()
        self.value = self.worth(self.held)

    def _closed(self, person: int) -> Ints | None:
        """What the person's program has to leave as it is."""
        if self.part.days is None or person in self.part.free:
            return None
        first = int(self.crew.rows.first[person])
        local = [k - first for k in self.crew.given[person]]
        return self.crew.programs[person].forced(local, self.part.days)

    def _cut(self) -> None:
        """The pieces of the touched rows from the present base on."""
        self.pieces = self.crew.rows.pieces(self.touched, self.base[self.touched])

    def _box(self) -> tuple[Floats, Floats]:
        """Between which prices a row's count is not settled anyway."""
        low, high = np.full(len(self.touched), NEVER), np.full(len(self.touched), -NEVER)
        of_row, slopes, _ = self.pieces
        np.minimum.at(low, of_row, -slopes)
        np.maximum.at(high, of_row, -slopes)
        return low, high

    def worth(self, chosen: dict[int, tuple[int, ...]]) -> float:
        """What the part costs with these open cells, those fixed before apart."""
        counts = self.base.copy()
        self._tally([k for cells in chosen.values() for k in cells], counts)
        own = sum(self.crew.own_cost(person, cells) for person, cells in chosen.items())
        return float(self._costs(counts) + own)

    def _costs(self, counts: Ints) -> float:
        return float(self.crew.rows.costs(counts)[self.touched].sum())

    def _tally(self, cells: Sequence[int], counts: Ints) -> None:
        weight = self.crew.rows.weight
        _add(np.array(cells, dtype=np.int64), weight.indptr, weight.indices, weight.data, counts)

    def answer(self, prices: Floats) -> Answer:
        """Everybody's best roster at the prices of all rows."""
        crew, rows = self.crew, self.crew.rows
        priced = rows.own - rows.weight @ prices + self._beside
        priced[~self.open] = 0.0
        floors: dict[int, float] = {}
        chosen: dict[int, tuple[int, ...]] = {}
        for person in self.left:
            first, last = rows.first[person], rows.first[person + 1]
            best = crew.best(person, priced[first:last], self._forced[person])
            floors[person] = best.bound
            if best.cells is not None:
                globals_ = sorted(int(first) + k for k in best.cells)
                chosen[person] = tuple(k for k in globals_ if self.open[k])
        counts, wanted = self.base.copy(), self.base.astype(float)
        self._tally([k for cells in chosen.values() for k in cells], counts)
        extra = self._extra(prices)
        wanted[self.touched] += extra
        least = self._costs(wanted.astype(np.int64)) + float(prices[self.touched] @ extra)
        return Answer(sum(floors.values()) + least + self.settled, floors, chosen, wanted - counts)

    def _extra(self, prices: Floats) -> Ints:
        """How many units more than the base are best in every touched row."""
        of_row, slopes, units = self.pieces
        worth = slopes + prices[self.touched][of_row] < 0
        extra = np.bincount(of_row[worth], weights=units[worth], minlength=len(self.touched)).astype(np.int64)
        if self._limits is None:
            return extra
        base, low, high = (counts[self.touched] for counts in (self.base, self._limits.low, self._limits.high))
        return np.clip(extra, low - base, high - base)

    def keep_to(self, limits: Limits, dear: float) -> None:
        """From now on all bounds are of what keeps to the limits of the whole; a cell that does not costs `dear`."""
        self._limits = limits
        self._beside[:] = 0.0
        self._beside[list(limits.without)] += dear
        self._beside[list(limits.having)] -= dear
        self.settled = dear * len(limits.having)

    def fix(self, person: int, cells: Sequence[int]) -> None:
        """Settles a person's roster; what it costs by itself is counted in all bounds from now on."""
        self.left.remove(person)
        self.settled += self.crew.own_cost(person, cells)
        self._tally(cells, self.base)
        self._cut()

    def shares(self, prices: Floats, floors: dict[int, float]) -> tuple[dict[int, float], Floats]:
        """How the present roster's distance from a bound is made up: by person, and by row of the whole."""
        crew, counts = self.crew, self.crew.counts
        people = {p: _reduced(crew, p, prices) - floor for p, floor in floors.items()}
        wanted = self.base.copy()
        wanted[self.touched] += self._extra(prices)
        rows = crew.rows.costs(counts) - crew.rows.costs(wanted) + prices * (counts - wanted)
        return people, rows


def _reduced(crew: Crew, person: int, prices: Floats) -> float:
    """What a person's roster costs when each unit of a row earns its price."""
    rows, weights = crew.rows.of(crew.given[person])
    return crew.own_cost(person, crew.given[person]) - float(prices[rows] @ weights)


@nb.njit(cache=True)
def _add(cells: Ints, first: Ints, rows: Ints, weights: Floats, counts: Ints) -> None:
    """Adds the cells' weights to the counts."""
    for cell in cells:
        for k in range(first[cell], first[cell + 1]):
            counts[rows[k]] += int(weights[k])
