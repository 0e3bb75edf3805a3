"""leave.csv: absences known in advance."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import groupby, pairwise

from roster.errors import Fault
from roster.exports.catalogue import leave_kinds
from roster.loading.known import Known
from roster.loading.moments import stretch
from roster.loading.rows import Row, build, collect, settle
from roster.loading.tables import Sheet
from roster.people import Leave
from roster.words import Words

_KINDS = leave_kinds()
"""Kinds of leave by the code and the names that people write."""


def load_leave(sheet: Sheet, known: Known) -> tuple[Leave, ...]:
    """Absences as half-open local time: dates cover whole days, the end date included.

    A kind may be written by its code or its name. Raises InputError with every fault: cells, unknown people, an end
    before its start, rows of one person that overlap.
    """

    def make(row: Row) -> Leave | tuple[Fault, ...]:
        instants, disorder = stretch(row, known.zone)
        people = known.id_faults(row, "staff_id", known.staff, what="person")
        kind = {"kind": _KINDS.get(row.values["kind"], row.values["kind"])} if row.has("kind") else {}
        return (*row.faults, *disorder, *people) if disorder else build(Leave, row, people, **instants, **kind)

    absences, found = collect(sheet, make)
    found += _overlaps(absences)
    return settle(absences, found)


def strange_kinds(leave: Iterable[Leave]) -> Iterator[Words]:
    """Kinds of leave that the catalogue does not know: they are taken as paid leave."""
    for kind in sorted({entry.kind for entry in leave} - set(_KINDS.values())):
        near = get_close_matches(kind, _KINDS, n=1)
        guess = (f"；是否应为 {near[0]}？", f"; is {near[0]} meant?") if near else ("", "")
        known = ", ".join(dict.fromkeys(_KINDS.values()))
        yield Words(
            f"请假类型“{kind}”不在目录中，按带薪假处理{guess[0]}（已有：{known}）",
            f"kind of leave '{kind}' is not in the catalogue and counts as paid{guess[1]} (known: {known})",
        )


def _overlaps(absences: Iterable[tuple[Row, Leave]]) -> Iterator[Fault]:
    """Rows that begin before an earlier one of the same person has ended."""
    ordered = sorted(absences, key=lambda pair: (pair[1].staff_id, pair[1].start))
    for who, rows in groupby(ordered, key=lambda pair: pair[1].staff_id):
        for (earlier, first), (later, second) in pairwise(rows):
            if second.start < first.end:
                remedy = f"the leave of {who} overlaps row {earlier.number}; join the two or correct one"
                yield Fault(later.place, f"{later.texts['start']} to {later.texts['end']}", remedy)
