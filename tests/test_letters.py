"""Rosters drawn elsewhere, names down and dates across: what their letters become, and what is wrong with them."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planning.check import check, check_content
from planning.fault_words import in_chinese
from planning.letters.headings import date_row
from planning.letters.template import letter_template
from roster.calendar import Horizon
from roster.compliance import audit
from roster.errors import InputError
from roster.exports.roster_csv import roster_csv
from roster.exports.roster_xlsx import roster_xlsx
from roster.loading.scenario import Scenario, load_scenario
from roster.problem import Problem
from roster.roster import Roster, Stretch
from tests.small_scenario import small_scenario
from tests.test_xlsx import ROWS, STAFF, TUESDAY, TWO_TEAMS

NIGHT = """
[[shift]]
id = "N"
zh = "夜间待命"
en = "Night on call"
kind = "oncall"
serves = ["lab/tech"]
sites = ["home"]
days = "every-day"
segments = [{ start = "17:30", end = "33:00", activity = "on-call", paid = false }]

[[clause]]"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    contract = TWO_TEAMS.replace("\n[[clause]]", NIGHT, 1)
    return load_scenario(small_scenario(tmp_path_factory.mktemp("small"), contract=contract, staff=STAFF))


def rows(scenario: Scenario, text: str, *, name: str = "theirs.csv", days: int = 3) -> tuple[Stretch, ...]:
    return check_content(scenario, name, text.encode(), start=TUESDAY, days=days).roster.rows


