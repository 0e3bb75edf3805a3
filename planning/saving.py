"""Saving edits of a scenario: judged by the loaders first, never over somebody else's work, whole or not at all."""

import os
from codecs import BOM_UTF8
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from shutil import copy2
from tempfile import NamedTemporaryFile, TemporaryDirectory
from threading import Lock

from roster.errors import Fault, InputError, LunbanError
from roster.loading.scenario import Scenario, load_scenario
from roster.loading.text_file import is_workbook

EDITABLE = ("contract", "staff", "leave", "requests")
"""The files of a scenario that the front end edits, by name without ending."""

_TRIES = 3
_one_writer = Lock()


class Conflict(LunbanError):
    """The file was changed by somebody else since it was read. Nothing was written; both versions are here."""

    def __init__(self, file: str, mine: bytes, theirs: bytes) -> None:
        self.file, self.mine, self.theirs = file, mine, theirs
        super().__init__(f"{file} was changed by somebody else since it was read")


@dataclass(frozen=True)
class Opened:
    """A scenario with the bytes of its editable files as they were read, by name without ending.

    A file that is not there is empty.
    """

    scenario: Scenario
    files: Mapping[str, bytes]

    @property
    def fingerprint(self) -> str:
        """A digest of all editable files: equal digests, equal files."""
        return fingerprint(b"".join(fingerprint(self.files[name]).encode() for name in EDITABLE))

    def path(self, name: str) -> Path:
        """Where a file stands, or would stand were it written."""
        return path_of(self.scenario.folder, name)


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's bytes in hexadecimal digits."""
    return sha256(content).hexdigest()


def path_of(folder: Path, name: str) -> Path:
    """The file of an editable name in a folder: .toml for the contract, .xlsx where that is there, else .csv."""
    if name == "contract":
        return folder / "contract.toml"
    workbook = folder / f"{name}.xlsx"
    return workbook if workbook.is_file() else folder / f"{name}.csv"


def encoded(text: str, *, like: bytes) -> bytes:
    """A text in the encoding of the file it came from: UTF-8 with or without BOM, or GB18030."""
    if like.startswith(BOM_UTF8):
        return BOM_UTF8 + text.encode()
    try:
        like.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("gb18030")
    return text.encode()


def sample_folder(name: str) -> Path:
    """The folder of a sample scenario inside the package."""
    return Path(str(files("sample_data"))) / name


def is_sample(folder: Path) -> bool:
    """Whether a folder is a sample inside the package, which is copied before it is edited."""
    return folder.resolve().parent == Path(str(files("sample_data"))).resolve()


def open_scenario(folder: Path) -> Opened:
    """Reads a scenario with the bytes it came from. Raises InputError with the faults of all its files."""
    content = _read(folder)
    for _ in range(_TRIES):
        scenario = load_scenario(folder)
        again = _read(folder)
        if again == content:
            break
        content = again  # somebody saved while this was read
    return Opened(scenario, content)


def try_out(opened: Opened, name: str, content: bytes) -> Scenario:
    """The scenario as it would be with `content` in place of a file; nothing is written.

    Raises InputError with every fault, also of other files that name what the new content lacks.
    """
    folder = opened.scenario.folder
    with TemporaryDirectory(prefix="lunban-") as made:
        there = Path(made) / folder.name
        there.mkdir()
        target = opened.path(name)
        for path in folder.iterdir():
            if path.is_file() and path != target and path.suffix in (".csv", ".xlsx", ".toml"):
                copy2(path, there / path.name)
        ending = ".toml" if name == "contract" else ".xlsx" if is_workbook(content) else ".csv"
        (there / f"{name}{ending}").write_bytes(content)
        return replace(load_scenario(there), folder=folder)


def save(opened: Opened, name: str, content: bytes) -> Opened:
    """Writes one file of the scenario and returns the scenario as it is now; other files as this caller saw them.

    Raises Conflict where the file is not what `opened` was read from, InputError with every fault of the content,
    also for a sample inside the package. In both cases nothing is written.
    """
    target = opened.path(name)
    if is_sample(opened.scenario.folder):
        raise InputError([Fault(opened.scenario.folder.name, "a sample", "copy it to a folder of your own first")])
    with _one_writer:
        theirs = _bytes(target)
        if theirs != opened.files[name]:
            raise Conflict(target.name, content, theirs)
        scenario = try_out(opened, name, content)
        _write(target, content)
    return Opened(scenario, {**opened.files, name: content})


def _write(target: Path, content: bytes) -> None:
    """The whole content or the old one: written beside and moved over. Raises InputError where it cannot be."""
    part = ""
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=".writing-", suffix=".part", delete=False) as file:
            part = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(target)
    except OSError as error:
        with suppress(OSError):
            Path(part).unlink(missing_ok=True)
        raise InputError(
            [Fault(target.name, error.strerror or "not written", "a folder that can be written")]
        ) from error


def _read(folder: Path) -> dict[str, bytes]:
    return {name: _bytes(path_of(folder, name)) for name in EDITABLE}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise InputError([Fault(path.name, error.strerror or "unreadable", "a file that can be read")]) from error
