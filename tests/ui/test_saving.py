"""Saving: the loaders judge first, nobody's work is overwritten, and untouched lines stay as they are."""

import difflib
import threading
import tomllib

import pytest

from planning import saving
from planning.contract_text import own_rules, with_goal, with_labour, with_reading, with_rule
from planning.samples import write_sample
from planning.saving import Conflict, encoded, fingerprint, is_sample, open_scenario, sample_folder, save, try_out
from planning.table_text import as_stored, as_workbook, sheet_of, table_bytes, text_rows
from roster.errors import InputError
from tests.conftest import SHANGHAI
from tests.small_scenario import CONTRACT, STAFF, add, small_scenario

SHANGHAI_TEXT = (SHANGHAI / "contract.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path / "small")


def changed_lines(old: str, new: str) -> list[str]:
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line for line in lines if line[0] in "+-"]


# ---------------------------------------------------------------- one file, one writer


def test_a_good_edit_is_written_and_read_back(folder):
    opened = open_scenario(folder)
    content = (STAFF + "P3,张三,hotline,agent,0.5\n").encode()
    now = save(opened, "staff", content)
    assert [person.staff_id for person in now.scenario.people] == ["P1", "P2", "P3"]
    assert (folder / "staff.csv").read_bytes() == content
    assert now.scenario.folder == folder
    assert now.fingerprint != opened.fingerprint
    assert now.fingerprint == open_scenario(folder).fingerprint


def test_a_bad_edit_names_every_fault_and_writes_nothing(folder):
    add(folder, "leave", ["P2,2025-03-03,2025-03-04,annual,yes"])
    opened = open_scenario(folder)
    with pytest.raises(InputError) as refused:
        save(opened, "staff", STAFF.replace("P2,李二,hotline,agent,1", "P4,赵四,nowhere,agent,2").encode())
    told = [str(fault) for fault in refused.value.faults]
    assert any("staff.csv row 3 column team" in fault for fault in told)
    assert any("staff.csv row 3 column fte" in fault for fault in told)
    assert any("leave.csv row 2" in fault for fault in told), "leave of somebody who is gone"
    assert (folder / "staff.csv").read_text(encoding="utf-8") == STAFF
    assert sorted(path.name for path in folder.iterdir()) == ["contract.toml", "leave.csv", "staff.csv"]


def test_two_tabs_the_second_is_told_and_both_versions_are_kept(folder):
    first, second = open_scenario(folder), open_scenario(folder)
    theirs, mine = STAFF.replace("王一", "王甲").encode(), STAFF.replace("李二", "李乙").encode()
    save(first, "staff", theirs)
    with pytest.raises(Conflict) as refused:
        save(second, "staff", mine)
    assert (refused.value.file, refused.value.mine, refused.value.theirs) == ("staff.csv", mine, theirs)
    assert (folder / "staff.csv").read_bytes() == theirs


def test_the_loser_of_a_conflict_may_still_save_other_files(folder):
    first, second = open_scenario(folder), open_scenario(folder)
    save(first, "staff", (STAFF + "P3,张三,hotline,agent,1\n").encode())
    now = save(second, "leave", b"staff_id,start,end,kind,approved\nP3,2025-03-03,2025-03-03,annual,yes\n")
    assert {leave.staff_id for leave in now.scenario.leave} == {"P3"}
    with pytest.raises(Conflict):
        save(now, "staff", STAFF.encode())


def test_a_file_deleted_meanwhile_is_a_conflict_too(folder):
    add(folder, "requests", ["P1,2025-03-03,off,,5"])
    opened = open_scenario(folder)
    (folder / "requests.csv").unlink()
    with pytest.raises(Conflict):
        save(opened, "requests", b"staff_id,date,kind,shift,weight\n")
    assert not (folder / "requests.csv").exists()


def test_of_many_writers_at_once_one_wins(folder):
    opened, outcomes = open_scenario(folder), []

    def write(number: int) -> None:
        try:
            save(opened, "staff", STAFF.replace("王一", f"王{number}").encode())
            outcomes.append("saved")
        except Conflict:
            outcomes.append("told")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", *["told"] * 5]


