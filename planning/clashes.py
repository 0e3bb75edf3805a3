"""Clauses that no roster can keep, because they ask for more people than there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from roster.base import Breach
from roster.compliance import Judgement
from roster.contract import Contract
from roster.problem import Problem
from roster.words import Words

Pairs = frozenset[tuple[str, str]]
"""(team, role) pairs."""


@dataclass(frozen=True)
class Demand:
    """What a clause says of a day: a number of people who serve one of the pairs. `short`: they were missing."""

    clause: str
    pairs: Pairs
    asked: float
    day: date
    short: bool


def clashes(problem: Problem, judgements: Sequence[Judgement]) -> Iterator[Words]:
    """One sentence for each clause and group of people: asked, and how many could be there at most.

    Told from the breaches: people missing where the limit lies above everybody who is qualified and employed that
    day, the reserve included and leave not looked at. Clauses that name fewer of the same people stand beside it.
    """
    demands = [demand for judgement in judgements if judgement.hard for demand in _demands(problem, judgement)]
    worst: dict[tuple[str, Pairs], Demand] = {}
    for demand in sorted(demands, key=lambda demand: (-demand.asked, demand.day)):
        if demand.short and demand.asked > _qualified(problem, demand):
            worst.setdefault((demand.clause, demand.pairs), demand)
    for demand in worst.values():
        yield _sentence(problem, demand).join(*_others(demands, demand))


def _demands(problem: Problem, judgement: Judgement) -> Iterator[Demand]:
    """The findings that count people."""
    for finding in judgement.findings:
        pairs = _pairs(problem.contract, judgement, finding)
        if finding.unit == "persons" and pairs:
            short = finding.verdict == "breached" and finding.found < finding.limit
            yield Demand(judgement.clause.id, pairs, finding.limit, finding.day or problem.horizon.start, short)


def _pairs(contract: Contract, judgement: Judgement, finding: Breach) -> Pairs:
    """Whom a finding counts: as the rule names them, else the team and role of the finding."""
    served = contract.serves()
    who, teams = getattr(judgement.rule, "who", ()), getattr(judgement.rule, "teams", ())
    if who:
        return frozenset(pair for pair in served if "/".join(pair) in who)
    teams = teams or (finding.team,)
    return frozenset((team, role) for team, role in served if team in teams and finding.role in ("", role))


def _qualified(problem: Problem, demand: Demand) -> int:
    return sum(
        person.employed_on(demand.day) and any(person.serves(*pair) for pair in demand.pairs)
        for person in problem.people
    )


def _sentence(problem: Problem, demand: Demand) -> Words:
    teams = {team for team, _ in demand.pairs}
    whole = demand.pairs == {pair for pair in problem.contract.serves() if pair[0] in teams}
    who = ", ".join(sorted(teams) if whole else sorted("/".join(pair) for pair in demand.pairs))
    asked, there = f"{demand.asked:g}", _qualified(problem, demand)
    return Words(
        f"{demand.clause} 要求 {asked} 人（{who}），具备资格且在职的只有 {there} 人，任何班表都做不到。",
        f"{demand.clause} asks {asked} of {who}; {there} people are qualified and employed, so no roster can keep it.",
    )


def _others(demands: Sequence[Demand], clash: Demand) -> Iterator[Words]:
    """The other clauses that name a smaller number of some of the same people, each with its largest."""
    fewer: dict[str, float] = {}
    for demand in demands:
        if demand.clause != clash.clause and demand.pairs & clash.pairs and 0 < demand.asked < clash.asked:
            fewer[demand.clause] = max(fewer.get(demand.clause, 0), demand.asked)
    if fewer:
        named = ", ".join(f"{clause} ({asked:g})" for clause, asked in fewer.items())
        yield Words(f"同样这些人的其他条款：{named}。", f"Other clauses about these people: {named}.")
