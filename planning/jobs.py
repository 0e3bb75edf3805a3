"""Solves under way: each in a thread that waits for its child process, so that whoever asked can look and stop."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import uuid4

from planning.edits import Place
from planning.plan import Plan, plan
from planning.solving import SolverProcess
from roster.errors import LunbanError
from roster.loading.scenario import Scenario
from roster.roster import Stretch
from solver.messages import Progress

_log = logging.getLogger(__name__)
State = Literal["running", "done", "failed", "stopped"]
MakePlan = Callable[..., Plan]
KEPT = 20
"""Ended jobs that are remembered; the oldest is forgotten first."""


class Job:
    """One solve. Read it from any thread.

    `progress` holds the solver's replies in order of arrival. `state` is 'done' with a `result`, 'stopped' with the
    best `result` so far, 'failed' with an `error` for the user. A result without a roster found none in time.
    """

    def __init__(self, start: date, days: int, *, time_limit: float) -> None:
        self.id = uuid4().hex
        self.started = datetime.now(UTC)
        self.ended: datetime | None = None
        self.start, self.days, self.time_limit = start, days, time_limit
        self.state: State = "running"
        self.result: Plan | None = None
        self.error = ""
        self.stopping = False
        self._progress: list[Progress] = []
        self._solving_since: datetime | None = None
        self._process: SolverProcess | None = None
        self._lock = threading.Lock()

    @property
    def progress(self) -> list[Progress]:
        """The replies so far."""
        with self._lock:
            return list(self._progress)

    @property
    def running(self) -> bool:
        """Whether the solve still goes on."""
        return self.state == "running"

    @property
    def seconds(self) -> float:
        """Seconds on the solver's clock, up to the end where it has ended: 0 while the demand is being forecast."""
        if self._solving_since is None:
            return 0.0
        return ((self.ended or datetime.now(UTC)) - self._solving_since).total_seconds()

    def hear(self, reply: Progress) -> None:
        """Takes a reply of the solver."""
        with self._lock:
            self._progress.append(reply)
            if self._solving_since is None:
                self._solving_since = datetime.now(UTC) - timedelta(seconds=reply.seconds)

    def begin(self, process: SolverProcess) -> None:
        """Takes the process that solves; a stop asked for before is passed on."""
        with self._lock:
            self._process = process
            if self.stopping:
                process.stop()

    def stop(self) -> None:
        """Asks the solver to hand over its best roster now."""
        with self._lock:
            self.stopping = True
            if self._process is not None:
                self._process.stop()

    def end(self, state: State, *, result: Plan | None = None, error: str = "") -> None:
        """Notes how it ended; the state is set last, so that who sees it sees the rest."""
        self.ended = datetime.now(UTC)
        self.result, self.error = result, error
        self.state = state


class Jobs:
    """The solves of one server. Safe for threads."""

    def __init__(self, make_plan: MakePlan = plan) -> None:
        self._make_plan = make_plan
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(
        self,
        scenario: Scenario,
        start: date,
        days: int,
        *,
        time_limit: float,
        locks: Sequence[Stretch] | None = None,
        settled: Sequence[Place] = (),
    ) -> Job:
        """Begins a solve and returns at once. `locks`, where given, stand in place of the scenario's own.

        At the `settled` places nothing but the locks is given.
        """
        job = Job(start, days, time_limit=time_limit)
        kept = scenario.locks if locks is None else tuple(locks)
        asked = replace(scenario, locks=kept, settled=tuple(settled))
        with self._lock:
            ended = [known.id for known in self._jobs.values() if not known.running]
            for old in ended[: max(0, len(ended) - KEPT + 1)]:
                del self._jobs[old]
            self._jobs[job.id] = job
        threading.Thread(target=self._run, args=(job, asked), name=f"solve-{job.id[:8]}", daemon=True).start()
        return job

    def stop(self, job: Job) -> None:
        """Asks a solve to stop and keep its best roster."""
        job.stop()

    def get(self, job_id: str) -> Job | None:
        """The solve of that id, None for one unknown or forgotten."""
        with self._lock:
            return self._jobs.get(job_id)

    def _run(self, job: Job, scenario: Scenario) -> None:
        try:
            made = self._make_plan(
                scenario, job.start, job.days,
                time_limit=job.time_limit, on_progress=job.hear, on_process=job.begin,
            )  # fmt: skip
        except LunbanError as error:
            job.end("failed", error=str(error))
        except Exception as error:  # whatever happens, nobody waits for ever
            _log.exception("solve %s failed", job.id)
            job.end("failed", error=f"{type(error).__name__}: {error}")
        else:
            job.end("stopped" if job.stopping else "done", result=made)
