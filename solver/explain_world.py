"""What each hard rule says of one world of cells, kept apart rule by rule, so that any of them can be asked alone."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from roster.base import CONTRACT, Rule
from roster.problem import Problem
from roster.roster import Roster, Stretch
from solver.build import of_duties, world
from solver.model import Model
from solver.recorder import Recorder
from solver.statements import Stated

Rules = frozenset[int]
"""Rules by their place in the contract."""


def changed(problem: Problem, **fields: Any) -> Problem:
    """The problem with other values in some fields, and nothing remembered of the old ones."""
    kept = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem.model_construct(**(kept | fields))


def in_week(problem: Problem, week: Sequence[date]) -> Problem:
    """The problem of those days of a week alone that it has; of the days before them nothing is known."""
    days = [day for day in week if day in problem.horizon.dates]
    horizon = replace(problem.horizon, start=days[0], days=len(days))
    locks = tuple(row for row in problem.locks if row.date in days)
    return changed(problem, horizon=horizon, locks=locks, previous=())


class Asked:
    """The hard rules of a problem that speak of duties. `hard` are those a clash may name.

    `physical` rules hold in every question; clauses that ask for work inside duties are no part of it.
    """

    def __init__(self, problem: Problem) -> None:
        cells = world(problem)
        self.problem = problem
        self.recorder = Recorder(problem, cells)
        self.said: dict[int, list[Stated]] = {}
        spoken = {id(rule) for rule in of_duties(problem, cells) if rule.level <= CONTRACT}
        for k, rule in enumerate(problem.contract.rules):
            if id(rule) in spoken:
                self.said[k] = self._hear(rule)
        self.physical: Rules = frozenset(k for k in self.said if self.rule(k).physical)
        self.hard: Rules = frozenset(k for k, stated in self.said.items() if stated) - self.physical

    def rule(self, k: int) -> Rule:
        """The rule at a place in the contract."""
        return self.problem.contract.rules[k]

    def _hear(self, rule: Rule) -> list[Stated]:
        heard = Recorder.narrowed(self.recorder, self.recorder.world, ())
        heard.level, heard.owner = rule.level, rule.kind
        rule.require(heard)
        return heard.stated

    def part(self, stated: Iterable[Stated]) -> Recorder:
        """The whole world with some statements."""
        return self.recorder.narrowed(self.recorder.world, stated)

    def statements(self, rules: Collection[int]) -> Iterator[Stated]:
        """What some rules and those of physical possibility say, in the order of the contract."""
        for k, stated in self.said.items():
            if k in rules or k in self.physical:
                yield from stated

    def model(self, rules: Collection[int], *, strict: bool) -> Model:
        """The model of some rules and what is possible at all."""
        return Model(self.part(self.statements(rules)), strict=strict)

    def points(self, rows: tuple[Stretch, ...], rules: Collection[int]) -> int:
        """What the judge finds missing by some rules and those of physical possibility."""
        roster = Roster(self.problem, rows)
        judged = (self.rule(k) for k in (*rules, *self.physical))
        return sum(finding.points for rule in judged for finding in rule.check(roster))


def rows_where(model: Model, values: Sequence[int]) -> tuple[Stretch, ...]:
    """The rows of the cells that are chosen or locked."""
    return model.recorder.rows({cell for cell, x in model.x.items() if values[x.index]})
