"""The child process that solves: `python -m solver.worker`, JSON lines in and out (`solver.messages`)."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TextIO

from pydantic import BaseModel

from roster.blocks import asked_blocks
from roster.roster import Roster, Stretch
from roster.scorecard import scorecard
from solver.build import build
from solver.levels import Settings, Stop
from solver.messages import Done, Failed, Incumbent, Progress, Ready, Task
from solver.model import Model
from solver.outcome import LevelResult, Outcome, Status
from solver.placing import place
from solver.solving import solve

KEEP_EVERY_S = 0.5
DUTIES_SHARE = 0.75
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
        if now - self._kept >= KEEP_EVERY_S:
            self._kept = now
            self.say(Incumbent(rows=rows, seconds=now - self._started))


def run(task: Task, reporter: Reporter, stop: Stop) -> Outcome:
    """Works through the levels of a task's duties, then places the work inside them, within the time limit."""
    begun, inside = time.monotonic(), bool(asked_blocks(task.problem))
    model = Model(build(task.problem))
    settings = Settings(task.time_limit * (DUTIES_SHARE if inside else 1), task.workers, task.seed)
    outcome = solve(model, settings, report=reporter.progress, keep=reporter.keep, stop=stop)
    if not inside or outcome.rows is None:
        return outcome
    left = max(task.time_limit - (time.monotonic() - begun), task.time_limit * LEAST_SHARE)
    rows = place(task.problem, outcome.rows, replace(settings, time_limit=left), stop)
    points = scorecard(Roster(task.problem, rows))
    levels = tuple(
        LevelResult(level, points[level], min(bound, points[level]))
        for level, bound in ((result.level, result.bound) for result in outcome.levels)
    )
    status: Status = "OPTIMAL" if all(level.proven for level in levels) else "FEASIBLE"
    return replace(outcome, status=status, rows=rows, levels=levels, seconds=time.monotonic() - begun)


def main(lines: TextIO, stream: TextIO) -> int:
    """Reads one task, solves it, and stops early on the line 'stop' or at the end of input."""
    reporter, stop = Reporter(stream), Stop()
    reporter.say(Ready())
    task = Task.model_validate_json(lines.readline())
    threading.Thread(target=_listen, args=(lines, stop.now), daemon=True).start()
    try:
        reporter.say(Done(outcome=run(task, reporter, stop)))
    except (RuntimeError, ValueError, MemoryError) as error:
        reporter.say(Failed(reason=f"{type(error).__name__}: {error}"))
        return 1
    return 0


def _listen(lines: TextIO, stop: Callable[[], None]) -> None:
    for line in lines:
        if line.strip() == "stop":
            break
    stop()


if __name__ == "__main__":
    sys.exit(main(sys.stdin, sys.stdout))
