"""The command line as scripts use it: exit codes, files, what is said where."""

import ast
import csv
import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from planning import cli as command_line
from planning import tables
from planning.catalogue import text
from planning.check import check_content
from planning.outputs import write_plan
from planning.samples import write_preset
from planning.summary import summary
from roster.errors import InputError
from roster.forecast import second_opinions
from tests.conftest import AMPLE_S, SHANGHAI, roster
from tests.small_scenario import add, small_scenario


@pytest.fixture
def mine(tmp_path) -> Path:
    return Path(shutil.copytree(SHANGHAI, tmp_path / "mine"))


@pytest.fixture(scope="session")
def written(april_week, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_plan(april_week, folder)
    return folder


SPAN = ("--start", "2025-04-21", "--days", "7")


def test_plan_writes_its_files(written):
    names = {str(path.relative_to(written)) for path in written.rglob("*") if path.is_file()}
    assert names >= {"roster.csv", "roster.xlsx", "requirement.csv", "compliance.json", "summary.json",
                     "report.html", "report.pdf"}  # fmt: skip
    assert {name for name in names if name.startswith("calendars/")} >= {"calendars/SH001.ics", "calendars/SH034.ics"}
    head = (written / "roster.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head == "date,staff_id,team,role,shift,post,activity,start,end,site,kind,paid,locked"
    need = (written / "requirement.csv").read_text(encoding="utf-8").splitlines()[0]
    assert need == ("start,queue,offered,aht_s,required,binding,answer_rate,service_level,asa_s,abandon_rate,occupancy")


def test_summary_says_how_good_and_how_certain(written):
    facts = json.loads((written / "summary.json").read_text(encoding="utf-8"))
    assert facts["hard_breaches"] == 0
    assert [level["level"] for level in facts["levels"]] == [1, 2, 3, 4, 5, 6]
    for level in facts["levels"]:
        assert level["bound"] <= level["objective"]
        assert level["gap"] == pytest.approx((level["objective"] - level["bound"]) / max(level["objective"], 1))
    proven = all(level["gap"] == 0 for level in facts["levels"])
    assert (facts["status"] == "OPTIMAL") == proven
    assert {entry["clause"] for entry in facts["assumptions"]} >= {"SH-01", "SH-04", "SH-09", "SH-14"}


def test_compliance_has_an_entry_for_every_clause(written):
    entries = json.loads((written / "compliance.json").read_text(encoding="utf-8"))
    assert {entry["clause"] for entry in entries} >= {f"SH-{k:02d}" for k in range(1, 36)}
    for entry in entries:
        assert {"clause", "rule", "citation", "kind", "level", "reading", "status", "required", "measured", "unit",
                "breaches"} <= set(entry)  # fmt: skip
        assert entry["status"] in ("met", "breached", "at_risk", "unknown", "not_applicable")
        if entry["rule"] is None:
            assert entry["status"] == "unknown", f"{entry['clause']} is met without a rule"


def by_rules(compliance: str) -> list[dict]:
    """The entries that rules made: what service is to be expected only a plan tells, which has a forecast."""
    return [entry for entry in json.loads(compliance) if entry["rule"] not in (None, "coverage")]


def test_check_agrees_with_plan(cli, written):
    code, out, _ = cli("check", SHANGHAI, written / "roster.csv", *SPAN)
    assert (code, "no hard breach" in out) == (0, True)
    code, out, _ = cli("check", SHANGHAI, written / "roster.csv", *SPAN, "--json")
    assert code == 0
    assert by_rules(out) == by_rules((written / "compliance.json").read_text(encoding="utf-8"))


def test_the_workbook_is_judged_like_the_csv(cli, written):
    code, out, _ = cli("check", SHANGHAI, written / "roster.xlsx", *SPAN, "--json")
    assert code == 0
    assert by_rules(out) == by_rules((written / "compliance.json").read_text(encoding="utf-8"))


def units_in_rules() -> set[str]:
    """The units that rules write into their findings."""
    found = set()
    for file in (SHANGHAI.parent.parent / "roster" / "rules").glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Breach", "finding"):
                given = {k.arg: k.value for k in call.keywords} | dict(
                    zip(("found", "limit", "unit"), call.args, strict=False)
                )
                found |= {node.value for node in ast.walk(given["unit"]) if isinstance(node, ast.Constant)}
    return found


def test_every_unit_has_a_name_in_both_languages(april_week):
    units = units_in_rules() | {level["unit"] for level in summary(april_week)["levels"]}
    assert {"persons", "h", "yuan"} <= units
    assert all(text(f"unit.{unit}") for unit in units)


def test_check_says_no(cli, written, tmp_path):
    rows = (written / "roster.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    short = tmp_path / "short.csv"
    short.write_text("".join(row for row in rows if not row.startswith("2025-04-24")), encoding="utf-8")
    code, out, _ = cli("check", SHANGHAI, short, *SPAN)
    assert code == 1
    assert "SH-01 present  2025-04-24  direct-link/operations  found 0, limit 12 persons" in out


def test_check_without_start_warns(cli, written):
    code, out, _ = cli("check", SHANGHAI, written / "roster.csv")
    assert code == 0
    assert "warning: no days given" in out


def test_check_of_a_stranger_s_roster(cli, written, tmp_path):
    text = (written / "roster.csv").read_text(encoding="utf-8").replace("SH001", "XX001")
    strange = tmp_path / "strange.csv"
    strange.write_text(text, encoding="utf-8")
    code, out, err = cli("check", SHANGHAI, strange, *SPAN)
    assert (code, out) == (2, "")
    assert "XX001" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--start", "2025-13-01"), "YYYY-MM-DD"),
        (("--days", "7"), "--start"),
        (("--start", "2025-04-21", "--days", "0"), "1 to 366"),
        (("--month", "2025-04", "--days", "3"), "--month"),
        (("--month", "April"), "YYYY-MM"),
        (("--start", "2025-04-21", "--weeks", "1", "--days", "7"), "--weeks"),
        (("--start", "2025-04-21", "--workers", "0"), "workers"),
    ],
)
def test_bad_usage_writes_nothing(cli, tmp_path, arguments, told):
    out = tmp_path / "out"
    code, _, err = cli("plan", SHANGHAI, "--out", out, *arguments)
    assert code == 2
    assert told in err
    assert not out.exists()


def test_bad_files_are_one_message_and_nothing_is_written(cli, mine, tmp_path):
    staff = (mine / "staff.csv").read_text(encoding="utf-8").replace("SH002", "SH001", 1)
    (mine / "staff.csv").write_text(staff, encoding="utf-8")
    (mine / "leave.csv").write_text("staff_id,start,end,kind,approved\nNOBODY,2025-05-02,2025-05-01,annual,yes\n")
    code, _, err = cli("plan", mine, *SPAN, "--out", tmp_path / "out")
    assert code == 2
    assert "SH001" in err
    assert "leave.csv row 2 column end" in err
    assert "faults in the input: 2" in err
    assert not (tmp_path / "out").exists()


def test_forecast_and_staff_tables(cli, tmp_path):
    for command, column in (("forecast", "mean"), ("staff", "required")):
        out = tmp_path / f"{command}.csv"
        code, _, _ = cli(command, SHANGHAI, "--start", "2025-04-21", "--days", "7", "--out", out)
        assert code == 0
        with out.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert {row["queue"] for row in rows} == {"direct-link", "online-help", "virtual-window"}
        assert {row["start"][:10] for row in rows} == {f"2025-04-{d}" for d in (21, 22, 23, 24, 25, 27)}
        assert all(float(row[column]) > 0 for row in rows)


def test_forecast_before_any_history(cli, tmp_path):
    code, _, err = cli("forecast", SHANGHAI, "--start", "2024-01-01", "--out", tmp_path / "f.csv")
    assert code == 2
    assert "history" in err


def test_new_copies_a_sample_and_spares_what_is_there(cli, tmp_path):
    code, _, _ = cli("new", "--from", "shanghai-2025", tmp_path / "own")
    assert code == 0
    assert (tmp_path / "own" / "contract.toml").read_bytes() == (SHANGHAI / "contract.toml").read_bytes()
    code, _, err = cli("new", "--from", "shanghai-2025", tmp_path / "own")
    assert (code, "not empty" in err) == (2, True)
    code, _, err = cli("new", "--from", "nowhere", tmp_path / "other")
    assert (code, "shanghai-2025" in err) == (2, True)


def test_schema_describes_contract_and_tables(cli):
    code, out, _ = cli("schema")
    assert code == 0
    assert {"contract", "staff", "roster"} <= set(json.loads(out)["tables"]) | {"contract"}


def test_messages_come_in_chinese_too(capsys, monkeypatch, written):
    monkeypatch.setenv("ROSTER_LANG", "zh")
    code, out, _ = roster("check", SHANGHAI, written / "roster.csv", *SPAN, capsys=capsys)
    assert code == 0
    assert "没有硬性违反" in out


def test_the_console_script_runs_in_a_pipe(tmp_path):
    script = Path(sys.executable).parent / "roster"
    done = subprocess.run(
        [script, "plan", small_scenario(tmp_path / "small"), "--start", "2025-03-03", "--out", tmp_path / "out"],
        capture_output=True, text=True, encoding="utf-8", check=False, env={"ROSTER_LANG": "en"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[0].startswith("solving starts")
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_the_best(tmp_path, blow):
    """A fortnight of the 7x24 preset is settled at once and proven late."""
    script = Path(sys.executable).parent / "roster"
    write_preset("12345", tmp_path / "own")
    asked = ("--start", "2026-03-02", "--days", "14", "--time-limit", AMPLE_S)
    running = subprocess.Popen(
        [script, "plan", tmp_path / "own", *map(str, asked), "--out", tmp_path / "out"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env={"ROSTER_LANG": "en"},
    )  # fmt: skip
    with running:
        assert running.stderr is not None
        for line in running.stderr:
            if "service" in line:
                running.send_signal(blow)
                break
        out, _ = running.communicate(timeout=AMPLE_S)
    assert running.returncode in (0, 1)  # what is interrupted may be short of something
    assert "FEASIBLE" in out
    assert (tmp_path / "out" / "roster.csv").is_file()


def crash(*_: object, **__: object) -> None:
    raise RuntimeError("a fault of the program")


def never(*_: object, **__: object) -> None:
    raise AssertionError("solved before --out was tried")


def test_a_crash_is_not_an_answer(cli, tmp_path, monkeypatch):
    monkeypatch.setattr(command_line, "make_plan", crash)
    code, _, err = cli("plan", SHANGHAI, *SPAN, "--out", tmp_path / "out")
    assert code == 70
    assert "RuntimeError: a fault of the program" in err


def test_an_out_that_cannot_be_written_is_told_before_solving(cli, tmp_path, monkeypatch):
    monkeypatch.setattr(command_line, "make_plan", never)
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for out in (file, file / "out"):
        code, _, err = cli("plan", SHANGHAI, *SPAN, "--out", out)
        assert (code, "--out" in err) == (2, True)
    for command in (("forecast", SHANGHAI, *SPAN), ("staff", SHANGHAI, *SPAN), ("erlang", file)):
        for out in (tmp_path, file / "out.csv"):
            code, _, err = cli(*command, "--out", out)
            assert (code, "--out" in err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("start", [(), ("--start", "2025-04-21")])
def test_check_of_no_days(cli, written, start):
    code, _, err = cli("check", SHANGHAI, written / "roster.csv", *start, "--days", "0")
    assert (code, "1 to 366" in err) == (2, True)


def test_check_of_days_that_the_file_does_not_have(cli, written):
    code, out, _ = cli("check", SHANGHAI, written / "roster.csv", "--start", "2025-06-02", "--days", "7")
    assert code == 1
    assert "warning: roster.csv has no row in 2025-06-02..2025-06-08" in out
    assert "has no row" not in cli("check", SHANGHAI, written / "roster.csv", *SPAN)[1]


def test_backtest_prints_the_errors_of_each_method(cli, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "BACKTEST_WEEKS", 3)
    out = tmp_path / "f.csv"
    absent = replace(second_opinions.DailyArima(), needs=("no_such_library",))
    monkeypatch.setattr(second_opinions, "OPINIONS", (absent,))
    code, said, told = cli("forecast", SHANGHAI, *SPAN, "--out", out, "--backtest", "--second-opinions")
    assert code == 0
    assert out.is_file()
    assert "not asked: statsforecast AutoARIMA: no_such_library not installed" in told
    plot = ElementTree.fromstring((tmp_path / "f.backtest.svg").read_text(encoding="utf-8"))
    assert len(plot.findall("{*}polyline")) == 3 * 4  # three queues: what came, and three methods
    lines = [line.split() for line in said.splitlines()]
    assert lines[0][:3] == ["backtest:", "2", "weeks"]
    assert "2024-12-09..2024-12-23" in said
    assert lines[1] == ["queue", "method", "week", "intervals", "wape", "pinball", "cover80", "cover95"]
    methods = Counter((" ".join(line[1:-6]), line[-6]) for line in lines[2:20])
    names = ("combined", "mean of last 4", "seasonal naive")
    assert methods == {(name, week): 3 for name in names for week in ("1", "2")}
    assert {line[0] for line in lines[2:20]} == {"direct-link", "online-help", "virtual-window"}
    wape = {(line[0], " ".join(line[1:-6])): float(line[-4]) for line in lines[2:20] if line[-6] == "1"}
    assert all(wape[queue, "combined"] < wape[queue, "seasonal naive"] for queue in {queue for queue, _ in wape})


def test_backtest_without_a_past_to_learn_from(cli, tmp_path):
    folder = small_scenario(tmp_path / "small")
    add(folder, "history", [f"2025-03-03T{hour:02d}:00,hotline,9,8,1" for hour in range(9, 17)])
    out = tmp_path / "f.csv"
    code, _, err = cli("forecast", folder, "--start", "2025-03-04", "--out", out, "--backtest")
    assert (code, "too short before 2025-03-04" in err, out.exists()) == (2, True, False)


def test_a_shift_code_outside_the_catalogue_is_told(cli, written, tmp_path):
    text = (written / "roster.csv").read_text(encoding="utf-8").replace(",D1,", ",D9,")
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    code, out, _ = cli("check", SHANGHAI, tmp_path / "own.csv", *SPAN)
    assert code == 0
    assert "shift code 'D9' is not in the catalogue (first at SH0" in out
    (tmp_path / "own.csv").write_text(text.replace(",D9,", ",,"), encoding="utf-8")
    _, out, _ = cli("check", SHANGHAI, tmp_path / "own.csv", *SPAN)
    assert "rows have no shift code (first at SH0" in out


def test_a_roster_handed_over_as_bytes_is_judged_like_the_file(shanghai, written):
    span = {"start": date(2025, 4, 21), "days": 7}
    content = (written / "roster.xlsx").read_bytes()
    assert check_content(shanghai, "roster.xlsx", content, **span).hard_breaches == 0
    with pytest.raises(InputError):
        check_content(shanghai, "notes.csv", b"what,is,this\n1,2,3\n", **span)


def test_breaches_come_before_everything_else(cli, written, tmp_path):
    lines = (written / "roster.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "few.csv").write_text("".join(line for line in lines if ",hot" not in line and ",SH00" not in line))
    code, out, _ = cli("check", SHANGHAI, tmp_path / "few.csv", *SPAN)
    said = out.splitlines()
    assert code == 1
    assert said[0].startswith("hard breaches: ")
    assert "found" in said[1]
    last_breach = max(at for at, line in enumerate(said) if "found" in line and "limit" in line)
    assert last_breach < next(at for at, line in enumerate(said) if line.startswith("clauses:"))


def test_faults_are_told_in_chinese_to_who_reads_chinese(mine, capsys, monkeypatch):
    monkeypatch.setenv("ROSTER_LANG", "zh")
    (mine / "leave.csv").write_text("staff_id,start,end\nSH999,2025-04-21,x\n", encoding="utf-8")
    code, _, err = roster("check", mine, mine / "none.csv", "--start", "2025-04-21", capsys=capsys)
    assert code == 2
    assert "leave.csv 第 2 行 end 列: x - 日期，如 2025-03-09" in err
    assert "没有这样的人员" in err
    _, _, err = roster("check", mine, mine / "none.csv", "--start", "soon", capsys=capsys)
    assert "--start: soon - 日期写作 YYYY-MM-DD" in err
