"""People needed and people rostered, by queue, day and interval."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import pandas as pd

from roster.contract import Queue
from roster.roster import Roster, Stretch
from roster.shifts import DAY_MINUTES
from roster.words import Words

Need = Mapping[tuple[str, datetime], int]
"""People needed, by queue and start of the interval."""
Told = Mapping[tuple[str, datetime], tuple[float | None, float | None]]
"""Contacts offered and the share served in simulation, by queue and start of the interval."""


@dataclass(frozen=True)
class Slot:
    """One interval [start, end) in minutes after local midnight. `needed` is None where nothing is known.

    `offered`: contacts expected; `served`: the share of them served when the roster is simulated; None where unknown.
    """

    start: int
    end: int
    needed: int | None
    rostered: int
    offered: float | None = None
    served: float | None = None

    @property
    def missing(self) -> int:
        """People short of the need, 0 where it is met or not known."""
        return max(0, (self.needed or 0) - self.rostered)


@dataclass(frozen=True)
class QueueDay:
    """One queue on one day it is open; the slots are in order, with gaps between service windows."""

    day: date
    slots: tuple[Slot, ...]

    @property
    def short(self) -> tuple[Slot, ...]:
        """The intervals below the need."""
        return tuple(slot for slot in self.slots if slot.missing)


@dataclass(frozen=True)
class QueueCover:
    """One queue over the horizon, the days it is open."""

    queue: str
    name: Words
    days: tuple[QueueDay, ...]


def coverage(roster: Roster, requirement: pd.DataFrame) -> tuple[QueueCover, ...]:
    """Each queue of the contract against `requirement` (columns start, queue, required; may be empty).

    Further columns `offered` and `served` (nan: unknown) are shown beside it.

    A person counts in an interval when answering the queue's team and roles throughout it; a person who answers
    two queues counts in both. Without requirement rows the contract's interval length is used.
    """
    zone = roster.problem.horizon.zone
    starts = [start.to_pydatetime().astimezone(zone) for start in requirement["start"]]
    people = [int(value) for value in requirement["required"]]
    places = list(zip(requirement["queue"], starts, strict=True))
    need = dict(zip(places, people, strict=True))
    told = dict(
        zip(places, zip(*(_known(requirement, name) for name in ("offered", "served")), strict=True), strict=True)
    )
    return tuple(
        QueueCover(queue.id, Words(queue.zh, queue.en), tuple(_days(roster, queue, need, told)))
        for queue in roster.problem.contract.queues
    )


def _known(table: pd.DataFrame, column: str) -> list[float | None]:
    """The figures of a column, None where they are missing or the column is."""
    values = table[column] if column in table else [None] * len(table)
    return [None if value is None or value != value else float(value) for value in values]


def _days(roster: Roster, queue: Queue, need: Need, told: Told) -> Iterator[QueueDay]:
    problem = roster.problem
    answering = [row for row in roster.with_history if _answers(row, queue)]
    step = _step(queue, need)
    for day in problem.horizon.dates:
        midnight, midnight_after = problem.horizon.at(day, 0), problem.horizon.at(day, DAY_MINUTES)
        rows = [row for row in answering if row.start < midnight_after and midnight < row.end]
        if problem.matches(queue.days, day):
            slots = []
            for start, end in _grid(queue, step):
                begins, ends = problem.horizon.at(day, start), problem.horizon.at(day, end)
                place = (queue.id, begins)
                slots.append(
                    Slot(start, end, need.get(place), _present(rows, begins, ends), *told.get(place, (None, None)))
                )
            yield QueueDay(day, tuple(slots))


def _answers(row: Stretch, queue: Queue) -> bool:
    return row.answers and row.team == queue.team and row.role in queue.roles


def _present(rows: Sequence[Stretch], begins: datetime, ends: datetime) -> int:
    return len({row.staff_id for row in rows if row.start <= begins and ends <= row.end})


def _step(queue: Queue, need: Need) -> int:
    """Minutes from one interval of the requirement to the next."""
    starts = sorted(start for name, start in need if name == queue.id)
    apart = [(later - earlier) // timedelta(minutes=1) for earlier, later in pairwise(starts)]
    return min(apart, default=queue.interval_minutes)


def _grid(queue: Queue, step: int) -> Iterator[tuple[int, int]]:
    """The intervals of the service windows, up to midnight."""
    for window in queue.windows:
        closes = min(window.end, DAY_MINUTES)
        for start in range(window.start, closes, step):
            yield start, min(start + step, closes)
