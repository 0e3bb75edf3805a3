"""Whether a contract can be kept at all, and if not: which clauses clash, by how much, and the cheapest ways out.

A roster is looked for before an impossibility: what is tight but possible is never called a clash. Everything said is
solved for again on a model of its own, and every roster that shows something possible is judged.
"""

import time
from dataclasses import replace

from roster.base import CONTRACT
from roster.problem import Problem
from solver.explain_amounts import count, nearest, shorts
from solver.explain_cores import Core, Finder
from solver.explain_results import Clash, Explanation
from solver.explain_ways import ways
from solver.explain_world import Asked, Rules
from solver.levels import Settings, Stop

EACH = 12
"""A question has this part of the time limit, and more where it is the only one."""
MOST_CLASHES = 5


def explain(problem: Problem, settings: Settings, *, stop: Stop | None = None) -> Explanation:
    """Finds the clashes among the hard rules of a problem, each with its ways out, within the time limit."""
    begun = time.monotonic()
    finder = Finder(Asked(problem), settings, each=settings.time_limit / EACH, stop=stop)
    rules = finder.asked.hard
    first = finder.clash(rules)
    if first is None:
        return Explanation("unknown", (), time.monotonic() - begun)
    if not first:
        return Explanation("kept", (), time.monotonic() - begun)
    cores = _cores(finder, rules)
    clashes = tuple(_told(finder, core, rules, cores) for core in cores)
    return Explanation("clash", clashes, time.monotonic() - begun)


def _cores(finder: Finder, rules: Rules) -> list[Core]:
    """Clashes that share no clause of the contract, one after the other until the rest can be kept."""
    cores: list[Core] = []
    while len(cores) < MOST_CLASHES and finder.left > 0 and finder.clash(rules):
        core = finder.core(rules)
        cores.append(core)
        rules -= _yielding(finder.asked, core) or core.rules
    return cores


def _yielding(asked: Asked, core: Core) -> Rules:
    """The rules of a core that are no law."""
    return frozenset(k for k in core.rules if asked.rule(k).level >= CONTRACT)


def _told(finder: Finder, core: Core, rules: Rules, cores: list[Core]) -> Clash:
    """A core with its amounts, and the ways out of it while the other clashes are left aside."""
    others = frozenset(k for other in cores if other is not core for k in _yielding(finder.asked, other))
    points, rows = nearest(finder, core.rules)
    places = tuple(shorts(finder.asked, core.rules, rows)) if rows is not None else ()
    told = Clash(tuple(sorted(core.rules)), core.minimal, core.smallest, points, places, count(finder, core.rules))
    return replace(told, ways=ways(finder, core.rules, rules - (others - core.rules)))
