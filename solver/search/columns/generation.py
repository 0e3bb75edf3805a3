"""Column generation over a part of a roster: some people, on some or all days; the rest stays as it is."""

from collections.abc import Callable, Iterable, Sequence
from random import Random

import numpy as np

from solver.growing import NoAnswer
from solver.search.columns.ascent import Ascent
from solver.search.columns.counts import Floats
from solver.search.columns.crew import Crew
from solver.search.columns.limits import Limits
from solver.search.columns.master import Column, Master, Prices
from solver.search.columns.pricing import NEVER, Part, Pricing

SMOOTHING = 0.7
"""How far prices are drawn towards those of the best bound."""
EPS = 1e-6
LP_S = 1.3e-5
"""Seconds that an LP takes, a roster or a row in it, about."""
FEW_ROUNDS, LEAST_ROUNDS = 8, 2
"""Most rounds of pricing after rosters have been fixed, and what is left of them where open cells are many."""
MANY = 24_000
"""Open cells times rounds that a step of a dive has room for."""
KEPT = 40
"""Rosters a person with which a dive begins, those of least reduced cost."""
CAREFUL = 3000
"""Open cells for each roster that a step of a dive fixes: small parts are worth one at a time."""
SHAKE = 1.0
"""By which share a roster's use may seem greater in a shaken dive."""
SURE = 0.95
"""A roster used so far by the LP is fixed along with the best one."""


