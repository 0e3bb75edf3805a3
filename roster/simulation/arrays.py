"""The arrays that the compiled loops read and write. All times are seconds after the begin of the horizon."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Contacts(NamedTuple):
    """Contacts in order of arrival, all fields of one length.

    `patience`: how long the caller waits at most (inf: for ever). `work`: handling time when handled alone.
    `tries`: how often the caller calls in all as long as nobody answers, 1 or more; `again`: the time from
    giving up to the next try. `booked`: 1 for a session by appointment, which goes to the head of its line.
    """

    arrival: Floats
    queue: Ints
    patience: Floats
    work: Floats
    tries: Ints
    again: Floats
    booked: Ints

    def ordered(self) -> "Contacts":
        """The same contacts in order of arrival."""
        order = np.argsort(self.arrival, kind="stable")
        return Contacts(
            self.arrival[order], self.queue[order], self.patience[order], self.work[order], self.tries[order],
            self.again[order], self.booked[order],
        )  # fmt: skip


class Duties(NamedTuple):
    """Stretches on which agents answer, half-open, in order of agent and start, none overlapping another.

    Agent j has the stretches first[j] .. first[j + 1] - 1. `queues` has bit q set where queue q is answered.
    """

    first: Ints
    start: Floats
    end: Floats
    queues: Ints


class Lines(NamedTuple):
    """The queues: `order` lists them from the first served to the last; `most` contacts held by one agent at
    once; `slower[q, k]` times longer takes each of k contacts that one agent holds (column 0 is not read).
    """

    order: Ints
    most: Ints
    slower: Floats


class Played(NamedTuple):
    """What became of each try, in order of its time, and when agents were busy.

    `contact` is the try's place in `Contacts`; `begun` is when it was answered, inf where the caller gave up or was
    never answered; `agent` -1 there. Each spell [busy_from, busy_to) has the agent and the stretch it began in.
    """

    contact: Ints
    at: Floats
    begun: Floats
    agent: Ints
    busy_from: Floats
    busy_to: Floats
    busy_stretch: Ints