def faults(scenario: Scenario, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        rows(scenario, text)
    return [str(fault) for fault in caught.value.faults]


def told(found: tuple[Stretch, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(r.staff_id, f"{r.start:%m-%d %H:%M}", f"{r.end:%m-%d %H:%M}", r.shift, r.activity) for r in found]


# ---------------------------------------------------------------- reading


def test_letters_become_the_shifts_of_the_catalogue(scenario):
    found = rows(scenario, "姓名,4/29,4/30,5/1\n王一,D1,年,休\n张三,夜间待命,,\n")
    assert told(found) == [
        ("P1", "04-29 09:00", "04-29 12:00", "D1", "duty"),
        ("P1", "04-29 12:00", "04-29 13:00", "D1", "lunch"),
        ("P1", "04-29 13:00", "04-29 17:00", "D1", "duty"),
        ("P1", "04-30 00:00", "05-01 00:00", "leave", "annual"),
        ("P3", "04-29 17:30", "04-30 09:00", "N", "on-call"),
    ]
    assert {r.date for r in found} == {TUESDAY, date(2025, 4, 30)}
    assert (found[0].team, found[0].site, found[0].kind, found[4].kind) == ("hotline", "centre", "work", "oncall")


def test_the_reader_is_told_what_letters_cannot_tell(scenario):
    checked = check_content(scenario, "a.csv", "工号,2025/4/29\nP1,D1\n".encode(), start=TUESDAY, days=1)
    assert any("roster of letters" in note.en for note in checked.warnings)


@pytest.mark.parametrize(
    ("head", "days"),
    [
        ("id,2025-04-29,2025-04-30,2025-05-01", 3),
        ("id,2025/4/29,2025/4/30,2025/5/1", 3),
        ("id,4月29日,4月30日,5月1日", 3),
        ("2025年4月,,,\nid,29日,30日,1日,2日,3日", 5),
        ("id,29,30,1,2,3,total", 5),
        ("id,12/30,12/31,1/1", 0),
    ],
)
def test_dates_are_understood_as_people_write_them(head, days):
    lines = tuple((number, line.split(",")) for number, line in enumerate(head.split("\n"), 1))
    start = TUESDAY if days else date(2025, 12, 29)
    found = date_row(lines, start)
    assert found is not None
    wanted = Horizon(TUESDAY, days, "Asia/Shanghai").dates if days else [date(2025, 12, d) for d in (30, 31)]
    assert list(found.dates.values()) == [*wanted, *([] if days else [date(2026, 1, 1)])]


def test_a_list_of_numbers_is_no_row_of_dates():
    assert date_row(((1, ["hours", "8", "8", "16"]), (2, ["x", "1", "2", "3"])), TUESDAY) is None


def test_who_is_not_qualified_gets_the_shift_and_the_judge_says_so(scenario):
    checked = check_content(scenario, "a.csv", "工号,2025-04-29\nP1,N\n".encode(), start=TUESDAY, days=1)
    assert [(r.team, r.role) for r in checked.roster.rows] == [("lab", "tech")]


def test_a_mark_tells_the_clients_site(scenario):
    assert rows(scenario, "工号,2025-04-29\nP1,D1*\n")[0].site == "centre"


def test_every_bad_cell_is_told_with_place_value_and_remedy(scenario):
    found = faults(scenario, "工号,2025-04-29,2025-04-30\nP1,D2,D1\nP7,D1,\nP1,,\n合计,1,1\n")
    assert found == [
        "theirs.csv cell A3: P7 - unknown person (known: P1, P2, P3, 张三, 李二, 王一)",
        "theirs.csv cell A4: P1 - already given in row 2; keep one",
        "theirs.csv cell B2: D2 - unknown shift (known: D1, N)",
    ]


def test_a_roster_of_nobody_known_is_told_person_by_person(scenario):
    found = faults(scenario, "姓名,2025-04-29\n赵六,D1\n钱七,D1\n")
    assert [fault.split(" - ")[0] for fault in found] == ["theirs.csv cell A2: 赵六", "theirs.csv cell A3: 钱七"]


def test_days_without_a_letter_are_judged_with_the_others(scenario):
    text = "工号,2025-04-29,2025-04-30\nP1,,D1\n".encode()
    checked = check_content(scenario, "a.csv", text, start=None, days=None)
    assert checked.roster.problem.horizon.dates == (TUESDAY, date(2025, 4, 30))


def test_a_legend_below_and_sums_beside_are_no_part_of_it(scenario):
    text = "工号,2025-04-29,合计\n班组一,,\nP1,D1,8\n在岗,1,1\n\nD1,白班,\n"
    assert {r.staff_id for r in rows(scenario, text)} == {"P1"}


def test_two_of_one_name_need_their_ids(tmp_path):
    twins = load_scenario(small_scenario(tmp_path, staff="staff_id,name,team,role,fte\nP1,王一,hotline,agent,1\n"
                                         "P2,王一,hotline,agent,1\nP3,李二,hotline,agent,1\n"))  # fmt: skip
    [fault] = faults(twins, "姓名,2025-04-29\n李二,D1\n王一,D1\n")
    assert fault == "theirs.csv cell A3: 王一 - several people have this name; give the staff_id"


def test_a_row_for_each_stretch_is_no_grid_of_letters(scenario):
    lines = [line.split(",") for line in roster_csv(ROWS).splitlines()]
    turned = "\n".join(",".join([who, day, *rest]) for day, who, *rest in lines)
    assert rows(scenario, turned) == ROWS


# ---------------------------------------------------------------- the template


def filled(scenario: Scenario, letters: dict[str, str], *, legend: dict[str, str]) -> bytes:
    content = letter_template(scenario, Horizon(TUESDAY, 3, "Asia/Shanghai"), "zh")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, letter in letters.items():
        book["班表"][cell] = letter
    for line in book["班次"].iter_rows(min_row=2):
        line[0].value = legend.get(line[1].value, line[0].value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_template_is_read_with_letters_of_ones_own(scenario):
    content = filled(scenario, {"C3": "白", "D3": "白", "C5": "N"}, legend={"D1": "白"})
    found = check_content(scenario, "theirs.xlsx", content, start=TUESDAY, days=3).roster.rows
    assert {(r.staff_id, r.date, r.shift) for r in found} == {
        ("P1", TUESDAY, "D1"),
        ("P1", date(2025, 4, 30), "D1"),
        ("P3", TUESDAY, "N"),
    }


def test_a_bad_letter_is_told_by_sheet_and_cell_in_both_languages(scenario):
    content = filled(scenario, {"D4": "Q"}, legend={})
    with pytest.raises(InputError) as caught:
        check_content(scenario, "theirs.xlsx", content, start=TUESDAY, days=3)
    [fault] = caught.value.faults
    assert (fault.place, fault.value) == ("theirs.xlsx sheet 班表 cell D4", "Q")
    assert in_chinese(fault).place == "theirs.xlsx 工作表“班表” D4 格"
    assert in_chinese(fault).remedy == "没有这样的班次（已有：D1, N）"


def test_an_unchanged_template_is_a_roster_without_duties(scenario):
    content = letter_template(scenario, Horizon(TUESDAY, 3, "Asia/Shanghai"), "en")
    assert content == letter_template(scenario, Horizon(TUESDAY, 3, "Asia/Shanghai"), "en")
    assert check_content(scenario, "t.xlsx", content, start=TUESDAY, days=3).roster.rows == ()


# ---------------------------------------------------------------- the printed sheet beside `rows`


def printed(scenario: Scenario, edits: dict[str, str], folder: Path, *, sheet: str = "班表") -> list[str]:
    problem = Problem(contract=scenario.contract, people=scenario.people, horizon=Horizon(TUESDAY, 3, "Asia/Shanghai"))
    made = Roster(problem, ROWS)
    language = "zh" if sheet == "班表" else "en"
    book = openpyxl.load_workbook(io.BytesIO(roster_xlsx(made, audit(made), language=language)), rich_text=True)
    for cell, text in edits.items():
        book[sheet][cell] = text
    book.save(folder / "roster.xlsx")
    checked = check(scenario, folder / "roster.xlsx", start=TUESDAY, days=3)
    assert len(checked.roster.rows) == len(ROWS)
    return [note.en for note in checked.warnings if "printed sheet" in note.en]


@pytest.mark.parametrize("sheet", ["班表", "Roster"])
def test_an_untouched_book_shows_what_its_rows_hold(scenario, tmp_path, sheet):
    assert printed(scenario, {}, tmp_path, sheet=sheet) == []


def test_edits_on_the_printed_sheet_alone_are_told_with_their_cells(scenario, tmp_path):
    [note] = printed(scenario, {"D7": "休", "E8": "D1"}, tmp_path)
    assert "differ in 2 cells: D7（P1 2025-04-29）、E8（P2 2025-04-30）" in note
