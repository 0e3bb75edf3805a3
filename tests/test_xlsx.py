"""roster.xlsx: what is printed, and that what is read back is what went in."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from roster.base import Breach
from roster.calendar import Horizon
from roster.compliance import Judgement, audit
from roster.errors import InputError
from roster.exports.roster_csv import roster_csv
from roster.exports.roster_xlsx import roster_xlsx
from roster.loading.scenario import Scenario, load_roster, load_scenario
from roster.problem import Problem
from roster.roster import Roster, Stretch
from roster.words import Words
from tests.small_scenario import CONTRACT, small_scenario

TUESDAY = date(2025, 4, 29)  # with a statutory holiday on Thursday 1 May, in a month with a make-up Sunday
TWO_TEAMS = CONTRACT.replace(
    "[[queue]]",
    """[[team]]
id = "lab"
zh = "实验室"
en = "Lab"
role = [{ id = "tech", zh = "技术员", en = "Technician", headcount = 1 }]

[[site]]
id = "home"
zh = "居家"
en = "Home"

[[queue]]""",
    1,
)
STAFF = """\
staff_id,name,team,role,fte,skills,reserve
P1,王一,hotline,agent,1,,no
P2,李二,hotline,agent,1,lab/tech,yes
P3,张三,lab,tech,1,,no
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load_scenario(small_scenario(tmp_path_factory.mktemp("small"), contract=TWO_TEAMS, staff=STAFF))


def row(day: date, who: str, hours: str, **fields: object) -> Stretch:
    """A row of `who` on a day; `hours` such as '9-12', above 24 for the next morning."""
    at = Horizon(day, 1, "Asia/Shanghai").at
    start, end = (at(day, round(float(hour) * 60)) for hour in hours.split("-"))
    plain = Stretch(day, who, "hotline", "agent", "D1", "", "duty", start, end, "centre", "work", paid=True)
    return replace(plain, **fields)


LAB = {"team": "lab", "role": "tech", "site": "home", "shift": "X"}
ON_CALL = LAB | {"shift": "N", "kind": "oncall", "activity": "on-call", "paid": False, "site": "centre"}
LEAVE = {"shift": "leave", "kind": "leave", "activity": "annual", "site": ""}
WED, THU = date(2025, 4, 30), date(2025, 5, 1)
ROWS = (
    row(TUESDAY, "P1", "9-12"),
    row(TUESDAY, "P1", "12-13", activity="lunch", paid=False),
    row(TUESDAY, "P1", "13-17", post="seat", locked=True),
    row(TUESDAY, "P2", "9-17", **LAB),
    row(TUESDAY, "P3", "9-13", **LAB),
    row(TUESDAY, "P3", "17.5-33", **ON_CALL),
    row(WED, "P1", "0-24", **LEAVE),
    row(WED, "P2", "9-11.5", activity="training", kind="training"),
    row(WED, "P2", "13.5-16.5", activity="training", kind="training"),
    row(THU, "P3", "9-17.5", **(ON_CALL | {"shift": "B", "kind": "backup", "activity": "stand-by"})),
)


def roster(scenario: Scenario, rows: tuple[Stretch, ...] = ROWS, *, days: int = 3, start: date = TUESDAY) -> Roster:
    horizon = Horizon(start, days, "Asia/Shanghai")
    return Roster(Problem(contract=scenario.contract, people=scenario.people, horizon=horizon), rows)


def book(scenario: Scenario, rows: tuple[Stretch, ...] = ROWS, *, language: str = "zh", **fields: object):
    made = roster(scenario, rows, **fields)
    return openpyxl.load_workbook(io.BytesIO(roster_xlsx(made, audit(made), language=language)))


@pytest.fixture(scope="module")
def printed(scenario: Scenario) -> Worksheet:
    return book(scenario)["班表"]


# ---------------------------------------------------------------- out and in again


def read_back(content: bytes, folder: Path, scenario: Scenario) -> tuple[Stretch, ...]:
    path = folder / "edited.xlsx"
    path.write_bytes(content)
    return load_roster(path, scenario)


def test_out_and_in_again_changes_nothing(scenario, tmp_path):
    content = roster_xlsx(roster(scenario), ())
    assert read_back(content, tmp_path, scenario) == ROWS


def test_text_that_looks_like_something_else_stays_text(scenario, tmp_path):
    odd = ("007", "1e5", "=1+1", "2025-01-01", "true", "08:00", "是", "https://a.b/c", "#N/A", "{=1}", "5 / 6")
    rows = tuple(row(TUESDAY, "P1", f"{hour}-{hour + 1}", post=text, shift=text) for hour, text in enumerate(odd))
    assert read_back(roster_xlsx(roster(scenario, rows), ()), tmp_path, scenario) == rows


