"""Where the breaches of a roster stand: by cell, by team and day, by day, by person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from planning.edits import Place
from roster.base import Breach
from roster.compliance import Judgement

Key = TypeVar("Key")


@dataclass(frozen=True)
class Mark:
    """One breach of a rule in force, with the clause that asks."""

    judgement: Judgement
    breach: Breach

    @property
    def hard(self) -> bool:
        """Whether law or contract is broken."""
        return self.judgement.hard


@dataclass(frozen=True)
class Marks:
    """The certain breaches of the rules in force, hard ones first; a rule of several clauses counts once."""

    every: tuple[Mark, ...]

    @cached_property
    def by_cell(self) -> Mapping[Place, tuple[Mark, ...]]:
        """Those of people on a day, by (staff_id, day)."""
        pairs = ((mark, (who, mark.breach.day)) for mark in self.every for who in mark.breach.staff_ids)
        return _gathered((mark, (who, day)) for mark, (who, day) in pairs if day is not None)

    @cached_property
    def by_team(self) -> Mapping[tuple[str, date], tuple[Mark, ...]]:
        """Those of a team on a day that name nobody, by (team, day)."""
        return _gathered((mark, (mark.breach.team, day)) for mark, day in self._nobody() if mark.breach.team)

    @cached_property
    def by_day(self) -> Mapping[date, tuple[Mark, ...]]:
        """Those of a day that name neither person nor team."""
        return _gathered((mark, day) for mark, day in self._nobody() if not mark.breach.team)

    @cached_property
    def by_person(self) -> Mapping[str, tuple[Mark, ...]]:
        """Those of people on no certain day."""
        undated = (mark for mark in self.every if mark.breach.day is None)
        return _gathered((mark, who) for mark in undated for who in mark.breach.staff_ids)

    def _nobody(self) -> Iterator[tuple[Mark, date]]:
        for mark in self.every:
            if not mark.breach.staff_ids and mark.breach.day is not None:
                yield mark, mark.breach.day


def marks(judgements: Iterable[Judgement]) -> Marks:
    """The marks of a judged roster."""
    in_force = {id(j.rule): j for j in reversed(tuple(judgements)) if j.rule is not None and j.in_force}
    found = [Mark(judgement, breach) for judgement in reversed(in_force.values()) for breach in judgement.breaches]
    return Marks(tuple(sorted(found, key=lambda mark: (not mark.hard, mark.breach.day or date.min))))


def _gathered(pairs: Iterable[tuple[Mark, Key]]) -> dict[Key, tuple[Mark, ...]]:
    found: dict[Key, tuple[Mark, ...]] = {}
    for mark, key in pairs:
        found[key] = (*found.get(key, ()), mark)
    return found
