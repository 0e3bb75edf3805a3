"""roster.csv: one row for each person and each stretch."""

import csv
import io
from collections.abc import Iterable

from roster.roster import Stretch

COLUMNS = (
    "date", "staff_id", "team", "role", "shift", "post", "activity", "start", "end", "site", "kind", "paid", "locked",
)  # fmt: skip


def roster_csv(rows: Iterable[Stretch]) -> str:
    """The rows as CSV text in order of date, person and start; times ISO 8601 with offset."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in sorted(rows, key=_order))
    return text.getvalue()


def _order(row: Stretch) -> tuple[object, ...]:
    return (row.date, row.staff_id, row.start, row.end, row.kind)


def _cells(row: Stretch) -> tuple[str, ...]:
    return (
        row.date.isoformat(), row.staff_id, row.team, row.role, row.shift, row.post, row.activity,
        row.start.isoformat(), row.end.isoformat(), row.site, row.kind, _YES_NO[row.paid], _YES_NO[row.locked],
    )  # fmt: skip


_YES_NO = {True: "yes", False: "no"}
