"""Breaches in words: one line each, and all of a roster as a table."""

from collections.abc import Iterable

import pandas as pd

from planning.marks import Mark
from roster.base import Breach
from roster.exports.catalogue import named
from roster.exports.names import Names
from roster.problem import Problem
from ui.texts import Say


def breach_words(mark: Mark, say: Say) -> str:
    """For example 'SH-01 Seats: found 11, limit 12 persons (post call-back)'."""
    clause, breach = mark.judgement.clause, mark.breach
    note = say.of(breach.note) if breach.note else ""
    return say(
        "grid.breach" if mark.hard else "grid.soft_breach",
        clause=clause.id,
        title=say.of(clause.title.words()),
        found=breach.found,
        limit=breach.limit,
        unit=say.of(named("unit", breach.unit)),
        note=say("grid.note", text=note) if note else "",
        time=f" {breach.start:%H:%M}-{breach.end:%H:%M}" if breach.start and breach.end else "",
    )


def breaches_frame(found: Iterable[Mark], problem: Problem, say: Say) -> pd.DataFrame:
    """One row a breach: whether it is hard, the day, who is concerned, what is wrong."""
    names = Names(problem.contract)
    rows = [
        (
            say("roster.is_hard" if mark.hard else "roster.is_soft"),
            mark.breach.day,
            _who(mark.breach, problem, names, say),
            breach_words(mark, say),
        )
        for mark in found
    ]
    heads = ("level", "day", "who", "what")
    return pd.DataFrame(rows, columns=[say(f"roster.{head}") for head in heads])


def _who(breach: Breach, problem: Problem, names: Names, say: Say) -> str:
    people = [problem.person_by_id[who].name for who in breach.staff_ids if who in problem.person_by_id]
    team = [say.of(names.team(breach.team))] if breach.team else []
    role = [say.of(names.role(breach.team, breach.role))] if breach.role else []
    return " · ".join([*filter(None, ["、".join(people)]), *team, *role])
