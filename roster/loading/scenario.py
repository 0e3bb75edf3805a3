"""A scenario: the folder of files that says all a plan needs to know."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from roster.calendar import DayOverride, load_overrides
from roster.contract import Contract
from roster.errors import Fault, InputError
from roster.events import Booking, Event
from roster.forecast.history import History
from roster.loading.bookings import load_bookings
from roster.loading.contract_file import contract_of, read_contract
from roster.loading.events import load_events
from roster.loading.headings import BOOKINGS, EVENTS, HISTORY, LEAVE, REQUESTS, ROSTER, STAFF, Table
from roster.loading.history import load_history
from roster.loading.known import Known
from roster.loading.leave import load_leave, strange_kinds
from roster.loading.requests import load_requests
from roster.loading.roster_rows import load_rows, without_offset
from roster.loading.staff import load_people, staff_ids
from roster.loading.tables import Sheet, find_table, read_sheet
from roster.loading.text_file import decode, read_bytes
from roster.people import Leave, Person, Request
from roster.roster import Stretch
from roster.words import Words

T = TypeVar("T")

_READ = (
    "staff", "leave", "requests", "events", "bookings", "history", "locks", "previous", "holiday_overrides",
    "attendance", "intervals", "roster", "requirement",
)  # fmt: skip
"""Tables that a scenario folder may hold."""


@dataclass(frozen=True)
class Scenario:
    """Everything in a scenario folder. Optional files that are absent are empty; `locks` are all locked.

    `previous` are the rows of previous.csv and of every previous-*.csv or .xlsx together.
    `settled` comes from no file: the places that somebody locks by hand (see `roster.problem.Problem`).
    """

    folder: Path
    contract: Contract
    people: tuple[Person, ...]
    leave: tuple[Leave, ...] = ()
    requests: tuple[Request, ...] = ()
    events: tuple[Event, ...] = ()
    bookings: tuple[Booking, ...] = ()
    locks: tuple[Stretch, ...] = ()
    previous: tuple[Stretch, ...] = ()
    history: History | None = None
    day_overrides: tuple[DayOverride, ...] = ()
    warnings: tuple[Words, ...] = ()
    settled: tuple[tuple[str, date], ...] = ()

    @property
    def known(self) -> Known:
        """The ids that further files of this scenario may name."""
        staff = frozenset(person.staff_id for person in self.people)
        return Known.of(self.contract.model_dump(mode="json", by_alias=True)).with_staff(staff)


def load_scenario(folder: Path) -> Scenario:
    """The scenario in a folder. Raises InputError with the faults of all its files."""
    if not folder.is_dir():
        raise InputError([Fault(folder.name or str(folder), "no such folder", "a scenario folder with contract.toml")])
    desk = _Desk(folder)
    contract, known = desk.contract()
    staff = desk.sheet("staff", STAFF, needed=True)
    if staff is not None:
        known = known.with_staff(staff_ids(staff))
    people = desk.read(staff, load_people, known, ())
    leave = desk.read(desk.sheet("leave", LEAVE), load_leave, known, ())
    requests = desk.read(desk.sheet("requests", REQUESTS), load_requests, known, ())
    events = desk.read(desk.sheet("events", EVENTS), load_events, known, ())
    bookings = desk.read(desk.sheet("bookings", BOOKINGS), load_bookings, known, ())
    held, past = desk.sheet("locks", ROSTER), desk.earlier()
    locks = desk.read(held, load_rows, known, ())
    previous = desk.together(past, known)
    history = desk.read(desk.sheet("history", HISTORY), load_history, known, None)
    overrides = desk.overrides()
    if contract is None or desk.faults:
        raise InputError(desk.faults)
    locked = tuple(replace(row, locked=True) for row in locks)
    notes = (note for sheet in (held, *past) if sheet is not None for note in _notes(sheet, contract.timezone))
    warnings = (*_warnings(folder, contract, history), *strange_kinds(leave), *notes)
    return Scenario(
        folder,
        contract,
        people,
        leave,
        requests,
        events,
        bookings,
        locked,
        previous,
        history,
        overrides,
        warnings,
    )


def load_roster(path: Path, scenario: Scenario) -> tuple[Stretch, ...]:
    """The rows of any roster file, .csv or .xlsx (its sheet `rows`). Raises InputError with every fault."""
    return read_roster(path, scenario)[0]


def read_roster(path: Path, scenario: Scenario) -> tuple[tuple[Stretch, ...], tuple[Words, ...]]:
    """The rows of a roster file as `load_roster` gives them, and what is to be noted of them."""
    sheet = read_sheet(path, ROSTER, sheet="rows")
    return load_rows(sheet, scenario.known), tuple(_notes(sheet, scenario.contract.timezone))


def _notes(sheet: Sheet, timezone: str) -> Iterator[Words]:
    count = without_offset(sheet)
    if count:
        yield Words(
            f"{sheet.file}：{count} 行的时间没有时区，按 {timezone} 当地时间读取。",
            f"{sheet.file}: {count} rows have times without offset, read on the clock of {timezone}.",
        )


@dataclass
class _Desk:
    """Reads the files of a folder one after the other and keeps the faults of all of them."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)

    @contextmanager
    def _keeping(self) -> Generator[None]:
        try:
            yield
        except InputError as error:
            self.faults += error.faults

    def contract(self) -> tuple[Contract | None, Known]:
        """The contract, None where it has faults, and the ids it names even so."""
        raw: dict[str, Any] = {}
        contract = None
        with self._keeping():
            raw = read_contract(self.folder / "contract.toml")
            contract = contract_of(raw)
        return contract, Known.of(raw) if raw else Known()

    def sheet(self, name: str, table: Table, *, needed: bool = False) -> Sheet | None:
        """A table's file, None where it is not there or cannot be read."""
        with self._keeping():
            path = find_table(self.folder, name)
            if path is not None:
                return read_sheet(path, table, sheet="rows" if table is ROSTER else "")
            if needed:
                self.faults.append(Fault(f"{name}.csv", "no such file", f"a table with {', '.join(table.by_name)}"))
        return None

    def read(self, sheet: Sheet | None, load: Callable[[Sheet, Known], T], known: Known, without: T) -> T:
        """What a loader makes of a sheet, `without` where there is none or it has faults."""
        with self._keeping():
            if sheet is not None:
                return load(sheet, known)
        return without

    def earlier(self) -> list[Sheet]:
        """The files of earlier rosters, in order of name: previous.csv, previous-2026-01.csv and the like."""
        names = sorted({path.stem for path in self.folder.iterdir() if _is_earlier(path)})
        return [sheet for name in names if (sheet := self.sheet(name, ROSTER)) is not None]

    def together(self, sheets: Sequence[Sheet], known: Known) -> tuple[Stretch, ...]:
        """The rows of several roster files; a day stands in one of them."""
        rows: list[Stretch] = []
        files: dict[date, str] = {}
        for sheet in sheets:
            found = self.read(sheet, load_rows, known, ())
            for day in sorted({row.date for row in found}):
                first = files.setdefault(day, sheet.file)
                if first != sheet.file:
                    self.faults.append(Fault(sheet.file, str(day), f"{first} has this day too: keep it in one file"))
            rows += found
        return tuple(rows)

    def overrides(self) -> tuple[DayOverride, ...]:
        """The days whose type the user states."""
        path = self.folder / "holiday_overrides.csv"
        with self._keeping():
            if path.is_file():
                return load_overrides(decode(read_bytes(path), path.name), file=path.name)
        return ()


def _is_earlier(path: Path) -> bool:
    named = path.stem == "previous" or path.stem.startswith("previous-")
    return named and path.suffix in (".csv", ".xlsx")


def _warnings(folder: Path, contract: Contract, history: History | None) -> Iterator[Words]:
    """What is no fault and yet worth knowing: files nobody reads, queues without a past."""
    tables = {path.stem for path in folder.iterdir() if path.suffix in (".csv", ".xlsx") and not _is_earlier(path)}
    for stem in sorted(tables - set(_READ)):
        close = get_close_matches(stem, _READ, n=1)
        if close:
            yield Words(
                f"文件 {stem} 未被读取；是否应为 {close[0]}？",
                f"The file {stem} is not read; is it meant to be {close[0]}?",
            )
    past = set(history.queues) if history else set()
    for queue in contract.queues:
        if queue.id not in past and not (queue.assumed_contacts_a_day and queue.assumed_aht_s):
            yield Words(
                f"队列 {queue.id} 没有历史数据，无法预测。",
                f"Queue {queue.id} has no history, so it cannot be forecast.",
            )
