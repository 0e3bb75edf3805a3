"""The child process that solves: `python -m solver.worker`, JSON lines in and out (`solver.messages`)."""

import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO

from pydantic import BaseModel

from roster.roster import Stretch
from solver.build import build
from solver.levels import Settings, Stop, solve
from solver.messages import Done, Failed, Incumbent, Progress, Ready, Task
from solver.model import Model
from solver.outcome import LevelResult, Outcome

KEEP_EVERY_S = 0.5


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
    """Builds the model of a task and works through its levels within the time limit."""
    model = Model(build(task.problem))
    settings = Settings(task.time_limit, task.workers, task.seed)
    return solve(model, settings, report=reporter.progress, keep=reporter.keep, stop=stop)


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
