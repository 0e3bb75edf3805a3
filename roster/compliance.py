"""Judges any roster clause by clause. Walks the contract as loaded; knows no solver."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from roster.base import CONTRACT, Breach, Goal, Rule, Verdict
from roster.contract import Clause
from roster.goals.coverage import Coverage
from roster.judging import Found, found_in
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


def audit(roster: Roster, found: Found | None = None) -> tuple[Judgement, ...]:
    """One judgement for each clause and rule, in the order of the contract, and for goals that show figures.

    `found` is what the rules find in the roster, where somebody has it already.

    Rules of readings not chosen are judged too, with `in_force` false. Days outside the contract period count for
    labour law and for rules that mind the term themselves; where those find nothing they do not apply.
    """
    contract = roster.problem.contract
    by_rule = (found or found_in(roster)).by_rule
    judged: list[Judgement] = []
    for clause in contract.clauses:
        rules = [(rule, by_rule[at]) for at, rule in enumerate(contract.rules) if clause.id in rule.clauses]
        judged += [_judge(roster.problem, clause, rule, findings) for rule, findings in rules]
        told = [_told(roster, clause, goal) for goal in contract.goals if clause.id in goal.clauses]
        judged += [judgement for judgement in told if judgement.findings]
        if not rules and not any(judgement.findings for judgement in told):
            judged.append(Judgement(clause, None, "unknown", in_force=True))
    return tuple(judged)


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


def _judge(problem: Problem, clause: Clause, rule: Rule, found: tuple[Breach, ...]) -> Judgement:
    """The verdict on a rule for one of its clauses; `found` is what it finds by itself."""
    in_force = problem.contract.governs(rule)
    if not _asks(problem, clause, rule):
        return Judgement(clause, rule, "not_applicable", in_force)
    held = problem.contract.period.holds
    anywhere = clause.source == "labour" or rule.minds_term
    findings = tuple(f for f in found if anywhere or f.day is None or held(f.day))
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


def _asks(problem: Problem, clause: Clause, rule: Rule) -> bool:
    """Whether the rule asks anything on some day of the horizon."""
    selector = getattr(rule, "days", None)
    since, until = getattr(rule, "since", None), getattr(rule, "until", None)
    held, anywhere = problem.contract.period.holds, clause.source == "labour" or rule.minds_term
    return any(
        (anywhere or held(day))
        and (not isinstance(selector, str) or problem.matches(selector, day))
        and (since is None or since <= day)
        and (until is None or day <= until)
        for day in problem.horizon.dates
    )
