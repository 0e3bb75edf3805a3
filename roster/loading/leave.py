"""leave.csv: absences known in advance."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from roster.errors import Fault
from roster.loading.known import Known
from roster.loading.moments import stretch
from roster.loading.rows import Row, build, collect, settle
from roster.loading.tables import Sheet
from roster.people import Leave


def load_leave(sheet: Sheet, known: Known) -> tuple[Leave, ...]:
    """Absences as half-open local time: dates cover whole days, the end date included.

    Raises InputError with every fault: cells, unknown people, an end before its start, rows of one person
    that overlap.
    """

    def make(row: Row) -> Leave | tuple[Fault, ...]:
        instants, disorder = stretch(row, known.zone)
        people = known.id_faults(row, "staff_id", known.staff, what="person")
        return (*row.faults, *disorder, *people) if disorder else build(Leave, row, people, **instants)

    absences, found = collect(sheet, make)
    found += _overlaps(absences)
    return settle(absences, found)


def _overlaps(absences: Iterable[tuple[Row, Leave]]) -> Iterator[Fault]:
    """Rows that begin before an earlier one of the same person has ended."""
    ordered = sorted(absences, key=lambda pair: (pair[1].staff_id, pair[1].start))
    for who, rows in groupby(ordered, key=lambda pair: pair[1].staff_id):
        for (earlier, first), (later, second) in pairwise(rows):
            if second.start < first.end:
                remedy = f"the leave of {who} overlaps row {earlier.number}; join the two or correct one"
                yield Fault(later.place, f"{later.texts['start']} to {later.texts['end']}", remedy)