def test_a_write_that_breaks_off_leaves_the_old_file_whole(folder, monkeypatch):
    opened = open_scenario(folder)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        save(opened, "staff", STAFF.replace("王一", "王甲").encode())
    assert (folder / "staff.csv").read_text(encoding="utf-8") == STAFF
    assert sorted(path.name for path in folder.iterdir()) == ["contract.toml", "staff.csv"]


def test_a_sample_is_not_edited_in_place(tmp_path):
    opened = open_scenario(sample_folder("shanghai-2025"))
    assert is_sample(opened.scenario.folder)
    with pytest.raises(InputError, match="copy it"):
        save(opened, "staff", opened.files["staff"])
    write_sample("shanghai-2025", tmp_path / "mine")
    assert not is_sample(tmp_path / "mine")


def test_trying_out_writes_nothing(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    opened = open_scenario(folder)
    assert len(try_out(opened, "staff", (STAFF + "P3,张三,hotline,agent,1\n").encode()).people) == 3
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_fingerprints_are_sha_256():
    # FIPS 180-4, the message "abc"
    assert fingerprint(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# ---------------------------------------------------------------- contract.toml


def test_every_rule_of_the_sample_can_be_changed_alone():
    rules = tomllib.loads(SHANGHAI_TEXT)["rule"]
    for index in range(len(rules)):
        new = with_rule(SHANGHAI_TEXT, index, {"level": 4})
        assert tomllib.loads(new)["rule"][index]["level"] == 4
        assert len(changed_lines(SHANGHAI_TEXT, new)) <= 2


def test_a_changed_reading_changes_one_line():
    new = with_reading(SHANGHAI_TEXT, "SH-13", "enrolled")
    assert changed_lines(SHANGHAI_TEXT, new) == ['- reading = "present"', '+ reading = "enrolled"']
    clauses = {clause["id"]: clause for clause in tomllib.loads(new)["clause"]}
    assert clauses["SH-13"]["reading"] == "enrolled"
    assert clauses["SH-08"]["reading"] == "present"


def test_comments_order_and_line_ends_stay():
    text = CONTRACT.replace("people = 1\n", "people = 1  # by the tender\n# before the goals\n").replace("\n", "\r\n")
    new = with_rule(text, 0, {"people": 2, "minutes": 300})
    assert "people = 2  # by the tender\r\nminutes = 300\r\n# before the goals\r\n" in new
    assert new.count("\n") == new.count("\r\n")


def test_a_value_can_be_taken_away_and_lists_and_windows_be_given():
    text = with_rule(CONTRACT, 0, {"beyond": ["flexible", "training"], "days": "every-day"})
    rule = tomllib.loads(text)["rule"][0]
    assert rule["beyond"] == ["flexible", "training"]
    assert "days" not in tomllib.loads(with_rule(text, 0, {"days": None}))["rule"][0]
    windows = [{"start": "09:00", "end": "11:30"}, {"start": "13:30", "end": "16:30"}]
    assert tomllib.loads(with_rule(text, 0, {"windows": windows}))["rule"][0]["windows"] == windows


def test_what_looks_like_a_heading_inside_a_text_or_a_list_is_none():
    old = 'quote = ["每个工作日不少于一人在岗"]'
    tricky = CONTRACT.replace(old, 'quote = [\n"""\n[[rule]]\nno heading""",\n]')
    assert tomllib.loads(tricky)["clause"][0]["quote"][0].startswith("[[rule]]")
    new = with_rule(tricky, 0, {"people": 2})
    assert changed_lines(tricky, new) == ["- people = 1", "+ people = 2"]


def test_entries_written_as_one_array_are_edited_too():
    head, _, tail = CONTRACT.partition("[[rule]]\n")
    body, goal = tail.split("[[goal]]\n")
    inline = ", ".join(line for line in body.strip().splitlines())
    text = f"rule = [{{ {inline} }}]\n{head}[[goal]]\n{goal}"
    new = with_rule(text, 0, {"people": 2})
    old, now = tomllib.loads(text), tomllib.loads(new)
    assert now["rule"][0].pop("people") == 2
    assert old["rule"][0].pop("people") == 1
    assert now == old


def test_labour_rules_change_under_their_settings():
    text = with_labour(SHANGHAI_TEXT, "overtime", {"hours_a_month": 30})
    text = with_labour(text, "weekly_rest", {"standby": "is-work"})
    text = with_labour(text, "overtime", {"hours_a_day": 2, "hours_a_month": None})
    raw = tomllib.loads(text)
    assert raw["labour"]["settings"] == {"overtime": {"hours_a_day": 2}, "weekly_rest": {"standby": "is-work"}}
    assert {**raw, "labour": {"rule_set": "cn-labour"}} == tomllib.loads(SHANGHAI_TEXT)
    assert all(line.startswith("+") for line in changed_lines(SHANGHAI_TEXT, text))
    bare = with_labour(CONTRACT, "overtime", {"hours_a_month": 30})
    assert tomllib.loads(bare)["labour"]["settings"]["overtime"] == {"hours_a_month": 30}
    inline = "labour = { settings = { overtime = { hours_a_month = 20 } } }\n" + CONTRACT
    assert tomllib.loads(with_labour(inline, "overtime", {"hours_a_month": 30}))["labour"]["settings"] == {
        "overtime": {"hours_a_month": 30}
    }


def test_goals_are_edited_like_rules():
    text = CONTRACT + '[[goal]]\nkind = "even_hours"\nlevel = 4\nhours_a_day = 8\n'
    assert tomllib.loads(with_goal(text, 1, {"hours_a_day": 7.5}))["goal"][1]["hours_a_day"] == 7.5


def test_the_rules_of_the_contract_come_before_those_of_labour_law(shanghai):
    own = own_rules(shanghai.contract)
    assert own == len(tomllib.loads(SHANGHAI_TEXT)["rule"])
    laws = {rule.clauses[0] for rule in shanghai.contract.rules[own:]}
    assert all(shanghai.contract.clause(clause).source == "labour" for clause in laws)


# ---------------------------------------------------------------- tables


def test_cells_nobody_touched_keep_their_spelling():
    old = "工号,姓名,团队,岗位,工时比例\r\nP1,王一,hotline,agent,1.0\r\nP2,李二,hotline,agent,1.00\r\n".encode(
        "utf-8-sig"
    )
    rows = text_rows(sheet_of("staff", old))
    rows[1]["name"] = "李乙"
    new = table_bytes("staff", rows, like=old)
    assert new == old.replace("李二".encode(), "李乙".encode())


def test_new_columns_come_behind_those_of_the_file():
    rows = text_rows(sheet_of("staff", STAFF.encode()))
    rows[0]["phone"] = "010-1"
    head, first, second = table_bytes("staff", rows, like=STAFF.encode()).decode().splitlines()
    assert (head, first) == ("staff_id,name,team,role,fte,phone", "P1,王一,hotline,agent,1,010-1")
    assert second.endswith(",")


def test_tables_survive_the_way_through_a_workbook_and_back():
    book = as_workbook("staff", STAFF.encode())
    assert text_rows(sheet_of("staff", book)) == text_rows(sheet_of("staff", STAFF.encode()))
    assert as_stored("staff", book, stored=STAFF.encode()) == STAFF.encode()
    assert as_stored("staff", STAFF.encode(), stored=b"").decode() == STAFF


def test_a_table_kept_as_workbook_stays_one(folder):
    (folder / "staff.csv").unlink()
    (folder / "staff.xlsx").write_bytes(as_workbook("staff", STAFF.encode()))
    opened = open_scenario(folder)
    rows = text_rows(sheet_of("staff", opened.files["staff"]))
    now = save(
        opened, "staff", table_bytes("staff", [*rows, {**rows[0], "staff_id": "P3"}], like=opened.files["staff"])
    )
    assert len(now.scenario.people) == 3
    assert sorted(path.name for path in folder.iterdir()) == ["contract.toml", "staff.xlsx"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_keeps_its_encoding(encoding):
    assert encoded("热线", like="轮班".encode(encoding)) == "热线".encode(encoding)
