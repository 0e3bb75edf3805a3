"""A roster under somebody's hands: edits are applied to it and it is judged at once, without the solver."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from itertools import groupby
from typing import Literal

from planning.edits import Clear, Edit, Lock, Place, Put, Swap, Undo
from roster.base import Cell
from roster.compliance import Judgement, audit
from roster.judging import Found, found_again, found_in
from roster.options import options, rows_of
from roster.problem import Problem
from roster.roster import WORKING, Roster, Stretch
from roster.shifts import Duty

Rows = tuple[Stretch, ...]
Refusal = Literal["", "locked", "not-offered", "not-qualified", "nothing-to-undo", "elsewhere"]
"""Why the latest edit changed nothing; empty where it was carried out.

`locked`: a cell concerned is locked; `not-offered`: the catalogue has no such duty for the person that day;
`not-qualified`: the person may not serve the team and role of the duty; `elsewhere`: no such person or day.
"""


@dataclass(frozen=True)
class Before:
    """What a change replaced: the rows of its cells, and all places that were locked as free."""

    cells: Mapping[Place, Rows]
    free: frozenset[Place]


@dataclass(frozen=True)
class Draft:
    """A roster being edited.

    `cells` holds the rows of each (staff_id, day) that has any, leave included; `free` the places without a duty
    that are locked so. `origin` is what `cells` were at the beginning. `offers` are the duties the catalogue offers,
    by cell and option key. `applied` is the `seq` of the latest edit; `changes` are what each change replaced,
    oldest first. `known` is the verdict on `cells` where somebody has it already, `basis` what the rules found in
    cells judged before.
    """

    problem: Problem
    cells: Mapping[Place, Rows]
    free: frozenset[Place]
    origin: Mapping[Place, Rows] = field(repr=False)
    offers: Mapping[Place, Mapping[str, Cell]] = field(repr=False)
    applied: int = 0
    changes: tuple[Before, ...] = ()
    refused: Refusal = ""
    known: tuple[Judgement, ...] | None = field(default=None, repr=False)
    basis: tuple[Mapping[Place, Rows], Found] | None = field(default=None, repr=False)

    @cached_property
    def rows(self) -> Rows:
        """All rows in order of day, person and start."""
        found = (row for rows in self.cells.values() for row in rows)
        return tuple(sorted(found, key=lambda row: (row.date, row.staff_id, row.start, row.shift)))

    @cached_property
    def roster(self) -> Roster:
        """The roster as it stands."""
        return Roster(self.problem, self.rows)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """The verdict on every clause and rule."""
        return audit(self.roster, self.found) if self.known is None else self.known

    @cached_property
    def found(self) -> Found:
        """What every rule finds; of a roster judged before an edit, only what the edit concerns is judged again."""
        if self.basis is None:
            return found_in(self.roster)
        cells, found = self.basis
        places = [place for place in cells.keys() | self.cells.keys() if cells.get(place) is not self.cells.get(place)]
        changed = {row for place in places for held in (cells, self.cells) for row in held.get(place, ())}
        return found_again(found, self.roster, changed)

    @property
    def latest(self) -> tuple[Mapping[Place, Rows], Found] | None:
        """The cells judged last with what was found in them: those of the draft where that was asked for."""
        return (self.cells, self.__dict__["found"]) if "found" in self.__dict__ else self.basis

    @property
    def judged_so_far(self) -> tuple[Judgement, ...] | None:
        """The verdict where it was asked for already."""
        return self.__dict__.get("judgements", self.known)

    def locked(self, place: Place) -> bool:
        """Whether the cell is locked, with its duties or as free."""
        return place in self.free or any(row.locked for row in self.cells.get(place, ()))

    @cached_property
    def settled(self) -> tuple[Place, ...]:
        """The locked places, in order."""
        return tuple(sorted(filter(self.locked, self.free | self.cells.keys())))

    @cached_property
    def edited(self) -> tuple[Place, ...]:
        """The places whose duties are not those of the beginning, in order; locks make no difference."""
        places = self.cells.keys() | self.origin.keys()
        touched = (p for p in places if self.cells.get(p) is not self.origin.get(p))
        return tuple(sorted(p for p in touched if _loose(self.cells.get(p, ())) != _loose(self.origin.get(p, ()))))

    @property
    def at_risk(self) -> tuple[Place, ...]:
        """The edited places that are not locked: solving again replaces them."""
        return tuple(place for place in self.edited if not self.locked(place))

    def held(self, place: Place) -> dict[str, Rows]:
        """The duties of a cell by option key, in order of start; leave is none."""
        duties = sorted(_duties(self.cells.get(place, ())), key=lambda row: (_identity(row), row.start))
        groups = [tuple(group) for _, group in groupby(duties, key=_identity)]
        ordered = sorted(groups, key=lambda rows: rows[0].start)
        return {_key_of(rows, self.offers.get(place, {})): rows for rows in ordered}


def begin(roster: Roster, *, applied: int = 0, known: tuple[Judgement, ...] | None = None) -> Draft:
    """A draft of a roster. `applied` goes on from an earlier draft where edits are still on their way.

    `known` is the verdict on the roster, where it is known.
    """
    problem = roster.problem
    cells: dict[Place, Rows] = {}
    for row in sorted(roster.rows, key=lambda row: row.start):
        place = (row.staff_id, row.date)
        cells[place] = (*cells.get(place, ()), row)
    offers: dict[Place, dict[str, Cell]] = {}
    for cell in options(problem):
        offers.setdefault((cell.person.staff_id, cell.duty.day), {})[option_key(cell.duty)] = cell
    free = frozenset(place for place in problem.settled if not _duties(cells.get(place, ())))
    return Draft(problem, cells, free, cells, offers, applied, known=known)


def option_key(duty: Duty) -> str:
    """The key of an option: 'shift/team/role/site/post'."""
    return "/".join((duty.shift, duty.team, duty.role, duty.site, duty.post))


def apply(draft: Draft, edit: Edit) -> Draft:
    """The draft after an edit; the same draft where the edit has been applied before.

    An edit that cannot be carried out changes no cell and leaves its reason in `refused`.
    """
    if edit.seq <= draft.applied:
        return draft
    after = undo(draft) if isinstance(edit, Undo) else _changed(draft, edit)
    known = draft.judged_so_far if after.cells is draft.cells else after.known
    return replace(after, applied=edit.seq, known=known)


def apply_all(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft after several edits, taken in the order given."""
    for edit in edits:
        draft = apply(draft, edit)
    return draft


