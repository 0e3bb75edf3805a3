"""events.csv: times of unusual load."""

from roster.errors import Fault
from roster.events import Event
from roster.loading.known import Known
from roster.loading.moments import stretch
from roster.loading.rows import Row, build, collect, settle
from roster.loading.tables import Sheet


def load_events(sheet: Sheet, known: Known) -> tuple[Event, ...]:
    """Events as half-open local time.

    Raises InputError with every fault: cells, unknown queues, an end before its start.
    """

    def make(row: Row) -> Event | tuple[Fault, ...]:
        instants, disorder = stretch(row, known.zone)
        queues = known.id_faults(row, "queue", known.queues)
        return (*row.faults, *disorder, *queues) if disorder else build(Event, row, queues, **instants)

    return settle(*collect(sheet, make))
