"""A sheet a day: people down, half-hours across, coloured by activity."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from roster.exports.catalogue import named
from roster.exports.xlsx import palette
from roster.exports.xlsx.day_cells import SLOTS, Run, runs, serving
from roster.exports.xlsx.page import A3, set_up_page
from roster.exports.xlsx.styles import Styles, width
from roster.exports.xlsx.view import View
from roster.people import Person
from roster.roster import Stretch

_WHO = (("roster.staff_id", 7), ("roster.name", 10), ("dayplan.shift", 9), ("dayplan.post", 14), ("dayplan.site", 9))
_FIRST_SLOT = len(_WHO)
_SLOT_WIDTH = 2.6
_HEADING = 1
_INSIDE = {"border": 1, "border_color": palette.GRID, "font_size": 8}


def rows_by_day(view: View) -> dict[date, list[Stretch]]:
    """The rows that have time on each calendar day, those of shifts begun the day before included."""
    days: dict[date, list[Stretch]] = {}
    zone = view.roster.problem.horizon.zone
    for row in view.roster.with_history:
        day, last = row.start.astimezone(zone).date(), (row.end - timedelta.resolution).astimezone(zone).date()
        while day <= last:
            days.setdefault(day, []).append(row)
            day += timedelta(days=1)
    return days


def write_day(book: Workbook, styles: Styles, view: View, day: date, rows: Sequence[Stretch]) -> None:
    """Writes the sheet of one calendar day, [00:00, 24:00), with everybody who has a row in it."""
    weekday = view.word(f"weekday.{day.isoweekday()}")
    sheet = book.add_worksheet(view.word("sheet.day", date=day, weekday=weekday))
    title = view.say(view.roster.problem.contract.title.words())
    name = view.roster.problem.calendar.name(day, view.language)
    shown = view.word("dayplan.title", contract=title, date=day, weekday=weekday, name=name).strip()
    sheet.write_string(0, 0, shown, styles.of(bold=True, font_size=14))
    sheet.set_row(0, 24)
    _headings(sheet, styles, view)
    midnight = datetime.combine(day, time(), view.roster.problem.horizon.zone)
    colours = palette.activity_colours(row.activity for row in view.roster.rows if row.works)
    below = _HEADING + 1
    for team, people in view.groups.items():
        mine = [(person, found) for person in people if (found := [r for r in rows if r.staff_id == person.staff_id])]
        counts = serving((row for row in rows if row.team == team), midnight)
        if not mine and not any(counts):
            continue
        _team(sheet, styles, view, below, team, counts)
        for at, (person, found) in enumerate(mine, below + 1):
            _person(sheet, styles, view, at, person, found)
            _runs(sheet, styles, view, at, runs(found, midnight), colours)
        below += 1 + len(mine)
    sheet.freeze_panes(_HEADING + 1, _FIRST_SLOT)
    set_up_page(sheet, view, paper=A3, heading_rows=(_HEADING, _HEADING), columns=_FIRST_SLOT)


def _headings(sheet: Worksheet, styles: Styles, view: View) -> None:
    for at, (key, wide) in enumerate(_WHO):
        sheet.set_column(at, at, wide)
        sheet.write_string(_HEADING, at, view.word(key), styles.head())
    sheet.set_column(_FIRST_SLOT, _FIRST_SLOT + SLOTS - 1, _SLOT_WIDTH)
    for hour in range(SLOTS // 2):
        at = _FIRST_SLOT + 2 * hour
        sheet.merge_range(_HEADING, at, _HEADING, at + 1, f"{hour}:00", styles.head())


def _team(sheet: Worksheet, styles: Styles, view: View, row: int, team: str, counts: Sequence[int]) -> None:
    label = view.word("dayplan.serving", team=view.say(view.names.team(team)))
    sheet.merge_range(row, 0, row, _FIRST_SLOT - 1, label, styles.cell(palette.TEAM, bold=True, align="left"))
    count = styles.cell(palette.TEAM, bold=True, num_format="0;-0;", font_size=8)
    for at, number in enumerate(counts, _FIRST_SLOT):
        sheet.write_number(row, at, number, count)


def _person(sheet: Worksheet, styles: Styles, view: View, row: int, person: Person, rows: Iterable[Stretch]) -> None:
    """Who it is, and the shifts, posts and sites of the day, each once."""
    duties = [r for r in rows if r.kind != "leave"]
    shifts = dict.fromkeys(r.shift for r in duties)
    posts = dict.fromkeys(view.say(view.names.post(r.post)) for r in duties if r.post)
    sites = dict.fromkeys(view.say(view.names.site(r.site)) for r in duties if r.site)
    told = (person.staff_id, view.shown_name(person), " ".join(shifts), "、".join(posts), "、".join(sites))
    for at, text in enumerate(told):
        sheet.write_string(row, at, text, styles.cell(align="left", shrink=True))


def _runs(
    sheet: Worksheet, styles: Styles, view: View, row: int, found: Iterable[Run], colours: Mapping[str, str]
) -> None:
    """The day's cells: each run in its colour with its activity in the first cell, cut short where it is narrow."""
    empty = styles.of(**_INSIDE)
    for at in range(_FIRST_SLOT, _FIRST_SLOT + SLOTS):
        sheet.write_blank(row, at, None, empty)
    for run in found:
        style = styles.of(bg_color=palette.STANDING_BY.get(run.kind) or colours[run.activity], **_INSIDE)
        label = view.say(named("activity", run.activity))
        fits = width(label) <= (run.end - run.first) * _SLOT_WIDTH
        sheet.write_string(row, _FIRST_SLOT + run.first, label if fits else label[:1], style)
        for slot in range(run.first + 1, run.end):
            sheet.write_blank(row, _FIRST_SLOT + slot, None, style)