def undo(draft: Draft) -> Draft:
    """The draft before its latest change."""
    if not draft.changes:
        return replace(draft, refused="nothing-to-undo")
    *earlier, latest = draft.changes
    cells = _with(draft.cells, latest.cells)
    return replace(
        draft, cells=cells, free=latest.free, changes=tuple(earlier), refused="", known=None, basis=draft.latest
    )


def lock_edits(draft: Draft) -> Draft:
    """The draft with every edited place locked, as one change."""
    return _locked(draft, draft.at_risk)


def judged(draft: Draft) -> tuple[Judgement, ...]:
    """The verdict on every clause and rule for the draft as it stands; no solver is asked."""
    return draft.judgements


def locks(draft: Draft) -> Rows:
    """The rows that must stay when the horizon is solved again; at the `settled` places nothing else may be given."""
    return tuple(row for row in draft.rows if row.locked)


def _changed(draft: Draft, edit: Put | Clear | Lock | Swap) -> Draft:
    places = (edit.place, edit.other) if isinstance(edit, Swap) else (edit.place,)
    refused = _refusal(draft, edit, places)
    if refused:
        return replace(draft, refused=refused)
    if isinstance(edit, Lock):
        return _locked(draft, places) if edit.kind == "lock" else _unlocked(draft, edit.place)
    found = _EDITING[type(edit)](draft, edit)
    return replace(draft, refused=found) if isinstance(found, str) else _after(draft, found, draft.free)


def _after(
    draft: Draft, found: Mapping[Place, Rows], free: frozenset[Place], known: tuple[Judgement, ...] | None = None
) -> Draft:
    """The draft with the cells found, their verdict where it is known, and a note of what they replace."""
    before = Before({place: draft.cells.get(place, ()) for place in found}, draft.free)
    if before == Before(found, free):
        return replace(draft, refused="")
    cells, changes = _with(draft.cells, found), (*draft.changes, before)
    return replace(draft, cells=cells, free=free, changes=changes, refused="", known=known, basis=draft.latest)


def _locked(draft: Draft, places: Iterable[Place]) -> Draft:
    """Locks places with the duties they hold, those without one as free."""
    free = {place for place in places if not _duties(draft.cells.get(place, ()))}
    held = {place: draft.cells[place] for place in places if place not in free}
    found = {p: tuple(replace(row, locked=row.kind != "leave") for row in rows) for p, rows in held.items()}
    return _after(draft, found, draft.free | free, draft.judged_so_far)  # a lock breaks no rule


