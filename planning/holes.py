"""Duties that lack a part of their shift: a row of the file may have been deleted."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from roster.exports.duties import AssignedDuty, duties_of
from roster.roster import Roster, Stretch
from roster.words import Words

_NAMED = 6

Piece = tuple[datetime, datetime]


def holes(roster: Roster) -> tuple[Words, ...]:
    """One note where duties lack a part of the catalogue's times of their shift, with the first of them.

    It is no fault: somebody may have gone home early. Times in which the person has any other row lack nothing.
    """
    found = [(duty, start, end) for duty in _duties(roster) for start, end in _lacking(roster, duty)]
    if not found:
        return ()
    places = "、".join(
        f"{duty.staff_id} {duty.date} {duty.shift} {start:%H:%M}-{end:%H:%M}" for duty, start, end in found[:_NAMED]
    )
    more = Words(" 等", " and others") if len(found) > _NAMED else Words("", "")
    return (
        Words(
            f"有 {len(found)} 处班次缺一段（是否误删了行？）：{places}{more.zh}。按现有的行评判。",
            f"duties lack a part of their shift in {len(found)} places (was a row deleted?): {places}{more.en}. "
            "Judged by the rows there are.",
        ),
    )


def _duties(roster: Roster) -> Iterator[AssignedDuty]:
    return (duty for duty in duties_of(roster.rows, roster.problem.horizon.zone) if duty.kind != "leave")


def _lacking(roster: Roster, duty: AssignedDuty) -> Iterator[Piece]:
    """The parts of the shift's segments in which the person has no row."""
    shift = next((shift for shift in roster.problem.contract.shifts if shift.id == duty.shift), None)
    mine = [row for row in roster.rows if row.staff_id == duty.staff_id] if shift else []
    at = roster.problem.horizon.at
    for segment in shift.segments if shift else ():
        yield from _uncovered((at(duty.date, segment.start), at(duty.date, segment.end)), mine)


def _uncovered(piece: Piece, rows: Iterable[Stretch]) -> Iterator[Piece]:
    """What the rows leave of a piece."""
    reached, end = piece
    for row in sorted(rows, key=lambda row: row.start):
        if row.start < end and row.end > reached:
            if row.start > reached:
                yield reached, row.start
            reached = row.end
    if reached < end:
        yield reached, end
