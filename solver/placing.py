"""The second look: work inside duties. The duties are settled; each may take a piece of work into one of its stretches.

Every rule and goal states itself again, now over the chosen duties with and without a piece of work. What is said of
one person alone (rest, runs, hours) is passed over: a duty keeps its times whatever is done in it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

import numpy as np

from roster.base import CONTRACT, SERVICE, Block, Cell, Cells
from roster.blocks import Piece, asked_blocks, variants
from roster.options import cells_from_rows
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.scorecard import scorecard
from roster.shifts import Duty
from solver import statements as said
from solver.build import record
from solver.choosing import chosen
from solver.clock import Clock
from solver.levels import Settings, Stop
from solver.model import Model
from solver.recorder import Recorder
from solver.search.alike import Begun
from solver.search.annealing import CALM, USUAL, Annealing
from solver.solving import LARGE, solve

HURRIED_S = 8.0
"""Seconds that a stopped solve still takes for the work inside its duties."""
ROUNDS = 3
"""A duty takes up one piece of work a round."""
ROUND_SHARE = 0.6
"""Share of the time left for a round that others may follow."""
WHOLE_SHARE = 0.6
"""What of a round's time the program of all choices may take."""
WHOLE_S = 2.0
"""Seconds that it may take at least, however short the limit: what is owed would be missing from the roster."""
MOVED = 2
"""Most pieces of work that a duty holds and that may move to make room for one more."""
ANNEALED_SHARE, OWED_SHARE = 0.3, 0.3
"""Share of a round's time for annealing where CP-SAT goes on from it, and share of that for what is owed."""
ANNEALED_AT_MOST_S = 4.0
"""Seconds after which annealing leaves the rest to CP-SAT, however long the limit: ample for so few choices."""


def place(
    problem: Problem, rows: tuple[Stretch, ...], settings: Settings, stop: Stop, clock: Clock | None = None
) -> tuple[Stretch, ...]:
    """The rows with the work inside duties that the contract asks for, as far as it fits.

    Where time runs out the best found so far is returned, at worst the rows as they came. Where a stop is asked for,
    one short round is still taken: a roster kept has its work inside as well.
    """
    clock = clock or Clock(settings.slack)
    short = scorecard(Roster(problem, rows))[CONTRACT]
    plain = {_key(cell): cell.duty for cell in cells_from_rows(problem, rows)}
    for later in reversed(range(ROUNDS)):
        left, missing, hurried = settings.time_limit - clock.now, _missing(problem, rows), stop.asked
        if not missing or left <= 0:
            break
        seconds = min(left, HURRIED_S) if hurried else left * (ROUND_SHARE if later else 1)
        placed = _round(
            problem, rows, plain, missing, replace(settings, time_limit=clock.now + seconds),
            Stop() if hurried else stop, clock,
        )  # fmt: skip
        still = scorecard(Roster(problem, placed))[CONTRACT]
        better, stopped = still < short, stop.asked and not hurried
        if better:
            rows, short = placed, still
        if hurried or not (better or stopped):
            break
    return rows


def _key(cell: Cell) -> tuple[str, str, datetime]:
    """What a duty keeps whatever is done in it."""
    return cell.person.staff_id, cell.duty.shift, cell.duty.spans[0].start


def _ways(
    problem: Problem, duty: Duty, plain: Duty, blocks: Collection[Block], asked: Collection[Block]
) -> Iterator[Duty]:
    """The duty as it is, with one of the blocks more, and with one more where what it holds has made room for it.

    `asked` are all blocks that it may hold already.
    """
    whole = {(block.activity, block.post) for block in asked if block.post}
    yield duty
    yield from variants(problem, duty, blocks, whole)
    held = [block for block in asked for _ in range(_times(duty, block) - _times(plain, block))]
    if 0 < len(held) <= MOVED:
        for more in variants(problem, plain, blocks, whole):
            yield from _filled(problem, more, held, whole)


def _filled(problem: Problem, duty: Duty, blocks: Sequence[Block], whole: Collection[Piece]) -> Iterator[Duty]:
    """The duty with all of the blocks inside."""
    if not blocks:
        yield duty
    for made in variants(problem, duty, blocks[:1], whole):
        yield from _filled(problem, made, blocks[1:], whole)


