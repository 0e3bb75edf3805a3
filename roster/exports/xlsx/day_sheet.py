"""A sheet a day: people down, half-hours across, coloured by activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from roster.exports.catalogue import clock, named
from roster.exports.duties import AssignedDuty
from roster.exports.xlsx import palette
from roster.exports.xlsx.day_cells import hours_shown, runs, serving
from roster.exports.xlsx.page import A3, set_up_page
from roster.exports.xlsx.styles import Styles, width
from roster.exports.xlsx.view import View
from roster.people import Person
from roster.roster import Stretch

_WHO = (
    ("roster.staff_id", 7), ("roster.name", 10), ("dayplan.shift", 9), ("dayplan.times", 21), ("dayplan.post", 14),
    ("dayplan.site", 9),
)  # fmt: skip
_FIRST_SLOT = len(_WHO)
_SLOT_WIDTH = 2.6
_HEADING = 1

Rows = Mapping[str, Sequence[Stretch]]
"""The rows of a day by staff id, in order of start."""


def rows_by_day(view: View) -> dict[date, Rows]:
    """The rows that have time on each calendar day, those of shifts begun the day before included."""
    days: dict[date, dict[str, list[Stretch]]] = {}
    zone = view.roster.problem.horizon.zone
    for row in view.roster.with_history:
        day, last = row.start.astimezone(zone).date(), (row.end - timedelta.resolution).astimezone(zone).date()
        while day <= last:
            days.setdefault(day, {}).setdefault(row.staff_id, []).append(row)
            day += timedelta(days=1)
    return dict(days)


@dataclass(frozen=True)
class _DaySheet:
    """The sheet of one day with the half-hours it shows."""

    sheet: Worksheet
    styles: Styles
    view: View
    midnight: datetime
    slots: range
    cut: dict[str, str] = field(default_factory=dict)
    """Colours of the activities whose name found too little room somewhere."""

    def column(self, slot: int) -> int:
        return _FIRST_SLOT + slot - self.slots.start


def write_day(book: Workbook, styles: Styles, view: View, day: date, rows: Rows) -> None:
    """Writes the sheet of one calendar day with everybody who has a row in it.

    It shows the hours in which somebody is at work, [00:00, 24:00) where nobody is; the column of times tells what
    lies outside them.
    """
    weekday = view.word(f"weekday.{day.isoweekday()}")
    sheet = book.add_worksheet(view.word("sheet.day", date=day, weekday=weekday))
    midnight = datetime.combine(day, time(), view.roster.problem.horizon.zone)
    found = [row for mine in rows.values() for row in mine]
    plan = _DaySheet(sheet, styles, view, midnight, hours_shown(found, midnight))
    title = view.say(view.roster.problem.contract.title.words())
    name = view.roster.problem.calendar.name(day, view.language)
    shown = view.word("dayplan.title", contract=title, date=day, weekday=weekday, name=name).strip()
    sheet.write_string(0, 0, shown, styles.of(bold=True, font_size=14))
    sheet.set_row(0, 24)
    _headings(plan)
    below = _HEADING + 1
    for team, people in view.groups.items():
        mine = [person for person in people if person.staff_id in rows]
        counts = serving((row for row in found if row.team == team), midnight)
        if mine or any(counts):
            _team(plan, below, team, counts)
            for at, person in enumerate(mine, below + 1):
                _person(plan, at, person, rows[person.staff_id])
            below += 1 + len(mine)
    _lines_between(plan, below - 1)
    _tell_what_was_cut(plan, below + 1)
    sheet.freeze_panes(_HEADING + 1, _FIRST_SLOT)
    set_up_page(sheet, view, paper=A3, heading_rows=(_HEADING, _HEADING), columns=_FIRST_SLOT)


def _headings(plan: _DaySheet) -> None:
    for at, (key, wide) in enumerate(_WHO):
        plan.sheet.set_column(at, at, wide)
        plan.sheet.write_string(_HEADING, at, plan.view.word(key), plan.styles.head())
    plan.sheet.set_column(_FIRST_SLOT, plan.column(plan.slots[-1]), _SLOT_WIDTH)
    for slot in plan.slots[::2]:
        at = plan.column(slot)
        plan.sheet.merge_range(_HEADING, at, _HEADING, at + 1, f"{slot // 2}:00", plan.styles.head())


def _team(plan: _DaySheet, row: int, team: str, counts: Sequence[int]) -> None:
    label = plan.view.word("dayplan.serving", team=plan.view.say(plan.view.names.team(team)))
    plan.sheet.merge_range(row, 0, row, _FIRST_SLOT - 1, label, plan.styles.cell(palette.TEAM, bold=True, align="left"))
    count = plan.styles.cell(palette.TEAM, bold=True, num_format="0;-0;", font_size=8)
    for slot in plan.slots:
        plan.sheet.write_number(row, plan.column(slot), counts[slot], count)


def _person(plan: _DaySheet, row: int, person: Person, rows: Sequence[Stretch]) -> None:
    """Who it is, the shifts, posts and sites of the day, each once, and what is done when."""
    view = plan.view
    duties = [r for r in rows if r.kind != "leave"]
    shifts = dict.fromkeys(r.shift for r in duties)
    times = [_times(plan, [r for r in duties if r.shift == shift]) for shift in shifts]
    posts = dict.fromkeys(view.say(view.names.post(r.post)) for r in duties if r.post)
    sites = dict.fromkeys(view.say(view.names.site(r.site)) for r in duties if r.site)
    told = (
        person.staff_id, view.shown_name(person), " ".join(shifts), " ".join(times), "、".join(posts), "、".join(sites),
    )  # fmt: skip
    style = plan.styles.cell(align="left", shrink=True)
    for at, text in enumerate(told):
        plan.sheet.write_string(row, at, text, style)
    _runs(plan, row, rows)


def _times(plan: _DaySheet, rows: Sequence[Stretch]) -> str:
    """When each block of the rows starts and ends, on the clock of the day the shift starts."""
    zone, day, language = plan.midnight.tzinfo, rows[0].date, plan.view.language
    blocks = AssignedDuty(tuple(rows)).blocks
    return " ".join("-".join(clock(moment.astimezone(zone), day, language) for moment in block) for block in blocks)


def _runs(plan: _DaySheet, row: int, rows: Sequence[Stretch]) -> None:
    """Each run in its colour with its activity in the first cell, cut short where it is narrow."""
    for run in runs(rows, plan.midnight):
        first, end = max(run.first, plan.slots.start), min(run.end, plan.slots.stop)
        if first >= end:
            continue
        colour = palette.STANDING_BY.get(run.kind) or plan.view.activity_colours[run.activity]
        style = plan.styles.cell(colour, align="", font_size=8)
        label = plan.view.say(named("activity", run.activity))
        fits = width(label) <= (end - first) * _SLOT_WIDTH
        plan.sheet.write_string(row, plan.column(first), label if fits else label[:1], style)
        if not fits:
            plan.cut[run.activity] = colour
        for slot in range(first + 1, end):
            plan.sheet.write_blank(row, plan.column(slot), None, style)


def _tell_what_was_cut(plan: _DaySheet, row: int) -> None:
    """What the single letters stand for: letter and name side by side under the columns before the half-hours."""
    for k, (activity, colour) in enumerate(sorted(plan.cut.items())):
        below, at = divmod(2 * k, _FIRST_SLOT)
        label = plan.view.say(named("activity", activity))
        plan.sheet.write_string(row + below, at, label[:1], plan.styles.cell(colour, font_size=8))
        plan.sheet.write_string(row + below, at + 1, label, plan.styles.of(shrink=True))


def _lines_between(plan: _DaySheet, last: int) -> None:
    """Lines between all cells of the day as a rule of the sheet: the empty ones need not be written."""
    if last > _HEADING:
        area = (_HEADING + 1, plan.column(plan.slots.start), last, plan.column(plan.slots[-1]))
        plan.sheet.conditional_format(*area, {"type": "blanks", "format": plan.styles.lines})
