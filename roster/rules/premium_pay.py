"""Premium pay: what law adds to the wage on rest days, statutory days and for overtime."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from roster.base import COST, Breach, Cell, ModelPort, Rule
from roster.calendar import Calendar, DayType
from roster.people import Person
from roster.roster import Roster
from roster.words import Words

STANDARD_MINUTES = 480
"""Paid minutes of a shift beyond which a workday's time is overtime."""


class PremiumPay(Rule):
    """Pay beyond the base wage stays within `yuan_a_week` for the horizon's days of each calendar week.

    premium of a shift = rate x (percent - 100) / 100 x paid hours, in whole yuan, half up: all its paid time on
    statutory days and rest days (weekends and bridge days), the time beyond 8 h on workdays. A shift counts on the date
    it starts. Under comprehensive hours only statutory days carry a premium.

    Source: Labour Law art. 44; for comprehensive hours 劳部发〔1994〕503号.
    """

    title: ClassVar[Words] = Words("加班工资", "Premium pay")
    kind: Literal["premium_pay"] = "premium_pay"
    level: int = Field(default=COST, ge=2, le=COST)
    rest_day_percent: int = Field(default=200, ge=100)
    statutory_percent: int = Field(default=300, ge=100)
    overtime_percent: int = Field(default=150, ge=100)
    yuan_a_week: int = Field(default=0, ge=0, description="planned premium a calendar week, over all people")

    def words(self) -> Words:
        """The rule in one sentence."""
        rest, statutory, overtime = self.rest_day_percent, self.statutory_percent, self.overtime_percent
        return Words(
            f"加班 {overtime}%、休息日 {rest}%、法定节假日 {statutory}%，每周加发工资不超过 {self.yuan_a_week} 元。",
            f"With overtime at {overtime} %, rest days at {rest} % and statutory days at {statutory} %, the pay beyond "
            f"the base wage is at most {self.yuan_a_week} yuan a week.",
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Adds up each shift's paid rows, prices them, and adds them up by week."""
        people = roster.problem.person_by_id
        by_week: Counter[date] = Counter()
        for day in roster.days():
            minutes: Counter[tuple[str, str, str, str, str]] = Counter()
            for row in roster.on(day):
                if row.works and row.paid:
                    minutes[row.staff_id, row.shift, row.team, row.role, row.site] += row.minutes
            for (who, *_), paid in minutes.items():
                by_week[day - timedelta(days=day.weekday())] += self._yuan(
                    people[who], day, paid, roster.problem.calendar
                )
        for monday, yuan in by_week.items():
            if yuan > self.yuan_a_week:
                day = max(monday, roster.problem.horizon.start)
                yield Breach(yuan, self.yuan_a_week, "yuan", yuan - self.yuan_a_week, day)

    def _yuan(self, person: Person, day: date, paid: int, calendar: Calendar) -> int:
        """The premium of a shift's paid minutes in whole yuan."""
        standard = person.hours_system == "standard"
        if calendar.is_statutory(day):
            share = paid * (self.statutory_percent - 100)
        elif not standard:
            share = 0
        elif calendar.is_workday(day):
            share = max(paid - STANDARD_MINUTES, 0) * (self.overtime_percent - 100)
        else:
            share = paid * (self.rest_day_percent - 100)
        fen_an_hour = round(person.hourly_cost * 100)
        return (share * fen_an_hour + 300_000) // 600_000

    def require(self, m: ModelPort) -> None:
        """Keeps the weighted cells of each week within the sum."""
        weeks: dict[date, dict[Cell, int]] = defaultdict(dict)
        for day in m.days():
            for cell in m.cells(day):
                yuan = self._premium(cell, m.problem.calendar.day_type(day))
                if yuan:
                    weeks[day - timedelta(days=day.weekday())][cell] = yuan
        for cells in weeks.values():
            m.at_most(cells, self.yuan_a_week, points=1)

    def _premium(self, cell: Cell, day_type: DayType) -> int:
        """The premium of a cell in whole yuan: minutes x percent x fen / (60 x 100 x 100), half up."""
        if cell.person.hours_system != "standard" and day_type is not DayType.STATUTORY:
            return 0
        paid = cell.duty.paid_minutes
        minutes, percent = {
            DayType.STATUTORY: (paid, self.statutory_percent),
            DayType.WEEKEND: (paid, self.rest_day_percent),
            DayType.BRIDGE: (paid, self.rest_day_percent),
        }.get(day_type, (max(paid - STANDARD_MINUTES, 0), self.overtime_percent))
        fen = minutes * (percent - 100) * round(cell.person.hourly_cost * 100)
        return (fen + 300_000) // 600_000
