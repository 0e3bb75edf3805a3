"""Protection from the 7th month of pregnancy and while nursing."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, LAW, Breach, Cell, JudgedBy, ModelPort, Rule
from roster.people import LabourFlag, Person
from roster.roster import Roster, Stretch
from roster.shifts import ClockTime, Duty, clock
from roster.words import Words

MINUTE = timedelta(minutes=1)


class ProtectedPersons(Rule):
    """People flagged `pregnant_7m` or `nursing` have no night work, no overtime, and paid breaks on working dates.

    A night is [night_start, night_end of the next day); a shift touches every night its time falls in, the early
    morning of its own date included. `standby` says whether on call at night counts; backup never does. Breaks are
    paid stretches with activity `break`: at least `nursing_minutes` or `pregnant_rest_minutes` on each date with work
    or training.

    Source: State Council order 619 art. 6 and 9.
    """

    title: ClassVar[Words] = Words("孕期与哺乳期保护", "Pregnancy and nursing")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["protected_persons"] = "protected_persons"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)
    night_start: ClockTime = Field(default="22:00", validate_default=True, ge=12 * 60, le=24 * 60)
    night_end: ClockTime = Field(
        default="06:00", validate_default=True, ge=0, le=12 * 60, description="on the next day"
    )
    nursing_minutes: int = Field(default=60, ge=0)
    pregnant_rest_minutes: int = Field(default=30, ge=0)
    standard_hours_a_day: float = Field(default=8, gt=0, le=24)
    standby: Literal["counts", "ignored"] = "counts"

    def words(self) -> Words:
        """The rule in one sentence."""
        night, hours = f"{clock(self.night_start)}-{clock(self.night_end)}", f"{self.standard_hours_a_day:g}"
        zh, en = ("和待命", " and no on call") if self.standby == "counts" else ("", "")
        return Words(
            f"怀孕7个月以上及哺乳期人员不安排夜班{zh}（{night}），每日不超过 {hours} 小时；"
            f"孕期工间休息 {self.pregnant_rest_minutes} 分钟，哺乳时间 {self.nursing_minutes} 分钟，均带薪。",
            f"From the 7th month of pregnancy and while nursing: no work{en} {night}, at most {hours} h a day, and "
            f"{self.pregnant_rest_minutes} min (pregnant) or {self.nursing_minutes} min (nursing) of paid break a day.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Walks the rows of protected people date by date."""
        for person, rows in roster.by_person():
            if not person.labour_flags & {LabourFlag.PREGNANT_7M, LabourFlag.NURSING}:
                continue
            by_date: dict[date, list[Stretch]] = defaultdict(list)
            for row in rows:
                if roster.new(row.date) and row.kind != "leave":
                    by_date[row.date].append(row)
            for day, stretches in by_date.items():
                yield from self._night(person, day, stretches)
                yield from self._working_time(person, day, [row for row in stretches if row.labours])
                if any(row.works for row in stretches):
                    yield from self._breaks(person, day, stretches)

    def _night(self, person: Person, day: date, rows: list[Stretch]) -> Iterator[Breach]:
        minutes = 0
        for row in rows:
            if row.works or (row.kind == "oncall" and self.standby == "counts"):
                evenings = (row.start.date() + timedelta(days=k) for k in range(-1, 3))
                for evening in evenings:
                    midnight = datetime.combine(evening, datetime.min.time(), row.start.tzinfo)
                    falls = midnight + timedelta(minutes=self.night_start)
                    breaks = midnight + timedelta(days=1, minutes=self.night_end)
                    minutes += max(int((min(row.end, breaks) - max(row.start, falls)) / MINUTE), 0)
        if minutes:
            yield Breach(minutes, 0, "min at night", minutes, day, staff_ids=(person.staff_id,))

    def _working_time(self, person: Person, day: date, rows: list[Stretch]) -> Iterator[Breach]:
        minutes, limit = sum(row.minutes for row in rows), round(self.standard_hours_a_day * 60)
        if minutes > limit:
            yield Breach(minutes, limit, "min", minutes - limit, day, staff_ids=(person.staff_id,))

    def _breaks(self, person: Person, day: date, rows: list[Stretch]) -> Iterator[Breach]:
        minutes = sum(row.minutes for row in rows if row.works and row.paid and row.activity == "break")
        limit = self.nursing_minutes if LabourFlag.NURSING in person.labour_flags else 0
        if LabourFlag.PREGNANT_7M in person.labour_flags:
            limit = max(limit, self.pregnant_rest_minutes)
        if minutes < limit:
            yield Breach(minutes, limit, "min of break", limit - minutes, day, staff_ids=(person.staff_id,))

    def require(self, m: ModelPort) -> None:
        """Forbids duties that touch a night, limits each date's working time, and asks for breaks with each duty."""
        minutes = {LabourFlag.NURSING: self.nursing_minutes, LabourFlag.PREGNANT_7M: self.pregnant_rest_minutes}
        for person in m.people():
            asked = [minutes[flag] for flag in person.labour_flags]
            if not asked:
                continue
            m.forbid(cell for cell in m.cells_of(person) if self._at_night(m, cell.duty))
            for day in m.days():
                limit = round(self.standard_hours_a_day * 60)
                m.total(person, lambda duty: duty.working_minutes, days={day}, at_most=limit)
            for cell in m.cells_of(person):
                if cell.duty.works and not cell.fixed and _relief(cell.duty) < max(asked):
                    m.total(person, _owed(cell, max(asked)), days={cell.duty.day}, at_most=0)

    def _at_night(self, m: ModelPort, duty: Duty) -> bool:
        """Whether a duty touches 0:00 to night_end or night_start to 24:00 of some date."""
        if not duty.works and (duty.kind != "oncall" or self.standby == "ignored"):
            return False
        at = m.problem.horizon.at
        dark = [
            (at(duty.day, day * 24 * 60 + start), at(duty.day, day * 24 * 60 + end))
            for day in range(3)
            for start, end in ((0, self.night_end), (self.night_start, 24 * 60))
        ]
        return any(span.start < end and start < span.end for span in duty.spans for start, end in dark)


def _relief(duty: Duty) -> int:
    """Paid minutes of break in a duty at work."""
    return sum(span.minutes for span in duty.spans if span.paid and span.activity == "break") if duty.works else 0


def _owed(cell: Cell, asked: int) -> Callable[[Duty], int]:
    """Weights that stay at or below 0 only where the date's breaks reach what the cell's duty asks for."""
    return lambda duty: (asked if duty is cell.duty else 0) - _relief(duty)
