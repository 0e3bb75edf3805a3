"""What the roster grid in the browser is drawn from: plain data, texts in one language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planning.draft import Draft, Rows
from planning.edits import Place
from planning.marks import Mark, Marks, marks
from roster.calendar import DayType
from roster.exports.catalogue import named
from roster.exports.xlsx.palette import STANDING_BY, shift_colours
from roster.exports.xlsx.totals import present
from roster.exports.xlsx.view import View
from roster.options import rows_of
from roster.people import Person
from roster.roster import WORKING
from ui.components.breach_words import breach_words
from ui.texts import Say

Plain = dict[str, object]

LABELS = (
    "people", "hint", "free", "lock", "lock_free", "unlock", "saved", "saving", "onsite", "helps", "locked", "broken",
    "locked_first", "no_options",
)  # fmt: skip
_DAY_KINDS = {
    DayType.WEEKEND: "off",
    DayType.BRIDGE: "off",
    DayType.STATUTORY: "statutory",
    DayType.MAKEUP: "makeup",
}


def grid_data(draft: Draft, say: Say) -> Plain:
    """The grid of a draft as JSON-ready data.

    `ack`: seq of the latest edit applied. `days`, `groups` with their people, `options` (every duty offered or
    held), `offers` (lists of option numbers), `cells[staff_id]`: one entry a day in order of the horizon, with
    `d` option numbers held, `v` letters of leave, `o` number of its offer list, `l` locked, `m` breaches in words.
    """
    view = View(draft.roster, draft.judgements, say.language)
    return _Drawing(draft, marks(draft.judgements), view, say).data()


@dataclass(frozen=True)
class _Drawing:
    draft: Draft
    marks: Marks
    view: View
    say: Say

    def data(self) -> Plain:
        groups = [self._group(team, people) for team, people in self.view.groups.items()]
        return {
            "ack": self.draft.applied,
            "labels": {name: self.say(f"grid.{name}") for name in LABELS},
            "days": [self._day(day) for day in self.days],
            "groups": groups,
            "options": [self._option(key, rows) for key, rows in self.options.items()],
            "offers": [list(numbers) for numbers in self.offer_lists],
            "cells": {
                person.staff_id: [self._cell((person.staff_id, day)) for day in self.days]
                for people in self.view.groups.values()
                for person in people
            },
        }

    @property
    def days(self) -> tuple[date, ...]:
        return self.draft.problem.horizon.dates

    @cached_property
    def options(self) -> Mapping[str, Rows]:
        """Every option offered or held, work first, in the order of the catalogue."""
        found: dict[str, Rows] = {}
        for offered in self.draft.offers.values():
            found |= {key: tuple(rows_of(cell)) for key, cell in offered.items() if key not in found}
        for held in self.held.values():
            found |= {key: rows for key, rows in held.items() if key not in found}
        catalogue = [shift.id for shift in self.draft.problem.contract.shifts]
        rank = {code: (rank, code) for rank, code in enumerate(catalogue)}
        return dict(sorted(found.items(), key=lambda item: rank.get(item[1][0].shift, (len(rank), ""))))

    @cached_property
    def held(self) -> Mapping[Place, Mapping[str, Rows]]:
        """The duties of each place that holds rows, by option key."""
        return {place: self.draft.held(place) for place in self.draft.cells}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return {key: number for number, key in enumerate(self.options)}

    @cached_property
    def offer_lists(self) -> Mapping[tuple[int, ...], int]:
        """The lists of option numbers that occur, each once, with their own number."""
        found: dict[tuple[int, ...], int] = {(): 0}
        for offered in self.draft.offers.values():
            found.setdefault(self._numbers(offered), len(found))
        return found

    @cached_property
    def colours(self) -> Mapping[str, str]:
        return shift_colours(self.draft.problem.contract, {rows[0].shift for rows in self.options.values()})

    @cached_property
    def present(self) -> Sequence[Mapping[str, int]]:
        return [present(self.draft.roster, day) for day in self.days]

    def _numbers(self, keys: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted(self.numbers[key] for key in keys))

    def _day(self, day: date) -> Plain:
        kind = _DAY_KINDS.get(self.draft.problem.calendar.day_type(day), "")
        return {
            "date": day.isoformat(),
            "number": f"{day.month}/{day.day}",
            "weekday": self.say.of(named("weekday", str(day.isoweekday()))),
            "kind": kind,
            "monday": day.weekday() == 0,
            "name": self.view.day_name(day),
            "m": self._told(self.marks.by_day.get(day, ())),
        }

    def _group(self, team: str, people: Sequence[Person]) -> Plain:
        return {
            "name": self.say.of(self.view.names.team(team)),
            "present": [count[team] for count in self.present],
            "m": [self._told(self.marks.by_team.get((team, day), ())) for day in self.days],
            "people": [self._person(person) for person in people],
        }

    def _person(self, person: Person) -> Plain:
        return {
            "id": person.staff_id,
            "name": self.view.shown_name(person),
            "role": self.say.of(self.view.names.role(person.team, person.role)),
            "home": "/".join(person.home),
            "m": self._told(self.marks.by_person.get(person.staff_id, ())),
        }

    def _option(self, key: str, rows: Rows) -> Plain:
        first, names, said = rows[0], self.view.names, self.say.of
        post = key.rsplit("/", 1)[1]
        where = [said(names.site(first.site)), *([said(named("post", post))] if post else [])]
        return {
            "key": key,
            "code": first.shift,
            "name": said(names.shift(first.shift)),
            "where": " · ".join(where),
            "serves": f"{first.team}/{first.role}",
            "team": f"{said(names.team(first.team))} · {said(names.role(first.team, first.role))}",
            "hours": f"{rows[0].start:%H:%M}-{rows[-1].end:%H:%M}",
            "onsite": first.works and first.site in names.client_sites,
            "slot": "work" if first.kind in WORKING else first.kind,
            "colour": STANDING_BY.get(first.kind) or self.colours[first.shift],
        }

    def _cell(self, place: Place) -> Plain:
        rows = self.draft.cells.get(place, ())
        letters = dict.fromkeys(row.activity for row in rows if row.kind == "leave")
        return {
            "d": list(self._numbers(self.held.get(place, ()))),
            "v": [self.say.of(named("letter", activity)) for activity in letters],
            "o": self.offer_lists[self._numbers(self.draft.offers.get(place, ()))],
            "l": int(self.draft.locked(place)),
            "m": self._told(self.marks.by_cell.get(place, ())),
        }

    def _told(self, found: Iterable[Mark]) -> list[str]:
        return [breach_words(mark, self.say) for mark in found]
