"""First prices by subgradient ascent: rough, but without an LP, and with the rosters that an LP can begin from."""

from collections.abc import Callable

import numpy as np

from solver.search.columns.pricing import NEVER, Pricing

INERTIA = 0.6
"""The share of the last direction in the next."""
FIRST_STEP, FADING = 0.15, 0.96
"""The step for a count off by one, as a share of the span of a row's prices, and what a round leaves of it."""
POOL_ROUNDS = 30
"""The last so many rounds hand on their rosters."""


class Ascent:
    """Prices of one part on their way up from zero. `bound` is the best seen, at `prices`; `pool` the rosters met."""

    def __init__(self, pricing: Pricing) -> None:
        self.pricing = pricing
        self.prices = np.zeros(len(pricing.base))
        self.bound = -NEVER
        self.floors: dict[int, float] = {}
        self.pool: dict[tuple[int, tuple[int, ...]], None] = {}

    def climb(self, rounds: int, *, until: Callable[[], bool]) -> None:
        """So many steps, each smaller than the one before."""
        rows, span = self.pricing.touched, self.pricing.high - self.pricing.low
        at, way, step = self.prices.copy(), np.zeros(len(rows)), FIRST_STEP
        for k in range(rounds):
            answer = self.pricing.answer(at)
            if answer.bound > self.bound:
                self.bound, self.prices, self.floors = answer.bound, at.copy(), answer.floors
            if k >= rounds - POOL_ROUNDS:
                self.pool.update(dict.fromkeys(answer.chosen.items()))
            if until():
                return
            way = INERTIA * way + (1 - INERTIA) * answer.gap[rows]
            at[rows] = np.clip(at[rows] + step * span * way, self.pricing.low, self.pricing.high)
            step *= FADING
