"""What a scenario folder may look like, and what it is read as."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from openpyxl import Workbook

from planning.schema import schemas
from roster.loading import load_contract, load_roster, load_scenario
from roster.loading.headings import STAFF as STAFF_TABLE
from roster.loading.headings import TABLES
from tests.small_scenario import CONTRACT, HEADINGS, STAFF, add, small_scenario

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROW = "2025-03-03,P1,hotline,agent,D1,2025-03-03T09:00:00+08:00,2025-03-03T17:00:00+08:00,centre,work"


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


def workbook(rows, *, sheet="Sheet1", more=()):
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for title in more:
        book.create_sheet(title, 0)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_minimal_scenario_has_its_contract_its_people_and_nothing_else(folder):
    scenario = load_scenario(folder)
    assert [person.name for person in scenario.people] == ["王一", "李二"]
    assert scenario.contract.team("hotline").roles[0].headcount == 2
    assert (scenario.leave, scenario.requests, scenario.events, scenario.bookings) == ((), (), (), ())
    assert (scenario.locks, scenario.previous, scenario.history, scenario.day_overrides) == ((), (), None, ())


def test_the_labour_rule_set_stands_behind_the_contract(folder):
    contract = load_contract(folder / "contract.toml")
    assert contract.rules[0].kind == "present"
    rest = [rule for rule in contract.rules if rule.kind == "min_rest"]
    assert [(rule.clauses, rule.model_dump()["hours"]) for rule in rest] == [(("LAW-8",), 11)]
    assert contract.clause("LAW-8").document == "practice"


def test_a_setting_changes_the_labour_rules_of_its_kind(tmp_path):
    small_scenario(tmp_path, contract=CONTRACT + "[labour.settings.min_rest]\nhours = 12.5\n")
    contract = load_contract(tmp_path / "contract.toml")
    assert [rule.model_dump()["hours"] for rule in contract.rules if rule.kind == "min_rest"] == [12.5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_and_contract_may_be_utf8_or_gb18030(tmp_path, encoding, newline):
    small_scenario(tmp_path)
    (tmp_path / "contract.toml").write_bytes(CONTRACT.replace("\n", newline).encode(encoding))
    (tmp_path / "staff.csv").write_bytes(STAFF.replace("\n", newline).encode(encoding))
    scenario = load_scenario(tmp_path)
    assert scenario.people[1].name == "李二"
    assert scenario.contract.title.zh == "小热线"


def test_every_chinese_heading_names_its_column(folder):
    heading = ",".join(column.zh[0] for column in STAFF_TABLE.columns)
    cells = "P1,王一,hotline,agent,hotline/agent；hotline/agent,0.5,2025-01-01,2025-06-30,是,2,centre,nursing"
    (folder / "staff.csv").write_text(f"{heading}\n{cells},2025-02-01,硕士,甲公司,month,60,3,000\n", encoding="utf-8")
    person = load_scenario(folder).people[0]
    assert (person.fte, person.reserve, person.hours_system) == (0.5, True, "month")
    assert person.skills == (("hotline", "agent"), ("hotline", "agent"))
    assert person.labour_flags == {"nursing"}
    assert person.employed_to == date(2025, 6, 30)


def test_no_heading_stands_for_two_columns():
    for table in TABLES:
        headings = [heading for column in table.columns for heading in (column.name, *column.zh)]
        assert len(headings) == len(set(headings)), table.name


def test_dates_of_leave_cover_whole_days_and_date_times_are_half_open(folder):
    add(folder, "leave", ["P1,2025-03-03,2025-03-04,annual,yes", "P1,2025-03-05T13:00,2025-03-05 17:00,,否"])
    whole, part = load_scenario(folder).leave
    assert (whole.start, whole.end) == (at(3), at(5))
    assert (part.start, part.end) == (at(5, 13), at(5, 17))
    assert (part.kind, part.approved) == ("annual", False)


def test_events_bookings_and_requests(folder):
    add(folder, "events", ["2025-07-01,2025-07-31,load,hotline,1.4,season", "2025-05-01,2025-05-01,major-event,,,"])
    add(folder, "bookings", ["2025-03-03T09:00,2025-03-03T09:30,hotline,3"])
    add(folder, "requests", ["P1,2025-03-03,shift,D1,9", "P2,2025-03-03,off,,"])
    scenario = load_scenario(folder)
    assert [(event.factor, event.queue) for event in scenario.events] == [(1.4, "hotline"), (1, "")]
    assert scenario.events[0].end == datetime(2025, 8, 1, tzinfo=SHANGHAI)
    assert scenario.bookings[0].sessions == 3
    assert [(wish.kind, wish.weight) for wish in scenario.requests] == [("shift", 9), ("off", 5)]


def test_rows_of_a_roster_come_in_the_zone_of_the_contract(folder):
    utc = ROW.replace("T09:00:00+08:00", "T01:00:00Z")
    add(folder, "previous", [utc, ROW.replace("work", "oncall")])
    add(folder, "locks", [ROW])
    scenario = load_scenario(folder)
    duty, oncall = scenario.previous
    assert duty.start == at(3, 9)
    assert duty.start.tzinfo == SHANGHAI
    assert (duty.activity, duty.paid, duty.locked, oncall.activity) == ("duty", True, False, "oncall")
    assert scenario.locks[0].locked


@pytest.mark.parametrize(
    ("kind", "activity", "read"),
    [
        ("work", "", ("duty", True)),
        ("work", "lunch", ("lunch", False)),
        ("work", "break", ("break", True)),
        ("training", "", ("training", True)),
        ("leave", "", ("leave", True)),
        ("backup", "", ("backup", False)),
        ("oncall", "", ("oncall", False)),
    ],
)
def test_what_is_paid_where_the_roster_does_not_say(folder, kind, activity, read):
    (folder / "previous.csv").write_text(
        f"{HEADINGS['previous']},activity\n{ROW.removesuffix('work')}{kind},{activity}\n", encoding="utf-8"
    )
    (row,) = load_scenario(folder).previous
    assert (row.activity, row.paid) == read


def test_a_roster_made_elsewhere_is_read_even_where_its_rows_overlap(folder):
    path = add(folder, "previous", [ROW, ROW.replace("D1", "elsewhere")])
    rows = load_roster(path, load_scenario(folder))
    assert [row.shift for row in rows] == ["D1", "elsewhere"]


def test_the_sheet_rows_of_a_workbook_is_a_roster(folder):
    path = folder / "mine.xlsx"
    rows = [HEADINGS["previous"].split(","), ROW.split(",")]
    path.write_bytes(workbook(rows, sheet="rows", more=["overview"]))
    assert load_roster(path, load_scenario(folder))[0].staff_id == "P1"


@pytest.mark.parametrize("name", ["staff.xlsx", "staff.csv"])
def test_a_workbook_takes_the_place_of_a_csv(folder, name):
    (folder / "staff.csv").unlink()
    heading = ["staff_id", "姓名", "team", "role", "fte", "employed_from", "reserve", "phone"]
    row = [17, "王一", "hotline", "agent", 1.0, datetime(2025, 2, 1), True, 13800000000]
    (folder / name).write_bytes(workbook([heading, row, [None] * 8]))
    (person,) = load_scenario(folder).people
    assert (person.staff_id, person.employed_from, person.reserve) == ("17", date(2025, 2, 1), True)
    assert person.phone == "13800000000"


def test_history_of_two_hundred_thousand_rows(folder):
    first = datetime(2023, 1, 1)
    starts = [first + timedelta(minutes=15 * k) for k in range(200_000)]
    add(folder, "history", [f"{start:%Y-%m-%d %H:%M},hotline,{start.hour},{start.hour},0" for start in starts])
    history = past(folder)
    assert history.interval_minutes == 15
    assert len(history.frame) == 200_000
    assert history.timezone == SHANGHAI
    last = history.frame.iloc[-1]
    assert last["start"] == pd.Timestamp(starts[-1], tz=SHANGHAI)
    assert last["offered"] == starts[-1].hour
    assert history.frame["aht_s"].isna().all()


@pytest.mark.parametrize("minutes", [5, 10, 12, 15, 20, 30, 60])
def test_the_interval_length_is_told_from_the_starts(folder, minutes):
    starts = [datetime(2025, 3, 3, 9) + timedelta(minutes=minutes * k) for k in range(240 // minutes)]
    add(folder, "history", [f"{start:%Y-%m-%dT%H:%M},hotline,1,," for start in starts])
    assert past(folder).interval_minutes == minutes


def test_days_whose_type_the_user_states(folder):
    (folder / "holiday_overrides.csv").write_text("date,kind,name,source\n2025-03-03,bridge,休,客户通知\n", "gb18030")
    assert load_scenario(folder).day_overrides[0].name == "休"


def test_files_that_nobody_reads_and_queues_without_a_past_are_named(folder):
    (folder / "leaves.csv").write_text("x\n")
    messages = [warning.en for warning in load_scenario(folder).warnings]
    assert any("leaves" in message and "leave?" in message for message in messages)
    assert any("Queue hotline has no history" in message for message in messages)


def test_the_schemas_describe_what_is_read():
    described = schemas()
    assert set(described["tables"]) == {table.name for table in TABLES}
    fte = described["tables"]["staff"]["items"]["properties"]["fte"]
    assert (fte["exclusiveMinimum"], fte["maximum"], fte["headings"][0]) == (0, 1, "工时比例")
    assert described["tables"]["requests"]["items"]["required"] == ["staff_id", "date", "kind"]
    assert "rule" in described["contract"]["properties"]


def past(folder):
    history = load_scenario(folder).history
    assert history is not None
    return history


def at(day, hour=0):
    return datetime(2025, 3, day, hour, tzinfo=SHANGHAI)


def test_kinds_of_leave_are_known_by_code_and_by_name(folder):
    add(folder, "leave", ["P1,2025-03-03,2025-03-03,事假,yes", "P2,2025-03-03,2025-03-03,sick leave,yes"])
    scenario = load_scenario(folder)
    assert [entry.kind for entry in scenario.leave] == ["personal", "sick"]
    assert not any("kind of leave" in note.en for note in scenario.warnings)


def test_a_strange_kind_of_leave_is_told_with_the_nearest(folder):
    add(folder, "leave", ["P1,2025-03-03,2025-03-03,anual,yes"])
    [note] = [note.en for note in load_scenario(folder).warnings if "kind of leave" in note.en]
    assert "'anual' is not in the catalogue and counts as paid; is annual meant?" in note
    assert "personal" in note


def test_the_contract_schema_says_what_has_to_be_known():
    """Defaults are written as the file takes them, queues and shifts are described, and labour law's part is shown."""
    parts = schemas()["contract"]["$defs"]
    texts = {
        f"{name}.{key}": field["default"]
        for name, part in parts.items()
        for key, field in part["properties"].items()
        if field.get("type") == "string" and "default" in field
    }
    assert {key: value for key, value in texts.items() if not isinstance(value, str)} == {}
    assert texts["MaxNightsInRow.night_start"] == "22:00"
    plain = {"id", "zh", "en", "channel", "segments"}
    bare = {
        key for name in ("Queue", "Shift") for key, field in parts[name]["properties"].items()
        if not field.get("description") and key not in plain
    }  # fmt: skip
    assert bare == set()
    labour = parts["Labour"]["properties"]["settings"]
    assert labour["properties"]["min_rest"]["default"] == {"hours": 11}
    assert not labour["additionalProperties"]
