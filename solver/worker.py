"""The child process that solves: `python -m solver.worker`, JSON lines in and out (`solver.messages`)."""

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TextIO

from pydantic import BaseModel

from roster.base import SERVICE
from roster.blocks import asked_blocks
from roster.roster import Roster, Stretch
from roster.scorecard import scorecard
from solver.build import build
from solver.clock import CELL_S, Clock
from solver.explain import explain
from solver.explain_cell import why
from solver.explain_costs import costs
from solver.levels import Settings, Stop
from solver.messages import ORDER, Done, Explained, Failed, Incumbent, Progress, Question, Ready, Task
from solver.outcome import LevelResult, Outcome, measured
from solver.placing import place
from solver.solving import solve_recorded
from solver.warming import warm

KEEP_EVERY_S = 0.5
DUTIES_SHARE = 0.8
"""Share of the time limit for the duties where work inside them is to be placed afterwards."""
LEAST_SHARE = 0.2
"""Share of the time limit that the second part has at least, however slow the machine."""


class Reporter:
    """Writes messages to a stream from any thread; better rosters at most every half second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._kept = float("-inf")
        self._waiting: Incumbent | None = None

    def say(self, message: BaseModel) -> None:
        """Writes one line."""
        with self._lock:
            self._stream.write(message.model_dump_json() + "\n")
            self._stream.flush()

    def progress(self, result: LevelResult, seconds: float) -> None:
        """Passes a level's figures on."""
        self.say(Progress(result=result, seconds=seconds))

    def keep(self, rows: tuple[Stretch, ...]) -> None:
        """Hands a better roster over, so that it outlives this process."""
        now = time.monotonic()
        self._waiting = Incumbent(rows=rows, seconds=now - self._started)
        if now - self._kept >= KEEP_EVERY_S:
            self._kept = now
            self.hand_over()

    def hand_over(self) -> None:
        """Says the best roster if that was not done yet."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.say(waiting)


def run(task: Task, reporter: Reporter, stop: Stop) -> Outcome:
    """Works through the levels of a task's duties, then places the work inside them, within the time limit."""
    clock = Clock(task.slack)
    settings = Settings(task.time_limit, _threads(task.workers), task.seed, task.slack)
    outcome = task.duties or _duties(task, settings, reporter, stop, clock)
    if outcome.rows is None or not asked_blocks(task.problem):
        return outcome
    limit = max(task.time_limit, clock.now + task.time_limit * LEAST_SHARE)
    rows = place(task.problem, outcome.rows, replace(settings, time_limit=limit), stop, clock)
    points = scorecard(Roster(task.problem, rows))
    levels = measured(outcome.levels, points)
    best = task.duties is None and all(level.proven for level in levels)  # what was left may lack levels
    before = next((result.objective for result in outcome.levels if result.level == SERVICE), points[SERVICE])
    earlier = 0.0 if task.duties is None else task.duties.seconds
    return replace(
        outcome, status="OPTIMAL" if best else "FEASIBLE", rows=rows, levels=levels,
        seconds=earlier + clock.wall, inside=max(points[SERVICE] - before, 0),
    )  # fmt: skip


def _duties(task: Task, settings: Settings, reporter: Reporter, stop: Stop, clock: Clock) -> Outcome:
    """The levels of the duties alone, in their share of the time."""
    share = DUTIES_SHARE if asked_blocks(task.problem) else 1
    settings = replace(settings, time_limit=task.time_limit * share)
    with clock.preparing(0):
        recorder = build(task.problem)
    clock.count(CELL_S * len(recorder.world))
    outcome = solve_recorded(recorder, settings, report=reporter.progress, keep=reporter.keep, stop=stop, clock=clock)
    if settings.workers == task.workers:
        return outcome
    return replace(outcome, notes=(*outcome.notes, f"{task.workers} workers asked, {settings.workers} cores used"))


def main(lines: TextIO, stream: TextIO) -> int:
    """Reads one task, solves it, and stops early on the line 'stop' or at the end of input."""
    reporter, stop = Reporter(stream), Stop()
    warm()
    ordered = threading.Event()  # where memory runs out, a thread that is started later may be waited for forever
    threading.Thread(target=_listen, args=(lines, ordered, stop.now), daemon=True).start()
    reporter.say(Ready())
    order = ORDER.validate_json(lines.readline())
    ordered.set()
    try:
        reporter.say(_obey(order, reporter, stop))
    except BrokenPipeError:  # the parent is gone, and with it whoever asked
        return 1
    except (RuntimeError, ValueError, MemoryError) as error:
        reporter.hand_over()
        reporter.say(Failed(reason=f"{type(error).__name__}: {error}"))
        return 1
    return 0


def _obey(order: Task | Question, reporter: Reporter, stop: Stop) -> Done | Explained:
    if isinstance(order, Task):
        return Done(outcome=run(order, reporter, stop))
    settings = Settings(order.time_limit, _threads(order.workers), order.seed)
    if order.about == "costs":
        return Explained(told=costs(order.problem, order.time_limit))
    if order.about == "clashes" or order.cell is None:
        return Explained(told=explain(order.problem, settings, stop=stop))
    return Explained(told=why(order.problem, order.rows, *order.cell, settings, stop=stop))


def _threads(workers: int) -> int:
    """Threads for so many workers: on fewer cores more of them only get in each other's way."""
    return min(workers, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _listen(lines: TextIO, ordered: threading.Event, stop: Callable[[], None]) -> None:
    ordered.wait()
    for line in lines:
        if line.strip() == "stop":
            break
    stop()


def _own_stdout() -> TextIO:
    """A stream to the parent that nothing else writes to: what libraries print goes to standard error."""
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return stream


if __name__ == "__main__":
    own = _own_stdout()
    code = main(sys.stdin, own)
    for written in (own, sys.stdout, sys.stderr):
        with suppress(OSError):
            written.flush()
    os._exit(code)  # a relaxation that is still being solved cannot be interrupted, and must not be waited for
