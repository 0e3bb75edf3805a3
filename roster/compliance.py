"""Judges any roster clause by clause. Walks the contract as loaded; knows no solver."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from roster.base import CONTRACT, Breach, Goal, Rule, Verdict
from roster.contract import Clause
from roster.goals.coverage import Coverage
from roster.problem import Problem
from roster.roster import Roster
from roster.service import ServiceFigures, findings
from roster.words import Words


@dataclass(frozen=True)
class Judgement:
    """The verdict on one rule or goal of one clause. Both are None for a clause that no roster can show."""

    clause: Clause
    rule: Rule | None
    status: Verdict
    in_force: bool
    findings: tuple[Breach, ...] = ()
    goal: Goal | None = None

    @property
    def kind(self) -> str | None:
        """The kind of the rule or goal."""
        maker = self.rule or self.goal
        return maker.kind if maker else None

    @property
    def level(self) -> int | None:
        """The level of the rule or goal."""
        maker = self.rule or self.goal
        return maker.level if maker else None

    @property
    def title(self) -> Words | None:
        """The title of the rule or goal."""
        maker = self.rule or self.goal
        return maker.title if maker else None

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """The certain findings."""
        return tuple(finding for finding in self.findings if finding.verdict == "breached")

    @property
    def open(self) -> tuple[Breach, ...]:
        """The findings that the rows cannot settle, and those that say why nothing is owed."""
        return tuple(finding for finding in self.findings if finding.verdict not in ("breached", "met"))

    @property
    def tightest(self) -> Breach | None:
        """The finding that says most: the dearest one, then one that fails, then the one nearest to its limit."""
        fails = ("breached", "at_risk")
        return max(
            self.findings, key=lambda f: (f.points, f.verdict in fails, -abs(f.found - f.limit)), default=None
        )  # fmt: skip

    @property
    def hard(self) -> bool:
        """Whether breaches of it are hard: a law or contract rule whose reading is in force."""
        return self.rule is not None and self.rule.level <= CONTRACT and self.in_force

    @property
    def words(self) -> Words:
        """What is asked, in one sentence."""
        return self.rule.words() if self.rule else self.clause.demand.words()


def audit(roster: Roster) -> tuple[Judgement, ...]:
    """One judgement for each clause and rule, in the order of the contract, and for goals that show figures.

    Rules of readings not chosen are judged too, with `in_force` false. Days outside the contract period count for
    labour law and for rules that mind the term themselves; where those find nothing they do not apply.
    """
    contract = roster.problem.contract
    found: list[Judgement] = []
    seen: dict[int, tuple[Breach, ...]] = {}
    for clause in contract.clauses:
        rules = [rule for rule in contract.rules if clause.id in rule.clauses]
        found += [_judge(roster, clause, rule, seen) for rule in rules]
        told = [_told(roster, clause, goal) for goal in contract.goals if clause.id in goal.clauses]
        found += [judgement for judgement in told if judgement.findings]
        if not rules and not any(judgement.findings for judgement in told):
            found.append(Judgement(clause, None, "unknown", in_force=True))
    return tuple(found)


def with_service(
    roster: Roster, judgements: tuple[Judgement, ...], figures: Callable[[str], Sequence[ServiceFigures]]
) -> tuple[Judgement, ...]:
    """The judgements with those on service replaced by what `figures` of each queue say; others stay as they are.

    `figures(queue)` are counts by day, from a simulation or from records; days outside the contract are left out.
    """
    contract = roster.problem.contract
    held = contract.period.holds
    told: dict[str, Judgement] = {}
    for goal in (goal for goal in contract.goals if isinstance(goal, Coverage)):
        for clause in (clause for clause in contract.clauses if clause.id in goal.clauses):
            queues = [queue for queue in contract.queues if not queue.clauses or clause.id in queue.clauses]
            places = [(queue, [f for f in figures(queue.id) if f.day is None or held(f.day)]) for queue in queues]
            found = tuple(finding for queue, days in places for finding in findings(queue, days))
            if found:
                status = _status({finding.verdict for finding in found}, nothing="unknown")
                told[clause.id] = Judgement(clause, None, status, in_force=True, findings=found, goal=goal)
    return tuple(_replaced(judgements, told))


def _replaced(judgements: tuple[Judgement, ...], told: dict[str, Judgement]) -> Iterator[Judgement]:
    """Those told in the place of what stood there on coverage, or of the clause's open verdict, else after it."""
    for judgement in judgements:
        new = told.get(judgement.clause.id)
        covers = judgement.rule is None and (judgement.goal is None or isinstance(judgement.goal, Coverage))
        if new is None or not covers:
            yield judgement
        else:
            yield told.pop(judgement.clause.id)
    yield from told.values()


def hard_breaches(judgements: tuple[Judgement, ...]) -> int:
    """The number of hard breaches; a rule that serves several clauses counts once."""
    rules: dict[int, int] = {}
    for judgement in (judgement for judgement in judgements if judgement.hard):
        rules[id(judgement.rule)] = max(len(judgement.breaches), rules.get(id(judgement.rule), 0))
    return sum(rules.values())


def _judge(roster: Roster, clause: Clause, rule: Rule, seen: dict[int, tuple[Breach, ...]]) -> Judgement:
    """The verdict on a rule for one of its clauses; `seen` keeps what it found by itself, for the others."""
    in_force = roster.problem.contract.governs(rule)
    days = set(_days_asked(roster.problem, clause, rule))
    if not days:
        return Judgement(clause, rule, "not_applicable", in_force)
    held = roster.problem.contract.period.holds
    anywhere = clause.source == "labour" or rule.minds_term
    if id(rule) not in seen:
        seen[id(rule)] = tuple(rule.check(roster))
    findings = tuple(f for f in seen[id(rule)] if anywhere or f.day is None or held(f.day))
    verdicts = {finding.verdict for finding in findings}
    return Judgement(
        clause, rule, _status(verdicts, nothing="not_applicable" if rule.minds_term else "met"), in_force, findings
    )


def _told(roster: Roster, clause: Clause, goal: Goal) -> Judgement:
    """What a goal's figures say of a clause, on days in the contract."""
    held = roster.problem.contract.period.holds
    inside = any(held(day) for day in roster.problem.horizon.dates)
    findings = tuple(f for f in goal.shown(roster, clause.id) if f.day is None or held(f.day)) if inside else ()
    status = _status({finding.verdict for finding in findings}, nothing="unknown")
    return Judgement(clause, None, status, in_force=True, findings=findings, goal=goal)


def _status(verdicts: Collection[Verdict], *, nothing: Verdict) -> Verdict:
    """The worst of the verdicts; `nothing` where there is none."""
    order: tuple[Verdict, ...] = ("breached", "at_risk", "unknown", "met", "not_applicable")
    return next((verdict for verdict in order if verdict in verdicts), nothing)


def _days_asked(problem: Problem, clause: Clause, rule: Rule) -> Iterator[date]:
    """The days of the horizon on which the rule asks anything."""
    selector = getattr(rule, "days", None)
    since, until = getattr(rule, "since", None), getattr(rule, "until", None)
    for day in problem.horizon.dates:
        inside = clause.source == "labour" or rule.minds_term or problem.contract.period.holds(day)
        chosen = not isinstance(selector, str) or problem.matches(selector, day)
        if inside and chosen and (since is None or since <= day) and (until is None or day <= until):
            yield day
