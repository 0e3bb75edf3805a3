"""A scenario opened before is read again only where one of its files was touched."""

from shutil import copytree

import pytest

from planning.opening import open_known
from planning.saving import sample_folder
from roster.errors import InputError


@pytest.fixture
def folder(tmp_path):
    return copytree(sample_folder("shanghai-2025"), tmp_path / "mine")


def test_a_folder_nobody_touched_is_not_read_again(folder):
    assert open_known(folder) is open_known(folder)


@pytest.mark.parametrize("name", ["leave.csv", "history.csv", "notes.txt"])
def test_a_file_touched_or_added_is_seen(folder, name):
    before, path = open_known(folder), folder / name
    path.write_bytes(path.read_bytes() if path.exists() else b"new")
    assert open_known(folder) is not before


def test_a_fault_is_told_each_time(folder):
    open_known(folder)
    (folder / "leave.csv").write_text("nonsense\n")
    for _ in range(2):
        with pytest.raises(InputError):
            open_known(folder)
