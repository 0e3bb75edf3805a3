"""The calendar of deadlines: what recurring work is due when, who does it, and how far the roster holds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, runtime_checkable

from roster.roster import Roster, Stretch
from roster.words import Words

State = Literal["done", "open", "late", "unknown"]


@dataclass(frozen=True)
class Deadline:
    """Recurring work for one period: `minutes` asked within the days [opens, due], both included.

    `period` are the first and the last day of what the work is about. `owed` is the part of `minutes` that the end of
    the horizon must see done, `planned` what is done by then, in `rows`; `missing` names people who have not had
    theirs yet, where each person is owed some.
    `state`: done on or before the due day; open: due after the horizon; late: not done by then, or out of reach;
    unknown: not done by the rows known, and earlier days are not on record; or due after the contract's end on its
    last period, where no roster of those days is known.
    """

    what: Words
    clauses: tuple[str, ...]
    who: tuple[str, ...]
    period: tuple[date, date]
    opens: date
    due: date
    minutes: int
    owed: int
    planned: int
    rows: tuple[Stretch, ...]
    state: State
    missing: tuple[str, ...] = ()


@runtime_checkable
class Dated(Protocol):
    """A rule that knows its deadlines."""

    def deadlines(self, roster: Roster) -> Iterator[Deadline]:
        """The deadlines that the roster's horizon concerns."""
        ...


def deadlines(roster: Roster) -> tuple[Deadline, ...]:
    """The deadlines of all rules in force whose days of work touch the horizon, by due day.

    Work due after the contract's end on its last period is told as soon as the horizon holds the period's last day.
    """
    rules = [rule for rule in roster.problem.contract.in_force() if isinstance(rule, Dated)]
    found = (deadline for rule in rules for deadline in rule.deadlines(roster) if _concerns(roster, deadline))
    return tuple(sorted(found, key=lambda deadline: (deadline.due, deadline.opens)))


def _concerns(roster: Roster, deadline: Deadline) -> bool:
    first, last = roster.problem.horizon.start, roster.problem.horizon.dates[-1]
    after_term = deadline.opens >= roster.problem.contract.period.over
    opens = deadline.period[1] if after_term else deadline.opens
    return opens <= last and first <= deadline.due
