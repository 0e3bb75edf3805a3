"""The printable sheet: people down, days across, sums beside and below, legend."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from roster.calendar import DayType
from roster.compliance import hard_breaches
from roster.exports.catalogue import named, said
from roster.exports.duties import AssignedDuty
from roster.exports.xlsx import palette
from roster.exports.xlsx.printing import set_up_page
from roster.exports.xlsx.styles import Styles, width
from roster.exports.xlsx.totals import PersonTotals, person_totals, present, standing
from roster.exports.xlsx.view import View
from roster.people import Person

_WHO = (("staff_id", 7), ("name", 10), ("role", 13))
_SUMS = PersonTotals._fields
_BESIDE = len(_WHO)
_ONSITE, _HELPS = "*", "→"
_DAYS_WIDTH = 160
_HEADINGS = 2  # rows above the days' headings


class Part(NamedTuple):
    """What a cell shows of one duty: a code with its marks, and the colour behind it."""

    code: str
    colour: str


class RosterSheet:
    """Writes one sheet for the given days of the horizon, top to bottom."""

    def __init__(self, book: Workbook, styles: Styles, view: View, days: Sequence[date], title: str) -> None:
        self._sheet: Worksheet = book.add_worksheet(title)
        self._book, self._styles, self._view, self._days = book, styles, view, days
        self._colours = palette.shift_colours(
            view.roster.problem.contract, {row.shift for row in view.roster.rows if row.works}
        )
        self._day_width = max(5.3, min(11.0, _DAYS_WIDTH / len(days)))
        self._named = any(view.day_name(day) for day in days)
        self._row = 0

    def write(self) -> None:
        """The whole sheet."""
        self._columns()
        self._headings()
        for team, people in self._view.groups.items():
            self._team(team)
            for person in people:
                self._person(person)
        self._sums_by_day()
        self._legend()

    @property
    def _across(self) -> int:
        return _BESIDE + len(self._days) + len(_SUMS)

    def _columns(self) -> None:
        for at, (_, wide) in enumerate(_WHO):
            self._sheet.set_column(at, at, wide)
        self._sheet.set_column(_BESIDE, _BESIDE + len(self._days) - 1, self._day_width)
        self._sheet.set_column(_BESIDE + len(self._days), self._across - 1, 7)
        first_row = _HEADINGS + 2 + self._named
        self._sheet.freeze_panes(first_row, _BESIDE)
        set_up_page(self._sheet, self._view, paper=9 + -1, rows=(_HEADINGS, first_row - 1))

    def _headings(self) -> None:
        view, problem = self._view, self._view.roster.problem
        words = {"contract": view.say(problem.contract.title.words()), "first": self._days[0], "last": self._days[-1]}
        self._sheet.merge_range(
            0, 0, 0, self._across - 1, view.word("roster.title", **words), self._styles.of(bold=True, font_size=16)
        )
        told = view.word(
            "roster.subtitle",
            buyer=view.say(problem.contract.buyer.words()),
            hard=hard_breaches(view.judgements),
        )
        self._sheet.merge_range(1, 0, 1, self._across - 1, told, self._styles.of(font_color="#595959"))
        self._sheet.set_row(0, 26)
        last = _HEADINGS + 1 + self._named
        for at, (key, _) in enumerate(_WHO):
            self._over(_HEADINGS, last, at, view.word(f"roster.{key}"))
        for at, day in enumerate(self._days, _BESIDE):
            self._day_heading(at, day)
        for at, key in enumerate(_SUMS, _BESIDE + len(self._days)):
            self._over(_HEADINGS, last, at, view.word(f"roster.{key}"))
        self._row = last + 1

    def _over(self, first: int, last: int, at: int, words: str) -> None:
        style = self._styles.head(bg_color=palette.TEAM)
        self._sheet.merge_range(first, at, last, at, words, style)

    def _day_heading(self, at: int, day: date) -> None:
        style = self._styles.head(bg_color=self._behind(day) or palette.TEAM)
        shown = f"{day.month}/{day.day}" if day.day == 1 or day == self._days[0] else str(day.day)
        self._sheet.write_string(_HEADINGS, at, shown, style)
        self._sheet.write_string(_HEADINGS + 1, at, self._view.word(f"weekday.{day.isoweekday()}"), style)
        if self._named:
            self._sheet.write_string(_HEADINGS + 2, at, self._view.day_name(day), style)
            self._sheet.set_row(_HEADINGS + 2, 28)

    def _behind(self, day: date) -> str:
        kind = self._view.roster.problem.calendar.day_type(day)
        shades = {
            DayType.STATUTORY: palette.STATUTORY,
            DayType.MAKEUP: palette.MAKE_UP,
            DayType.WEEKEND: palette.DAY_OFF,
            DayType.BRIDGE: palette.DAY_OFF,
        }
        return shades.get(kind, "")

    def _team(self, team: str) -> None:
        view = self._view
        label = view.word("roster.present", team=view.say(view.names.team(team)))
        self._band(label, [present(view.roster, day)[team] for day in self._days])

    def _band(self, label: str, numbers: Sequence[int]) -> None:
        """A row of counts by day under a label."""
        head = self._styles.of(bg_color=palette.TEAM, bold=True, border=1, border_color="#BFBFBF")
        count = self._styles.cell(palette.TEAM, bold=True)
        self._sheet.merge_range(self._row, 0, self._row, _BESIDE - 1, label, head)
        for at, number in enumerate(numbers, _BESIDE):
            if number:
                self._sheet.write_number(self._row, at, number, count)
            else:
                self._sheet.write_blank(self._row, at, None, count)
        for at in range(_BESIDE + len(numbers), self._across):
            self._sheet.write_blank(self._row, at, None, count)
        self._row += 1

    def _person(self, person: Person) -> None:
        view, left = self._view, self._styles.cell(align="left", shrink=True)
        role = view.say(view.names.role(person.team, person.role))
        for at, shown in enumerate((person.staff_id, view.shown_name(person), role)):
            self._sheet.write_string(self._row, at, shown, left)
        lines = 1
        for at, day in enumerate(self._days, _BESIDE):
            duties = view.duties.get((person.staff_id, day), ())
            self._cell(at, day, [self._part(person, duty) for duty in duties])
            lines = max(lines, len(duties))
        of_days = set(self._days)
        mine = [duty for (who, day), d in view.duties.items() if who == person.staff_id and day in of_days for duty in d]
        self._sums(person_totals(mine, view.names.client_sites))
        self._sheet.set_row(self._row, 4 + 13 * lines)
        self._row += 1

    def _part(self, person: Person, duty: AssignedDuty) -> Part:
        view = self._view
        if duty.kind == "leave":
            return Part(view.say(named("activity", duty.rows[0].activity)), palette.LEAVE)
        marks = _ONSITE if any(r.site in view.names.client_sites for r in duty.rows) and duty.rows[0].works else ""
        marks += _HELPS if any((r.team, r.role) != person.home for r in duty.rows) else ""
        return Part(duty.shift + marks, palette.STANDING_BY.get(duty.kind) or self._colours[duty.shift])

    def _cell(self, at: int, day: date, parts: Sequence[Part]) -> None:
        if not parts:
            self._sheet.write_blank(self._row, at, None, self._styles.cell(self._behind(day)))
            return
        text = "\n".join(part.code for part in parts)
        self._sheet.write_string(self._row, at, text, self._duty_style(parts))

    def _duty_style(self, parts: Sequence[Part]) -> Format:
        return self._styles.cell(parts[0].colour, text_wrap=len(parts) > 1, shrink=len(parts) == 1)

    def _sums(self, totals: PersonTotals) -> None:
        hours, count = self._styles.cell(num_format="0.0"), self._styles.cell(num_format="0;-0;")
        for at, (key, number) in enumerate(totals._asdict().items(), _BESIDE + len(self._days)):
            self._sheet.write_number(self._row, at, number, hours if key == "hours" else count)

    def _sums_by_day(self) -> None:
        view = self._view
        self._band(view.word("roster.day_present"), [present(view.roster, day).total() for day in self._days])
        for kind in ("oncall", "backup", "leave"):
            self._band(view.word(f"roster.day_{kind}"), [standing(view.roster, day, kind) for day in self._days])

    def _legend(self) -> None:
        """Sample and meaning of everything used, in as many columns as fit."""
        self._row += 1
        self._sheet.write_string(self._row, 0, self._view.word("roster.legend"), self._styles.of(bold=True))
        self._row += 1
        entries = list(self._legend_entries())
        days = len(self._days)
        span = min(days, max(3, round(50 / self._day_width)))
        columns = max(1, days // span)
        rows = -(-len(entries) // columns)
        for k, (sample, colour, meaning) in enumerate(entries):
            row, first = self._row + k % rows, _BESIDE + (k // rows) * span
            self._sheet.write_string(row, first, sample, self._styles.cell(colour, shrink=True))
            if span > 2:
                self._sheet.merge_range(row, first + 1, row, first + span - 1, meaning, self._styles.of(indent=1))
            else:
                self._sheet.write_string(row, first + 1, meaning, self._styles.of(indent=1))

    def _legend_entries(self) -> Iterator[tuple[str, str, str]]:
        view = self._view
        of_days = set(self._days)
        used = [row for row in view.roster.rows if row.date in of_days]
        order = [shift.id for shift in view.roster.problem.contract.shifts]
        shifts = {duty.shift: duty for (_, day), duties in view.duties.items() if day in of_days for duty in duties}
        known = sorted(shifts, key=lambda code: (order.index(code) if code in order else len(order), code))
        for code in known:
            duty = shifts[code]
            if duty.kind != "leave":
                colour = palette.STANDING_BY.get(duty.kind) or self._colours[code]
                name, times = view.say(view.names.shift(code)), f"{duty.start:%H:%M}-{duty.end:%H:%M}"
                yield code, colour, f"{name} {times}"
        if any(row.kind == "leave" for row in used):
            yield said(named("kind", "leave"), view.language), palette.LEAVE, self._leave_kinds(used)
        yield _ONSITE, "", view.word("roster.onsite_mark")
        yield _HELPS, "", view.word("roster.help_mark")
