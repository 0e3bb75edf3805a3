"""What a letter of a roster means: a shift of the catalogue, a kind of leave, or a day off."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from planning.letters.sheets import Tab
from roster.contract import Contract
from roster.errors import Fault
from roster.exports.catalogue import leave_letters
from roster.exports.xlsx.roster_people import HELPS, ONSITE
from roster.loading.nearest import unknown

FREE = frozenset({"", "休", "休息", "off", "o", "-", "–", "—", "/", "×", "x"})
"""Letters of a day off."""

LEGENDS = ("班次", "图例", "shifts", "legend")
"""Names of the sheet that says what the letters of a file mean."""

_LETTER, _MEANS = ("字母", "符号", "代码", "letter", "code"), ("班次", "含义", "shift", "meaning")
_BETWEEN = re.compile(r"[\n+、,，;；]|\s/\s|\s+")


class Meaning(NamedTuple):
    """`kind` is 'shift' or 'leave', `code` the shift's id or the kind of leave; `onsite`: at the client's place."""

    kind: str
    code: str
    onsite: bool = False


@dataclass(frozen=True)
class Letters:
    """The meanings of letters, without regard to case and width."""

    meanings: Mapping[str, Meaning | None]
    shifts: tuple[str, ...]

    def speaks(self, text: str) -> bool:
        """Whether the text is one that means a duty or leave."""
        return any(self.meanings.get(plain(part)) is not None for part in _parts(text))

    def read(self, text: str, place: str) -> Iterator[Meaning | Fault]:
        """What a cell says: the whole of it, else each of its parts; a fault for each part that means nothing."""
        for part in (text,) if plain(text) in self.meanings else _parts(text):
            code = plain(part)
            if code not in self.meanings:
                yield Fault(place, part, unknown("shift", part, self.shifts))
            elif (meaning := self.meanings[code]) is not None:
                yield meaning._replace(onsite=ONSITE in part)


def letters_of(contract: Contract, legend: Tab | None) -> tuple[Letters, tuple[Fault, ...]]:
    """The meanings: those of the legend, of shifts by id and name, and of leave; with the faults of the legend."""
    known: dict[str, Meaning | None] = dict.fromkeys(FREE)
    known |= {plain(letter): Meaning("leave", kind) for letter, kind in leave_letters().items()}
    for shift in contract.shifts:
        known |= {plain(name): Meaning("shift", shift.id) for name in (shift.zh, shift.en)}
    known |= {plain(shift.id): Meaning("shift", shift.id) for shift in contract.shifts}
    ids = tuple(shift.id for shift in contract.shifts)
    faults: list[Fault] = []
    for letter, means, place in _legend(legend):
        if plain(means) in known:
            known[plain(letter)] = known[plain(means)]
        else:
            faults.append(Fault(place, means, unknown("shift", means, ids)))
    return Letters(known, ids), tuple(faults)


def _legend(tab: Tab | None) -> Iterator[tuple[str, str, str]]:
    """Letter, meaning and place of each row of the legend that gives both."""
    columns: tuple[int, int] | None = None
    for number, cells in tab.lines if tab else ():
        names = [plain(cell) for cell in cells]
        if columns is None:
            letter = next((at for at, name in enumerate(names) if name in _LETTER), None)
            means = next((at for at, name in enumerate(names) if name in _MEANS and at != letter), None)
            columns = None if letter is None or means is None else (letter, means)
        elif len(cells) > max(columns) and cells[columns[0]] and cells[columns[1]]:
            assert tab is not None
            yield cells[columns[0]], cells[columns[1]], tab.place(number, columns[1])


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part] or [""]


def plain(text: str) -> str:
    """A letter as it is looked up: without marks, case, width and outer spaces."""
    return unicodedata.normalize("NFKC", text).strip().rstrip(ONSITE + HELPS + "＊").casefold()
