"""Every level measured from the finished roster alone; must equal the solver's objective."""

from roster.base import COST, LAW
from roster.roster import Roster


def scorecard(roster: Roster) -> dict[int, int]:
    """Points by level 1..6: what the rules in force find and what the goals measure, over the whole horizon."""
    points = dict.fromkeys(range(LAW, COST + 1), 0)
    for rule in roster.problem.contract.in_force():
        points[rule.level] += sum(finding.points for finding in rule.check(roster))
    for goal in roster.problem.contract.goals:
        points[goal.level] += goal.measure(roster)
    return points
