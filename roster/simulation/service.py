"""Simulated counts in the form in which targets are judged."""

from roster.service import ServiceFigures
from roster.simulation.figures import periods
from roster.simulation.play import Results
from roster.simulation.tally import PLACE


def service_by_day(results: Results, queue: str) -> tuple[ServiceFigures, ...]:
    """Mean counts of the runs for each day the queue is open; empty for a queue that was not played."""
    names = [stream.name for stream in results.scene.streams]
    if queue not in names:
        return ()
    q, scene = names.index(queue), results.scene
    found = []
    for period in periods(scene, "day"):
        places = slice(period.first, period.last)
        if scene.streams[q].is_open[places].any():
            counts = results.counts[:, q, places].sum(axis=1).mean(axis=0)
            by_name = {name: float(counts[place]) for name, place in PLACE.items()}
            found.append(ServiceFigures(queue, period.start.date(), by_name, "simulation"))
    return tuple(found)
