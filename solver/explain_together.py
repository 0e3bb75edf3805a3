"""Ways out of all clashes at once: one change may end several, and changes that end one each need not go together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from solver.explain_changes import changed_by
from solver.explain_cores import Finder
from solver.explain_results import Clash, Way
from solver.explain_ways import again
from solver.explain_world import Rules

KINDS = ("", "person", "leave", "clause")
"""Whose cheapest way is taken of each clash, tried in this order; of any kind first."""
Joining = Callable[[int, int], int]
"""How many new people of a role two clashes need that ask for some each: as many as either, or as both."""


def together(finder: Finder, clashes: Sequence[Clash]) -> tuple[Way, ...]:
    """Ways out, at most one a clash, after which a roster keeps every rule; empty where none are found.

    A clash that the ways of those before it end as well takes none of its own.
    """
    tried = set()
    for found in _sets(finder, clashes):
        if found and found not in tried and _end_all(finder, found):
            return found
        tried.add(found)
    return ()


def _sets(finder: Finder, clashes: Sequence[Clash]) -> Iterator[tuple[Way, ...]]:
    for kind, joining in product(KINDS, (max, int.__add__)):
        if finder.left > 0:
            yield _taken(finder, clashes, kind, joining)


def _taken(finder: Finder, clashes: Sequence[Clash], kind: str, joining: Joining) -> tuple[Way, ...]:
    """A way for each clash that those already taken leave; empty where one of them has none."""
    taken: tuple[Way, ...] = ()
    for clash in clashes:
        if taken and _after(finder, taken).clash(_asked(frozenset(clash.rules), taken)) is False:
            continue
        way = next((way for way in clash.ways if kind in ("", way.kind)), next(iter(clash.ways), None))
        if way is None:
            return ()
        taken = _joined(taken, way, joining)
    return taken


def _joined(taken: tuple[Way, ...], way: Way, joining: Joining) -> tuple[Way, ...]:
    """The ways with one more; new people of a role that one of them brings already are told once."""
    same = next((k for k, other in enumerate(taken) if _role(way) and _role(other) == _role(way)), None)
    if same is None:
        return (*taken, way)
    before = taken[same]
    people, each = joining(before.people, way.people), way.minutes // way.people
    return (*taken[:same], replace(way, people=people, minutes=people * each), *taken[same + 1 :])


def _role(way: Way) -> tuple[str, str] | None:
    return (way.team, way.role) if way.kind == "person" else None


def _end_all(finder: Finder, taken: tuple[Way, ...]) -> bool:
    after = _after(finder, taken)
    return after.clash(_asked(after.asked.hard, taken)) is False


def _asked(rules: Rules, taken: Sequence[Way]) -> Rules:
    """The rules without those given up."""
    return rules - {way.rule for way in taken if way.kind == "clause" and not way.field}


def _after(finder: Finder, taken: Sequence[Way]) -> Finder:
    """A finder for the problem after all the changes."""
    problem = finder.asked.problem
    for way in taken:
        problem = changed_by(problem, way)
    return again(finder, problem)
