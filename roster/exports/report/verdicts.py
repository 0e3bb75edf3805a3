"""Judgements as the report tells them: clauses with their rules, and what is short."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from roster.base import Breach
from roster.compliance import Judgement
from roster.exports.catalogue import named
from roster.exports.names import Names
from roster.exports.report.wording import same, words
from roster.problem import Problem
from roster.words import Words

STATUSES = ("met", "breached", "at_risk", "unknown", "not_applicable")
_GRAVITY = ("not_applicable", "met", "unknown", "at_risk", "breached")


@dataclass(frozen=True)
class Finding:
    """One place a rule judged. `who` names people, or the team and role; `note` may say more."""

    when: str
    who: Words
    found: float
    limit: float
    unit: Words
    verdict: str
    note: Words | None

    @property
    def required(self) -> Words:
        """The limit with its unit."""
        return Words(f"{self.limit:g} {self.unit.zh}", f"{self.limit:g} {self.unit.en}")

    @property
    def measured(self) -> Words:
        """What was found with its unit."""
        return Words(f"{self.found:g} {self.unit.zh}", f"{self.found:g} {self.unit.en}")

    @property
    def amount(self) -> Words:
        """What was found against what is asked."""
        return words("shortage.found", found=self.found, limit=self.limit, unit=self.unit)


@dataclass(frozen=True)
class RuleLine:
    """One rule of a clause, or its demand where no roster can show it (`title` is None).

    `tightest` is the place nearest to or beyond the limit, None where the rule gives no figures. `other_reading` is
    empty for rules in force.
    """

    title: Words | None
    status: str
    demand: Words
    tightest: Finding | None
    breaches: tuple[Finding, ...]
    open: tuple[Finding, ...]
    other_reading: str


@dataclass(frozen=True)
class ClauseEntry:
    """A clause with its place, its literal words, the evidence asked for, and its rules."""

    clause: str
    title: Words
    kind: Words
    document: str
    where: str
    quotes: tuple[str, ...]
    evidence: Words | None
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True)
class Shortage:
    """A hard breach; `clauses` are all those that the broken rule serves."""

    clauses: tuple[str, ...]
    rule: Words
    demand: Words
    finding: Finding

    @property
    def who(self) -> Words:
        """Who is short; the rule's sentence where it asks several roles together."""
        return self.finding.who if self.finding.who.zh else self.demand


@dataclass(frozen=True)
class Reading:
    """One way to read a clause. `status` is the worst verdict of its own rules, empty where it has none."""

    clause: str
    name: str
    meaning: Words
    chosen: bool
    status: str


def clause_entries(problem: Problem, judgements: Sequence[Judgement]) -> Iterator[ClauseEntry]:
    """The judged clauses in the order given, each once."""
    for clause, group in groupby(judgements, key=lambda judgement: judgement.clause):
        yield ClauseEntry(
            clause=clause.id,
            title=clause.title.words(),
            kind=named("clause_kind", clause.kind),
            document=clause.document,
            where=clause.where,
            quotes=clause.quote,
            evidence=clause.evidence.words() if clause.evidence else None,
            rules=tuple(_rule(problem, judgement) for judgement in group),
        )


def verdict_counts(judgements: Sequence[Judgement]) -> tuple[tuple[str, int], ...]:
    """How many judgements under the readings chosen have each status, every status named."""
    counts = Counter(judgement.status for judgement in judgements if judgement.in_force)
    return tuple((status, counts[status]) for status in STATUSES)


def shortages(problem: Problem, judgements: Sequence[Judgement]) -> Iterator[Shortage]:
    """Every hard breach once, in the order of the contract and then of time."""
    rules: dict[int, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.hard and judgement.breaches:
            rules.setdefault(id(judgement.rule), []).append(judgement)
    for group in rules.values():
        clauses = tuple(judgement.clause.id for judgement in group)
        title = group[0].rule.title if group[0].rule else group[0].clause.title.words()
        found = [(breach, _finding(problem, breach)) for judgement in group for breach in judgement.breaches]
        once = dict(sorted(found, key=lambda pair: str(pair[0].start or pair[0].day or "")))
        asked = Names(problem.contract).asked(group[0])
        yield from (Shortage(clauses, title, asked, finding) for finding in once.values())


def readings(problem: Problem, judgements: Sequence[Judgement]) -> Iterator[Reading]:
    """All readings of the clauses, in the order of the contract, the one in use first."""
    found: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for judgement in judgements:
        found[judgement.clause.id, judgement.rule.reading if judgement.rule else None].append(judgement.status)
    for clause in problem.contract.clauses:
        for name in sorted(clause.readings, key=lambda name: name != clause.reading):
            worst = max(found[clause.id, name], key=_GRAVITY.index, default="")
            yield Reading(clause.id, name, clause.readings[name].words(), name == clause.reading, worst)


def _rule(problem: Problem, judgement: Judgement) -> RuleLine:
    rule, worst = judgement.rule, judgement.tightest
    return RuleLine(
        title=judgement.title,
        status=judgement.status,
        demand=Names(problem.contract).asked(judgement),
        tightest=_finding(problem, worst) if worst else None,
        breaches=tuple(_finding(problem, breach) for breach in judgement.breaches),
        open=tuple(_finding(problem, breach) for breach in judgement.open),
        other_reading="" if judgement.in_force or rule is None else rule.reading or "",
    )


def _finding(problem: Problem, breach: Breach) -> Finding:
    return Finding(
        _when(problem, breach), _who(problem, breach), breach.found, breach.limit, named("unit", breach.unit),
        breach.verdict, breach.note,
    )  # fmt: skip


def _when(problem: Problem, breach: Breach) -> str:
    day = breach.day.isoformat() if breach.day else ""
    if breach.start is None or breach.end is None:
        return day
    start, end = (moment.astimezone(problem.horizon.zone) for moment in (breach.start, breach.end))
    return f"{day} {_moment(start, breach)}-{_moment(end, breach)}".strip()


def _moment(moment: datetime, breach: Breach) -> str:
    return f"{moment:%H:%M}" if moment.date() == breach.day else f"{moment:%m-%d %H:%M}"


def _who(problem: Problem, breach: Breach) -> Words:
    names, people = Names(problem.contract), problem.person_by_id
    listed = "、".join(f"{people[i].name} ({i})" if i in people else i for i in breach.staff_ids)
    team = names.team(breach.team) if breach.team else same("")
    role = names.role(breach.team, breach.role) if breach.role else same("")
    zh, en = (" / ".join(filter(None, pair)) for pair in zip(team, role, strict=True))
    return Words("　".join(filter(None, (listed, zh))), ", ".join(filter(None, (listed, en))))
