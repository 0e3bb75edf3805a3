"""Solving in a child process: start it early, hear of progress, stop it, and never lose the best roster."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from typing import ClassVar

from pydantic import ValidationError

from roster.blocks import asked_blocks
from roster.errors import LunbanError
from roster.problem import Problem
from roster.roster import Roster
from roster.scorecard import scorecard
from solver.build import points_of_duties
from solver.messages import REPLY, Done, Explained, Failed, Incumbent, Progress, Question, Ready, Task
from solver.outcome import LevelResult, Outcome, measured

GRACE_S = 60.0
"""How long a worker may run beyond its time limit, building included, before it is killed."""
SLOWEST = 20.0
"""Where work alone is counted, how much slower than that a machine may be before a worker is taken to hang."""
STOP_GRACE_S = 30.0
"""How long a worker that was asked to stop may still take before it is killed; its best roster is kept."""
FINISHING_S = 10.0
"""What placing the work inside the duties that a dead worker left may take."""

OnProgress = Callable[[Progress], None]


class SolverError(LunbanError):
    """The solver process ended without an answer, also on a second try."""


class SolverProcess:
    """One worker process for one problem. It loads its libraries from the moment it is made.

    `solve` waits for the outcome; `stop` may be called from another thread and keeps the best roster so far.
    """

    command: ClassVar[tuple[str, ...]] = (sys.executable, "-P", "-m", "solver.worker")

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._writing = threading.Lock()
        self._sent = False
        self._stopper = threading.Timer(STOP_GRACE_S, self._process.kill)
        self._stopper.daemon = True
        self.asked_to_stop = False
        self.best: Incumbent | None = None
        self.levels: dict[int, Progress] = {}
        self.first_roster_s: float | None = None

    def wait_until_ready(self) -> None:
        """Returns when the worker waits for its task, or has died."""
        if self._process.stdout is not None:
            self._process.stdout.readline()

    def stop(self) -> None:
        """Asks the worker to stop now and hand over its best roster; asked before the task, it stops right after."""
        with self._writing:
            if not self.asked_to_stop:
                self.asked_to_stop = True
                self._stopper.start()
            if self._sent:
                self._write("stop")

    def close(self) -> None:
        """Ends the process if it still runs."""
        self._stopper.cancel()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what it never read is of no use any more
                    pipe.close()

    def solve(self, task: Task, *, on_progress: OnProgress) -> Outcome | Failed | None:
        """Hands the task over and reads replies to the end. None where the worker died without an answer."""
        answer = self._answer(task, on_progress)
        if isinstance(answer, Done):
            return replace(answer.outcome, first_roster_s=self.first_roster_s)
        return answer if isinstance(answer, Failed) else None

    def explain(self, question: Question) -> Explained | Failed | None:
        """Hands a question over and waits for its answer. None where the worker died without one."""
        answer = self._answer(question, lambda _: None)
        return None if isinstance(answer, Done) else answer

    def _answer(self, order: Task | Question, on_progress: OnProgress) -> Done | Explained | Failed | None:
        begun = time.monotonic()
        slack = order.slack or SLOWEST if isinstance(order, Task) else 1.0
        killer = threading.Timer(order.time_limit * slack + GRACE_S, self._process.kill)
        killer.start()
        try:
            self._send(order)
            return self._listen(begun, on_progress)
        finally:
            killer.cancel()

    def _send(self, order: Task | Question) -> None:
        with self._writing:
            self._write(order.model_dump_json(by_alias=True))
            self._sent = True
            if self.asked_to_stop:
                self._write("stop")

    def _write(self, line: str) -> None:
        stdin = self._process.stdin
        if stdin and not stdin.closed:
            with suppress(OSError):  # the worker is gone: its replies will end at once
                stdin.write(line + "\n")
                stdin.flush()

    def _listen(self, begun: float, on_progress: OnProgress) -> Done | Explained | Failed | None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            reply = _reply(line)
            if isinstance(reply, Done | Explained | Failed):
                return reply
            if isinstance(reply, Incumbent):
                self.best = reply
                if self.first_roster_s is None:
                    self.first_roster_s = time.monotonic() - begun
            if isinstance(reply, Progress):
                self.levels[reply.result.level] = reply
                on_progress(reply)
        return None

    def salvage(self, task: Task) -> Outcome | None:
        """What a dead worker left behind: its best roster of duties as a FEASIBLE outcome.

        It may be older than the last figures; a bound holds only beside levels above it that are as good as then.
        """
        if self.best is None:
            return None
        points, levels = points_of_duties(task.problem, self.best.rows), list[LevelResult]()
        for level in sorted(self.levels):
            told = self.levels[level].result
            levels.append(told)
            if points[level] > told.objective:
                break
        note = "the solver ended early; this is the best roster it had handed over"
        return Outcome(
            "FEASIBLE", self.best.rows, measured(levels, points), self.best.seconds, self.first_roster_s, task.seed,
            (note,),
        )  # fmt: skip


def solve_in_child(
    problem: Problem,
    *,
    time_limit: float,
    workers: int,
    seed: int,
    slack: float | None = 1.0,
    on_progress: OnProgress = lambda _: None,
    process: SolverProcess | None = None,
) -> Outcome:
    """Solves a problem in a child process; one that dies empty-handed is tried once more with another seed.

    `slack` is that of the `Clock` that keeps the limit. `process` may be one started earlier, so that its libraries are
    loaded by now. Raises SolverError where the solver refuses the problem or dies twice without a roster.
    """
    task = Task(problem=problem, time_limit=time_limit, workers=workers, seed=seed, slack=slack)
    answer: Outcome | Failed | None = None
    for attempt in range(2):
        child = process if process is not None and attempt == 0 else SolverProcess()
        with closing(child):
            answer = child.solve(task, on_progress=on_progress)
            if not isinstance(answer, Outcome):
                left = child.salvage(task)
                answer = answer if left is None else _finished(task, left)
        if isinstance(answer, Outcome):
            return answer
        if child.asked_to_stop:
            raise SolverError("the solver was stopped and ended without a roster")
        task = task.model_copy(update={"workers": 1, "seed": seed + 1})
    raise SolverError(answer.reason if isinstance(answer, Failed) else "the solver process died twice")


def _finished(task: Task, left: Outcome) -> Outcome:
    """What a dead worker left behind, the work inside its duties placed by another worker; at worst without it."""
    if left.rows is None or not asked_blocks(task.problem):
        return left
    again = task.model_copy(update={"duties": left, "time_limit": FINISHING_S, "workers": 1})
    with closing(SolverProcess()) as child:
        made = child.solve(again, on_progress=lambda _: None)
    if isinstance(made, Outcome):
        return replace(made, first_roster_s=left.first_roster_s)
    return replace(left, levels=measured(left.levels, scorecard(Roster(task.problem, left.rows))))


def _reply(line: str) -> Ready | Progress | Incumbent | Done | Explained | Failed | None:
    """A line as a reply; None for what is none, such as the part of a line that a killed worker leaves behind."""
    try:
        return REPLY.validate_json(line)
    except ValidationError:
        return None
