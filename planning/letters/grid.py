"""People down, dates across: where each person's letter of each day stands."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planning.letters.headings import DateRow, date_row
from planning.letters.sheets import Tab
from roster.errors import Fault
from roster.loading.nearest import unknown
from roster.people import Person


@dataclass(frozen=True)
class Letter:
    """What stands in one cell of the grid, and where."""

    staff_id: str
    day: date
    text: str
    place: str


@dataclass(frozen=True)
class LetterGrid:
    """The days and the letters of a sheet, empty cells included, and what is wrong with its people."""

    days: tuple[date, ...]
    letters: tuple[Letter, ...]
    faults: tuple[Fault, ...] = ()


def find_grid(
    tab: Tab, people: Sequence[Person], start: date, *, speaks: Callable[[str], bool] = bool
) -> LetterGrid | None:
    """The grid of a sheet, None where no row holds dates, or nobody below it is known and nothing there `speaks`.

    People are known by staff id, or by a name that only one of them has. Rows of others are people too where a cell
    under a date `speaks`, that is holds a letter of the catalogue; else they are headings and sums. The grid ends
    with the block of rows in which the last known person stands: a legend below it is no part of it.
    """
    head = date_row(tab.lines, start)
    if head is None:
        return None
    who = _People(people)
    below = [(number, cells) for number, cells in tab.lines if number > head.row]
    known = [at for at, (_, cells) in enumerate(below) if who.of(cells[: head.first])]
    known = known or [at for at, (_, cells) in enumerate(below) if any(map(speaks, cells[head.first :]))]
    if not known:
        return None
    end = next((at for at in range(known[-1], len(below)) if not any(below[at][1])), len(below))
    return _read(tab, head, who, below[:end], speaks)


def _read(
    tab: Tab, head: DateRow, who: "_People", lines: Sequence[tuple[int, Sequence[str]]], speaks: Callable[[str], bool]
) -> LetterGrid:
    letters: list[Letter] = []
    faults: list[Fault] = []
    rows: dict[str, int] = {}
    for number, cells in lines:
        texts = {at: cells[at] if at < len(cells) else "" for at in head.dates}
        staff_id = who.of(cells[: head.first])
        if staff_id is None:
            if any(map(speaks, texts.values())):
                faults.append(who.fault(tab, number, cells[: head.first]))
        elif staff_id in rows:
            faults.append(Fault(tab.place(number, 0), staff_id, f"already given in row {rows[staff_id]}; keep one"))
        else:
            rows[staff_id] = number
            letters += [Letter(staff_id, head.dates[at], text, tab.place(number, at)) for at, text in texts.items()]
    return LetterGrid(tuple(head.dates.values()), tuple(letters), tuple(faults))


class _People:
    """People by what stands in front of their row."""

    def __init__(self, people: Sequence[Person]) -> None:
        counts = Counter(_plain(person.name) for person in people)
        self._ids: Mapping[str, str] = {_plain(person.staff_id): person.staff_id for person in people}
        self._names = {_plain(p.name): p.staff_id for p in people if counts[_plain(p.name)] == 1}
        self._shared: Collection[str] = {name for name, count in counts.items() if count > 1}

    def of(self, cells: Sequence[str]) -> str | None:
        """The person named by one of the cells, an id before a name."""
        texts = [_plain(cell) for cell in cells if cell]
        return next(self._found(texts), None)

    def _found(self, texts: Sequence[str]) -> Iterator[str]:
        for names in (self._ids, self._names):
            yield from (names[text] for text in texts if text in names)

    def fault(self, tab: Tab, number: int, cells: Sequence[str]) -> Fault:
        """Why nobody is known by the cells."""
        at, shown = next(((at, cell) for at, cell in enumerate(cells) if cell), (0, ""))
        shared = next((cell for cell in cells if _plain(cell) in self._shared), None)
        if shared is not None:
            return Fault(tab.place(number, at), shared, "several people have this name; give the staff_id")
        return Fault(tab.place(number, at), shown, unknown("person", shown, (*self._ids.values(), *self._names)))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
