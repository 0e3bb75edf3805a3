"""The synthetic tables are those of their seeds; the people of Shanghai, judged from the written files alone."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

import chinese_calendar
import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from roster.calendar import Calendar, DayType
from roster.people import Person
from sample_data.spec import LeavePolicy
from sample_data.synthetic_history import main as write_history
from sample_data.synthetic_leave import all_covered, plan_leave
from sample_data.synthetic_staff import STAFF_COLUMNS, main

SAMPLE = Path(__file__).parents[1] / "sample_data" / "shanghai-2025"
YEAR = [date(2025, 1, 1) + timedelta(days=k) for k in range(365)]
WORKDAYS = [day for day in YEAR if chinese_calendar.is_workday(day)]
SEASON = (date(2025, 7, 1), date(2025, 8, 31))
MONITORED = ("direct-link", "operations")
SEEDS = {"shanghai-2025": 2025, "gansu-12329": 12329, "pingxiang-12345": 2026, "xian-shebao": 2023}
FILES = ("events.csv", "leave.csv", "requests.csv", "staff.csv")


def table(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=[2025, 7, 4711])
def folder(request, tmp_path_factory):
    target = tmp_path_factory.mktemp(f"seed{request.param}")
    main(["shanghai-2025", str(target), "--seed", str(request.param)])
    return target


@pytest.fixture
def staff(folder):
    return {row["staff_id"]: row for row in table(folder, "staff.csv")}


@pytest.fixture
def leave(folder):
    return table(folder, "leave.csv")


def days_of(row):
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    return [start + timedelta(days=k) for k in range((end - start).days + 1)]


def away_by_day(leave, kinds=("annual", "personal", "marriage", "sick")):
    away = defaultdict(set)
    for row in leave:
        if row["approved"] == "yes" and row["kind"] in kinds:
            for day in days_of(row):
                away[day].add(row["staff_id"])
    return away


def posts(row):
    second = {tuple(skill.split("/")) for skill in row["skills"].split(";") if skill}
    return second | {(row["team"], row["role"])}


def unmatched(staff, away, day):
    """Needs of the day without a reserve person, and reserve people over, by scipy's own matching."""
    reserve = [row for who, row in staff.items() if row["reserve"] == "yes" and who not in away]
    enrolled = [staff[who] for who in sorted(away) if staff[who]["reserve"] == "no"]
    needs = [(row["team"], row["role"]) for row in enrolled]
    if SEASON[0] <= day <= SEASON[1]:
        needs += [MONITORED] * 2
    if not needs:
        return 0, len(reserve)
    serves = np.array([[need in posts(row) for row in reserve] for need in needs], dtype=np.int8)
    partner = maximum_bipartite_matching(csr_array(serves), perm_type="column")
    missing = int((partner < 0).sum())
    return missing, len(reserve) - len(needs) + missing


@pytest.mark.parametrize("scenario", SEEDS)
def test_the_committed_tables_are_those_of_the_seed(tmp_path, scenario):
    seed = str(SEEDS[scenario])
    main([scenario, str(tmp_path), "--seed", seed])
    write_history([scenario, str(tmp_path / "history.csv"), "--seed", seed])
    for name in (*FILES, "history.csv"):
        assert (tmp_path / name).read_bytes() == (SAMPLE.parent / scenario / name).read_bytes(), name


def test_every_spec_is_checked_so():
    specs = {file.stem for file in (SAMPLE.parent / "specs").glob("[a-z]*.py")}
    assert {scenario.replace("-", "_") for scenario in SEEDS} == specs


def test_another_seed_gives_other_leave(tmp_path):
    main(["shanghai-2025", str(tmp_path), "--seed", "2026"])
    assert (tmp_path / "leave.csv").read_bytes() != (SAMPLE / "leave.csv").read_bytes()


def test_the_tenders_table(staff):
    enrolled = [row for row in staff.values() if row["reserve"] == "no"]
    assert round(sum(float(row["fte"]) for row in enrolled) * 10) == 337
    assert Counter((row["team"], row["role"]) for row in enrolled) == {
        ("direct-link", "operations"): 12,
        ("direct-link", "technical"): 4,
        ("wechat", "operations"): 3,
        ("wechat", "designer"): 1,
        ("weibo", "operations"): 1,
        ("online-helper", "reception"): 6,
        ("online-helper", "knowledge-base"): 1,
        ("online-helper", "manager"): 1,
        ("virtual-window", "agent"): 3,
        ("virtual-window", "knowledge-base"): 1,
        ("virtual-window", "manager"): 1,
    }
    assert [row["fte"] for row in enrolled if row["team"] == "weibo"] == ["0.7"]
    for row in enrolled:
        family = {"wechat", "weibo"} if row["team"] in {"wechat", "weibo"} else {row["team"]}
        assert {team for team, _ in posts(row)} <= family


