"""Files of a plan that find no room."""

import pytest

from planning.fault_words import in_chinese
from planning.outputs import write_plan
from roster.errors import InputError
from roster.exports.roster_csv import roster_csv


def test_a_roster_that_finds_no_room_is_kept_elsewhere(april_week, tmp_path, monkeypatch):
    monkeypatch.setattr("planning.outputs.mkdtemp", lambda prefix: str(tmp_path))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "roster.csv").write_text("earlier")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planning.outputs.write_files", full)
    with pytest.raises(InputError) as raised:
        write_plan(april_week, tmp_path / "out")
    (fault,) = raised.value.faults
    kept = tmp_path / "roster.csv"
    assert fault.value == str(tmp_path / "out")
    assert "No space left" in fault.remedy
    assert str(kept) in fault.remedy
    assert kept.read_bytes().decode() == roster_csv(april_week.roster.rows)
    assert (tmp_path / "out" / "roster.csv").read_text() == "earlier"
    assert "保存" in in_chinese(fault).remedy
