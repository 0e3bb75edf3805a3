"""Small scenes to play, made of numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from roster.simulation.arrays import Contacts, Duties
from roster.simulation.scene import Scene, Stream, Watch
from roster.staffing.targets import ServiceTargets

BEGIN = datetime(2025, 4, 21, tzinfo=ZoneInfo("Asia/Shanghai"))


def drawn(count, *, hours, aht_s=300.0, patience_s=180.0, seed=1, queues=1):
    """Contacts spread evenly over some hours."""
    rng = np.random.default_rng(seed)
    return Contacts(
        np.sort(rng.uniform(0, hours * 3600, count)), rng.integers(0, queues, count),
        rng.exponential(patience_s, count), rng.lognormal(np.log(aht_s) - 0.4, 0.9, count),
        np.ones(count, dtype=np.int64), np.zeros(count), np.zeros(count, dtype=np.int64),
    )  # fmt: skip


def duties_of(*people, queues=1):
    """Duties from each person's (start, end) stretches in s."""
    first = np.cumsum([0, *(len(stretches) for stretches in people)])
    flat = [stretch for stretches in people for stretch in stretches]
    start, end = (np.array([stretch[k] for stretch in flat], dtype=float) for k in (0, 1))
    return Duties(first, start, end, np.full(len(flat), (1 << queues) - 1))


def staggered(agents, *, hours, seed=2):
    """People who come at different times, each with a lunch and some with a break."""
    rng = np.random.default_rng(seed)
    people = []
    for j in range(agents):
        begin = rng.uniform(0, hours * 3600 / 2)
        lunch = begin + rng.uniform(2, 4) * 3600
        stretches = [(begin, lunch), (lunch + 1800, begin + 8 * 3600)]
        if j % 2:
            stretches[1:] = [(lunch + 1800, lunch + 5400), (lunch + 6300, begin + 8 * 3600)]
        people.append(stretches)
    return duties_of(*people)


def stream(expected, *, aht_s=300.0, **settings):
    """A stream of the same handling time all day, answering when contacts are expected."""
    mean = np.asarray(expected, dtype=float)
    targets = settings.pop("targets", ServiceTargets(patience_s=180, service_level=0.8, answer_within_s=20))
    return Stream("hotline", mean, np.full(len(mean), aht_s), mean > 0, targets, **settings)


def scene(streams, people, *, days=1, minutes=30, **settings):
    """People given by their (start, end) stretches in hours after the begin of the horizon."""
    rows = [
        (agent, int(start // 24), start * 3600, end * 3600, (1 << len(streams)) - 1)
        for agent, stretches in enumerate(people)
        for start, end in stretches
    ]
    agent, day, start, end, queues = (np.array(column) for column in zip(*rows, strict=True))
    watch = Watch(tuple(f"P{k}" for k in range(len(people))), agent, day, start, end, queues)
    return Scene(BEGIN, days, minutes, tuple(streams), watch, **settings)
