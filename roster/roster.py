"""A finished roster: rows in real time, and the views the judge needs. Knows no solver."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from roster.people import Person
from roster.shifts import RELIEF, DaySelector

if TYPE_CHECKING:
    from roster.problem import Problem

WORKING = frozenset({"work", "training"})
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stretch:
    """One row of roster.csv: one person, one stretch, half-open. `date` is the day the shift starts."""

    date: date
    staff_id: str
    team: str
    role: str
    shift: str
    post: str
    activity: str
    start: datetime
    end: datetime
    site: str
    kind: str
    paid: bool
    locked: bool = False

    @cached_property
    def minutes(self) -> int:
        """Length in minutes."""
        return (self.end - self.start) // ONE_MINUTE

    @cached_property
    def works(self) -> bool:
        """At work: on duty or in training, paid or at lunch."""
        return self.kind in WORKING

    @property
    def labours(self) -> bool:
        """Counts as working time: at work, and no unpaid lunch or break. Whether duty is marked paid is no matter."""
        return self.works and (self.paid or self.activity not in RELIEF)

    @cached_property
    def serves(self) -> bool:
        """Serves the team: work that is no lunch and no break."""
        return self.kind == "work" and self.activity not in RELIEF

    @property
    def answers(self) -> bool:
        """Answers contacts: work with activity 'duty'."""
        return self.kind == "work" and self.activity == "duty"


@dataclass(frozen=True)
class Roster:
    """Rows of a horizon with the problem they answer. Rows of the days before come from the problem."""

    problem: "Problem"
    rows: tuple[Stretch, ...]

    @cached_property
    def with_history(self) -> tuple[Stretch, ...]:
        """The rows of the previous roster and of this one, in order of person and start."""
        rows = (*self.problem.previous, *self.rows)
        return tuple(sorted(rows, key=lambda row: (row.staff_id, row.start, row.end)))

    def by_person(self) -> Iterator[tuple[Person, list[Stretch]]]:
        """Everybody who has a row, with the rows of past and horizon in order of start."""
        yield from self._by_person

    @cached_property
    def _by_person(self) -> list[tuple[Person, list[Stretch]]]:
        people = self.problem.person_by_id
        return [(people[who], list(rows)) for who, rows in groupby(self.with_history, key=lambda row: row.staff_id)]

    @cached_property
    def _by_day(self) -> dict[date, list[Stretch]]:
        days: dict[date, list[Stretch]] = {}
        for row in self.with_history:
            days.setdefault(row.date, []).append(row)
        return days

    @cached_property
    def _by_activity(self) -> dict[tuple[str, str], list[Stretch]]:
        found: dict[tuple[str, str], list[Stretch]] = {}
        for row in self.with_history:
            found.setdefault((row.kind, row.activity), []).append(row)
        return found

    @cached_property
    def _serving(self) -> dict[tuple[date, str], list[Stretch]]:
        found: dict[tuple[date, str], list[Stretch]] = {}
        for row in self.with_history:
            if row.serves:
                found.setdefault((row.date, row.team), []).append(row)
        return found

    @cached_property
    def _minutes_by_team(self) -> dict[tuple[date, str], Counter[str]]:
        found: dict[tuple[date, str], Counter[str]] = {}
        for row in self.with_history:
            if row.serves:
                found.setdefault((row.date, row.staff_id), Counter())[row.team] += row.minutes
        return found

    def serving(self, day: date, team: str) -> Sequence[Stretch]:
        """The rows that serve a team in the shifts that start on a day, in order of person and start."""
        return self._serving.get((day, team), ())

    def main_team(self, staff_id: str, day: date) -> str:
        """The team that a person serves longest in the shifts of a day, the earliest of equals; '' for none."""
        return next((team for team, _ in self._minutes_by_team.get((day, staff_id), Counter()).most_common(1)), "")

    def doing(self, kind: str, activity: str) -> Sequence[Stretch]:
        """The rows of past and horizon of one kind and activity, in order of person and start."""
        return self._by_activity.get((kind, activity), ())

    def on(self, day: date) -> Sequence[Stretch]:
        """The rows of the shifts that start on a day."""
        return self._by_day.get(day, ())

    def days(self, selector: DaySelector = "every-day") -> tuple[date, ...]:
        """The days of the horizon that the selector names."""
        return tuple(day for day in self.problem.horizon.dates if self.problem.matches(selector, day))

    def new(self, day: date | None) -> bool:
        """Whether a finding of that day belongs to this roster rather than to the past."""
        return day is None or day >= self.problem.horizon.start
