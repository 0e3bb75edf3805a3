"""Night shifts in a row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, Breach, JudgedBy, ModelPort, Rule
from roster.roster import Roster, Stretch
from roster.shifts import ClockTime, Duty, clock
from roster.words import Words

NIGHT_POINTS = 480
"""A night shift too many, in person-minutes."""


class MaxNightsInRow(Rule):
    """At most `nights` consecutive dates hold a night shift.

    A night shift is a shift at work or in training with at least `minutes` in [night_start, night_end of the next
    day), the early morning of its own date included; it counts on the date it starts.
    """

    title: ClassVar[Words] = Words("连续夜班数", "Nights in a row")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["max_nights_in_row"] = "max_nights_in_row"
    level: int = Field(default=CONTRACT, ge=1, le=CONTRACT)
    nights: int = Field(default=3, ge=1, le=31)
    night_start: ClockTime = Field(default="22:00", validate_default=True, ge=12 * 60, le=24 * 60)
    night_end: ClockTime = Field(
        default="06:00", validate_default=True, ge=0, le=12 * 60, description="on the next day"
    )
    minutes: int = Field(default=120, ge=1, description="work at night that makes a night shift")

    def words(self) -> Words:
        """The rule in one sentence."""
        night, hours = f"{clock(self.night_start)}-{clock(self.night_end)}", f"{self.minutes / 60:g}"
        return Words(
            f"连续夜班不超过 {self.nights} 个（{night} 内工作满 {hours} 小时为夜班）。",
            f"At most {self.nights} night shifts in a row ({hours} h of work within {night} make one).",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Finds each person's nights and cuts them into runs; a run is reported on its last date."""
        for person, rows in roster.by_person():
            for run in _runs(self._nights(rows)):
                beyond = min(len(run) - self.nights, sum(roster.new(day) for day in run))
                if beyond > 0:
                    points = beyond * NIGHT_POINTS
                    yield Breach(len(run), self.nights, "nights", points, run[-1], staff_ids=(person.staff_id,))

    def _nights(self, rows: Sequence[Stretch]) -> list[date]:
        """The dates, in order, on which the person starts a night shift."""
        dark: Counter[tuple[date, str, str, str, str]] = Counter()
        for row in rows:
            if row.works:
                dark[row.date, row.shift, row.team, row.role, row.site] += self._minutes_at_night(row)
        return sorted({day for (day, *_), minutes in dark.items() if minutes >= self.minutes})

    def _minutes_at_night(self, row: Stretch) -> int:
        first, found = row.start.date(), 0
        if row.end.date() == first and self.night_end <= _minute(row.start) and _minute(row.end) <= self.night_start:
            return 0
        for evening in (first + timedelta(days=k) for k in range(-1, 3)):
            midnight = datetime.combine(evening, datetime.min.time(), row.start.tzinfo)
            start = max(row.start, midnight + timedelta(minutes=self.night_start))
            end = min(row.end, midnight + timedelta(days=1, minutes=self.night_end))
            found += max(int((end - start) / timedelta(minutes=1)), 0)
        return found

    def require(self, m: ModelPort) -> None:
        """Limits the run of days that hold a night shift."""
        at = m.problem.horizon.at

        def by_night(duty: Duty) -> bool:
            midnights = (at(duty.day, k * 24 * 60) for k in range(3))
            dark = [
                (midnight + timedelta(minutes=start), midnight + timedelta(minutes=end))
                for midnight in midnights
                for start, end in ((0, self.night_end), (self.night_start, 24 * 60))
            ]
            spent = (
                min(span.end, end) - max(span.start, start)
                for span in duty.spans
                for start, end in dark
                if span.start < end and start < span.end
            )
            return duty.works and sum(spent, timedelta()) >= timedelta(minutes=self.minutes)

        for person in m.people():
            m.run(person, by_night, at_most=self.nights)


def _minute(moment: datetime) -> int:
    """Minutes on the clock since midnight, a begun minute left out."""
    return moment.hour * 60 + moment.minute


def _runs(nights: Sequence[date]) -> Iterator[list[date]]:
    """The blocks of consecutive dates; `nights` are in order."""
    run: list[date] = []
    for night in nights:
        if run and night - run[-1] != timedelta(days=1):
            yield run
            run = []
        run.append(night)
    if run:
        yield run
