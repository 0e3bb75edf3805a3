"""What a node of the tree asks for beyond what is stated: counts within limits, cells taken and cells left."""

from dataclasses import dataclass, field, replace

import numpy as np

from solver.search.columns.counts import Ints


@dataclass(frozen=True)
class Limits:
    """Every row's count is in [low, high]; rosters do `without` some cells, and those of `owners` are `having` others.

    `having` gives the person of each cell.
    """

    low: Ints
    high: Ints
    without: frozenset[int] = frozenset()
    having: dict[int, int] = field(default_factory=dict)

    def allow(self, person: int, cells: tuple[int, ...]) -> bool:
        """Whether a roster keeps to what is said of its cells."""
        if not self.without.isdisjoint(cells):
            return False
        return all(cell in cells for cell, owner in self.having.items() if owner == person)

    def split_row(self, row: int, count: float) -> tuple["Limits", "Limits"]:
        """Below and above a count that is not whole."""
        low, high = self.low.copy(), self.high.copy()
        high[row], low[row] = np.floor(count), np.ceil(count)
        return replace(self, high=high), replace(self, low=low)

    def split_cell(self, cell: int, person: int) -> tuple["Limits", "Limits"]:
        """Without and with a cell."""
        return replace(self, without=self.without | {cell}), replace(self, having={**self.having, cell: person})
