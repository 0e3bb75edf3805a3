"""Bad input: one InputError that names every fault with its place, its value and what is allowed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roster.errors import InputError
from roster.loading import load_contract, load_roster, load_scenario
from roster.loading.headings import STAFF as STAFF_TABLE
from roster.loading.tables import read_sheet
from tests.small_scenario import CONTRACT, HEADINGS, STAFF, add, small_scenario
from tests.test_loading import ROW, workbook


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


def faults(folder):
    with pytest.raises(InputError) as caught:
        load_scenario(folder)
    return [str(fault) for fault in caught.value.faults]


def only(found, *parts):
    """Exactly one fault, and it holds all the parts."""
    assert len(found) == 1, found
    assert all(part in found[0] for part in parts), found[0]


def has(found, *parts):
    assert any(all(part in fault for part in parts) for fault in found), found


def staff(folder, *rows, heading="staff_id,name,team,role,fte"):
    (folder / "staff.csv").write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return faults(folder)


# tables


def test_unknown_column_with_the_nearest_known_one(folder):
    found = staff(folder, "P1,王,hotline,agent,1,x", heading="staff_id,name,team,role,fte,phon")
    only(found, "staff.csv row 1 heading", "phon", "did you mean phone?")


def test_missing_and_repeated_columns(folder):
    found = staff(folder, "P1,王,hotline,agent,王", heading="工号,姓名,team,role,name")
    has(found, "heading", "give the column name once")
    has(found, "heading", "column fte (工时比例) is missing")
    assert len(found) == 2


def test_headings_do_not_hide_the_faults_of_the_rows(folder):
    add(folder, "leave", ["P9,2025-01-01,2025-01-01,,"])
    found = staff(folder, "P1,王,hotlin,agent,2,x", heading="staff_id,name,team,role,fte,phon")
    assert len(found) == 4
    has(found, "staff.csv row 2 column fte", "2", "above 0 and at most 1")
    has(found, "staff.csv row 2 column team", "hotlin", "did you mean hotline?")
    has(found, "leave.csv row 2 column staff_id", "P9")


@pytest.mark.parametrize("wrong", ["2025-02-30", "2025/02/30", "3/2/2025", "03.02.2025", "soon", "２０２５-01-01"])
def test_wrong_dates(folder, wrong):
    add(folder, "leave", [f"P1,{wrong},2025-03-03,annual,yes"])
    only(faults(folder), "leave.csv row 2 column start", wrong, "a date such as 2025-03-09")


def test_the_row_number_is_that_of_the_file(folder):
    (folder / "leave.csv").write_text(f"\n{HEADINGS['leave']}\n\nP1,2025-03-03,2025-03-04,,\nP1,x,2025-03-09,,\n")
    only(faults(folder), "leave.csv row 5 column start", "x")


def test_unknown_people_teams_roles_skills_sites_shifts_and_queues(folder):
    add(folder, "leave", ["P7,2025-03-03,2025-03-04,,"])
    add(folder, "requests", ["P7,2025-03-03,on,,", "P1,2025-03-03,shift,D7,"])
    add(folder, "events", ["2025-03-03,2025-03-04,load,hotlin,1,"])
    add(folder, "bookings", ["2025-03-03T09:00,2025-03-03T10:00,hotlin,1"])
    add(folder, "history", ["2025-03-03T09:00,hotlin,1,,"])
    heading = "staff_id,name,team,role,fte,skills,home_site,labour_flags"
    found = staff(folder, "P1,王,hotline,boss,1,hotline/agents,center,nursin", "P2,李,cold,agent,1,,,", heading=heading)
    for place, value in [
        ("staff.csv row 2 column role", "boss"),
        ("staff.csv row 2 column skills", "hotline/agents"),
        ("staff.csv row 2 column home_site", "center"),
        ("staff.csv row 2 column labour_flags", "pregnant_7m, nursing"),
        ("staff.csv row 3 column team", "cold"),
        ("leave.csv row 2 column staff_id", "P7"),
        ("requests.csv row 2 column staff_id", "P7"),
        ("requests.csv row 3 column shift", "D7"),
        ("events.csv row 2 column queue", "hotlin"),
        ("bookings.csv row 2 column queue", "hotlin"),
        ("history.csv row 2 column queue", "hotlin"),
    ]:
        has(found, place, value)
    assert len(found) == 11


def test_duplicate_staff(folder):
    found = staff(folder, "P1,王,hotline,agent,1", "P2,李,hotline,agent,1", "P1,赵,hotline,agent,1")
    only(found, "staff.csv row 4 column staff_id", "P1", "row 2")


@pytest.mark.parametrize("wrong", ["a/b", "../P1", "P:1", "P 1", ".", "P,1"])
def test_staff_ids_that_cannot_stand_in_a_file_name(folder, wrong):
    only(staff(folder, f'"{wrong}",王,hotline,agent,1'), "staff.csv row 2 column staff_id", wrong)


@pytest.mark.parametrize("wrong", ["0", "1.5", "-1", "half", "nan", "inf", "1_0"])
def test_numbers_out_of_range(folder, wrong):
    only(staff(folder, f"P1,王,hotline,agent,{wrong}"), "staff.csv row 2 column fte", wrong, "a number")


def test_employment_that_ends_before_it_starts(folder):
    heading = "staff_id,name,team,role,fte,employed_from,employed_to"
    only(staff(folder, "P1,王,hotline,agent,1,2025-02-01,2025-01-01", heading=heading), "row 2", "employed_from")


@pytest.mark.parametrize("name", ["leave", "events", "bookings", "previous"])
def test_end_before_start(folder, name):
    row = {
        "leave": "P1,2025-03-04,2025-03-03,,",
        "events": "2025-03-04,2025-03-03,load,,,",
        "bookings": "2025-03-04T09:00,2025-03-04T09:00,hotline,1",
        "previous": ROW.replace("T17", "T08"),
    }[name]
    add(folder, name, [row])
    only(faults(folder), f"{name}.csv row 2 column end", "later than the start")


def test_overlapping_leave_of_one_person(folder):
    add(folder, "leave", ["P1,2025-03-05,2025-03-07,,", "P2,2025-03-05,2025-03-07,,", "P1,2025-03-03,2025-03-05,,"])
    only(faults(folder), "leave.csv row 2", "overlaps row 4")


def test_leave_that_touches_does_not_overlap(folder):
    add(folder, "leave", ["P1,2025-03-03,2025-03-04,,", "P1,2025-03-05,2025-03-05,,"])
    assert len(load_scenario(folder).leave) == 2


def test_requests_out_of_range_and_repeated(folder):
    rows = ["P1,2025-03-03,on,,11", "P1,2025-03-04,on,D1,", "P1,2025-03-05,shift,,", "P1,2025-03-06,maybe,,"]
    add(folder, "requests", [*rows, "P1,2025-03-07,off,,-3", "P2,2025-03-03,on,,1", "P2,2025-03-03,on,,2"])
    found = faults(folder)
    has(found, "row 2 column weight", "11", "at least 1 and at most 10")
    has(found, "row 3", "a shift goes with kind 'shift' only")
    has(found, "row 4", "a shift goes with kind 'shift' only")
    has(found, "row 5 column kind", "maybe", "one of on, off, shift")
    has(found, "row 6 column weight", "-3")
    has(found, "requests.csv row 8", "already given in row 7")
    assert len(found) == 6


def test_rows_of_a_roster(folder):
    rows = [
        ROW.replace("T09:00:00+08:00", "T9 o'clock"),
        ROW.replace("2025-03-03T17", "2025-03-04T17"),
        ROW.replace("P1", "P9").replace("hotline,agent", "hotline,boss").replace("centre", "moon"),
        ROW.replace("hotline", "").replace("agent", ""),
        ROW.replace("work", "holiday"),
        ROW.replace("2025-03-03,P1", "2025-03-05,P1"),
        ROW.replace("2025-03-03,P1", "2025-03-01,P1"),
        ROW,
        ROW,
    ]
    add(folder, "previous", rows)
    found = faults(folder)
    has(found, "previous.csv row 2 column start", "a date-time such as")
    has(found, "row 3 column end", "at most 24 h")
    has(found, "row 4 column staff_id", "P9")
    has(found, "row 4 column role", "boss")
    has(found, "row 4 column site", "moon")
    has(found, "row 5 column team", "unknown team")
    has(found, "row 6 column kind", "holiday", "one of work, training, backup, oncall, leave")
    has(found, "row 7 column date", "the day the shift starts")
    has(found, "row 8 column date", "the day the shift starts")
    has(found, "row 10", "already given in row 9")
    assert len(found) == 10


def test_a_roster_file_that_is_none(folder):
    scenario = load_scenario(folder)
    (folder / "mine.xlsx").write_bytes(workbook([["a"]], sheet="one", more=["two"]))
    with pytest.raises(InputError, match="a sheet named rows"):
        load_roster(folder / "mine.xlsx", scenario)
    with pytest.raises(InputError, match=r"gone\.csv"):
        load_roster(folder / "gone.csv", scenario)


def test_history(folder):
    rows = [f"2025-03-03T{h:02d}:{m:02d},hotline,9,8,1" for h in range(9, 17) for m in (0, 30)]
    bad = ["04.03.2025 09:00", "2025-03-03T09:00", "2025-03-05T09:10"]
    add(folder, "history", [*rows, *[f"{start},hotline,9,8,1" for start in bad], "2025-03-06T09:00,,-1,x,"])
    found = faults(folder)
    has(found, "history.csv row 18 column start", "04.03.2025 09:00", "2025-03-09T13:30")
    has(found, "row 19 column start", "keep one row")
    has(found, "row 20 column start", "30-minute grid")
    has(found, "row 21 column queue", "a queue of the contract")
    has(found, "row 21 column offered", "-1", "at least 0")
    has(found, "row 21 column answered", "x")
    assert len(found) == 6


def test_history_with_more_answered_than_offered_counts_the_rows(folder):
    add(folder, "history", [f"2025-03-{d:02d}T{h:02d}:00,hotline,1,2,0" for d in range(1, 11) for h in range(9, 17)])
    found = faults(folder)
    assert len(found) == 21
    has(found, "history.csv row 2 column offered", "at least answered and abandoned together")
    has(found, "60 more rows")


def test_history_of_two_interval_lengths(folder):
    hours = [f"2025-03-{d:02d}T{h:02d}" for d in range(1, 11) for h in range(9, 17)]
    queue = CONTRACT[CONTRACT.index("[[queue]]") : CONTRACT.index("[[shift]]")]
    small_scenario(folder, contract=CONTRACT + queue.replace('id = "hotline"', 'id = "chat"'))
    quarters = [f"{hour}:{m:02d},hotline,1,," for hour in hours for m in (0, 15, 30, 45)]
    add(folder, "history", [*quarters, *[f"{hour}:00,chat,1,," for hour in hours]])
    only(faults(folder), "chat 60 min, hotline 15 min", "one interval length")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", ",,,\n"])
def test_empty_files(folder, content):
    (folder / "staff.csv").write_text(content, encoding="utf-8")
    only(faults(folder), "staff.csv", "the file is empty")


@pytest.mark.parametrize("name", ["staff", "history"])
def test_a_heading_without_rows(folder, name):
    (folder / f"{name}.csv").write_text(STAFF.splitlines()[0] if name == "staff" else "start,queue,offered\n")
    only(faults(folder), f"{name}.csv", "no rows")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (STAFF.encode("utf-16"), "UTF-16"),
        (b"\xef\xbb\xbf\xff\xfe\xff", "neither UTF-8"),
        (b"RIFF\x00\xff\xff", "neither UTF-8"),
        (b"staff_id\x00", "not text"),
        (b"\x89PNG\r\n\x1a\n\xff\xff", "is a picture"),
        (b"\xff\xd8\xff\xe0", "is a picture"),
        (b"%PDF-1.4\nstaff_id,name", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old .xls workbook"),
        (b"PK\x03\x04 and then nothing", "workbook that opens"),
        (STAFF.replace(",", ";").encode(), "by commas"),
        (STAFF.replace("王一", '"王一').encode(), "close every quote"),
    ],
)
def test_files_that_are_no_table(folder, content, said):
    (folder / "staff.csv").write_bytes(content)
    only(faults(folder), "staff.csv", said)


def test_a_cell_too_many(folder):
    only(staff(folder, "P1,王,hotline,agent,1,2"), "staff.csv row 2", "2", "quote cells that hold commas")


def test_a_csv_and_a_workbook_of_the_same_table(folder):
    (folder / "staff.xlsx").write_bytes(workbook([["staff_id"]]))
    only(faults(folder), "staff.csv", "staff.xlsx also exists", "keep one")


def test_files_that_are_missing(folder):
    (folder / "contract.toml").unlink()
    (folder / "staff.csv").unlink()
    assert len(faults(folder)) == 2
    only(faults(folder / "nowhere"), "nowhere", "no such folder")


def test_faults_of_all_files_come_together(folder):
    add(folder, "leave", ["P1,x,2025-03-04,,"])
    add(folder, "requests", ["P1,2025-03-03,on,,11"])
    add(folder, "history", ["2025-03-03T09:00,hotline,-1,,"])
    (folder / "holiday_overrides.csv").write_text("date,kind,name,source\n2025-03-03,party,,\n")
    (folder / "staff.csv").write_text(STAFF.replace("P2", "P1"), encoding="utf-8")
    text = CONTRACT.replace("people = 1", "people = 0").replace(
        'timezone = "Asia/Shanghai"', 'timezone = "Asia/Shangha"'
    )
    (folder / "contract.toml").write_text(text, encoding="utf-8")
    found = faults(folder)
    files = [fault.split(" ")[0] for fault in found]
    tables = ["staff.csv", "leave.csv", "requests.csv", "history.csv", "holiday_overrides.csv"]
    assert files == ["contract.toml", "contract.toml", *tables]


@pytest.mark.parametrize(
    "spoiled",
    [None, "", STAFF.splitlines()[0], STAFF.replace("staff_id", "who"), STAFF.replace("P2", "P/2"),
     STAFF.replace("P2", "P1"), STAFF.replace("P2", "")],
)  # fmt: skip
def test_other_tables_are_not_blamed_for_a_staff_list_that_cannot_be_read(folder, spoiled):
    add(folder, "leave", ["P2,2025-03-03,2025-03-04,,"])
    add(folder, "previous", [ROW])
    (folder / "staff.csv").unlink()
    if spoiled is not None:
        (folder / "staff.csv").write_text(spoiled, encoding="utf-8")
    assert {fault.split(" ")[0].rstrip(":") for fault in faults(folder)} == {"staff.csv"}


def test_of_many_known_ids_the_nearest_are_shown(folder):
    add(folder, "leave", ["P17X,2025-03-03,2025-03-04,,"])
    (found,) = staff(folder, *[f"P{k},王,hotline,agent,1" for k in range(1, 31)])
    listed = found.partition("known: ")[2]
    assert listed.startswith("P17, ")
    assert listed.endswith(", ... (30 in all))")
    assert listed.count("P") == 8


def test_a_shift_that_starts_the_day_after_its_date(folder):
    night = "2025-03-03,P1,hotline,agent,N,2025-03-03T20:00:00+08:00,2025-03-04T00:00:00+08:00,centre,work"
    tail = night.replace("T00:", "T06:").replace("03-03T20:", "03-04T00:")
    add(folder, "previous", [tail, night])
    assert len(load_scenario(folder).previous) == 2
    add(folder, "previous", [tail.replace(",work", ",training"), night])
    assert [row.kind for row in load_scenario(folder).previous] == ["training", "work"]
    add(folder, "previous", [tail.replace(",work", ",oncall"), night])
    only(faults(folder), "previous.csv row 2 column date", "2025-03-03", "the day the shift starts")
    add(folder, "previous", [night, tail.replace("P1", "P2")])
    only(faults(folder), "previous.csv row 3 column date", "2025-03-03", "the day the shift starts")


def refusals(read, *arguments):
    """The faults of an InputError; any other exception is a crash and comes through."""
    try:
        read(*arguments)
    except InputError as error:
        return error.faults
    return ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes_are_a_table_or_an_input_error(tmp_path, content):
    path = tmp_path / "staff.csv"
    path.write_bytes(content)
    found = refusals(read_sheet, path, STAFF_TABLE) or read_sheet(path, STAFF_TABLE).faults
    assert found
    (tmp_path / "contract.toml").write_bytes(content)
    with pytest.raises(InputError):
        load_contract(tmp_path / "contract.toml")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
def test_a_cut_workbook_is_an_input_error(tmp_path, kept):
    whole = workbook([["staff_id"], ["P1"]])
    (tmp_path / "staff.xlsx").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(InputError, match="workbook that opens"):
        read_sheet(tmp_path / "staff.xlsx", STAFF_TABLE)