class Generation:
    """The master of one part. `bound` is what the part costs at least, known at `prices` with everybody's `floors`."""

    def __init__(self, crew: Crew, part: Part, *, until: Callable[[], bool]) -> None:
        self.crew, self.until = crew, until
        self.pricing = Pricing(crew, part)
        self.value = self.pricing.value
        self.bound, self.floors = -NEVER, dict[int, float]()
        self.prices = np.zeros(len(self.pricing.base))
        self._known = False
        self._limits: Limits | None = None
        self._dear = 0.0
        self._drawn: Random | None = None
        self._rounds = FEW_ROUNDS
        self.master = self._fresh(crew.column(person, cells) for person, cells in self.pricing.held.items())

    def _fresh(self, columns: Iterable[Column]) -> Master:
        """A master of the people not fixed yet."""
        rows, at = self.crew.rows, self.pricing.touched
        constant = float(rows.table[rows.start[at] + self.pricing.base[at]].sum())
        master = Master(self.pricing.left, at, self.pricing.pieces, len(rows.most), constant, dear=self._dear)
        for column in columns:
            master.add(column)
        if self._limits is not None:
            master.keep_to(self._limits)
        return master

    def limit(self, limits: Limits, dear: float, columns: Iterable[Column]) -> None:
        """Begins anew with these rosters, within limits of the whole; what they leave missing costs `dear`."""
        self._limits, self._dear = limits, dear
        self.pricing.keep_to(limits, dear)
        self.master = self._fresh(columns)

    def keep_to(self, limits: Limits, prices: Floats) -> None:
        """Other limits, with prices to begin from; no bound is known yet."""
        self.pricing.keep_to(limits, self._dear)
        self.master.keep_to(limits)
        self.prices, self.bound, self._known = prices, -NEVER, True

    def tried(self, limits: Limits) -> float:
        """What the LP comes to within limits, without pricing. Raises NoAnswer."""
        self.master.keep_to(limits)
        self._count()
        return self.master.solve(self.crew.clock.wall_left, dual=True)[0].value

    def begin(self, ascent: Ascent) -> None:
        """Takes over the prices and rosters of an ascent over the same part."""
        self.prices, self.bound, self.floors, self._known = ascent.prices, ascent.bound, ascent.floors, True
        for person, cells in ascent.pool:
            self.master.add(self.crew.column(person, cells))

    def _solve(self) -> tuple[Prices, Floats]:
        self._count()
        return self.master.solve(self.crew.clock.wall_left)

    def _count(self) -> None:
        """Counts the work of an LP."""
        self.crew.clock.count(LP_S * (len(self.master.columns) + len(self.pricing.touched)))

    def _columns(self, chosen: dict[int, tuple[int, ...]], prices: Prices) -> list[Column]:
        """The rosters that would better the LP."""
        columns = (self.crew.column(person, cells) for person, cells in chosen.items())
        return [column for column in columns if gain(column, prices) > EPS]

    def converge(self, *, cutoff: float, rounds: int, close: float) -> tuple[Prices, Floats]:
        """Prices until the LP is within `close` of its bound, or the bound passes `cutoff`. The LP's prices and use."""
        smoothing = SMOOTHING if self._known else 0.0
        prices, used = self._solve()
        for _ in range(rounds):
            rows = smoothing * self.prices + (1 - smoothing) * prices.rows
            answer = self.pricing.answer(rows)
            if answer.bound > self.bound:
                self.bound, self.prices, self.floors = answer.bound, rows, answer.floors
            if self.bound >= cutoff or prices.value - self.bound <= close or self.until():
                break
            added = [self.master.add(column) for column in self._columns(answer.chosen, prices)]
            if not any(added):
                if smoothing == 0:
                    break
                smoothing = 0.0
                continue
            smoothing = SMOOTHING
            prices, used = self._solve()
        return prices, used

    def dive(
        self,
        prices: Prices,
        columns: Sequence[Column] | None = None,
        drawn: Random | None = None,
        *,
        over: Callable[[], bool],
    ) -> dict[int, tuple[int, ...]]:
        """Fixes whole rosters, those used most first, pricing the others anew in between. The open cells, by person.

        Begins with the cheapest of `columns`, its own by default; what is `drawn` shakes the order of fixing. Once
        it is `over`, or an LP has no answer any more, those not fixed yet are left out.
        """
        self._drawn = drawn
        fixed: dict[int, tuple[int, ...]] = {}
        share = max(self.pricing.open_cells // CAREFUL, 1)
        self._rounds = min(max(MANY // max(self.pricing.open_cells, 1), LEAST_ROUNDS), FEW_ROUNDS)
        self.master = self._fresh(self._cheapest(prices, self.master.columns if columns is None else columns))
        _, used = self._solve()
        while self.pricing.left and not over():
            for k in self._most_used(used, share):
                column = self.master.columns[k]
                fixed[column.person] = column.cells
                self.pricing.fix(column.person, column.cells)
                self.master.fix(k)
            try:
                used = self._follow()
            except NoAnswer:
                break
        return fixed

    def _cheapest(self, prices: Prices, columns: Sequence[Column]) -> list[Column]:
        """The rosters of least reduced cost, a few a person."""
        mine: dict[int, list[tuple[float, int, Column]]] = {person: [] for person in self.pricing.left}
        for k, column in enumerate(columns):
            mine[column.person].append((-gain(column, prices), k, column))
        return [column for listed in mine.values() for _, _, column in sorted(listed, key=lambda e: e[:2])[:KEPT]]

    def _most_used(self, used: Floats, share: int) -> list[int]:
        """The columns to fix next, one a person."""
        left, taken = set(self.pricing.left), list[int]()
        shaken = used if self._drawn is None else [share * (1 + SHAKE * self._drawn.random()) for share in used]
        for k in sorted(range(len(used)), key=lambda k: (-shaken[k], k)):
            person = self.master.columns[k].person
            if person in left and (len(taken) < share or used[k] >= SURE):
                taken.append(k)
                left.remove(person)
        return taken

    def _follow(self) -> Floats:
        """Prices those not fixed anew. The LP's use."""
        prices, used = self._solve() if self.pricing.left else (None, np.zeros(0))
        for _ in range(self._rounds if prices else 0):
            assert prices is not None
            added = [self.master.add(c) for c in self._columns(self.pricing.answer(prices.rows).chosen, prices)]
            if self.until() or not any(added):
                break
            prices, used = self._solve()
        return used


def gain(column: Column, prices: Prices) -> float:
    """By how much a column would better the LP, by its prices."""
    rows, weights = column.adds
    return prices.people[column.person] + float(prices.rows[rows] @ weights) - column.cost
