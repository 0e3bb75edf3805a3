"""Calendars as people get them: each edition follows the one handed out before."""

from pathlib import Path
from threading import Lock

from planning.outputs import CALENDARS, calendar_files, published_in, write_files
from roster.roster import Roster

_one_edition = Lock()


def publish(roster: Roster, folder: Path | None, *, staff_id: str = "") -> dict[str, bytes]:
    """The calendars of a roster by file name, of one person where `staff_id` is given.

    The edition handed out before is kept in the `calendars` of `folder`: SEQUENCE rises where a duty changed, a duty
    that is gone comes as cancelled. The new edition takes its place. Without a folder each edition is a first one.

    Raises InputError where a kept calendar cannot be read or the folder cannot be written.
    """
    with _one_edition:
        made = calendar_files(roster, published_in(folder) if folder else {})
        wanted = {name: text for name, text in made.items() if staff_id in ("", Path(name).stem)}
        if folder:
            write_files(wanted, folder)
    return wanted


def calendar_of(staff_id: str) -> str:
    """The file name of a person's calendar."""
    return f"{CALENDARS}/{staff_id}.ics"