def test_the_sheet_rows_is_roster_csv(scenario):
    sheet = book(scenario)["rows"]
    cells = [["" if cell.value is None else cell.value for cell in line] for line in sheet.iter_rows()]
    assert cells == list(csv.reader(io.StringIO(roster_csv(ROWS))))
    assert {cell.number_format for line in sheet.iter_rows(min_row=2) for cell in line} == {"@"}


def test_the_rows_are_left_out_of_the_print(scenario):
    assert book(scenario)["rows"].print_area == "'rows'!$A$1:$M$1"


def test_a_program_that_saves_the_book_again_changes_nothing(scenario, tmp_path):
    again = io.BytesIO()
    book(scenario).save(again)
    assert read_back(again.getvalue(), tmp_path, scenario) == ROWS


def test_equal_rosters_give_equal_bytes(scenario):
    made = roster(scenario)
    assert roster_xlsx(made, audit(made)) == roster_xlsx(roster(scenario, ROWS[::-1]), audit(made))


def test_the_book_bears_no_time_of_day_of_its_making(scenario):
    properties = book(scenario).properties
    assert properties.created == properties.modified == datetime(2025, 4, 29)


def test_an_empty_roster_is_written_and_read(scenario, tmp_path):
    assert read_back(roster_xlsx(roster(scenario, ()), ()), tmp_path, scenario) == ()


# ---------------------------------------------------------------- edited by hand


def edited(scenario: Scenario, folder: Path, edit) -> tuple[Stretch, ...]:
    changed = book(scenario)
    edit(changed["rows"])
    content = io.BytesIO()
    changed.save(content)
    return read_back(content.getvalue(), folder, scenario)


def put(place: str, value: object):
    def edit(sheet: Worksheet) -> None:
        sheet[place].value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "place", "told"),
    [
        (put("B3", "P9"), "edited.xlsx row 3 column staff_id", "P9"),
        (lambda sheet: sheet.move_range("H4:H4", cols=1), "edited.xlsx row 4 column start", ""),
        (put("O5", "oops"), "edited.xlsx row 5", "oops"),
        (lambda sheet: sheet.delete_cols(9), "edited.xlsx row 1 heading", "end"),
        (put("K2", "holiday"), "edited.xlsx row 2 column kind", "holiday"),
    ],
    ids=["unknown person", "moved cell", "stray text", "deleted column", "unknown kind"],
)
def test_a_bad_edit_is_told_where_it_stands(scenario, tmp_path, edit, place, told):
    with pytest.raises(InputError) as refused:
        edited(scenario, tmp_path, edit)
    assert any(fault.place == place and told in str(fault) for fault in refused.value.faults)


def test_a_deleted_row_is_missing_and_nothing_else_changes(scenario, tmp_path):
    assert edited(scenario, tmp_path, lambda sheet: sheet.delete_rows(3)) == (ROWS[0], *ROWS[2:])


# ---------------------------------------------------------------- the printable sheet


def lines(sheet: Worksheet) -> dict[str, list[object]]:
    """The cells of each row by its first text; empty cells are None."""
    return {str(line[0]): list(line[1:]) for line in sheet.iter_rows(values_only=True) if line[0]}


def cell_of(sheet: Worksheet, staff_id: str, day: int) -> Cell:
    """The cell of a person on the day-th day of the sheet, from 0."""
    at = next(cell.row for cell in sheet["A"] if cell.value == staff_id)
    return sheet.cell(at, 4 + day)


def fill(cell: Cell) -> str:
    return cell.fill.fgColor.rgb if cell.fill.fill_type else ""


def test_people_stand_in_their_teams_and_the_reserve_is_marked(printed):
    first = [cell.value for cell in printed["A"][5:16]]
    teams = ["热线（在岗人数）", "P1", "P2", "实验室（在岗人数）", "P3"]
    assert first == [*teams, "在岗合计", "待命人数", "备勤人数", "休假人数", None, "D1"]
    assert lines(printed)["P2"][:2] == ["李二（储）", "话务员"]


def test_cells_show_codes_with_marks_for_the_clients_site_and_for_help(printed):
    assert lines(printed)["P1"][2:5] == ["D1*", "年", None]
    assert lines(printed)["P2"][2:5] == ["X→", "D1*", None]
    assert lines(printed)["P3"][2:5] == ["X\nN", None, "B"]


def test_colours_tell_shifts_and_kinds_apart(printed):
    work, help_, leave, backup = (fill(cell_of(printed, *at)) for at in (("P1", 0), ("P2", 0), ("P1", 1), ("P3", 2)))
    assert len({work, help_, leave, backup, ""}) == 5
    assert fill(cell_of(printed, "P3", 0)) == help_


