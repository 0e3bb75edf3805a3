"""bookings.csv: booked windows."""

from roster.errors import Fault
from roster.events import Booking
from roster.loading.known import Known
from roster.loading.moments import stretch
from roster.loading.rows import Row, build, collect, repeats, settle
from roster.loading.tables import Sheet


def load_bookings(sheet: Sheet, known: Known) -> tuple[Booking, ...]:
    """Booked windows as half-open local time.

    Raises InputError with every fault: cells, unknown queues, an end before its start, a window given twice.
    """
    twice = repeats(sheet, "start", "end", "queue", what="the window is")

    def make(row: Row) -> Booking | tuple[Fault, ...]:
        instants, disorder = stretch(row, known.zone)
        more = (*known.id_faults(row, "queue", known.queues), *twice.get(row.number, ()))
        return (*row.faults, *disorder, *more) if disorder else build(Booking, row, more, **instants)

    return settle(*collect(sheet, make))