def test_reserve_stands_apart(staff):
    reserve = {who: row for who, row in staff.items() if row["reserve"] == "yes"}
    assert 1 <= len(reserve) <= 8
    assert all(who.startswith("SH9") and row["fte"] == "1.0" for who, row in reserve.items())
    assert {row["arrival_hours"] for row in reserve.values()} == {"2", "48"}
    served = set().union(*(posts(row) for row in reserve.values()))
    assert served == {(row["team"], row["role"]) for row in staff.values() if row["reserve"] == "no"}


def test_flags_dates_and_identity(staff, folder):
    flags = {(row["team"], row["role"], row["labour_flags"]) for row in staff.values() if row["labour_flags"]}
    assert flags == {
        ("direct-link", "operations", "pregnant_7m"),
        ("online-helper", "reception", "nursing"),
    }
    assert (folder / "staff.csv").read_text(encoding="utf-8").splitlines()[0] == ",".join(STAFF_COLUMNS)
    assert len({row["name"] for row in staff.values()}) == len({row["phone"] for row in staff.values()}) == 42
    for row in staff.values():
        assert row["phone"].startswith("000-")
        assert row["employed_from"] < row["certified_on"] < "2025-01-01"
        assert (row["employed_to"], row["hours_system"]) == ("", "standard")
        assert row["qualification"]
        assert row["vendor"]
        assert ";" not in row["qualification"]
        assert 45 <= float(row["hourly_cost"]) <= 78
        assert 0 <= float(row["seniority_years"]) <= 22


def test_rows_are_people_of_the_domain(staff):
    for row in staff.values():
        known = {name: text for name, text in row.items() if text and name not in {"skills", "labour_flags"}}
        assert Person.model_validate(known).staff_id == row["staff_id"]


@pytest.mark.parametrize(
    ("teams", "ceiling_yuan"),
    [
        ({"direct-link"}, 3_120_000),
        ({"wechat"}, 1_100_000),
        ({"weibo"}, 123_000),
        ({"online-helper"}, 1_055_000),
        ({"virtual-window"}, 942_000),
    ],
)
def test_a_year_of_labour_stays_well_below_the_ceiling(staff, teams, ceiling_yuan):
    rates = [
        float(row["hourly_cost"]) * float(row["fte"])
        for row in staff.values()
        if row["team"] in teams and row["reserve"] == "no"
    ]
    assert sum(rates) * 7.5 * 248 < 0.85 * ceiling_yuan


def test_every_workday_is_matched(staff, leave):
    away = away_by_day(leave)
    assert {day: unmatched(staff, away[day], day)[0] for day in WORKDAYS} == dict.fromkeys(WORKDAYS, 0)


def test_planned_leave_leaves_one_reserve_person(staff, leave):
    planned = away_by_day(leave, kinds=("annual", "personal", "marriage"))
    for day in WORKDAYS:
        missing, over = unmatched(staff, planned[day], day)
        assert (missing, over >= 1) == (0, True), day


