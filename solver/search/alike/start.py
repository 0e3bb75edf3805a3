"""A start for people who are alike: the flow, a path for each, exchanges; with bounds by level."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from roster.base import CONTRACT, FAIRNESS, Cell
from solver.clock import Clock
from solver.recorder import Recorder
from solver.search.alike.exchanging import exchange, paths, steps
from solver.search.alike.flow import Flow
from solver.search.alike.groups import FEW, Group, Pool, may_join
from solver.search.columns.counts import Floats, Ints, NoSuchForm

LIMIT, LEVEL = 1e9, 1000.0
"""What a count beyond its limit costs in exchanges, and how much dearer each level is than the next."""
LEAN = 0.5
"""A step missed by all its units costs so much more than one missed by none, so that exchanges know where to go."""
ROUNDS, MOST_ROUNDS = 50_000, 20_000_000
"""Exchanges tried a person, and in all."""
SHARES = (0.02, 0.1, 0.3, 1.0)
"""Shares of the exchanges tried one after the other: what is easy is found in a few."""
HEAT = 2.0
"""Points of the level looked at that an exchange may cost at first with some likelihood."""


@dataclass(frozen=True)
class Begun:
    """The cells of a legal roster, and by level what no roster of the problem stays below."""

    cells: list[Cell]
    bounds: dict[int, int]


def begin(
    recorder: Recorder, limit: float, clock: Clock | None = None, *, workers: int = 1, seed: int = 1
) -> Begun | None:
    """The start; None where people are too different, something has no such form, or the clock passed the limit."""
    clock = clock or Clock()
    if not (_maybe_alike(recorder) and all(map(may_join, recorder.stated))):
        return None
    try:
        pool = Pool(recorder, over=lambda half=(clock.now + limit) / 2: clock.now > half)
    except NoSuchForm:
        return None
    people = sum(len(group.people) for group in pool.groups.values())
    if not people or people < FEW * len(pool.groups):
        return None
    flow = Flow(pool)
    if not flow.settle(limit, clock, workers):
        return None
    cells = []
    for group, taken, uses, floors in zip(flow.groups, flow.taken, flow.options, flow.floors, strict=True):
        cells += _given(group, np.array(taken), list(uses), floors, seed)
    return Begun(cells, flow.bounds)


def _maybe_alike(recorder: Recorder) -> bool:
    """Whether enough people are offered the same duties, before anything dear is looked at."""
    offered: dict[str, list[int]] = defaultdict(list)
    for cell in recorder.world:
        if not cell.fixed:
            offered[cell.person.staff_id].append(id(cell.duty))
    return len(offered) >= FEW * len({tuple(duties) for duties in offered.values()}) > 0


def _given(group: Group, taken: Ints, uses: list[int], floors: Mapping[int, float], seed: int) -> list[Cell]:
    """Everybody's cells: paths with the options of each class dealt out, then exchanges, level after level."""
    graph = group.graph
    arc = paths(graph.sizes, graph.first, graph.start, graph.end, taken, len(group.people))
    option = _dealt(group, arc, uses)
    weight = np.array([own.weight for own in group.own[0]], dtype=np.int64).reshape(-1, len(graph.options))
    offset = np.array([graph.klass[graph.day == day].min() for day in range(len(graph.sizes) - 1)])
    klass = graph.klass - offset[graph.day]
    arc_day = np.repeat(np.arange(len(offset)), np.diff(graph.first))
    follow = steps(graph.sizes, graph.first, graph.start, graph.end, graph.arc_class - offset[arc_day], klass)
    most = min(ROUNDS * len(group.people), MOST_ROUNDS)
    tables, prices, least = _tables(group, weight), _prices(group, list(floors)), 0.0
    for level in sorted(_at_stake(group, floors)):
        least += _scale(level) * floors[level]
        enough = least + _scale(level) / 2
        for share in SHARES:
            rounds, heat = int(most * share), HEAT * _scale(level)
            if exchange(option, klass, follow, weight, tables, prices, enough, rounds, heat, seed) < enough:
                break
    return [
        group.cells[person][k] for person, chosen in enumerate(option) for number in chosen
        for k in graph.options[number]
    ]  # fmt: skip


def _dealt(group: Group, arc: Ints, uses: list[int]) -> Ints:
    """The option of each person and day: those of a class as often as the flow uses them."""
    graph = group.graph
    left: dict[int, list[int]] = {}
    for k, klass in enumerate(graph.klass):
        left.setdefault(int(klass), []).extend([k] * uses[k])
    option = np.zeros_like(arc)
    for person, arcs in enumerate(arc):
        for day, k in enumerate(arcs):
            option[person, day] = left[int(graph.arc_class[k])].pop()
    return option


def _tables(group: Group, weight: Ints) -> Floats:
    """table[person, count, value], levels weighed; steps lean towards what they ask."""
    longest = max((int(row.sum()) for row in weight), default=0) + 1
    table = np.zeros((len(group.people), len(weight), longest))
    for person, owns in enumerate(group.own):
        for k, own in enumerate(owns):
            cost = own.cost[:longest] * (LIMIT if own.level < CONTRACT else _scale(own.level))
            table[person, k, : len(cost)] = cost
            table[person, k, len(cost) :] = cost[-1]
            if (np.diff(cost, n=2) < 0).any():
                short = np.argmin(cost)
                table[person, k, :short] += LEAN * cost[0] * np.arange(short, 0, -1) / short
    return table


def _prices(group: Group, levels: Sequence[int]) -> Floats:
    """price[person, option], levels weighed as in the tables."""
    scale = np.array([_scale(level) for level in levels])
    return np.array([(prices * scale[:, None]).sum(axis=0) for prices in group.price])


def _scale(level: int) -> float:
    """What a point of a level counts in exchanges, one of fairness being 1."""
    return LEVEL ** (FAIRNESS - level)


def _at_stake(group: Group, levels: Iterable[int]) -> set[int]:
    """The levels in which it matters who of the group takes what."""
    owned = {max(own.level, CONTRACT) for own in group.own[0]}
    return owned.union(level for k, level in enumerate(levels) if any(price[k].any() for price in group.price))
