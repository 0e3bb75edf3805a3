"""Queues that share nobody are played apart: each by the loop that suits it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from roster.simulation.arrays import Contacts, Duties, Ints, Played
from roster.simulation.scene import Scene


class Part(NamedTuple):
    """Some queues, and where their contacts and stretches stand in the whole."""

    queues: tuple[int, ...]
    contact_places: Ints
    stretch_places: Ints
    contacts: Contacts
    duties: Duties


def groups(scene: Scene) -> tuple[tuple[int, ...], ...]:
    """The streams by number; two are in one group where some agent answers both, be it on different days."""
    watch, group = scene.watch, list(range(len(scene.streams)))
    for agent in range(len(watch.staff)):
        bits = int(np.bitwise_or.reduce(watch.queues[watch.agent == agent], initial=0))
        joined = {number for q, number in enumerate(group) if bits >> q & 1}
        group = [min(joined) if number in joined else number for number in group]
    return tuple(tuple(q for q, number in enumerate(group) if number == first) for first in dict.fromkeys(group))


def apart(contacts: Contacts, duties: Duties, queues: tuple[int, ...]) -> Part:
    """The contacts and stretches of one group; queues keep their numbers, agents too."""
    bits = sum(1 << q for q in queues)
    mine = np.flatnonzero(np.isin(contacts.queue, queues))
    kept = np.flatnonzero(duties.queues & bits)
    first = np.searchsorted(kept, duties.first)
    ours = Contacts(*(column[mine] for column in contacts))  # ty: ignore[invalid-argument-type]
    return Part(queues, mine, kept, ours, Duties(first, duties.start[kept], duties.end[kept], duties.queues[kept]))


def together(parts: Sequence[tuple[Part, Played]]) -> Played:
    """What became of all parts, part after part, numbered as in the whole."""
    columns = [
        played._replace(
            contact=part.contact_places[played.contact], busy_stretch=part.stretch_places[played.busy_stretch]
        )
        for part, played in parts
    ]
    joined = [np.concatenate([getattr(column, name) for column in columns]) for name in Played._fields]
    return Played(*joined)
