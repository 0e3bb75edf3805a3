"""Whether a contract can be kept at all, and if not: which clauses clash, by how much, and the cheapest ways out.

A roster is looked for before an impossibility: what is tight but possible is never called a clash. Everything said is
solved for again on a model of its own, and every roster that shows something possible is judged.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from roster.base import CONTRACT
from roster.problem import Problem
from roster.roster import Stretch
from solver.explain_amounts import count, nearest, shorts
from solver.explain_cores import Core, Finder
from solver.explain_results import Clash, Explanation, Short
from solver.explain_together import together
from solver.explain_ways import ways
from solver.explain_world import Asked, Rules
from solver.levels import Settings, Stop
from solver.placing import place

EACH = 12
"""A question has this part of the time limit, and more where it is the only one."""
MOST_CLASHES = 8
CORES_SHARE = 0.5
"""Share of the time left for finding all clashes; the rest is for their ways out."""
TOGETHER_PART = 2
"""What the ways out of all clashes together may take, as a multiple of those of one."""


def explain(problem: Problem, settings: Settings, *, stop: Stop | None = None) -> Explanation:
    """Finds the clashes among the hard rules of a problem, each with its ways out, within the time limit."""
    begun = time.monotonic()
    finder = Finder(Asked(problem), settings, each=settings.time_limit / EACH, stop=stop)
    rules = finder.asked.hard
    first = finder.clash(rules)
    if first:
        return replace(_clashes(finder, rules), seconds=time.monotonic() - begun)
    unplaced = tuple(_unplaced(finder, finder.rows)) if finder.rows else ()
    status = "unknown" if first is None else "kept"
    return Explanation(status, (), time.monotonic() - begun, complete=first is not None, unplaced=unplaced)


def _clashes(finder: Finder, rules: Rules) -> Explanation:
    """The clashes one by one, then what ends all of them; each with its part of the time left."""
    with finder.within(CORES_SHARE):
        cores, complete = _cores(finder, rules)
    clashes = []
    for k, core in enumerate(cores):
        with finder.within(1 / (len(cores) - k + TOGETHER_PART)):
            clashes.append(_told(finder, core, rules, cores))
    return Explanation("clash", tuple(clashes), 0.0, complete, together(finder, clashes) if complete else ())


def _cores(finder: Finder, rules: Rules) -> tuple[list[Core], bool]:
    """Clashes that share no clause of the contract, and whether the rest can be kept."""
    cores: list[Core] = []
    while finder.left > 0:
        clash = finder.clash(rules)
        if not clash or len(cores) == MOST_CLASHES:
            return cores, clash is False
        core = finder.core(rules)
        cores.append(core)
        rules -= _yielding(finder.asked, core) or core.rules
    return cores, False


def _yielding(asked: Asked, core: Core) -> Rules:
    """The rules of a core that are no law."""
    return frozenset(k for k in core.rules if asked.rule(k).level >= CONTRACT)


def _told(finder: Finder, core: Core, rules: Rules, cores: list[Core]) -> Clash:
    """A core with its amounts, and the ways out of it while the other clashes are left aside."""
    others = frozenset(k for other in cores if other is not core for k in _yielding(finder.asked, other))
    points, rows = nearest(finder, core.rules)
    places = tuple(shorts(finder.asked, core.rules, rows)) if rows is not None else ()
    told = Clash(tuple(sorted(core.rules)), core.minimal, core.smallest, points, places, count(finder, core.rules))
    return replace(told, ways=ways(finder, told, rules - (others - core.rules)))


def _unplaced(finder: Finder, rows: Sequence[Stretch]) -> Iterator[Short]:
    """What the judge finds missing of the work inside duties, once as much of it is placed as fits into the rows."""
    problem = finder.asked.problem
    asked = [k for k, rule in enumerate(problem.contract.rules) if rule.level <= CONTRACT and rule.blocks()]
    rules = frozenset(k for k in asked if problem.contract.governs(problem.contract.rules[k]))
    if rules:
        settings = replace(finder.settings, time_limit=max(min(2 * finder.each, finder.left), 0.1))
        yield from shorts(finder.asked, rules, place(problem, tuple(rows), settings, finder.stop))
