"""A duty with a piece of work inside: the variants from which the place of an activity is chosen."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from roster.base import Block
from roster.problem import Problem
from roster.shifts import Duty, Span

ONE_DAY = timedelta(days=1)


Piece = tuple[str, str]
"""Activity and post of a piece of work that names itself."""


def variants(problem: Problem, duty: Duty, blocks: Iterable[Block], whole: Collection[Piece] = ()) -> Iterator[Duty]:
    """The duty with one of the blocks inside, once for each block and each time at which it may begin.

    A stretch that is one of the pieces `whole` was placed before and gives way to no other.
    """
    for block in blocks:
        if f"{duty.team}/{duty.role}" in block.who and problem.matches(block.days, duty.day):
            for k, span in enumerate(duty.spans):
                replaceable = span.activity in block.instead_of and (span.activity, span.post) not in whole
                if replaceable and (span.kind or duty.kind) == "work":
                    yield from _placed(problem, duty, k, block)


def _placed(problem: Problem, duty: Duty, k: int, block: Block) -> Iterator[Duty]:
    """The duty with the block inside its k-th span."""
    span = duty.spans[k]
    for start in _starts(problem, span, block):
        end = start + timedelta(minutes=block.minutes)
        kind = block.kind if block.kind != duty.kind else ""
        inside = Span(start, end, block.activity, span.paid, block.post or span.post, kind)
        around = (replace(span, end=start), inside, replace(span, start=end))
        kept = tuple(piece for piece in around if piece.start < piece.end)
        yield replace(duty, spans=(*duty.spans[:k], *kept, *duty.spans[k + 1 :]))


def _starts(problem: Problem, span: Span, block: Block) -> Iterator[datetime]:
    """The times in the span at which the block may begin, in order."""
    day, length, step = span.start.date(), timedelta(minutes=block.minutes), timedelta(minutes=block.step_minutes)
    at = problem.horizon.at
    windows = [
        (at(date, w.start), at(date, w.end)) for date in (day, day + ONE_DAY) for w in block.windows
    ] or [(span.start, span.end)]  # fmt: skip
    midnight = at(day, 0)
    begin = midnight + -((midnight - span.start) // step) * step
    count = max((span.end - length - begin) // step + 1, 0)
    for start in (begin + n * step for n in range(count)):
        if any(opens <= start and start + length <= closes for opens, closes in windows):
            yield start


def asked_blocks(problem: Problem) -> tuple[Block, ...]:
    """Every block that a rule in force asks for, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(rule.blocks() for rule in problem.contract.in_force())))
