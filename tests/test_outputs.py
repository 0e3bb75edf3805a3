"""Files of a plan that cannot be written, and what a command says of what the system refuses."""

import subprocess
import sys
from pathlib import Path

import pytest

from planning import ending, show
from planning.fault_words import in_chinese
from planning.outputs import CALENDARS, write_plan
from roster.errors import InputError
from roster.exports.roster_csv import roster_csv
from tests.conftest import SHANGHAI

COMMAND = (sys.executable, "-m", "planning.cli")


@pytest.fixture
def full(monkeypatch):
    """A disk that takes nothing."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planning.outputs._written", refuse)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Where a roster is kept that does not get where it should."""
    monkeypatch.setattr("planning.outputs.mkdtemp", lambda prefix: str(tmp_path))
    return tmp_path / "roster.csv"


@pytest.mark.usefixtures("full")
def test_a_roster_that_finds_no_room_is_kept_elsewhere(april_week, tmp_path, kept):
    with pytest.raises(InputError) as raised:
        write_plan(april_week, tmp_path / "out")
    (fault,) = raised.value.faults
    assert (fault.place, fault.value) == (str(tmp_path / "out"), "No space left on device")
    assert fault.remedy == f"room on the disk; the roster is kept in {kept}"
    assert kept.read_bytes().decode() == roster_csv(april_week.roster.rows)
    told = in_chinese(fault)
    assert (told.value, told.remedy) == ("磁盘空间不足", f"磁盘要有剩余空间；排班表已保存在 {kept}")


@pytest.mark.parametrize("spoil", [Path.mkdir, lambda path: path.write_text("no calendar")])
def test_a_published_calendar_that_cannot_be_read_costs_no_roster(april_week, tmp_path, kept, spoil):
    earlier = tmp_path / "out" / CALENDARS / f"{april_week.problem.people[0].staff_id}.ics"
    earlier.parent.mkdir(parents=True)
    spoil(earlier)
    with pytest.raises(InputError, match="the roster is kept in"):
        write_plan(april_week, tmp_path / "out")
    assert kept.read_bytes().decode() == roster_csv(april_week.roster.rows)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [CALENDARS]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("command", ["forecast", "staff", "erlang"])
def test_a_table_that_finds_no_room_is_one_clear_error(cli, tmp_path, command):
    out, table = tmp_path / "out.csv", Path(__file__).parent / "data" / "erlang_reference.csv"
    asked = (table,) if command == "erlang" else (SHANGHAI, "--start", "2025-04-21")
    code, _, err = cli(command, *asked, "--out", out)
    assert code == 2
    assert f"  {out}: No space left on device - room on the disk" in err.splitlines()
    assert "Traceback" not in err


@pytest.mark.usefixtures("full")
def test_a_scenario_that_finds_no_room_is_not_begun(cli, tmp_path):
    code, _, err = cli("new", tmp_path / "mine")
    assert (code, f"{tmp_path / 'mine'}: No space left on device" in err) == (2, True)
    assert not list(tmp_path.iterdir())


def test_a_place_below_a_file_is_one_clear_error(cli, tmp_path):
    (tmp_path / "file").write_text("mine")
    code, _, err = cli("new", tmp_path / "file" / "mine")
    assert (code, "Not a directory - another file or folder" in err, "Traceback" in err) == (2, True, False)


def test_whatever_the_system_refuses_is_told_in_the_language_of_the_user(capsys, monkeypatch):
    monkeypatch.setenv("ROSTER_LANG", "zh")

    def refuse() -> int:
        raise PermissionError(13, "Permission denied", "/data/staff.csv")

    assert ending.ended(refuse) == 2
    assert "  /data/staff.csv: 没有权限 - 有读写权限的位置" in capsys.readouterr().err.splitlines()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is there on Linux alone")
def test_an_output_that_takes_nothing_is_one_clear_error():
    with Path("/dev/full").open("w") as out:
        done = subprocess.run([*COMMAND, "schema"], stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "No space left on device" in done.stderr or "磁盘空间不足" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("lines", [0, 1])
def test_a_reader_that_is_gone_ends_a_command_silently(lines):
    """Of much and of little that is printed: what is little is only written at the end."""
    asked = ("schema",) if lines else ("erlang", "--help")
    with subprocess.Popen([*COMMAND, *asked], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        for _ in range(lines):
            running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 141


def test_progress_that_nobody_reads_stops_no_work(monkeypatch):
    class Gone:
        def write(self, _: str) -> None:
            raise BrokenPipeError(32, "Broken pipe")

        flush = isatty = lambda _: False

    monkeypatch.setattr(sys, "stderr", Gone())
    show.say("on we go")
