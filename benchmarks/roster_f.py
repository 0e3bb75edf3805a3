"""Roster F (fair): `python -m benchmarks.roster_f --agents 60 --days 28 --demand 16,14,6 --out roster.csv`.

The hard rules of `benchmarks.rotation` and at most 5 days a calendar week; minimise over the people the sum of
(shifts - T)^2 + 5 (nights - Tn)^2 + 5 (weekend days - Tw)^2 with T, Tn, Tw the even share of each, rounded, weekends
counted as 8 days of demand in four weeks.
"""

from collections import Counter

from benchmarks.rotation import GROUP, Duties, Size, contract, run
from roster.base import FAIRNESS
from roster.contract import Contract

WEIGHTS = {"shifts": 1, "nights": 5, "weekend-days": 5}
SATURDAY = 5


def made(size: Size) -> tuple[Contract, int]:
    """The contract, and the level of its objective."""
    goals = [
        {"kind": "near_target", "group": [GROUP], "counts": counts, "target": target, "weight": WEIGHTS[counts]}
        for counts, target in targets(size).items()
    ]
    week = {"kind": "standard_hours", "hours_a_day": 8, "hours_a_week": 40}
    return contract(size, goals, [week]), FAIRNESS


def targets(size: Size) -> dict[str, int]:
    """What everybody should have of each."""
    total = sum(size.demand.values())
    weekends = sum(day % 7 >= SATURDAY for day in range(size.days))
    return {
        "shifts": round(size.share(total)), "nights": round(size.share(size.demand["N"])),
        "weekend-days": round(total * weekends / size.agents),
    }  # fmt: skip


def score(size: Size, duties: Duties) -> int:
    """The squared distances; infinitely bad where somebody works six days of a calendar week."""
    weeks = Counter((who, day // 7) for who, day in duties)
    if max(weeks.values(), default=0) > SATURDAY:
        raise ValueError("more than 5 days in a calendar week")
    counts = {
        "shifts": Counter(who for who, _ in duties),
        "nights": Counter(who for (who, _), shift in duties.items() if shift == "N"),
        "weekend-days": Counter(who for who, day in duties if day % 7 >= SATURDAY),
    }
    return sum(
        WEIGHTS[name] * (counts[name][who] - target) ** 2
        for name, target in targets(size).items()
        for who in range(size.agents)
    )


if __name__ == "__main__":
    run(__doc__ or "", made, score)
