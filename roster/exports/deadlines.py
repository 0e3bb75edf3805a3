"""The calendar of deadlines as lines of text: what tables on paper, on screen and in files have in common."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from roster.deadlines import Deadline, State, deadlines
from roster.exports.names import Names
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.words import Words

COLUMNS = (
    "due", "state", "clause", "what_zh", "what_en", "period_start", "period_end", "opens", "who", "minutes", "planned",
    "done_by", "missing",
)  # fmt: skip
"""Columns of deadlines.csv: dates ISO, minutes of the whole period, `done_by` with local times, people by staff id."""


LIKE = {"done": "met", "open": "not_applicable", "late": "breached", "unknown": "unknown"}
"""The verdict that a state of a deadline looks like."""


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline with people and teams by their names; `done_by` tells who does it when (MM-DD), a text a stretch."""

    due: date
    state: State
    clauses: tuple[str, ...]
    what: Words
    period: tuple[date, date]
    who: Words
    minutes: int
    planned: int
    done_by: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def about(self) -> str:
        """The days that the work is about."""
        first, last = self.period
        return f"{first}" if first == last else f"{first} – {last}"


def deadline_lines(roster: Roster) -> tuple[DeadlineLine, ...]:
    """The deadlines that touch the roster's horizon, by due day."""
    return tuple(_line(roster.problem, deadline) for deadline in deadlines(roster))


def _line(problem: Problem, deadline: Deadline) -> DeadlineLine:
    def called(staff_id: str) -> str:
        return f"{problem.person_by_id[staff_id].name} {staff_id}"

    return DeadlineLine(
        deadline.due, deadline.state, deadline.clauses, deadline.what, deadline.period, _who(problem, deadline.who),
        deadline.minutes, deadline.planned,
        tuple(f"{called(row.staff_id)} {_when(problem, row)[5:]}" for row in _in_order(deadline.rows)),
        tuple(called(staff_id) for staff_id in deadline.missing),
    )  # fmt: skip


def _who(problem: Problem, who: Iterable[str]) -> Words:
    names = Names(problem.contract)
    pairs = [entry.partition("/") for entry in who]
    told = [(names.team(team), names.role(team, role)) for team, _, role in pairs]
    return Words("、".join(f"{t.zh}/{r.zh}" for t, r in told), ", ".join(f"{t.en}/{r.en}" for t, r in told))


def _in_order(rows: Iterable[Stretch]) -> Sequence[Stretch]:
    return sorted(rows, key=lambda row: (row.start, row.staff_id))


def _when(problem: Problem, row: Stretch) -> str:
    start, end = (moment.astimezone(problem.horizon.zone) for moment in (row.start, row.end))
    return f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}"


def deadlines_csv(roster: Roster) -> str:
    """The deadlines as CSV text with the columns `COLUMNS`."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(COLUMNS)
    for deadline in deadlines(roster):
        done_by = (f"{row.staff_id} {_when(roster.problem, row)}" for row in _in_order(deadline.rows))
        writer.writerow([
            deadline.due.isoformat(), deadline.state, ";".join(deadline.clauses), *deadline.what,
            *(day.isoformat() for day in deadline.period), deadline.opens.isoformat(), ";".join(deadline.who),
            deadline.minutes, deadline.planned, ";".join(done_by), ";".join(deadline.missing),
        ])  # fmt: skip
    return content.getvalue()