def _times(duty: Duty, block: Block) -> int:
    """How often a duty holds the block."""
    return sum(
        (span.activity, span.minutes) == (block.activity, block.minutes) and block.post in ("", span.post)
        for span in duty.spans
    )


def _round(
    problem: Problem, rows: tuple[Stretch, ...], plain: Mapping[tuple[str, str, datetime], Duty],
    blocks: Collection[Block], settings: Settings, stop: Stop, clock: Clock,
) -> tuple[Stretch, ...]:  # fmt: skip
    """One piece of work more in each duty, where that is better; `plain` are the duties without any."""
    free, asked = [row for row in rows if not row.locked], asked_blocks(problem)
    choices = [
        [Cell(cell.person, duty) for duty in _ways(problem, cell.duty, plain[_key(cell)], blocks, asked)]
        for cell in cells_from_rows(problem, free)
    ]
    if all(len(cells) == 1 for cells in choices):
        return rows
    seconds = settings.time_limit - clock.now  # stating takes its own time: little would be left of a short limit
    with clock.preparing(sum(map(len, choices))):
        recorder = _stated(problem, choices)
    settings = replace(settings, time_limit=clock.now + seconds)
    found = chosen(recorder, choices, max(seconds * WHOLE_SHARE, WHOLE_S), stop, clock)
    if found is not None and found[1]:
        return recorder.rows(set(found[0]))
    start, between = ({duties[0] for duties in choices}, USUAL) if found is None else (set(found[0]), CALM)
    large = sum(map(len, choices)) >= LARGE
    left = settings.time_limit - clock.now
    until = clock.now + (left if large else min(left * ANNEALED_SHARE, ANNEALED_AT_MOST_S))
    cells = _annealed(recorder, start, replace(settings, time_limit=until), stop, between, clock)
    if large:
        return recorder.rows(set(cells))
    outcome = solve(Model(recorder), settings, stop=stop, last=SERVICE, begun=Begun(cells, {}), clock=clock)
    return rows if outcome.rows is None else outcome.rows


def _annealed(
    recorder: Recorder, start: Collection[Cell], settings: Settings, stop: Stop, between: tuple[float, float],
    clock: Clock,
) -> list[Cell]:  # fmt: skip
    """A choice improved by annealing: what is owed first, then where it costs least service."""
    annealing = Annealing(recorder, settings.seed, clock)
    annealing.take(np.array([cell.fixed or cell in start for cell in annealing.cells]))
    for level, share in ((CONTRACT, OWED_SHARE), (SERVICE, 1.0)):
        seconds = max((settings.time_limit - clock.now) * share, 0.0)
        annealing.improve(
            level, seconds, lambda: stop.asked, lambda: None, enough=annealing.least(level), between=between
        )
    return annealing.chosen


def _missing(problem: Problem, rows: tuple[Stretch, ...]) -> tuple[Block, ...]:
    """The blocks of the rules that the rows do not keep yet, each once."""
    roster = Roster(problem, rows)
    rules = (rule for rule in problem.contract.in_force() if rule.blocks())
    short = (rule.blocks() for rule in rules if any(finding.points for finding in rule.check(roster)))
    return tuple(dict.fromkeys(chain.from_iterable(short)))


def _stated(problem: Problem, choices: Iterable[Cells]) -> Recorder:
    """What the contract says of the choices, of which each gives exactly one."""
    choices = list(choices)
    fixed = cells_from_rows(problem, (*problem.locks, *problem.previous))
    cells = [*(cell for cells in choices for cell in cells), *fixed]
    recorder = record(problem, cells, [*problem.contract.in_force(), *problem.contract.goals])
    recorder.stated = [stated for stated in recorder.stated if not said.subjects(stated.statement)]
    for cells in choices:
        recorder.level = CONTRACT
        recorder.one_of(cells)
        recorder.level = SERVICE
        recorder.price(dict.fromkeys(cells[1:], 1))  # a thousandth of a contact: work that nobody owes stays out
    return recorder
