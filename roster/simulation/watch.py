"""Who answers when: from the rows of a roster to stretches in seconds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from roster.contract import Queue
from roster.roster import Roster, Stretch
from roster.simulation.arrays import Duties, Floats
from roster.simulation.scene import Scene, Watch

_SECOND = timedelta(seconds=1)


def watch_of(roster: Roster, queues: Sequence[Queue]) -> Watch:
    """The stretches with activity 'duty' that serve one of `queues`, breaks, lunches and other work left out.

    Rows that touch each other and serve the same queues are one stretch. Rows of the past count where they reach
    into the horizon.
    """
    horizon = roster.problem.horizon
    spans: list[tuple[int, int, float, float, int]] = []
    staff: dict[str, int] = {}
    for row in roster.with_history:
        served = _bits(row, queues)
        if served and row.end > horizon.begin and row.start < horizon.end:
            agent = staff.setdefault(row.staff_id, len(staff))
            day = max((row.date - horizon.start).days, -1)
            start, end = _seconds(row.start, horizon.begin), _seconds(row.end, horizon.begin)
            _append(spans, (agent, day, max(start, 0.0), end, served))
    columns = list(zip(*spans, strict=True)) or [()] * 5
    agent, day, queues_of = (np.array(columns[k], dtype=np.int64) for k in (0, 1, 4))
    return Watch(tuple(staff), agent, day, np.array(columns[2], float), np.array(columns[3], float), queues_of)


def _append(spans: list[tuple[int, int, float, float, int]], span: tuple[int, int, float, float, int]) -> None:
    """Adds a span, or joins it to the one before where it goes on; what overlaps is counted once."""
    if spans and spans[-1][0] == span[0]:
        agent, day, start, end, served = spans[-1]
        if end >= span[2] and day == span[1] and served == span[4]:
            spans[-1] = (agent, day, start, max(end, span[3]), served)
            return
        span = (*span[:2], max(span[2], end), *span[3:])
    if span[2] < span[3]:
        spans.append(span)


def _bits(row: Stretch, queues: Sequence[Queue]) -> int:
    """Bit q for every queue the row answers."""
    if not row.answers:
        return 0
    return sum(1 << q for q, queue in enumerate(queues) if row.team == queue.team and row.role in queue.roles)


def _seconds(moment: datetime, begin: datetime) -> float:
    return (moment - begin) / _SECOND


def present(scene: Scene, chance: Floats, order: Floats) -> Duties:
    """The stretches of those who turn up.

    `chance` and `order` hold a number in [0, 1) for each agent (rows) and day from the one before the horizon on
    (columns). Who is below a queue's share of unplanned absence stays away; of the others who answer that day, the
    `scene.sick` lowest in `order`.
    """
    watch = scene.watch
    share = np.array([stream.absence for stream in scene.streams])
    bits = watch.queues[:, None] >> np.arange(len(share)) & 1
    highest = (bits * share).max(axis=1, initial=0.0)
    comes = chance[watch.agent, watch.day + 1] >= highest
    if scene.sick:
        comes &= ~_sick(watch, comes, order, scene.sick)
    first = np.searchsorted(watch.agent[comes], np.arange(len(watch.staff) + 1))
    return Duties(first, watch.start[comes], watch.end[comes], watch.queues[comes])


def _sick(watch: Watch, comes: np.ndarray, order: Floats, sick: int) -> np.ndarray:
    """Which stretches belong to one of the `sick` people lowest in `order` on their day."""
    waits = np.full(order.shape, np.inf)
    waits[watch.agent[comes], watch.day[comes] + 1] = order[watch.agent[comes], watch.day[comes] + 1]
    last = np.sort(waits, axis=0)[min(sick, len(waits)) - 1]
    return (waits <= last)[watch.agent, watch.day + 1]
