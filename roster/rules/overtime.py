"""Limits of overtime by day and month."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.people import Person
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words

HISTORY_MISSING = Words(
    "当月此前的排班未知，无法核实当月加班总时数。",
    "The month's earlier rosters are not known, so its overtime cannot be settled.",
)


class Overtime(Rule):
    """Working minutes beyond the standard of a date are overtime: limited on each date and in each calendar month.

    A shift counts on the date it starts. The month's history counts; where the horizon starts within a month whose
    first days are not known and adds overtime, the month is unknown. Holds for people under standard hours.

    Source: Labour Law art. 41.
    """

    title: ClassVar[Words] = Words("加班上限", "Limits of overtime")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["overtime"] = "overtime"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)
    hours_a_day: float = Field(default=1, ge=0, le=24)
    hours_a_month: float = Field(default=36, ge=0, le=744)
    standard_hours_a_day: float = Field(default=8, gt=0, le=24)

    def words(self) -> Words:
        """The rule in one sentence."""
        day, month, standard = f"{self.hours_a_day:g}", f"{self.hours_a_month:g}", f"{self.standard_hours_a_day:g}"
        return Words(
            f"每日超过 {standard} 小时的加班不超过 {day} 小时，每月不超过 {month} 小时。",
            f"Overtime beyond {standard} h is at most {day} h a day and {month} h a month.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Measures each person's working rows beyond the standard, by date and by calendar month."""
        for person, rows in roster.by_person():
            spent: Counter[date] = Counter()
            for row in rows:
                if row.labours:
                    spent[row.date] += row.minutes
            standard = round(self.standard_hours_a_day * 60)
            extra = {day: minutes - standard for day, minutes in sorted(spent.items()) if minutes > standard}
            if person.hours_system == "standard" and extra:
                yield from self._days(roster, person, extra)
                yield from self._months(roster, person, extra)

    def _days(self, roster: Roster, person: Person, extra: dict[date, int]) -> Iterator[Breach]:
        for day, minutes in extra.items():
            over = minutes - round(self.hours_a_day * 60)
            if over > 0 and roster.new(day):
                yield Breach(minutes / 60, self.hours_a_day, "h", over, day, staff_ids=(person.staff_id,))

    def _months(self, roster: Roster, person: Person, extra: dict[date, int]) -> Iterator[Breach]:
        for first in roster.problem.horizon.months:
            days = [day for day in extra if day.replace(day=1) == first]
            minutes = sum(extra[day] for day in days)
            over = minutes - round(self.hours_a_month * 60)
            if not days or not roster.new(days[-1]):
                continue
            finding = Breach(
                found=minutes / 60, limit=self.hours_a_month, unit="h a month", points=max(over, 0),
                day=days[-1], staff_ids=(person.staff_id,),
            )  # fmt: skip
            if over > 0:
                yield finding
            elif _starts_unseen(roster, first):
                yield replace(finding, verdict="unknown", note=HISTORY_MISSING)

    def require(self, m: ModelPort) -> None:
        """Limits each date's working minutes, and each month's beyond the standard."""

        def working_minutes(duty: Duty) -> int:
            return duty.working_minutes

        standard, a_day = round(self.standard_hours_a_day * 60), round(self.hours_a_day * 60)
        a_month = round(self.hours_a_month * 60)
        for person in m.people():
            if person.hours_system != "standard":
                continue
            for day in m.days():
                m.total(person, working_minutes, days={day}, at_most=standard + a_day)
            for first, most in self._most_by_month(m, person).items():
                if most > a_month:
                    days = {cell.duty.day for cell in m.cells_of(person) if cell.duty.day.replace(day=1) == first}
                    m.excess(person, working_minutes, days=days, allowance=standard, at_most=a_month)

    def _most_by_month(self, m: ModelPort, person: Person) -> dict[date, int]:
        """The most overtime that each month can reach while every date keeps its own limit."""
        settled: Counter[date] = Counter()
        for cell in m.cells_of(person):
            settled[cell.duty.day] += cell.duty.working_minutes if cell.fixed else 0
        most = dict.fromkeys(m.problem.horizon.months, 0)
        a_day = round(self.hours_a_day * 60)
        for day, minutes in settled.items():
            beyond = minutes - round(self.standard_hours_a_day * 60)
            if day.replace(day=1) in most:
                most[day.replace(day=1)] += max(beyond, a_day if day >= m.problem.horizon.start else 0)
        return most


def _starts_unseen(roster: Roster, first: date) -> bool:
    """Whether days of the month before the horizon are not in the previous roster."""
    known = min((row.date for row in roster.problem.previous), default=roster.problem.horizon.start)
    return first < known
