"""requests.csv: what people wish for single days."""

from roster.errors import Fault
from roster.loading.known import Known
from roster.loading.rows import Row, build, collect, repeats, settle
from roster.loading.tables import Sheet
from roster.people import Request


def load_requests(sheet: Sheet, known: Known) -> tuple[Request, ...]:
    """Wishes in the order of the file.

    Raises InputError with every fault: cells, unknown people and shifts, a wish given twice.
    """
    twice = repeats(sheet, "staff_id", "date", "kind", "shift", what="the wish is")

    def make(row: Row) -> Request | tuple[Fault, ...]:
        people = known.id_faults(row, "staff_id", known.staff, what="person")
        shifts = known.id_faults(row, "shift", known.shifts)
        return build(Request, row, (*people, *shifts, *twice.get(row.number, ())))

    return settle(*collect(sheet, make))
