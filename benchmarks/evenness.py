"""How even a roster deals a burden out: its cost beside that of the best deal of the same turns.

The best deal leaves everybody's leave and number of days of work as they are: hours and service ask for those first. So
whoever has only a weekend free keeps working on it; nothing else binds the deal.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from heapq import heapify, heapreplace

from roster.availability import available
from roster.burdens import BurdenGoal
from roster.options import options, rows_of
from roster.problem import Problem
from roster.roster import Roster


def even_split(goal: BurdenGoal, asked: Problem, total: int, least: Mapping[str, int]) -> Counter[str]:
    """So many turns dealt out at the least cost, with at least so many for some: each goes where it costs least.

    That is exact, as everybody's cost is convex.
    """
    prices = goal.prices(asked)
    turns = Counter({who: least.get(who, 0) for who in prices})
    dearer = [(price(turns[who] + 1) - price(turns[who]), who) for who, price in prices.items()]
    heapify(dearer)
    for _ in range(total - turns.total()):
        _, who = dearer[0]
        turns[who] += 1
        heapreplace(dearer, (prices[who](turns[who] + 1) - prices[who](turns[who]), who))
    return turns


def light_days(goal: BurdenGoal, asked: Problem) -> list[date]:
    """The days with a duty that is no such turn."""
    offered = {cell.duty: cell for cell in options(asked)}
    return sorted({duty.day for duty, cell in offered.items() if not goal.counts(asked, rows_of(cell))})


def least_turns(goal: BurdenGoal, asked: Problem, roster: Roster) -> dict[str, int]:
    """By person the turns without which the days worked have no room on the days the person is there."""
    days = Counter(who for who, _ in {(row.staff_id, row.date) for row in roster.rows})
    room = available(asked, goal.people(asked), light_days(goal, asked))
    return {who: max(days[who] - len(light), 0) for who, light in room.items()}


def told_distance(goal: BurdenGoal, asked: Problem, roster: Roster) -> str:
    """How far turns are from everybody's share by availability, and from the best that whole turns can be."""
    turns, shares, prices = goal.counts(asked, roster.rows), goal.shares(asked, asked.horizon.dates), goal.prices(asked)
    total, least = sum(turns[who] for who in shares), least_turns(goal, asked, roster)
    mean = total / sum(shares.values())

    def off(given: Mapping[str, int]) -> float:
        return sum(abs(given[who] - mean * share) for who, share in shares.items()) / len(shares)

    def cost(given: Mapping[str, int]) -> int:
        return sum(price(given[who]) for who, price in prices.items())

    even, free = even_split(goal, asked, total, least), even_split(goal, asked, total, {})
    bound = "" if even == free else f" ({cost(turns) / cost(free) - 1:.2%} if nobody's leave and days of work bound it)"
    return (
        f"{mean:.2f} turns a share; off by {off(turns):.2f} on average, {off(even):.2f} if split evenly; "
        f"cost {cost(turns) / cost(even) - 1:.2%} above the even split{bound}"
    )
