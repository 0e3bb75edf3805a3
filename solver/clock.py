"""The time of a search: seconds of work as it is counted, or of the wall where that runs ahead or alone counts."""

import time
from collections.abc import Generator
from contextlib import contextmanager

CELL_S = 2e-5
"""Seconds that stating or compiling takes, by cell, about: more where people differ."""


class Clock:
    """Seconds since it was made. The search counts its work, in seconds of the machine that was measured on.

    `now` is the work counted, unless the clock on the wall shows more than `slack` times as much. So all that follows
    from it is the same on every machine less slow than that; on any machine at all where `slack` is None. With a slack
    of 1 it is the clock on the wall alone: a faster machine does more.
    """

    def __init__(self, slack: float | None = 1.0) -> None:
        self.slack = slack
        self.work = 0.0
        self.ends: float | None = None
        """When the search ends, by it."""
        self._begun = time.monotonic()
        self._aside = 0.0

    @property
    def wall(self) -> float:
        """Seconds on the wall."""
        return time.monotonic() - self._begun

    @property
    def now(self) -> float:
        """Seconds by which limits are kept."""
        if self.slack is None:
            return self.work
        return max(self.work, (self.wall - self._aside) / self.slack) if self.by_work else self.wall

    @property
    def by_work(self) -> bool:
        """Whether work counts, not the wall alone."""
        return self.slack != 1

    def count(self, seconds: float) -> None:
        """Counts work done."""
        self.work += seconds

    def count_until(self, work: float) -> None:
        """Counts work done beside the search and waited for, until so much is counted in all."""
        self.work = max(self.work, work)

    @contextmanager
    def preparing(self, cells: int) -> Generator[None]:
        """Stating or compiling so many cells, in the middle of which nothing is decided.

        It is counted by the cells; how long it takes is told by the wall only where that alone counts.
        """
        begun, seconds = self.wall, CELL_S * cells
        yield
        self.count(seconds)
        self._aside += self.wall - begun - seconds

    @property
    def wall_left(self) -> float | None:
        """Seconds on the wall after which the search has ended for sure; None where nothing says."""
        if self.ends is None or self.slack is None:
            return None
        return max(self.slack * self.ends + (self._aside if self.by_work else 0.0) - self.wall, 0.0)

    def on_wall(self, seconds: float) -> float | None:
        """Seconds on the wall that so many seconds of work may take, for what cannot ask; None where nothing says."""
        return None if self.slack is None else max(seconds, 0.0) * self.slack
