"""A question under way in a thread of its own, so that a page can look, stop it, and show the answer."""

import logging
import threading
import time
from collections.abc import Callable

from planning.explain import OnProcess, Told
from planning.solving import SolverProcess
from roster.errors import LunbanError

_log = logging.getLogger(__name__)


class Asking:
    """One question. `told` holds the answer, `error` what went wrong, in words for the user; both empty while it runs.

    `work` is handed where to leave the process that solves.
    """

    def __init__(self, work: Callable[[OnProcess], Told], *, time_limit: float) -> None:
        self.time_limit, self._begun = time_limit, time.monotonic()
        self.told: Told | None = None
        self.error = ""
        self.stopping = False
        self._process: SolverProcess | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, args=(work,), name="explain", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the answer is still to come."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """Seconds since it was asked."""
        return time.monotonic() - self._begun

    def stop(self) -> None:
        """Asks for what is known so far."""
        with self._lock:
            self.stopping = True
            if self._process is not None:
                self._process.stop()

    def _begin(self, process: SolverProcess) -> None:
        with self._lock:
            self._process = process
            if self.stopping:
                process.stop()

    def _run(self, work: Callable[[OnProcess], Told]) -> None:
        try:
            self.told = work(self._begin)
        except LunbanError as error:
            self.error = str(error)
        except Exception as error:  # whatever happens, nobody waits for ever
            _log.exception("a question failed")
            self.error = f"{type(error).__name__}: {error}"