def test_days_off_are_shaded_and_called_by_their_names(scenario, printed):
    assert [printed.cell(row, 6).value for row in (3, 4, 5)] == ["5/1", "四", "劳动节"]
    assert fill(cell_of(printed, "P1", 2)) != ""
    assert fill(cell_of(printed, "P3", 1)) == ""
    makeup = book(scenario, (), start=date(2025, 4, 26), days=3)["班表"]
    assert [[makeup.cell(row, at).value or None for row in (3, 4, 5)] for at in (4, 5)] == [
        ["4/26", "六", None],
        ["27", "日", "调休上班"],
    ]


def test_sums_by_person(printed):
    headings = [printed.cell(3, at).value for at in range(7, 13)]
    assert headings == ["工时", "出勤天", "驻场天", "待命次", "备勤次", "休假天"]
    assert lines(printed)["P1"][5:] == [7, 1, 1, 0, 0, 1]
    assert lines(printed)["P2"][5:] == [13.5, 2, 1, 0, 0, 0]
    assert lines(printed)["P3"][5:] == [4, 1, 0, 1, 1, 0]


def test_sums_by_day_count_who_serves_four_hours_where_they_serve(scenario, printed):
    by_day = {label: cells[2:5] for label, cells in lines(printed).items()}
    assert by_day["热线（在岗人数）"] == [1, 0, 0]
    assert by_day["实验室（在岗人数）"] == [2, 0, 0]
    assert by_day["在岗合计"] == [3, 0, 0]
    assert [by_day[label] for label in ("待命人数", "备勤人数", "休假人数")] == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    learner = replace(ROWS[4], staff_id="P1", start=ROWS[3].start)  # P1 is not qualified for the lab
    assert lines(book(scenario, (learner,))["班表"])["实验室（在岗人数）"][2:5] == [0, 0, 0]
    short = book(scenario, (row(TUESDAY, "P3", "9-12.98", **LAB),))["班表"]
    assert lines(short)["实验室（在岗人数）"][2:5] == [0, 0, 0]


def test_the_legend_names_what_is_used(printed):
    texts = {str(cell.value) for line in printed.iter_rows(min_row=16) for cell in line if cell.value}
    assert {"D1", "白班 09:00-17:00", "N", "17:30-次日09:00", "年", "年休假", "*", "→"} <= texts


def test_it_prints_on_a3_as_wide_as_a_page_with_headings_on_each(printed):
    page = printed.page_setup
    assert (int(page.paperSize), page.orientation, page.fitToWidth or 1) == (8, "landscape", 1)
    assert printed.sheet_properties.pageSetUpPr.fitToPage
    assert (printed.print_title_rows, printed.print_title_cols) == ("$3:$5", "$A:$C")
    assert printed.freeze_panes == "D6"
    assert printed.oddFooter.center.text == "第 &P 页 / 共 &N 页"


def test_a_long_horizon_is_printed_month_by_month(scenario):
    names = book(scenario, start=date(2025, 4, 10), days=36).sheetnames
    assert names[:2] == ["班表 2025-04", "班表 2025-05"]
    assert len(names) == 2 + 36 + 2


def test_the_book_speaks_english_too(scenario):
    english = book(scenario, language="en")
    assert english.sheetnames == ["Roster", "2025-04-29 Tu", "2025-04-30 We", "2025-05-01 Th", "Compliance", "rows"]
    texts = [str(c.value) for name in english.sheetnames[:4] for line in english[name].iter_rows() for c in line]
    allowed = {person.name for person in scenario.people}
    odd = {text for text in texts if any("\u4e00" <= character <= "\u9fff" for character in text)}
    assert {text.removesuffix(" (res.)") for text in odd} <= allowed


# ---------------------------------------------------------------- a sheet a day


def at(day: date, hour: float) -> datetime:
    return Horizon(day, 1, "Asia/Shanghai").at(day, round(hour * 60))


def shown(line: list[object]) -> dict[int, object]:
    return {slot: text for slot, text in enumerate(line[5:]) if text}  # by position from the first half-hour shown


def test_a_day_has_a_row_a_person_and_a_cell_a_half_hour_of_work(scenario):
    sheet = book(scenario)["2025-04-29 周二"]
    hours = [cell.value for cell in sheet[2][6:] if cell.value]
    assert hours == [f"{hour}:00" for hour in range(9, 17)]
    told = lines(sheet)
    assert told["P1"][:5] == ["王一", "D1", "09:00-17:00", "座席", "话务中心"]
    assert shown(told["P1"]) == {0: "值班", 6: "午餐", 8: "值班"}
    counts = told["实验室（服务中人数）"][5:]
    assert counts == [2] * 8 + [1] * 8


