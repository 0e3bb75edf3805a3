"""Roster F (fair): `python -m benchmarks.roster_f --agents 60 --days 28 --demand 16,14,6 --out roster.csv`.

The hard rules of `benchmarks.rotation` and at most 5 days a calendar week; minimise over the people the sum of
(shifts - T)^2 + 5 (nights - Tn)^2 + 5 (weekend days - Tw)^2 with T, Tn, Tw the even share of each, rounded, weekends
counted as 8 days of demand in four weeks. In its variants the targets differ by person: the share is that of the part
of full time, less what the person carries in.
"""

import sys
from collections import Counter

from benchmarks.rotation import GROUP, Duties, Size, contract, run
from benchmarks.rotation_drawn import with_demand, with_parts
from roster.contract import Contract

WEIGHTS = {"shifts": 1, "nights": 5, "weekend-days": 5}
SATURDAY = 5


def drawn(size: Size, seed: int) -> Size:
    """A variant: demand, part time and what is carried in; 0 is the one given."""
    return with_parts(with_demand(size, seed), seed) if seed else size


def made(size: Size) -> Contract:
    """The contract."""
    goals = [
        {"kind": "near_target", "group": [GROUP], "counts": counts, "target": 0, "weight": WEIGHTS[counts],
         "targets": {str(who): target for who, target in enumerate(own)}}
        for counts, own in targets(size).items()
    ]  # fmt: skip
    week = {"kind": "standard_hours", "hours_a_day": 8, "hours_a_week": 40}
    return contract(size, goals, [week])


def targets(size: Size) -> dict[str, list[int]]:
    """What each person should have of each."""
    total = sum(size.demand.values())
    weekends = sum(day % 7 >= SATURDAY for day in range(size.days))
    parts = size.parts or (1.0,) * size.agents
    amounts = {
        "shifts": total * size.days, "nights": size.demand["N"] * size.days, "weekend-days": total * weekends,
    }  # fmt: skip
    return {
        counts: [
            max(round(amount * part / sum(parts)) - size.carried.get(counts, (0,) * size.agents)[who], 0)
            for who, part in enumerate(parts)
        ]
        for counts, amount in amounts.items()
    }


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
        for name, own in targets(size).items()
        for who, target in enumerate(own)
    )


if __name__ == "__main__":
    run(sys.modules[__name__])
