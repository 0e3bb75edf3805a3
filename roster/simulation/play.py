"""Playing a scene many times over."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from roster.simulation.arrays import Contacts, Duties, Floats, Lines, Played
from roster.simulation.draws import attendance, contacts, rates
from roster.simulation.parts import apart, groups, together
from roster.simulation.scene import Scene
from roster.simulation.tally import tally
from roster.simulation.watch import present

RUNS = 200


@dataclass(frozen=True)
class Results:
    """`counts`: shape (runs, streams, intervals, COUNTS of `roster.staffing.definitions`)."""

    scene: Scene
    counts: Floats

    @property
    def runs(self) -> int:
        """How often the scene was played."""
        return len(self.counts)


def simulate(
    scene: Scene, *, runs: int = RUNS, seed: int = 1, on_run: Callable[[int], None] = lambda _: None
) -> Results:
    """Plays the scene `runs` times. Equal seeds meet equal callers, also in a variant of the scene.

    `on_run` hears how many runs are done. The horizon starts without anybody waiting.

    Raises ValueError for fewer than 2 runs or a negative seed.
    """
    if runs < 2 or seed < 0:
        raise ValueError(f"2 <= runs and 0 <= seed is broken by runs = {runs}, seed = {seed}")
    expected = rates(scene, runs=runs, seed=seed)
    counts = []
    for run in range(runs):
        callers = contacts(scene, expected[run], run=run, seed=seed)
        duties = present(scene, *attendance(scene, run=run, seed=seed))
        counts.append(tally(scene, callers, duties, play(scene, callers, duties)))
        on_run(run + 1)
    return Results(scene, np.array(counts))


def play(scene: Scene, callers: Contacts, duties: Duties) -> Played:
    """One run. Queues that share nobody are played apart, each by the fastest loop that is exact for it."""
    found = groups(scene)
    if len(found) == 1:
        return _play_group(scene, found[0], callers, duties)
    shares = [apart(callers, duties, queues) for queues in found]
    return together([(share, _play_group(scene, share.queues, share.contacts, share.duties)) for share in shares])


def _play_group(scene: Scene, queues: tuple[int, ...], callers: Contacts, duties: Duties) -> Played:
    first = scene.streams[queues[0]]
    if len(queues) == 1 and first.together == 1 and first.redial == 0 and not len(first.booked):
        from roster.simulation.first_come import play_first_come  # the compiler loads when it is needed

        return play_first_come(callers, duties)
    from roster.simulation.routing import play_routed

    return play_routed(callers, duties, lines(scene))


def lines(scene: Scene) -> Lines:
    """The queues as the event loop takes them; work that may wait comes after everything else."""
    streams = scene.streams
    deepest = max(stream.together for stream in streams)
    slower = np.ones((len(streams), deepest + 1))
    for q, stream in enumerate(streams):
        slower[q, 1 : stream.together + 1] = stream.slower[: stream.together]
    order = sorted(range(len(streams)), key=lambda q: (streams[q].targets.deferrable, streams[q].priority, q))
    return Lines(np.array(order), np.array([stream.together for stream in streams]), slower)
