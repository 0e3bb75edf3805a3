"""Standard working hours of a day and a week."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import CONTRACT, LAW, Breach, JudgedBy, ModelPort, Rule
from roster.calendar import Calendar
from roster.people import Person
from roster.roster import Roster
from roster.shifts import Duty
from roster.words import Words


class StandardHours(Rule):
    """Paid work and training is at most `hours_a_day` on a date and `hours_a_week` in a Monday-to-Sunday week.

    In a week that holds a make-up workday the week's limit is max(hours_a_week, hours_a_day x its workdays by the
    State Council calendar). A shift counts on the date it starts. The week's history counts. People under
    comprehensive hours are left to their own rule (`averaged_hours`).

    Source: Labour Law art. 36; State Council order 174 art. 3; for comprehensive hours Labour Law art. 39.
    """

    title: ClassVar[Words] = Words("标准工时", "Standard hours")
    judged_by: ClassVar[JudgedBy] = "person"
    kind: Literal["standard_hours"] = "standard_hours"
    level: int = Field(default=LAW, ge=1, le=CONTRACT)
    hours_a_day: float = Field(default=8, gt=0, le=24)
    hours_a_week: float = Field(default=40, gt=0, le=168)

    def words(self) -> Words:
        """The rule in one sentence."""
        day, week = f"{self.hours_a_day:g}", f"{self.hours_a_week:g}"
        return Words(
            f"每日工时不超过 {day} 小时、每周不超过 {week} 小时；含调休上班日的周为 {day} 小时乘以当周工作日数。",
            f"At most {day} h a day and {week} h a week; in a week with make-up workdays {day} h for each workday.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each person's working rows by date and by calendar week."""
        calendar = roster.problem.calendar
        limits = [(week, self._hours_of(week, calendar)) for week in roster.problem.horizon.weeks]
        for person, rows in roster.by_person():
            spent: Counter[date] = Counter()
            for row in rows:
                if row.labours:
                    spent[row.date] += row.minutes
            if person.hours_system == "standard":
                yield from self._long_days(roster, person, spent)
                yield from self._long_weeks(roster, person, spent, limits)

    def _long_days(self, roster: Roster, person: Person, spent: Counter[date]) -> Iterator[Breach]:
        for day, minutes in sorted(spent.items()):
            over = minutes - round(self.hours_a_day * 60)
            if over > 0 and roster.new(day):
                yield Breach(minutes / 60, self.hours_a_day, "h", over, day, staff_ids=(person.staff_id,))

    def _long_weeks(
        self, roster: Roster, person: Person, spent: Counter[date], limits: Sequence[tuple[Collection[date], float]]
    ) -> Iterator[Breach]:
        for week, limit in limits:
            worked = [day for day in week if spent[day]]
            minutes = sum(spent[day] for day in worked)
            over = minutes - round(limit * 60)
            if over > 0 and roster.new(worked[-1]):
                yield Breach(
                    found=minutes / 60, limit=limit, unit="h a week", points=over,
                    day=worked[-1], staff_ids=(person.staff_id,),
                )  # fmt: skip

    def _hours_of(self, week: Collection[date], calendar: Calendar) -> float:
        """The week's limit in hours."""
        if not any(calendar.has_makeup_in_week(day) for day in week):
            return self.hours_a_week
        return max(self.hours_a_week, self.hours_a_day * sum(calendar.is_workday(day) for day in week))

    def require(self, m: ModelPort) -> None:
        """Limits the working minutes of each date and of each week that touches the horizon."""

        def working_minutes(duty: Duty) -> int:
            return duty.working_minutes

        calendar = m.problem.calendar
        a_day, a_week = round(self.hours_a_day * 60), round(self.hours_a_week * 60)
        for person in m.people():
            if person.hours_system == "standard":
                for day in m.days():
                    m.total(person, working_minutes, days={day}, at_most=a_day)
                for monday, *rest in m.problem.horizon.weeks:
                    workdays = len(calendar.workdays(monday, monday + timedelta(days=7)))
                    longer = round(self.hours_a_day * workdays * 60) if calendar.has_makeup_in_week(monday) else 0
                    m.total(person, working_minutes, days={monday, *rest}, at_most=max(a_week, longer))
