"""The sample scenarios that travel with the program."""

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

from planning.catalogue import text
from roster.errors import Fault, InputError


def samples() -> tuple[str, ...]:
    """Names of the sample scenarios, in alphabetical order."""
    folders = files("sample_data").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.joinpath("contract.toml").is_file()))


def write_sample(name: str, folder: Path) -> None:
    """Copies a sample scenario into a new folder. Raises InputError for an unknown name or a folder in use."""
    if name not in samples():
        raise InputError([Fault("--from", name, f"one of: {', '.join(samples())}")])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([Fault(str(folder), "", text("new.exists"))])
    with as_file(files("sample_data").joinpath(name)) as source:
        copytree(source, folder, dirs_exist_ok=True)
