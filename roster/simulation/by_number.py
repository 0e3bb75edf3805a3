"""One queue and a number of people by interval, nobody named: what a requirement gives before there is a roster.

No contact begins while as many are at work as people are asked for; where the number falls, contacts that are being
handled are finished and count until they are. A named roster is milder: who leaves takes the last contact along.
"""

import heapq

import numpy as np
from numba import njit

from roster.simulation.arrays import Contacts, Floats, Ints


def play_by_number(contacts: Contacts, people: Ints, *, interval_s: float) -> Floats:
    """When each contact begins, inf where the caller gives up first; after the last interval nobody is there."""
    own = [np.array(column, dtype=np.float64, order="C") for column in contacts[:1] + contacts[2:4]]
    return _begun(own[0], own[1], own[2], np.array(people, dtype=np.int64), interval_s)


@njit(cache=True)
def _begun(arrival: Floats, patience: Floats, work: Floats, people: Ints, interval_s: float) -> Floats:
    begun = np.full(len(arrival), np.inf)
    ends = [np.inf]
    last = 0.0
    for c in range(len(arrival)):
        t, latest = max(arrival[c], last), arrival[c] + patience[c]
        while t <= latest:
            while ends[0] <= t:
                heapq.heappop(ends)
            k = int(t / interval_s)
            if k >= len(people):
                break
            if len(ends) - 1 < people[k]:
                begun[c] = last = t
                heapq.heappush(ends, t + work[c])
                break
            t = min(ends[0], (k + 1) * interval_s)
    return begun
