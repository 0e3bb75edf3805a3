"""The cheapest changes that end a clash: a person more, a clause relaxed, leave refused. Each is solved again."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from math import ceil

from ortools.sat.python import cp_model
from pydantic import ValidationError

from roster.base import CONTRACT, DAY_POINTS, Rule
from roster.people import Leave
from roster.problem import Problem
from roster.roster import Roster
from roster.rules.approved_leave import ApprovedLeave
from solver import statements as said
from solver.build import record
from solver.explain_amounts import nearest
from solver.explain_changes import with_people, with_rule, without_leave
from solver.explain_cores import Finder
from solver.explain_results import Clash, Way
from solver.explain_world import Asked, Rules, changed
from solver.levels import FOUND

MOST_PEOPLE = 12
"""More new people than this are no way out but another contract."""
WAYS = 3


def ways(finder: Finder, told: Clash, rules: Rules) -> tuple[Way, ...]:
    """Three ways out of a clash, after which all of `rules` are kept: the cheapest of each kind, then the cheapest."""
    found: list[Way] = []
    core = frozenset(told.rules)
    reached = {short.rule: short.found for short in sorted(told.short, key=lambda short: -short.found)}
    kinds = (_without_leave, partial(_more_people, missing=told.points), partial(_relaxed, reached=reached))
    for k, kind in enumerate(kinds):
        with finder.within(1 / (len(kinds) - k)):
            found += kind(finder, core, rules)
    cheap = sorted(found, key=lambda way: way.minutes)
    first = [next((way for way in cheap if way.kind == kind), None) for kind in ("person", "clause", "leave")]
    chosen = [way for way in first if way is not None]
    chosen += [way for way in cheap if way not in chosen][: WAYS - len(chosen)]
    return tuple(sorted(chosen, key=lambda way: way.minutes))


def again(finder: Finder, problem: Problem) -> Finder:
    """A finder for a changed problem, within the time that is left."""
    settings = replace(finder.settings, time_limit=max(finder.left, 0.01))
    asked = finder.asked if problem is finder.asked.problem else Asked(problem)
    return Finder(asked, settings, each=finder.each, stop=finder.stop)


# people


def _more_people(finder: Finder, core: Rules, rules: Rules, *, missing: int) -> Iterator[Way]:
    """For each role that the clash is about, the fewest new people that end it."""
    for team, role in _roles(finder.asked, core):
        way = _fewest(finder, core, rules, team, role, missing) if finder.left > 0 else None
        if way is not None:
            yield way


def _fewest(finder: Finder, core: Rules, rules: Rules, team: str, role: str, missing: int) -> Way | None:
    """The least number of people: as many as the first one's gain asks for, then fewer or more until it is enough."""
    problem = finder.asked.problem
    grown = cache(lambda people: again(finder, with_people(problem, team, role, people)))
    left, _ = nearest(grown(1), core) if grown(1).clash(core) else (0, None)
    if left >= missing:
        return None
    people = _turning(lambda n: finder.left > 0 and grown(n).clash(rules) is False, ceil(missing / (missing - left)))
    if people is None:
        return None
    minutes = people * ceil(problem.horizon.days * 5 / 7) * DAY_POINTS
    return Way("person", minutes, people=people, team=team, role=role)


def _turning(enough: Callable[[int], bool], guess: int) -> int | None:
    """The least number that is enough, where all above it are as well; none above MOST_PEOPLE is tried."""
    if guess > MOST_PEOPLE:
        return None
    if enough(guess):
        return next((n + 1 for n in range(guess - 1, 0, -1) if not enough(n)), 1)
    return next((n for n in range(guess + 1, MOST_PEOPLE + 1) if enough(n)), None)


def _roles(asked: Asked, core: Rules) -> list[tuple[str, str]]:
    """The roles that demands of the clash name, the most named first."""
    named: Counter[tuple[str, str]] = Counter()
    for k in core:
        rule = asked.rule(k)
        team, role = getattr(rule, "team", ""), getattr(rule, "role", "")
        if team and role:
            named[team, role] += 1
        for stated in asked.said[k]:
            if isinstance(stated.statement, said.AtLeast | said.DaysAtLeast):
                named.update({(cell.duty.team, cell.duty.role) for cell in _cells(stated.statement)})
    return [role for role, _ in named.most_common()]


def _cells(statement: said.AtLeast | said.DaysAtLeast) -> Iterator[said.Cell]:
    if isinstance(statement, said.AtLeast):
        yield from statement.cells
    else:
        for cells, _ in statement.days:
            yield from cells


# clauses


def _relaxed(finder: Finder, core: Rules, rules: Rules, *, reached: Mapping[int, float]) -> Iterator[Way]:
    """For each clause that may yield: the least change of one of its numbers that ends the clash, or all of it.

    Where giving up all of it ends no clash, no change of its numbers is tried. `reached` is the least that was found
    by each rule in the roster that comes nearest: most likely what it can be eased to.
    """
    for k in sorted(core):
        if finder.asked.rule(k).level >= CONTRACT and finder.left > 0:
            without = _without(finder, k, rules)
            if without is not None:
                yield next(_changes(finder, k, rules, reached.get(k)), without)


