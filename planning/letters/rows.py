"""A roster of letters as rows: each letter becomes the shift of the catalogue that it stands for."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from planning.letters.codes import LEGENDS, Letters, Meaning, letters_of
from planning.letters.grid import Letter, find_grid
from planning.letters.sheets import Tab, read_tab, tab_names
from roster.base import Cell
from roster.calendar import Horizon
from roster.contract import Contract
from roster.errors import Fault, InputError
from roster.leave_rows import UNPAID
from roster.loading.headings import ROSTER
from roster.loading.scenario import Scenario
from roster.loading.text_file import read_bytes
from roster.options import made_on, rows_of
from roster.people import Person
from roster.roster import Stretch
from roster.shifts import Shift
from roster.words import Words


def rows_of_letters(file: Path, scenario: Scenario, start: date) -> tuple[tuple[Stretch, ...], tuple[date, ...]] | None:
    """The rows that a file of letters stands for and the days across it, None where it holds no such grid.

    Team, site and post are the first that the shift allows the person: letters do not tell them, but for the mark of
    the client's site. Raises InputError with every cell that means nothing and every person who is unknown.
    """
    content = read_bytes(file)
    names = tab_names(content)
    if "rows" in names:
        return None
    legend = next((name for name in names if name.strip().casefold() in LEGENDS), None)
    book = {name: read_tab(content, file.name, name) for name in names}
    letters, faults = letters_of(scenario.contract, book[legend] if legend is not None else None)
    for name, tab in book.items():
        if name == legend or _holds_rows(tab):
            continue
        grid = find_grid(tab, scenario.people, start, speaks=letters.speaks)
        if grid is not None:
            rows, more = _rows(grid.letters, letters, scenario)
            if faults or grid.faults or more:
                raise InputError((*faults, *grid.faults, *more))
            return rows, grid.days
    return None


def _holds_rows(tab: Tab) -> bool:
    """Whether the sheet has a row for each stretch, with columns for its start and end."""
    heading = next((cells for _, cells in tab.lines if any(cells)), ())
    found = {column.name for cell in heading if (column := ROSTER.by_heading.get(cell.strip().casefold()))}
    return {"start", "end"} <= found


def letters_note(file: str) -> Words:
    """What a reader of letters has to know."""
    return Words(
        f"{file} 是按字母填写的班表：起止时间取自班次目录；地点、岗点字母看不出，取目录中第一个可用的。",
        f"{file} is a roster of letters: times are those of the catalogue; place and post, which letters do not tell, "
        "are the first that the catalogue allows.",
    )


def _rows(
    found: tuple[Letter, ...], letters: Letters, scenario: Scenario
) -> tuple[tuple[Stretch, ...], tuple[Fault, ...]]:
    people = {person.staff_id: person for person in scenario.people}
    rows: list[Stretch] = []
    faults: list[Fault] = []
    for letter in found:
        for meaning in letters.read(letter.text, letter.place):
            if isinstance(meaning, Fault):
                faults.append(meaning)
            else:
                rows += _stretches(scenario.contract, people[letter.staff_id], letter.day, meaning)
    return tuple(rows), tuple(faults)


def _stretches(contract: Contract, person: Person, day: date, meaning: Meaning) -> Iterator[Stretch]:
    at = Horizon(day, 1, contract.timezone).at
    if meaning.kind == "leave":
        yield Stretch(
            day, person.staff_id, person.team, person.role, "leave", "", meaning.code, at(day, 0),
            at(day + timedelta(days=1), 0), person.home_site, "leave", meaning.code not in UNPAID,
        )  # fmt: skip
        return
    shift = next(shift for shift in contract.shifts if shift.id == meaning.code)
    team, role = _served(shift, person)
    duty = made_on(at, shift, day, team=team, role=role, post=shift.posts[0], site=_site(contract, shift, meaning))
    yield from rows_of(Cell(person, duty))


def _served(shift: Shift, person: Person) -> tuple[str, str]:
    """The team and role that the person serves in the shift: their own, else one they may, else the shift's first."""
    able = [served for served in shift.served if person.serves(*served)]
    return person.home if person.home in shift.served else (*able, *shift.served)[0]


def _site(contract: Contract, shift: Shift, meaning: Meaning) -> str:
    clients = {site.id for site in contract.sites if site.client}
    marked = [site for site in shift.sites if (site in clients) == meaning.onsite]
    return (*marked, *shift.sites)[0]
