"""Roster A (easy): `python -m benchmarks.roster_a --agents 100 --days 28 --demand 28,24,10 --out roster.csv`.

The hard rules of `benchmarks.rotation`; minimise 10 x the people with fewer than floor(sum of demand x days / agents)
shifts. The best is 0. Its variants have other demand and some dozens of wishes, which come second: a wish not granted
costs its weight.
"""

import sys
from collections import Counter
from math import floor

from benchmarks.rotation import GROUP, Duties, Size, contract, run
from benchmarks.rotation_drawn import with_demand, with_wishes
from roster.contract import Contract

POINTS = 10


def drawn(size: Size, seed: int) -> Size:
    """A variant: demand and wishes; 0 is the one given."""
    return with_wishes(with_demand(size, seed), seed) if seed else size


def made(size: Size) -> Contract:
    """The contract."""
    goal = {"kind": "enough_shifts", "group": [GROUP], "shifts": fewest(size), "points": POINTS}
    return contract(size, [goal])


def fewest(size: Size) -> int:
    """The shifts that everybody should have at least."""
    return floor(size.share(sum(size.demand.values())))


def score(size: Size, duties: Duties) -> int:
    """10 x the people with too few shifts."""
    worked = Counter(who for who, _ in duties)
    return POINTS * sum(worked[who] < fewest(size) for who in range(size.agents))


if __name__ == "__main__":
    run(sys.modules[__name__])