def _changes(finder: Finder, k: int, rules: Rules, likely: float | None) -> Iterator[Way]:
    rule, problem = finder.asked.rule(k), finder.asked.problem
    for name in _numbers(rule):
        for values in _towards(rule, name):
            eased = cache(lambda value, name=name: again(finder, with_rule(problem, k, name, value)))
            found = _first(values, lambda value, eased=eased: eased(value).clash(rules) is False, likely)
            if found is not None:
                missed = _missed(finder, k, eased(found), rules)
                if missed is not None:
                    yield Way("clause", missed, rule=k, field=name, before=getattr(rule, name), after=found)


def _without(finder: Finder, k: int, rules: Rules) -> Way | None:
    missed = _missed(finder, k, again(finder, finder.asked.problem), rules - {k})
    return None if missed is None else Way("clause", missed, rule=k)


def _missed(finder: Finder, k: int, other: Finder, rules: Rules) -> int | None:
    """What the clause as it stands misses in the roster that keeps the rules of the other question."""
    if other.clash(rules) is not False or other.rows is None:
        return None
    return sum(found.points for found in finder.asked.rule(k).check(Roster(finder.asked.problem, other.rows)))


def _numbers(rule: Rule) -> list[str]:
    """The fields that say how many or how long; lengths that only define what counts are none."""
    fields = type(rule).model_fields
    plain = [name for name, field in fields.items() if field.annotation in (int, float)]
    clocks = {name for name in plain if any("Validator" in type(m).__name__ for m in fields[name].metadata)}
    return [name for name in plain if name not in clocks | {"level", "minutes"}]


def _towards(rule: Rule, name: str) -> Iterator[list[float]]:
    """The values of a field below its own, nearest first, and those above, as far as the rule allows them.

    Small numbers go by whole steps, large ones by hundredths of themselves.
    """
    value = getattr(rule, name)
    step = max(1, round(value / 100))
    for sign in (-1, 1):
        yield [v for v in (value + sign * step * n for n in range(1, 101)) if _valid(rule, name, v)]


def _valid(rule: Rule, name: str, value: float) -> bool:
    try:
        type(rule).model_validate(rule.model_dump() | {name: value})
    except ValidationError:
        return False
    return True


def _first(values: list[float], works: Callable[[float], bool], likely: float | None = None) -> float | None:
    """The first value that works, where all after it do as well: begun at the likely one, by halving."""
    low, high = 0, len(values)
    if likely is not None and likely in values:
        at = values.index(likely)
        if not works(likely):
            low = at + 1
        elif at == 0 or not works(values[at - 1]):
            return likely
        else:
            high = at - 1
    if high == len(values):
        if low == high or not works(values[-1]):
            return None
        high -= 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if works(values[middle]) else (middle + 1, high)
    return values[high]


# leave


def _without_leave(finder: Finder, core: Rules, rules: Rules) -> Iterator[Way]:
    """The least leave whose refusal ends the clash."""
    asked = finder.asked
    keepers = {k for k in core if isinstance(asked.rule(k), ApprovedLeave)}
    if not keepers:
        return
    leaves = [leave for leave in asked.problem.leave if leave.approved and _inside(asked.problem, leave)]
    refused = _least_refused(finder, rules - keepers, keepers, leaves)
    if refused and again(finder, without_leave(asked.problem, refused)).clash(rules) is False:
        minutes = sum(len(_inside(asked.problem, leave)) for leave in refused) * DAY_POINTS
        yield Way("leave", minutes, leaves=tuple(refused))


def _least_refused(finder: Finder, others: Rules, keepers: set[int], leaves: list[Leave]) -> list[Leave]:
    """The entries of leave with the fewest days in all without which the other rules are kept."""
    asked = finder.asked
    model = asked.model(others, strict=True)
    refused = [model.cp.new_bool_var("") for _ in leaves]
    for leave, literal in zip(leaves, refused, strict=True):
        alone = changed(asked.problem, leave=(leave,))
        heard = record(alone, asked.recorder.world, [asked.rule(k) for k in keepers])
        for cell in _forbidden(heard.stated):
            if not cell.fixed:
                model.cp.add_implication(model.x[cell], literal)
    days = [len(_inside(asked.problem, leave)) for leave in leaves]
    model.cp.minimize(cp_model.LinearExpr.weighted_sum(refused, days))
    solver = finder.solver(2 * finder.each)
    if solver.solve(model.cp) not in FOUND:
        return []
    return [leave for leave, literal in zip(leaves, refused, strict=True) if solver.boolean_value(literal)]


def _forbidden(stated: list[said.Stated]) -> Iterator[said.Cell]:
    for one in stated:
        if isinstance(one.statement, said.Forbid):
            yield from one.statement.cells


def _inside(problem: Problem, leave: Leave) -> list[date]:
    """The days of the horizon that a leave touches."""
    at = problem.horizon.at
    return [
        day for day in problem.horizon.dates if leave.start < at(day + timedelta(days=1), 0) and at(day, 0) < leave.end
    ]