def _unlocked(draft: Draft, place: Place) -> Draft:
    cells = {place: _loose(draft.cells.get(place, ()))}
    return _after(draft, cells, draft.free - {place}, draft.judged_so_far)


def _refusal(draft: Draft, edit: Edit, places: tuple[Place, ...]) -> Refusal:
    problem = draft.problem
    if any(who not in problem.person_by_id or day not in problem.horizon.dates for who, day in places):
        return "elsewhere"
    return "locked" if not isinstance(edit, Lock) and any(map(draft.locked, places)) else ""


def _put(draft: Draft, edit: Put) -> Mapping[Place, Rows] | Refusal:
    offered = draft.offers.get(edit.place, {}).get(edit.option)
    if offered is None:
        return "not-offered"
    made = tuple(rows_of(offered))
    kept = (row for row in draft.cells.get(edit.place, ()) if _slot(row) != _slot(made[0]))
    return {edit.place: _in_order(*kept, *made)}


def _clear(draft: Draft, edit: Clear) -> Mapping[Place, Rows] | Refusal:
    held = draft.held(edit.place)
    gone = {row for key, rows in held.items() if edit.option in ("", key) for row in rows}
    return {edit.place: tuple(row for row in draft.cells.get(edit.place, ()) if row not in gone)}


def _swap(draft: Draft, edit: Swap) -> Mapping[Place, Rows] | Refusal:
    here, there = _moved(draft, edit.other, edit.place), _moved(draft, edit.place, edit.other)
    if isinstance(here, str):
        return here
    return there if isinstance(there, str) else {edit.place: here, edit.other: there}


def _moved(draft: Draft, source: Place, target: Place) -> Rows | Refusal:
    """What the target cell holds with the source's duties instead of its own; why not where one is not offered."""
    offered, held = draft.offers.get(target, {}), draft.held(source)
    person = draft.problem.person_by_id[target[0]]
    if not all(person.serves(row.team, row.role) for rows in held.values() for row in rows):
        return "not-qualified"
    if not held.keys() <= offered.keys():
        return "not-offered"
    leave = (row for row in draft.cells.get(target, ()) if row.kind == "leave")
    return _in_order(*leave, *(row for key in held for row in rows_of(offered[key])))


_EDITING: dict[type, Callable[..., Mapping[Place, Rows] | Refusal]] = {
    Put: _put,
    Clear: _clear,
    Swap: _swap,
}


def _with(cells: Mapping[Place, Rows], changed: Mapping[Place, Rows]) -> Mapping[Place, Rows]:
    return {place: rows for place, rows in {**cells, **changed}.items() if rows}


def _loose(rows: Rows) -> Rows:
    return tuple(replace(row, locked=False) for row in rows)


def _in_order(*rows: Stretch) -> Rows:
    return tuple(sorted(rows, key=lambda row: (row.start, row.shift)))


def _duties(rows: Rows) -> Rows:
    return tuple(row for row in rows if row.kind != "leave")


def _slot(row: Stretch | Duty) -> str:
    """What a duty takes the place of: all work is one slot, standing by another for each kind."""
    return "work" if row.kind in WORKING else row.kind


def _identity(row: Stretch | Duty) -> tuple[str, ...]:
    return (row.shift, row.team, row.role, row.site, _slot(row))


def _shared(rows: Rows, duty: Duty) -> timedelta:
    """The time that the rows spend at the duty's posts."""
    both = ((row, span) for row in rows for span in duty.spans if row.post == span.post)
    shared = (min(row.end, span.end) - max(row.start, span.start) for row, span in both)
    return sum((time for time in shared if time > timedelta()), timedelta())


def _key_of(rows: Rows, offered: Mapping[str, Cell]) -> str:
    """The option these rows come from; a key by their commonest post where the catalogue has none.

    Pieces of other work may lie inside a duty: of options that differ in the post alone, it is the one that shares
    the most time at its posts.
    """
    first, posts = rows[0], [row.post for row in rows]
    same = ((key, cell.duty) for key, cell in offered.items() if cell.duty.shift == first.shift)
    alike = {key: duty for key, duty in same if _identity(duty) == _identity(first)}
    if len(alike) == 1:
        return next(iter(alike))
    if alike:
        return max(alike, key=lambda key: _shared(rows, alike[key]))
    return "/".join((first.shift, first.team, first.role, first.site, max(posts, key=posts.count)))
