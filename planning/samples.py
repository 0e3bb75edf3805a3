"""The scenarios that travel with the program: samples of real tenders, and presets to start a contract from."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from planning.catalogue import text
from planning.outputs import write_files
from planning.refused import refused_as_fault
from roster.errors import Fault, InputError


def samples() -> tuple[str, ...]:
    """Names of the sample scenarios, in alphabetical order."""
    return _scenarios(files("sample_data"))


def presets() -> tuple[str, ...]:
    """Names of the presets, in alphabetical order."""
    return _scenarios(_presets())


def write_sample(name: str, folder: Path) -> None:
    """Copies a sample scenario into a new folder. Raises InputError for an unknown name or a folder in use."""
    _write(files("sample_data"), name, folder, option="--from")


def write_preset(name: str, folder: Path) -> None:
    """Copies a preset into a new folder. Raises InputError for an unknown name or a folder in use."""
    _write(_presets(), name, folder, option="--preset")


def _presets() -> Traversable:
    return files("planning").joinpath("presets")


def _scenarios(shelf: Traversable) -> tuple[str, ...]:
    """The folders of a shelf that hold a contract."""
    return tuple(sorted(folder.name for folder in shelf.iterdir() if folder.joinpath("contract.toml").is_file()))


def _write(shelf: Traversable, name: str, folder: Path, *, option: str) -> None:
    if name not in _scenarios(shelf):
        raise InputError([Fault(option, name, f"one of: {', '.join(_scenarios(shelf))}")])
    with refused_as_fault(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError([Fault(str(folder), "", text("new.exists"))])
    content = {file.name: file.read_bytes() for file in shelf.joinpath(name).iterdir() if file.is_file()}
    write_files(content, folder)