def test_planned_leave_keeps_two_thirds_of_a_role(staff, leave):
    planned = away_by_day(leave, kinds=("annual", "personal", "marriage"))
    enrolled = {who: (row["team"], row["role"]) for who, row in staff.items() if row["reserve"] == "no"}
    size = Counter(enrolled.values())
    for day in WORKDAYS:
        for post, absent in Counter(enrolled[who] for who in planned[day] if who in enrolled).items():
            assert absent <= max(1, size[post] // 3), (day, post)


def test_the_matching_check_sees_a_gap(staff):
    managers = {who for who, row in staff.items() if row["role"] == "manager" and row["reserve"] == "no"}
    assert unmatched(staff, managers, date(2025, 3, 3))[0] == 1
    link = [who for who, row in staff.items() if (row["team"], row["role"]) == MONITORED][:3]
    assert unmatched(staff, set(link), date(2025, 6, 30))[0] == 0
    assert unmatched(staff, set(link), date(2025, 7, 1))[0] == 1


def test_matching_needs_augmenting_paths():
    first = Person(staff_id="a", name="a", team="t", role="x", skills=(("t", "y"),), fte=1, reserve=True)
    second = Person(staff_id="b", name="b", team="t", role="x", fte=1, reserve=True)
    assert all_covered([("t", "x"), ("t", "y")], [first, second])
    assert not all_covered([("t", "y"), ("t", "y")], [first, second])
    assert not all_covered([("t", "x")] * 3, [first, second])


def test_workdays_of_2025_never_run_past_six():
    runs = [len(list(run)) for works, run in groupby(YEAR, lambda day: day in WORKDAYS) if works]
    assert max(runs) <= 6


def small_world(reserves):
    enrolled = Person(staff_id="a", name="a", team="t", role="x", fte=1, seniority_years=1)
    reserve = enrolled.model_copy(update={"reserve": True, "seniority_years": 0})
    return [enrolled, *(reserve.model_copy(update={"staff_id": f"r{k}"}) for k in range(reserves))]


def test_leave_waits_for_a_reserve_person_over():
    with pytest.raises(ValueError, match="annual leave for a can be covered"):
        plan_leave(Random(1), small_world(1), 2025, LeavePolicy())
    rows = plan_leave(Random(1), small_world(4), 2025, LeavePolicy())
    assert "annual" in {row.kind for row in rows if row.approved}


def test_a_role_that_can_spare_people_needs_no_stand_in():
    policy = LeavePolicy(may_miss={("t", "x"): 1}, spare=0)
    rows = plan_leave(Random(1), small_world(0), 2025, policy)
    assert "annual" in {row.kind for row in rows if row.approved}
    with pytest.raises(ValueError, match="annual leave for a can be covered"):
        plan_leave(Random(1), small_world(0), 2025, LeavePolicy(may_miss={("t", "y"): 1}, spare=0))


def test_annual_leave_is_planned_in_full(staff, leave):
    planned, blocks = Counter(), Counter()
    for row in leave:
        if row["kind"] == "annual" and row["approved"] == "yes":
            planned[row["staff_id"]] += sum(day in WORKDAYS for day in days_of(row))
            blocks[row["staff_id"]] += 1
    for who, row in staff.items():
        years = float(row["seniority_years"])
        owed = 0 if years < 1 else 5 if years < 10 else 10 if years < 20 else 15
        assert planned[who] == owed, who
        assert (1 <= blocks[who] <= 3) == (owed > 0), who


def test_leave_rows_stand_in_the_year_and_apart(staff, leave):
    taken = set()
    for row in leave:
        assert row["staff_id"] in staff
        assert row["kind"] in {"annual", "sick", "personal", "marriage"}
        for day in days_of(row):
            assert day.year == 2025
            assert (row["staff_id"], day) not in taken
            taken.add((row["staff_id"], day))
    assert 1 <= sum(row["approved"] == "no" for row in leave) <= 6
    assert {row["approved"] for row in leave if row["kind"] == "sick"} == {"yes"}


def test_sickness_of_about_three_workdays_in_short_spells(staff, leave):
    spells = [sum(day in WORKDAYS for day in days_of(row)) for row in leave if row["kind"] == "sick"]
    assert set(spells) <= {1, 2, 3}
    assert 2 <= sum(spells) / len(staff) <= 4
    assert max(len(days_of(row)) for row in leave if row["kind"] == "sick") <= 5


def test_a_third_of_the_workdays_has_two_people_away(leave):
    away = away_by_day(leave)
    assert 3 * sum(len(away[day]) >= 2 for day in WORKDAYS) >= len(WORKDAYS)


def test_holidays_and_summer_are_preferred(leave):
    away = away_by_day(leave, kinds=("annual",))
    near = [date(2025, *md) for md in [(1, 27), (2, 5), (4, 30), (5, 6), (9, 30), (10, 9)]]
    plain = [day for day in WORKDAYS if day.month in {3, 11}]
    around, ordinary = (np.mean([len(away[day]) for day in days]) for days in (near, plain))
    assert around > 2 * ordinary


def test_requests(staff, leave, folder):
    requests = table(folder, "requests.csv")
    absent = {(row["staff_id"], day.isoformat()) for row in leave for day in days_of(row)}
    calendar = Calendar()
    assert {row["kind"] for row in requests} == {"on", "off", "shift"}
    for row in requests:
        day = date.fromisoformat(row["date"])
        assert day.year == 2025
        assert 1 <= int(row["weight"]) <= 10
        assert (row["shift"] != "") == (row["kind"] == "shift")
        assert row["shift"] in {"", "D1", "D2", "D3", "F", "S"}
        assert row["kind"] == "off" or calendar.day_type(day) in {DayType.WORKDAY, DayType.MAKEUP}
        assert (row["staff_id"], row["date"]) not in absent
    quarters = Counter((row["staff_id"], (int(row["date"][5:7]) - 1) // 3) for row in requests)
    assert len(quarters) == 4 * len(staff)
    assert 2.5 <= len(requests) / len(quarters) <= 3.5
    assert len({(row["staff_id"], row["date"]) for row in requests}) == len(requests)


def test_events(folder):
    assert [tuple(row.values()) for row in table(folder, "events.csv")] == [
        ("2024-07-01", "2024-08-31", "load", "direct-link", "1.4", "base-adjustment"),
        ("2025-07-01", "2025-08-31", "load", "direct-link", "1.4", "base-adjustment"),
    ]
