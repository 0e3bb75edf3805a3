"""The duties each person could be given: the shift catalogue laid over people and days."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from roster.base import Cell
from roster.people import Person
from roster.problem import Problem
from roster.roster import Stretch
from roster.shifts import Duty, Shift, Span


def options(problem: Problem) -> Iterator[Cell]:
    """Every (person, duty) the catalogue offers to people who are employed, qualified and flagged for it."""
    catalogue = problem.contract.shifts
    suited = [(person, {shift.id for shift in catalogue if suits(person, shift)}) for person in problem.people]
    for day in problem.horizon.dates:
        offered = [duty for shift in catalogue for duty in duties(problem, shift, day)]
        for person, shifts in suited:
            if person.employed_on(day):
                mine = (d for d in offered if d.shift in shifts and person.serves(d.team, d.role))
                yield from (Cell(person, duty) for duty in mine)


def suits(person: Person, shift: Shift) -> bool:
    """Whether the shift's conditions on labour flags and reserve let the person have it."""
    flagged = not shift.flags or bool(shift.flags & person.labour_flags)
    return flagged and not shift.not_flags & person.labour_flags and (shift.reserve or not person.reserve)


def duties(problem: Problem, shift: Shift, day: date) -> Iterator[Duty]:
    """The duties one shift makes on one day: one for each team and role, post and site."""
    runs = (shift.since is None or shift.since <= day) and (shift.until is None or day <= shift.until)
    if not runs or not problem.matches(shift.days, day):
        return
    for team, role in shift.served:
        for post in shift.posts:
            for site in shift.sites:
                yield made_on(problem.horizon.at, shift, day, team=team, role=role, post=post, site=site)


def made_on(
    at: Callable[[date, int], datetime], shift: Shift, day: date, *, team: str, role: str, post: str, site: str
) -> Duty:
    """The duty that a shift makes on a day; `at` tells the instant of minutes after midnight of a day."""
    spans = tuple(
        Span(at(day, s.start), at(day, s.end), s.activity, s.paid, post if s.post is None else s.post, s.kind or "")
        for s in shift.segments
    )
    return Duty(day, shift.id, team, role, post, site, shift.kind, spans)


def rows_of(cell: Cell, *, locked: bool = False) -> Iterator[Stretch]:
    """The rows of roster.csv that a chosen cell makes."""
    person, duty, _ = cell
    for span in duty.spans:
        yield Stretch(
            duty.day, person.staff_id, duty.team, duty.role, duty.shift, span.post, span.activity,
            span.start, span.end, duty.site, span.kind or duty.kind, span.paid, locked,
        )  # fmt: skip


def cells_from_rows(problem: Problem, rows: Iterable[Stretch]) -> Iterator[Cell]:
    """Rows back into fixed cells: one for each person, day and shift. Leave rows are no duties.

    Training inside a shift at work stays a stretch of that shift.
    """

    def identity(row: Stretch) -> tuple[str, date, str, str, str, str, str]:
        kind = "" if row.works else row.kind
        return (row.staff_id, row.date, row.shift, row.team, row.role, row.site, kind)

    work = sorted((row for row in rows if row.kind != "leave"), key=lambda row: (identity(row), row.start))
    for key, group in groupby(work, key=identity):
        staff_id, day, shift, team, role, site, kind = key
        stretches = list(group)
        kind = kind or ("work" if any(r.kind == "work" for r in stretches) else "training")
        spans = tuple(
            Span(r.start, r.end, r.activity, r.paid, r.post, "" if r.kind == kind else r.kind) for r in stretches
        )
        posts = [r.post for r in stretches]
        duty = Duty(day, shift, team, role, max(posts, key=posts.count), site, kind, spans)
        yield Cell(problem.person_by_id[staff_id], duty, fixed=True)
