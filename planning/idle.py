"""People who stay without work because no shift of the catalogue is lawful for them."""

from collections.abc import Iterator

from roster.base import LAW, Cell
from roster.options import options, rows_of
from roster.people import Person
from roster.problem import Problem
from roster.roster import Roster
from roster.words import Words

_NAMED = 6


def without_lawful_shift(roster: Roster) -> Iterator[Words]:
    """One note with the people enrolled who have no work in the roster and could have none.

    Each shift at work that is offered to such a person on a day without leave is judged alone, by the rules of law;
    the note names those that stand against all of them.
    """
    problem = roster.problem
    at_work = {row.staff_id for row in roster.rows if row.works}
    idle = tuple(p for p in problem.people if not p.reserve and p.staff_id not in at_work)
    against = {person.staff_id: titles for person in idle if (titles := _against(problem, person))}
    if against:
        named = ", ".join(list(against)[:_NAMED]) + (" ..." if len(against) > _NAMED else "")
        titles = sorted({title for titles in against.values() for title in titles})
        zh, en = "、".join(title.zh for title in titles), ", ".join(title.en for title in titles)
        yield Words(
            f"班次目录中没有 {named} 可依法上的班次（{zh}），本期未排工作；可为其增设班次，以 flags 指明适用人员。",
            f"no shift of the catalogue is lawful for {named} ({en}): without work in this span. A shift of their own "
            "helps; its `flags` say for whom it is.",
        )


def _against(problem: Problem, person: Person) -> frozenset[Words]:
    """The titles of the rules that stand against the person's shifts; empty where one is lawful or none is offered."""
    alone = problem.model_copy(update={"people": (person,)})
    offered = (cell for cell in options(alone) if cell.duty.works)
    found: set[Words] = set()
    for cell in (cell for cell in offered if not problem.on_leave(person.staff_id, cell.duty.start, cell.duty.end)):
        titles = _unlawful(alone, cell)
        if not titles:
            return frozenset()
        found |= titles
    return frozenset(found)


def _unlawful(alone: Problem, cell: Cell) -> frozenset[Words]:
    """The titles of the rules of law that the one duty breaks."""
    trial = Roster(alone, tuple(rows_of(cell)))
    rules = [rule for rule in alone.contract.in_force() if rule.level == LAW and not rule.physical]
    return frozenset(
        rule.title
        for rule in rules
        if any(b.verdict == "breached" and b.day == cell.duty.day for b in rule.check(trial))
    )
