"""The printed sheet of roster.xlsx against its sheet `rows`: what was changed on the one alone."""

from collections.abc import Iterator

from planning.letters.grid import Letter, find_grid
from planning.letters.sheets import read_tab, tab_names
from roster.exports.catalogue import words
from roster.exports.xlsx.roster_people import cell_text
from roster.exports.xlsx.view import View
from roster.roster import Roster
from roster.words import Words

_NAMED = 6


def printed_differences(content: bytes, file: str, roster: Roster) -> tuple[Words, ...]:
    """One note where cells of the printed sheets do not show what `rows` holds, with the first of them.

    It is no fault: whoever edits `rows`, as is meant, leaves the printed sheet as it was.
    """
    found = list(_differing(content, file, roster))
    if not found:
        return ()
    places = "、".join(f"{_cell(letter)}（{letter.staff_id} {letter.day}）" for letter in found[:_NAMED])
    more = Words(" 等", " and others") if len(found) > _NAMED else Words("", "")
    return (
        Words(
            f"{file}：打印用的班表与 rows 工作表有 {len(found)} 格不一致：{places}{more.zh}。"
            "这里只读 rows；若改的是打印用的班表，请把改动写到 rows。",
            f"{file}: the printed sheet and the sheet rows differ in {len(found)} cells: {places}{more.en}. "
            "Only rows is read: make changes there.",
        ),
    )


def _differing(content: bytes, file: str, roster: Roster) -> Iterator[Letter]:
    views = (View(roster, (), "zh"), View(roster, (), "en"))
    titles = tuple(words("sheet.roster"))
    people = roster.problem.person_by_id
    for name in tab_names(content):
        grid = None
        if name.startswith(titles):
            tab = read_tab(content, file, name)
            grid = find_grid(tab, roster.problem.people, roster.problem.horizon.start)
        for letter in grid.letters if grid else ():
            shown = {cell_text(view, people[letter.staff_id], letter.day) for view in views}
            if letter.day in roster.problem.horizon.dates and letter.text not in shown:
                yield letter


def _cell(letter: Letter) -> str:
    return letter.place.rpartition(" ")[2]
