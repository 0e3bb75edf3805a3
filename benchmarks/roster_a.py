"""Roster A (easy): `python -m benchmarks.roster_a --agents 100 --days 28 --demand 28,24,10 --out roster.csv`.

The hard rules of `benchmarks.rotation`; minimise 10 x the people with fewer than floor(sum of demand x days / agents)
shifts. The best is 0.
"""

from collections import Counter
from math import floor

from benchmarks.rotation import GROUP, Duties, Size, contract, run
from roster.base import FAIRNESS
from roster.contract import Contract


def made(size: Size) -> tuple[Contract, int]:
    """The contract, and the level of its objective."""
    goal = {"kind": "enough_shifts", "group": [GROUP], "shifts": fewest(size), "points": 10}
    return contract(size, [goal]), FAIRNESS


def fewest(size: Size) -> int:
    """The shifts that everybody should have at least."""
    return floor(size.share(sum(size.demand.values())))


def score(size: Size, duties: Duties) -> int:
    """10 x the people with too few shifts."""
    worked = Counter(who for who, _ in duties)
    return 10 * sum(worked[who] < fewest(size) for who in range(size.agents))


if __name__ == "__main__":
    run(__doc__ or "", made, score)
