"""The same queues in simpy, process by process: slow, and built on nothing of the simulation under test."""

import numpy as np
import simpy


def agents_in_simpy(contacts, duties):
    """When each contact of one queue is answered (inf where it gives up); agents end the contact they have begun.

    Of the agents who wait the one longest free takes the next contact.
    """
    env = simpy.Environment()
    waiting, idle = [], []
    begun = np.full(len(contacts.arrival), np.inf)

    def caller(c):
        yield env.timeout(contacts.arrival[c])
        if idle:
            idle.pop(0).succeed(c)
            return
        taken = env.event()
        waiting.append((c, taken))
        outcome = yield taken | env.timeout(contacts.patience[c]) if contacts.patience[c] < np.inf else taken
        del outcome
        if not taken.triggered:
            waiting.remove((c, taken))

    def agent(stretches):
        for start, end in stretches:
            if env.now < start:
                yield env.timeout(start - env.now)
            while env.now < end:
                if waiting:
                    c, taken = waiting.pop(0)
                    taken.succeed()
                else:
                    offer = env.event()
                    idle.append(offer)
                    yield offer | env.timeout(end - env.now)
                    if not offer.triggered:
                        idle.remove(offer)
                        break
                    c = offer.value
                begun[c] = env.now
                yield env.timeout(contacts.work[c])

    for j in range(len(duties.first) - 1):
        mine = slice(duties.first[j], duties.first[j + 1])
        env.process(agent(list(zip(duties.start[mine], duties.end[mine], strict=True))))
    for c in range(len(contacts.arrival)):
        env.process(caller(c))
    env.run()
    return begun


def servers_in_simpy(contacts, servers):
    """When each contact is answered by one of a constant number of servers, as a simpy Resource with reneging."""
    env = simpy.Environment()
    desk = simpy.Resource(env, capacity=servers)
    begun = np.full(len(contacts.arrival), np.inf)

    def caller(c):
        yield env.timeout(contacts.arrival[c])
        with desk.request() as asked:
            outcome = yield asked | env.timeout(contacts.patience[c])
            if asked in outcome:
                begun[c] = env.now
                yield env.timeout(contacts.work[c])

    for c in range(len(contacts.arrival)):
        env.process(caller(c))
    env.run()
    return begun