def test_letters_cut_short_on_a_day_are_told_below_it(scenario):
    worked = (row(TUESDAY, "P1", "9-12"), row(TUESDAY, "P1", "12-12.5", activity="quality"))
    sheet = book(scenario, worked)[f"{TUESDAY} 周二"]
    (narrow,) = [cell for cell in sheet[4] if cell.value == "质"]
    told = {sheet.cell(at, 1).value: at for at in range(6, sheet.max_row + 1)}
    assert set(told) == {"质"}, "names that had room are not told again"
    assert sheet.cell(told["质"], 2).value == "质检"
    assert fill(sheet.cell(told["质"], 1)) == fill(narrow)


def test_standing_by_outside_the_hours_of_work_is_told_by_its_times(scenario):
    first = lines(book(scenario)["2025-04-29 周二"])["P3"]
    assert first[2] == "09:00-13:00 17:30-次日09:00"
    assert shown(first) == {0: "值班"}
    nobody_works = book(scenario, (row(WED, "P1", "9-17"), row(TUESDAY, "P3", "17.5-33", **ON_CALL)))["2025-04-29 周二"]
    assert nobody_works.max_column == 6 + 48
    assert shown(lines(nobody_works)["P3"]) == {35: "待命"}


def test_a_night_goes_on_in_the_next_days_sheet_and_a_split_day_is_told_block_by_block(scenario):
    rows = (row(TUESDAY, "P1", "22-30"), row(WED, "P2", "9-11.5"), row(WED, "P2", "13.5-16"))
    one, two = (lines(book(scenario, rows)[name]) for name in ("2025-04-29 周二", "2025-04-30 周三"))
    assert [shown(one["P1"]), shown(two["P1"]), two["P2"][2]] == [{0: "值班"}, {0: "值班"}, "09:00-11:30 13:30-16:00"]


# ---------------------------------------------------------------- compliance


def compliance(scenario: Scenario, judgements: tuple[Judgement, ...]) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(roster_xlsx(roster(scenario), judgements)))["合规"]
    heading, *body = sheet.iter_rows(min_row=2, values_only=True)
    return [dict(zip(heading, line, strict=True)) for line in body]


def of_the_contract(scenario: Scenario) -> Judgement:
    """The judgement on the contract's one rule that has words of its own."""
    return next(judged for judged in audit(roster(scenario)) if judged.clause.id == "SM-01")


def test_a_breach_is_told_in_words_with_the_clauses_own(scenario):
    (entry,) = compliance(scenario, (of_the_contract(scenario),))
    assert (entry["条款"], entry["结论"], entry["要求值"], entry["实测值"], entry["单位"]) == (
        "SM-01",
        "违反",
        1,
        0,
        "人",
    )
    assert entry["违反与待定之处"] == "2025-04-30 热线 / 话务员：实际 0，要求 1 人"
    assert entry["原文"] == "每个工作日不少于一人在岗"
    assert "Hotline / Agent" in str(entry["要求（英文）"])


def test_findings_that_are_open_say_why_and_the_rest_is_counted(scenario):
    judged = of_the_contract(scenario)
    who, when = ("P1", "P9"), (TUESDAY, at(TUESDAY, 22), at(WED, 6))
    many = tuple(
        Breach(k, 40, "h", 40 - k, *when, who, verdict="unknown", note=Words(f"缺 {k}", f"without {k}"))
        for k in range(40)
    )
    (entry,) = compliance(scenario, (replace(judged, status="unknown", findings=many[::-1]),))
    told = str(entry["违反与待定之处"]).split("\n")
    assert told[0] == "2025-04-29 22:00-04-30 06:00 王一(P1)、P9：未知 缺 0"
    assert (len(told), told[-1]) == (26, "另有 15 处，见 compliance.json")
    assert (entry["要求值"], entry["实测值"], entry["单位"]) == (40, 0, "小时")


def test_a_reading_not_chosen_is_said_to_be_one(scenario):
    judged = of_the_contract(scenario)
    (entry,) = compliance(scenario, (replace(judged, in_force=False),))
    assert entry["结论"] == "违反（未采用的理解：present）"


def test_rows_in_another_zone_are_shown_in_the_contracts(scenario):
    moved = tuple(replace(r, start=r.start.astimezone(UTC), end=r.end.astimezone(UTC)) for r in ROWS)
    assert lines(book(scenario, moved)["班表"]) == lines(book(scenario)["班表"])
    name = "2025-04-29 周二"
    assert lines(book(scenario, moved)[name]) == lines(book(scenario)[name])
